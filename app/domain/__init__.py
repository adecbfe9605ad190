"""Pure meaning: what a design document says and what follows from it. No I/O, no framework."""
