"""The whole schema of a database as text, to compare: tables, columns, indexes, constraints, triggers, functions."""

from tests.integration.world import rows

POSTGRES = """
SELECT 'column', table_name, column_name, data_type || ' ' || is_nullable || ' ' ||
       coalesce(column_default, '') || ' ' || coalesce(character_maximum_length::text, '')
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
  FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', '', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
ORDER BY 1, 2, 3, 4
"""
SQLITE = "SELECT type, tbl_name, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2, 3"


async def dump(*, sqlite: bool) -> list[tuple]:
    """SQLite writes the constraints of a rebuilt table in any order, so the lines of a definition are sorted."""
    if not sqlite:
        return await rows(POSTGRES)
    found = await rows(SQLITE)
    return [(*head, sorted(line.strip(" ,\t") for line in (sql or "").splitlines())) for *head, sql in found]
