"""Whether what set-up builds is there: the style sheet, without which every page would look broken, and the messages in
other languages, without which a page in Spanish would be in English.
"""

from __future__ import annotations

from pathlib import Path

from instead.errors import InsteadError

ASSETS = Path(__file__).parent / "assets"
MESSAGES = Path(__file__).parent / "locale" / "es" / "LC_MESSAGES" / "django.mo"


def require_assets() -> None:
    """Refuse to open an office that is not set up whole, and say how to set it up."""
    if not (ASSETS / "uswds" / "uswds.css").is_file():
        raise InsteadError("the office's style sheet is not built yet: run `make setup`, or `python tools/assets.py`")
    if not MESSAGES.is_file():
        raise InsteadError("the office's Spanish messages are not compiled yet: run `make setup`")
