"""The documents table: rows, paging, the empty first day."""

from components.catalogue.table import catalogue

__all__ = ["catalogue"]
