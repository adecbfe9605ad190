"""The only place with queries. Each repository is built from a session and knows one noun; nothing here commits."""
