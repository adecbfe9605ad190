"""Reflex State classes, one per page or widget: adapters between events and services."""
