"""Plumbline: design documents that stay true. Rooms and layers are drawn in docs/design.md."""
