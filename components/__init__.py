"""Pieces of the interface; `ui` knows no State, each other folder is one feature."""
