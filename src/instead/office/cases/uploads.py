"""Files that somebody uploads to bring in cases: few, of a kind that can be read, and no larger than they need be."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile

from instead.errors import InsteadError
from instead.office.errors import Refused

MOST_FILES: Final = 10
MOST_BYTES: Final = 20 * 1024 * 1024
#: By their names; what is inside is looked at too.
KINDS: Final = (".jsonl", ".ndjson", ".csv", ".txt", ".psv", ".tsv", ".parquet")
_PARQUET: Final = b"PAR1"
_HEAD: Final = 4096


@contextmanager
def laid_down(files: Sequence[UploadedFile[Any]]) -> Iterator[Path]:
    """The files in a folder that is gone afterwards, or the one file itself; raises :class:`Refused` beforehand."""
    names = _checked(files)
    with tempfile.TemporaryDirectory(prefix="instead-upload-") as folder:
        for name, file in zip(names, files, strict=True):
            with (Path(folder) / name).open("xb") as written:
                for piece in file.chunks():
                    written.write(piece)
        try:
            yield Path(folder) / names[0] if len(names) == 1 else Path(folder)
        except InsteadError as error:  # where the files lay is nobody's business
            raise Refused(str(error).replace(f"{folder}/", "").replace(folder, "the files")) from None


def _checked(files: Sequence[UploadedFile[Any]]) -> list[str]:
    """The names of the files, when every one may be read."""
    if not files:
        raise Refused("no file was chosen")
    if len(files) > MOST_FILES:
        raise Refused(f"{len(files)} files are too many; at most {MOST_FILES} come in at once")
    size = sum(file.size or 0 for file in files)
    if size > MOST_BYTES:
        raise Refused(
            f"the files have {size:,} bytes; at most {MOST_BYTES:,} (20 MB) can be uploaded. "
            "Larger ones are brought in with the command instead import"
        )
    names = [_name(file) for file in files]
    if len({name.lower() for name in names}) < len(names):
        raise Refused("two of the files have the same name")
    for name, file in zip(names, files, strict=True):
        _check_content(name, file)
    return names


def _name(file: UploadedFile[Any]) -> str:
    name = PurePosixPath((file.name or "").replace("\\", "/")).name.replace("\0", "")
    if not name.lower().endswith(KINDS) or name.startswith("."):
        raise Refused(f"{name[:80] or 'a file without a name'} cannot be read; expected {', '.join(KINDS)}")
    return name[-150:]


def _check_content(name: str, file: UploadedFile[Any]) -> None:
    if not file.size:
        raise Refused(f"{name[:80]} is empty")
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(0)
    if name.lower().endswith(".parquet"):
        if not head.startswith(_PARQUET):
            raise Refused(f"{name[:80]} is called Parquet and is not")
    elif b"\0" in head:
        raise Refused(f"{name[:80]} is no text; a table is delimited text, JSON Lines or Parquet")
