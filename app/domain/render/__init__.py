"""A design's text as safe HTML: the parser's events through our own renderer, then a sanitiser as the last net."""
