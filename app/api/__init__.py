"""REST and form routes: parse, call one service, answer. At most three statements each; errors map at the gateway."""
