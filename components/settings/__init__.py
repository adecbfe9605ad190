"""What a person sets for themselves: the frame of these pages, and their parts."""
