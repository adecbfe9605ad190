"""Where a quoted passage stands in another revision of its text."""
