"""``instead office``: set up, fill and open the office's own pages."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

import click

from instead.cli.options import FILE
from instead.cli.output import console, counted
from instead.errors import InsteadError

_ROLES = ("prosecutor", "coordinator", "provider_staff", "peer", "defense_counsel", "analyst", "administrator")
_KINDS = ("prosecution", "health", "provider", "defense")


def start_django() -> None:
    """Set Django up, for the commands that need it and no others."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "instead.office.settings")
    django.setup()


@click.group()
def office() -> None:
    """The office: cases, decisions and the people who work on them."""


@office.command()
def setup() -> None:
    """Make the database, or bring it up to date."""
    start_django()
    from django.core.management import call_command

    from instead.office import clock
    from instead.office.demonstration.mode import found
    from instead.office.demonstration.models import Installation

    call_command("migrate", verbosity=0)
    found(Installation.Kind.OFFICE, at=clock.now())
    console().print("The office's database is up to date.")


@office.command("add-person")
@click.argument("username")
@click.option("--role", type=click.Choice(_ROLES), required=True, help="What the person does here.")
@click.option("--organization", required=True, help="The organization's name; made if it is not there.")
@click.option(
    "--kind", type=click.Choice(_KINDS), default="prosecution", show_default=True, help="If it is made: of what kind."
)
@click.option("--phone", default="", help="Where the people they work for may call them.")
def add_person(username: str, role: str, organization: str, kind: str, phone: str) -> None:
    """Add somebody who may sign in. The password is asked for, or read from INSTEAD_PASSWORD."""
    start_django()
    from instead.office.accounts.models import Organization, User

    password = _new_password()
    if User.objects.filter(username=username).exists():
        raise InsteadError(f"there is somebody named {username!r} already")
    home, _ = Organization.objects.get_or_create(name=organization, defaults={"kind": kind})
    User.objects.create_user(username=username, password=password, role=role, organization=home, phone=phone[:40])
    console().print(f"{username} can sign in as {role.replace('_', ' ')} of {home.name}.", markup=False)


def _new_password() -> str:
    """A password that is typed or in the environment, and is not a weak one."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    password = os.environ.get("INSTEAD_PASSWORD") or getpass.getpass("Password: ")
    try:
        validate_password(password)
    except ValidationError as error:
        raise InsteadError(" ".join(error.messages)) from None
    return password


@office.command("reset-sign-in")
@click.argument("username")
def reset_sign_in(username: str) -> None:
    """Give a new password to somebody who lost theirs, and forget their phone and recovery codes."""
    start_django()
    from allauth.mfa.models import Authenticator
    from django.db import transaction

    from instead.office.accounts.models import User

    user = User.objects.filter(username=username).first()
    if user is None:
        raise InsteadError(f"nobody is named {username!r}")
    user.set_password(_new_password())
    with transaction.atomic():
        user.save(update_fields=["password"])
        Authenticator.objects.filter(user=user).delete()
    console().print(f"{username} has a new password, and sets up a phone at the next sign-in.", markup=False)


@office.command()
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option("--source", default="", metavar="NAME", help="The name a list goes under, where its own is not right.")
def directory(files: tuple[Path, ...], source: str) -> None:
    """Take in lists of treatment providers: Philadelphia's as CSV, or HSDS 3 as JSON."""
    start_django()
    from instead.office import clock
    from instead.office.treatment.directory_import import take_in

    out = console()
    for file in files:
        account = take_in(file, actor=None, at=clock.now(), source=source)
        out.print(
            f"{file.name} as {account.source}: {account.rows_in:,} rows in = {account.used:,} used "
            f"+ {len(account.merged):,} merged + {len(account.set_aside):,} set aside; "
            f"{counted(account.changed, 'change')} in the directory.",
            markup=False,
        )
        for row in account.set_aside:
            out.print(f"  row {row.row}: {row.reason}", markup=False)
        if account.conflicts:
            out.print(
                f"  {counted(len(account.conflicts), 'contradiction')} between lists; they stand in the directory."
            )


@office.command()
def remind() -> None:
    """Send the reminders that are due, each once; for a timer to run every few minutes. Nothing is sent at night."""
    start_django()
    from instead.office import clock
    from instead.office.notices.sending import send_due

    done = send_due(clock.now())
    out = console()
    out.print(
        f"{counted(done.planned, 'new reminder')} planned; {done.sent:,} sent, {done.failed:,} not sent, "
        f"{done.unknown:,} of which nobody knows, {done.not_needed:,} not needed any more."
    )
    if done.waiting:
        out.print(f"{counted(done.waiting, 'reminder')} due and waiting for the morning.")
    if done.failed or done.unknown:
        out.print("Whom to call instead is on the page “Reminders”.")


@office.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(port: int) -> None:
    """Open the office at 127.0.0.1, until Ctrl-C."""
    start_django()
    from django.core.management import call_command

    from instead.office.serving import serve as serve_pages

    call_command("migrate", verbosity=0)
    print(f"The office is open at http://127.0.0.1:{port}/ (Ctrl-C closes it)", file=sys.stderr)  # noqa: T201
    serve_pages(port)
