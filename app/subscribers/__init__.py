"""Reactions to recorded events, one file each: `in_transaction(session, event)` and/or `after_commit(event)`."""
