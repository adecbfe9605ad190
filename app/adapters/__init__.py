"""The outside world behind small protocols. No use case and no query stands here."""
