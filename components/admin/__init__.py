"""Admin pages: their frame, the list of a panel, the overview. What a panel is stands in `app.panels`."""
