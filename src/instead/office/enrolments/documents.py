"""Papers that somebody uploads: opaque, kept apart, opened on the health side, reduced to the four facts, destroyed."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from instead.office.accounts.doers import Doer, staff
from instead.office.accounts.models import User
from instead.office.cases.models import Case
from instead.office.cases.permissions import may_coordinate, may_defend, require
from instead.office.closing.models import Document, Proof
from instead.office.consents.wall import FourFacts
from instead.office.enrolments.telling import file_facts
from instead.office.errors import Refused
from instead.office.ledger.actions import record
from instead.office.tasks.kinds import BESIDE
from instead.office.tasks.moves import locked
from instead.office.tasks.opening import close_tasks, open_beside

MOST_BYTES: Final = 10 * 1024 * 1024
#: What may be uploaded, told by its first bytes: a name or a header says nothing.
_STARTS: Final = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}


def content_type_of(content: bytes) -> str:
    """The type of a file by its first bytes; raises :class:`Refused` for other types and sizes."""
    if len(content) > MOST_BYTES:
        raise Refused(f"the file has {len(content):,} bytes; at most {MOST_BYTES:,} (10 MB) can be taken")
    if not content:
        raise Refused("the file is empty")
    for start, kind in _STARTS.items():
        if content.startswith(start):
            return kind
    raise Refused("only a PDF or a picture (JPEG, PNG) can be taken")


def upload(case_id: uuid.UUID, content: bytes, *, doer: Doer, at: dt.datetime) -> Document:
    """Take in a paper of the person or counsel. Nobody on the prosecution side can open it."""
    kind = content_type_of(content)
    with transaction.atomic():
        case = locked(Case, case_id)
        if not (doer.person is not None and doer.person.pk == case.person_id):
            require(doer.user or User(is_active=False), may_defend, case)
        digest = hashlib.sha256(content).hexdigest()
        again = Document.objects.filter(case=case, sha256=digest, destroyed_at__isnull=True).first()
        if again is not None:
            return again
        document = Document.objects.create(
            case=case,
            content_type=kind,
            size=len(content),
            sha256=digest,
            uploaded_at=at,
            uploaded_as=doer.role,
            uploaded_by=doer.user,
        )
        path = stored_at(document)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_bytes(content)
        open_beside("document", document.id, case, at=at, organization_id=case.health_id)
        payload = {"document": str(document.id), "size": len(content), "as": doer.role}
        record("document filed", actor=doer.actor, at=at, subject=case.id, payload=payload)
    return document


def open_document(document_id: uuid.UUID, *, actor: User, at: dt.datetime) -> tuple[Document, bytes]:
    """Open a paper on the health side; that it was opened is on record."""
    with transaction.atomic():
        document = Document.objects.select_related("case").get(pk=document_id)
        require(actor, may_coordinate, document.case)
        if document.destroyed_at is not None:
            raise Refused("this paper was destroyed, as it should be")
        Document.objects.filter(pk=document_id, opened_at__isnull=True).update(opened_at=at, opened_by=actor)
        record("document opened", actor=actor, at=at, subject=document.case_id, payload={"document": str(document.id)})
        return document, stored_at(document).read_bytes()


def reduce_document(document_id: uuid.UUID, facts: FourFacts, *, actor: User, at: dt.datetime) -> Proof:
    """Take the four facts from a paper, file them as proof by consent, and destroy the paper."""
    with transaction.atomic():
        document = _opened(document_id, actor)
        proof = file_facts(document.case_id, facts, doer=staff(actor), at=at)
        _destroy(document, actor, at)
    stored_at(document).unlink(missing_ok=True)
    return proof


def destroy_document(document_id: uuid.UUID, *, actor: User, at: dt.datetime) -> Document:
    """Destroy a paper from which nothing can be taken."""
    with transaction.atomic():
        document = _opened(document_id, actor)
        _destroy(document, actor, at)
    stored_at(document).unlink(missing_ok=True)
    return document


def stored_at(document: Document) -> Path:
    """Where the file lies: outside the database and outside whatever a web server shows."""
    return Path(settings.INSTEAD_DOCUMENTS) / document.stored_as.hex


def _opened(document_id: uuid.UUID, actor: User) -> Document:
    document = Document.objects.select_related("case").get(pk=document_id)
    locked(Case, document.case_id)
    require(actor, may_coordinate, document.case)
    document.refresh_from_db()
    if document.destroyed_at is not None:
        raise Refused("this paper was destroyed already")
    if document.opened_at is None:
        raise Refused("open the paper first")
    return document


def _destroy(document: Document, actor: User, at: dt.datetime) -> None:
    Document.objects.filter(pk=document.pk).update(destroyed_at=at, destroyed_by=actor)
    close_tasks(BESIDE, document.id, doer=staff(actor), at=at)
    record("document destroyed", actor=actor, at=at, subject=document.case_id, payload={"document": str(document.id)})
