"""The formats that are read, one per file, each with a constant `FORMAT`."""
