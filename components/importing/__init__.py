"""Bringing texts in: the form, and the report of what was understood."""
