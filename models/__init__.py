"""SQLModel tables; no behaviour beyond invariants."""
