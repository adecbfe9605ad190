"""Evidence: files that say how things are, made by a team's own tools, and what is read out of them. Pure.

A reader trusts nothing: whatever is sent, reading it takes bounded time and memory, opens no file and no connection.
What a check makes of evidence is not here.
"""
