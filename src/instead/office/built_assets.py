"""Whether the style sheet is there that set-up builds (tools/assets.py); without it every page would look broken."""

from __future__ import annotations

from pathlib import Path

from instead.errors import InsteadError

ASSETS = Path(__file__).parent / "assets"


def require_assets() -> None:
    """Refuse to open an office without its style sheet, and say how to build it."""
    if not (ASSETS / "uswds" / "uswds.css").is_file():
        raise InsteadError("the office's style sheet is not built yet: run `make setup`, or `python tools/assets.py`")
