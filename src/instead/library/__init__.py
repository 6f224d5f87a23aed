"""The library: policies, statute books, source maps, vocabularies, offices and letters, as files that anyone can edit.

A name is looked up in the folder given with ``--library`` first, then in the one inside the package.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from instead.errors import NotFound, nearest, shown

BUILT_IN = Path(__file__).parent
_SUFFIX: Mapping[str, str] = {
    "policies": ".md",
    "statutes": ".toml",
    "sources": ".toml",
    "vocabularies": ".toml",
    "offices": ".toml",
    "letters": ".typ",
}
_ONE: Mapping[str, str] = {
    "policies": "policy",
    "statutes": "statute book",
    "sources": "source map",
    "vocabularies": "vocabulary",
    "offices": "office",
    "letters": "letter",
}


@dataclass(frozen=True, slots=True)
class Library:
    """Where named things are found. ``own`` is an office's own folder, if it has one."""

    own: Path | None = None

    def find(self, shelf: str, name: str, *, asked_by: Path | None = None) -> Path:
        """The file of a name on a shelf, or of a path.

        ``asked_by`` is the file that names it: outside the libraries, its neighbours are looked at first.
        Raises :class:`NotFound` with the nearest name.
        """
        beside = asked_by.parent if asked_by is not None and not self._owns(asked_by) else None
        suffix = _SUFFIX[shelf]
        if name.endswith(suffix) or os.sep in name:
            for path in (Path(name), *([beside / name] if beside else [])):
                if _is_file(path):
                    return path
            raise NotFound(f"{name[:300]}: " + ("is a directory" if Path(name[:300]).is_dir() else "no such file"))
        for folder in self._folders(shelf, beside):
            path = folder / f"{name}{suffix}"
            if path != asked_by and _is_file(path):
                return path
        names = self.names(shelf)
        near = nearest(name, names)
        hint = f"; did you mean {near}?" if near else ""
        raise NotFound(f"there is no {_ONE[shelf]} {shown(name)} in the library ({', '.join(names) or 'none'}){hint}")

    def names(self, shelf: str) -> list[str]:
        """Every name on a shelf."""
        suffix = _SUFFIX[shelf]
        return sorted({path.stem for folder in self._folders(shelf, None) for path in folder.glob(f"*{suffix}")})

    def _owns(self, path: Path) -> bool:
        """Whether a file is in one of the libraries."""
        return any(path.is_relative_to(root) for root in (BUILT_IN, *([self.own] if self.own else [])))

    def _folders(self, shelf: str, beside: Path | None) -> list[Path]:
        own = [self.own / shelf] if self.own else []
        return [*([beside] if beside else []), *own, BUILT_IN / shelf]


def _is_file(path: Path) -> bool:
    """Whether a path is a file; a name that cannot be one (too long, a null byte) is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
