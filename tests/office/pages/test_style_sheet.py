"""The style sheet that set-up builds: whole, small on the wire, and missed loudly when it is not there."""

import re

import pytest

from instead.errors import InsteadError
from instead.office import built_assets


def test_an_office_without_its_style_sheet_says_how_to_build_it(monkeypatch, tmp_path):
    monkeypatch.setattr(built_assets, "ASSETS", tmp_path)
    with pytest.raises(InsteadError, match="make setup"):
        built_assets.require_assets()


def test_every_font_and_picture_that_the_sheet_names_is_beside_it():
    folder = built_assets.ASSETS / "uswds"
    named = re.findall(r"url\(\"?([^)\"]+)\"?\)", (folder / "uswds.css").read_text())
    assert any(name.endswith(".woff2") for name in named)
    assert [name for name in named if not (folder / name).is_file()] == []


def test_the_sheet_is_sent_compressed_and_small(client):
    answer = client.get("/static/uswds/uswds.css", headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(b"".join(answer.streaming_content)) < 25_000


def test_the_license_of_the_fonts_goes_with_them():
    assert "SIL Open Font License" in (built_assets.ASSETS / "uswds" / "LICENSE.md").read_text()


def test_the_address_of_a_package_registry_is_in_no_lock(request):
    root = request.config.rootpath
    for path in (root / "package-lock.json", *(root / "requirements").glob("*.txt")):
        assert "://" not in re.sub(r'"url": "[^"]*"', "", path.read_text()), path.name
