"""The documentation of counsel's pages names every address of theirs."""

import re
from pathlib import Path

from django.urls import URLPattern

from instead.office.enrolments.filing_urls import filing_urls
from instead.office.offers.counsel_urls import counsel_urls

PAGE = (Path(__file__).parents[3] / "docs" / "office" / "counsel.md").read_text(encoding="utf-8")
#: Forms that stand on another page and have no page of their own.
ON_OTHERS = {"interpreter", "met", "no", "treatment", "sign", "take-back", "look", "paper", "letter-file"}


def shown(pattern):
    return "/" + re.sub(r"<[^>]+>", "…", str(pattern.pattern))


def test_every_page_is_in_the_table():
    pages = [one for one in (*counsel_urls, *filing_urls) if isinstance(one, URLPattern)]
    own = {shown(one) for one in pages if str(one.name).removeprefix("counsel-") not in ON_OTHERS}
    assert set(re.findall(r"^\| `([^`]+)` \|", PAGE, re.M)) == own
