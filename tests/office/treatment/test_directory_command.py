"""``instead office directory``: lists come in by command, and every row is accounted for."""

import pytest

from instead.office.ledger.models import Entry
from instead.office.treatment.models import Provider
from support.command_line import done, refused

pytestmark = pytest.mark.django_db
LIST = (
    "ProgramName,Address,Zip,Buprenorphine?,Methadone?,Vivitrol?,Phone\n"
    "Quarrel House,1 Test St,19134,Yes,No,No,215-555-0100\n"
    ",2 Test St,19134,No,Yes,No,215-555-0101\n"
)


def test_a_list_comes_in_and_a_second_time_nothing_changes(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    first, why, second, _ = done("office", "directory", path, path).out.splitlines()
    assert "2 rows in = 1 used + 0 merged + 1 set aside" in first and "row 2: no name" in why
    assert "0 changes in the directory" in second
    assert Provider.objects.get().name == "Quarrel House"
    assert Entry.objects.get(kind="directory imported").actor_id is None


def test_it_goes_under_the_name_it_is_given(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    assert "as county-2026" in done("office", "directory", path, "--source", "county-2026").out


def test_a_file_that_is_no_list_is_refused(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("a,b\n1,2\n")
    assert "no list of providers" in refused("office", "directory", path)
    assert "none.csv" in refused("office", "directory", tmp_path / "none.csv")
