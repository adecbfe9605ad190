"""Two texts that come from one, made into one again."""
