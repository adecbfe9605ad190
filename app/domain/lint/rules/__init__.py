"""The rules, found by the registry: one class in one file, whose name is the rule's with underscores."""
