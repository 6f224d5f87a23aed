"""Run every command shown in docs/ again, and check or renew what it printed.

    python tools/transcripts.py            compare; exit 1 and a diff where a page is no longer true
    python tools/transcripts.py --renew    write what the commands print now into the pages
    … --data DATA                          also the transcripts that read the public court documents in DATA

A page's fenced blocks with ``file=NAME`` in the info string are the files its commands run on; ``city`` is the
synthetic city. In a ``console`` block a line ``$ …`` is a command and what follows is its output, where a line with
``…`` alone stands for lines left out. Longer lines than the limit are cut at ``…``.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import functools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from instead.synth import write_city

DOCS = Path(__file__).parents[1] / "docs"
LEFT_OUT = "…"
_WIDEST = 160
_FENCE = re.compile(r"^```(?P<info>\S.*)$")
_FILE = re.compile(r"\bfile=(\S+)")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: its info string, and its lines as the half-open range ``first`` to ``end``."""

    info: str
    first: int
    end: int


def fences(lines: list[str]) -> Iterator[Fence]:
    """The fenced blocks of a page. A fence of four marks may hold fences of three."""
    index = 0
    while index < len(lines):
        if lines[index].startswith("````"):
            marks = "````"
        elif _FENCE.match(lines[index]):
            marks = "```"
        else:
            index += 1
            continue
        end = lines.index(marks, index + 1)
        yield Fence(lines[index][len(marks) :].strip(), index + 1, end)
        index = end + 1


def shown_files(lines: list[str]) -> dict[str, str]:
    """The files that a page shows in full, by name."""
    return {
        found[1]: "\n".join(lines[fence.first : fence.end]) + "\n"
        for fence in fences(lines)
        if (found := _FILE.search(fence.info))
    }


class Shell:
    """Runs the few commands that pages show, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.status = 0

    def run(self, command: str) -> list[str]:
        match shlex.split(command):
            case ["echo", "$?"]:
                return [str(self.status)]
            case ["cat", name]:
                return (self.folder / name).read_text(encoding="utf-8").splitlines()
            case ["instead", *arguments]:
                return self._instead(arguments)
        raise SystemExit(f"a page shows `{command}`, which this script does not know how to run")

    def _instead(self, arguments: list[str]) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-m", "instead", *arguments],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={name: value for name, value in os.environ.items() if name != "INSTEAD_LIBRARY"},
            check=False,
        )
        self.status = done.returncode
        return done.stdout.decode("utf-8").splitlines()


def _fit(line: str) -> str:
    bare = line.rstrip()
    return bare if len(bare) <= _WIDEST else bare[: _WIDEST - 1] + LEFT_OUT


def _as_before(old: list[str], new: list[str]) -> list[str]:
    """The new output shortened as the old one was."""
    if LEFT_OUT not in old:
        return new
    before = old.index(LEFT_OUT)
    after = len(old) - before - 1
    if len(new) <= before + after:
        return new
    return [*new[:before], LEFT_OUT, *(new[-after:] if after else [])]


def rerun(lines: list[str], shell: Shell) -> list[str]:
    """The lines of a console block with every command run again."""
    found: list[str] = []
    index = 0
    while index < len(lines):
        command = lines[index]
        end = next((i for i in range(index + 1, len(lines)) if lines[i].startswith("$ ")), len(lines))
        new = [_fit(line) for line in shell.run(command.removeprefix("$ "))]
        found += [command, *_as_before(lines[index + 1 : end], new)]
        index = end
    return found


def renewed(text: str, city: Path, data: Path | None) -> str:
    """A page with every transcript run again."""
    lines = text.split("\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in shown_files(lines).items():
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        with contextlib.suppress(FileNotFoundError):
            if data is not None:
                shutil.copy(data / "court_documents" / "anon_2023-docket.pdf", folder / "docket.pdf")
        if not (folder / "city").exists():
            (folder / "city").symlink_to(city)
        shell = Shell(folder)
        blocks: list[tuple[Fence, list[str]]] = []
        for fence in fences(lines):
            block = lines[fence.first : fence.end]
            if fence.info == "console" and (data is not None or not any(".pdf" in line for line in block)):
                blocks.append((fence, rerun(block, shell)))
        for fence, block in reversed(blocks):
            lines[fence.first : fence.end] = block
    return "\n".join(lines)


def main() -> None:
    """Check or renew every page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--renew", action="store_true", help="write the pages anew")
    parser.add_argument("--data", type=Path, help="the folder with the public data sets")
    arguments = parser.parse_args()
    stale = 0
    with tempfile.TemporaryDirectory() as name:
        city = Path(name) / "city"
        write_city(city, 6000, 1, lambda _step, _done, _of: None)
        page_of = functools.partial(renewed, city=city, data=arguments.data)
        for path in sorted(DOCS.rglob("*.md")):
            old = path.read_text(encoding="utf-8")
            new = page_of(old) if "```console" in old else old
            if new == old:
                continue
            stale += 1
            if arguments.renew:
                path.write_text(new, encoding="utf-8")
            else:
                where = path.relative_to(DOCS).as_posix()
                diff = difflib.unified_diff(old.split("\n"), new.split("\n"), where, "now", lineterm="", n=1)
                print("\n".join(diff), file=sys.stderr)  # noqa: T201
    sys.exit(0 if arguments.renew else int(bool(stale)))


if __name__ == "__main__":
    main()
