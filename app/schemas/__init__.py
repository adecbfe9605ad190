"""Commands in, views out: what State and REST share. Frozen, JSON-serialisable, no behaviour, no ORM objects.

Limits with a sentence of their own (sizes, lengths, forbidden characters) are the services'; here stand only types.
"""
