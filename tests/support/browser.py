"""What a browser is asked about a page: no barrier that axe knows, no scrolling sideways, nothing from elsewhere."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WCAG_22_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
PHONE, DESK = 320, 1280


def chromium() -> str:
    """Debian's Chromium. Where it is missing the tests skip; where CI is set they fail."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None or not AXE.is_file():
        missing = "no Chromium on this machine" if found is None else "axe-core is not installed: run `make setup`"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    return str(found)


@dataclass
class Watch:
    """Notes what no page may do: ask another machine for anything, break the policy on content, fail in a script."""

    problems: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Watch a page from now on."""
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.problems.append(f"a script failed: {error}"))

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).hostname != "127.0.0.1":
            self.problems.append(f"asked for {request.url[:200]}")

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.problems.append(message.text)


def at_width(page: Page, width: int) -> Page:
    """The page in a window of this width."""
    page.set_viewport_size({"width": width, "height": 900})
    return page


def assert_accessible(page: Page) -> None:
    """axe finds nothing against WCAG 2.2 AA. It is evaluated, so that the page's own policy stays in force."""
    page.wait_for_load_state()
    assert _runs_scripts(page), "axe waits for ever in a page whose JavaScript is off: ask one that has it on"
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"runOnly": {"type": "tag", "values": list(WCAG_22_AA)}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    told = [f"{v['id']}: {v['help']}\n    {node['html'][:200]}" for v in found for node in v["nodes"]]
    assert not told, f"{page.url} at {page.viewport_size}:\n  " + "\n  ".join(told)


def assert_no_sideways_scroll(page: Page) -> None:
    """Nothing is wider than the window; otherwise what is too wide is named."""
    page.wait_for_load_state()
    width = page.evaluate("document.documentElement.clientWidth")
    script = """width => [...document.querySelectorAll("body *")]
        .filter(e => e.getBoundingClientRect().right > width + 1 && getComputedStyle(e).position !== "absolute")
        .map(e => e.outerHTML.slice(0, 120))"""
    scrolls = page.evaluate("document.documentElement.scrollWidth") > width
    assert not scrolls, f"{page.url} is wider than {width}: {page.evaluate(script, width)[:5]}"


def assert_good_at_every_width(page: Page) -> None:
    """No sideways scroll and no barrier on a phone and at a desk. axe runs only where JavaScript does."""
    for width in (PHONE, DESK):
        at_width(page, width)
        assert_no_sideways_scroll(page)
        if _runs_scripts(page):
            assert_accessible(page)


def _runs_scripts(page: Page) -> bool:
    return bool(page.evaluate("matchMedia('(scripting: enabled)').matches"))
