"""Generic machinery that knows no documents: settings, errors, database, registry, paging, clock, ids."""
