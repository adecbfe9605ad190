"""What the commands of `plumbline` do: one module each, with `run`. Names and arguments stand in `app.cli`."""
