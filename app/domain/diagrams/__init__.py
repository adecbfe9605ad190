"""Diagrams of a design: layout as data with positions, and SVG made from it. No browser, no fonts, no colours."""
