"""Writing very many plain rows: what ``bulk_create`` does, without an object for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert rows with a value for each named field: the id of what a foreign key leads to, else the value itself.

    Fields that are not named get nothing, not even their default: name every one but the database's own number.
    """
    fields: list[models.Field[Any, Any]] = [field for field in model._meta.concrete_fields if field.name in names]
    fields.sort(key=lambda field: names.index(field.name))
    kept: dict[tuple[int, object], Any] = {}

    def prepared(place: int, value: object) -> Any:
        key = (place, value)
        if key not in kept:
            kept[key] = fields[place].get_db_prep_save(value, connection)
        return kept[key]

    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join("%s" for _ in fields)
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({marks})"
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[prepared(place, value) for place, value in enumerate(row)] for row in rows])
