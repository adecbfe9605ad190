"""Spaces: their list, the head of one, its people and what can be done with it."""
