"""What changed between two texts: in meaning, in words and lines, in drawings.

Always computed between the two texts asked about, never added up from steps. Nothing here changes a text.
"""
