"""Coming in by a mailed link: forms that ask for one, and what the page of a link shows."""
