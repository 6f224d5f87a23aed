"""The pictures of the documentation, taken in a real browser from a demonstration.

    instead demo FOLDER --port 8000          in one terminal
    python tools/pictures.py [http://127.0.0.1:8000]

Writes docs/pictures/*.png with few colors, so that each stays small. Everybody in them is invented.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
DESK, PHONE = (1180, 860), (360, 700)
_COLORS = 64
#: What is taken as whom: (name, who of the cast, address). "…" is the first case of the list before.
SHOTS = (
    ("queue", "prosecutor", "/queue/"),
    ("today", "prosecutor", "/today/"),
    ("court", "prosecutor", "/court/"),
    ("my-people", "coordinator", "/coordination/"),
    ("referrals", "intake", "/referrals/"),
    ("attendance", "intake", "/attendance/"),
    ("walk-in", "intake", "/walk-in/"),
    ("counsel", "counsel", "/counsel/"),
    ("numbers", "analyst", "/numbers/"),
    ("public", "analyst", "/public/"),
)


def keep(page: Page, name: str) -> None:
    """Write what the window shows, with few colors."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(_COLORS)
    picture.save(PICTURES / f"{name}.png", optimize=True)


def be(page: Page, address: str, who: str) -> None:
    """Take somebody's place."""
    page.goto(f"{address}/demonstration/")
    page.select_option("#demo-role", who)
    page.click(".demo-roles button")


def main(address: str) -> None:
    """Take every picture."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]})
        page.goto(f"{address}/demonstration/")
        page.locator(".dot").first.click()
        page.wait_for_selector(".why-because")
        keep(page, "first-page")
        for name, who, where in SHOTS:
            be(page, address, who)
            page.goto(address + where)
            keep(page, name)
        be(page, address, "prosecutor")
        page.goto(f"{address}/queue/")
        page.locator("main h2 a").first.click()
        keep(page, "case")
        phone(page, address)
        browser.close()


def phone(page: Page, address: str) -> None:
    """The person's page, reached by the tour, on a phone in both languages."""
    page.goto(f"{address}/demonstration/")
    page.get_by_role("button", name="Carry this case to its end").click()
    while "/my/" not in page.url:
        page.get_by_role("button", name="Do this and go on").click()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.locator("main aside").evaluate("tour => tour.remove()")
    keep(page, "my-page")
    page.goto(f"{address}/my/?lang=es")
    page.locator("main aside").evaluate("tour => tour.remove()")
    keep(page, "my-page-es")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
