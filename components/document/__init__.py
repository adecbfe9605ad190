"""What the pages of one document share: its head, its tabs, and what is shown when there is none."""
