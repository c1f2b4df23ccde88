"""Migration operations that make a table append-only in the database itself, on both databases."""

from typing import Any

from django.db import migrations

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION hv_refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME; END
$$ LANGUAGE plpgsql
"""


def append_only(table: str, *fixed: str) -> migrations.RunPython:
    """An operation that lets `table` refuse every UPDATE and DELETE; reversible.

    With `fixed` only these columns are never changed: the others say that a row was replaced.
    """

    def forwards(apps: Any, schema_editor: Any) -> None:
        for statement in _make(table, fixed, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def backwards(apps: Any, schema_editor: Any) -> None:
        for statement in _drop(table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    return migrations.RunPython(forwards, backwards)


def set_once(table: str, column: str, *others: str) -> migrations.RunPython:
    """An operation that lets `table` refuse to change `column` and these others once `column` has a value."""
    name = f"{table}_{column}_once"
    act = f"UPDATE OF {', '.join((column, *others))}"
    head = f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW WHEN (OLD.{column} IS NOT NULL)"

    def forwards(apps: Any, schema_editor: Any) -> None:
        is_postgres = schema_editor.connection.vendor == "postgresql"
        tail = "EXECUTE FUNCTION hv_refuse_change()" if is_postgres else _refusal(table)
        schema_editor.execute(f"{head} {tail}", params=None)

    def backwards(apps: Any, schema_editor: Any) -> None:
        on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {name}{on}", params=None)

    return migrations.RunPython(forwards, backwards)


def _make(table: str, fixed: tuple[str, ...], vendor: str) -> list[str]:
    update = f"UPDATE OF {', '.join(fixed)}" if fixed else "UPDATE"
    if vendor == "postgresql":
        return [
            POSTGRES_FUNCTION,
            f"CREATE TRIGGER {table}_append_only BEFORE {update} OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION hv_refuse_change()",
        ]
    return [
        f"CREATE TRIGGER {table}_no_{act.split()[0].lower()} BEFORE {act} ON {table} FOR EACH ROW"
        f" {_refusal(table)}"
        for act in (update, "DELETE")
    ]


def _refusal(table: str) -> str:
    return f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or removed'); END"


def _drop(table: str, vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [f"DROP TRIGGER {table}_append_only ON {table}"]
    return [f"DROP TRIGGER {table}_no_{act}" for act in ("update", "delete")]
