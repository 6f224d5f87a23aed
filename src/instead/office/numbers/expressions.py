"""What a database computes while it counts: whole days and whole years, alike in SQLite and in PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db.models import ExpressionWrapper, F, Func, IntegerField, OuterRef, Value
from django.db.models.sql.compiler import SQLCompiler

#: A field by its name, or by another way to it.
Term = str | F | OuterRef


class _Seconds(Func):
    """A moment as whole seconds since 1970."""

    output_field = IntegerField()
    template = "FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint"

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **more: Any) -> Any:
        """SQLite keeps moments as text."""
        template = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **more)


class _DateNumber(Func):
    """A date as one number, 20191231; of a moment, its date so many hours from UTC."""

    arity = 2
    output_field = IntegerField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **more: Any) -> Any:
        """SQLite keeps dates and moments as text, moments in UTC."""
        template = "CAST(strftime('%%%%Y%%%%m%%%%d', %(expressions)s || ' hours') AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **more: Any) -> Any:
        """The connection of PostgreSQL is in UTC."""
        template = "to_char(%(expressions)s * interval '1 hour', 'YYYYMMDD')::integer"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" + ", **more)


def whole_days(since: Term, until: Term) -> ExpressionWrapper[Any]:
    """Whole days of 24 hours from one moment to a later one; null where one of them is not known."""
    return _whole((_Seconds(until) - _Seconds(since)) / 86_400)


def whole_hours(since: Term, until: Term) -> ExpressionWrapper[Any]:
    """Whole hours from one moment to a later one; null where one of them is not known."""
    return _whole((_Seconds(until) - _Seconds(since)) / 3_600)


def years_old(born: str, at: str, hours_from_utc: int) -> ExpressionWrapper[Any]:
    """How old somebody born on a date was on the day of a moment; null where one of them is not known.

    The day is that of a place so many hours from UTC, all year: a database that knew of summer time would take ten
    times as long.
    """
    return _whole((_DateNumber(F(at), _hours(hours_from_utc)) - _DateNumber(F(born), _hours(0))) / 10_000)


def _hours(number: int) -> Value:
    return Value(number, output_field=IntegerField())


def _whole(expression: Any) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(expression, output_field=IntegerField())
