"""Pages, one per file: each exports `PAGE` and is found by the composition root. No logic but composition."""
