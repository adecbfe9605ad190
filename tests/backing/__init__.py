"""Real servers for tests, from wheels: PostgreSQL and Valkey, as root or not. They end with whoever started them."""
