"""The one row of the head, where an empty chain ends, and the database's guards."""

from __future__ import annotations

from django.db import migrations, models

from instead.office.ledger import guards
from instead.office.ledger.chain import GENESIS


def begin(apps, schema_editor):
    head = apps.get_model("ledger", "Head")
    models.QuerySet(head, using=schema_editor.connection.alias).create(id=1, number=0, hash=GENESIS)
    guards.put_up(schema_editor.connection)


def end(apps, schema_editor):
    guards.take_down(schema_editor.connection)
    head = apps.get_model("ledger", "Head")
    models.QuerySet(head, using=schema_editor.connection.alias).delete()


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [migrations.RunPython(begin, end)]
