"""Checking a design: rules, one file each in `rules`, and the engine that runs them. Nothing here changes a text."""
