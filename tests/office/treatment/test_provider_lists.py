"""Lists of providers: one door is one provider, contradictions are said, all rows counted, twice changes nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from instead.errors import BadData
from instead.office.ledger.models import Entry
from instead.office.treatment.addresses import door, phone, place
from instead.office.treatment.directory_import import Imported, import_directory
from instead.office.treatment.models import Capacity, Provider, Service, Statement
from instead.office.treatment.queries import Need, propose

DATA = Path(__file__).parents[4] / "shared" / "data"
CITY = [
    "ProgramName", "Address", "Zip", "Buprenorphine?", "Methadone?", "Vivitrol?",
    "Same-day induction during walk-in hours?", "Phone", "Website", "Notes (DBHIDS TAD)", "IOP", "OP", "MH Tx",
]  # fmt: skip
FEDERAL = ["Program.Name", "DBA", "Phone", "Certification", "Address", "latitude", "longitude"]
pytestmark = pytest.mark.django_db


def city(name: str, address: str, number: str = "", notes: str = "--", **more: str) -> dict[str, str]:
    row = dict.fromkeys(CITY, "") | {"ProgramName": name, "Address": address, "Zip": "19100", "Phone": number}
    return row | {"Buprenorphine?": "Yes", "Methadone?": "No", "Vivitrol?": "No", "Notes (DBHIDS TAD)": notes} | more


def federal(name: str, address: str, number: str = "", **more: str) -> dict[str, str]:
    row = dict.fromkeys(FEDERAL, "") | {"Program.Name": name, "Phone": number, "Certification": "Certified"}
    return row | {"Address": f"{address}, Philadelphia, PA, 19100"} | more


@pytest.fixture
def take(network, tmp_path):
    """Import rows as a list in a file."""

    def do(rows: list[dict[str, str]] | str, source: str = "", who: str = "coordinator") -> Imported:
        path = tmp_path / "list"
        if isinstance(rows, str):
            path.write_text(rows)
        else:
            columns = list(dict.fromkeys(name for row in rows for name in row))
            with path.open("w", newline="") as file:
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
                writer.writerows(rows)
        account = import_directory(network.people.get(who, AnonymousUser()), path, at=network.at, source=source)
        assert account.rows_in == account.used + len(account.merged) + len(account.set_aside)
        return account

    return do


def imported() -> list[Provider]:
    return list(Provider.objects.exclude(source="office").order_by("name"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1745 N 4th St", "1745 North Fourth St."),
        ("21st & Washington Ave", "NE Corner, 21st St. & Washington Ave."),
        ("21st & Washington Ave", "Washington Avenue and 21st Street"),
        ("9150 Marshall St, Suite 2", "9150 marshall street"),
        ("9150 Marshall St, Suite 2", "9150 Marshall St. Ste 2"),
        ("801 W Girard Ave", "Girard Medical Center 801 W. Girard Avenue"),
        ("1425 Scalp Avenue #175", "1425 Scalp Ave"),
    ],
)
def test_one_door_written_two_ways(one, other):
    assert door(one, "Philadelphia").may_be(door(other, "philadelphia"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1200 Callowhill St, Suite 102", "1200 Callowhill St, 1st Floor"),
        ("1200 Callowhill St", "1202 Callowhill St"),
        ("1200 N Broad St", "1200 S Broad St"),
        ("12 Spring Street", "12 Spring Lane"),
        ("", ""),
    ],
)
def test_two_doors(one, other):
    assert not door(one, "Philadelphia").may_be(door(other, "Philadelphia"))
    assert not door(one, "Philadelphia").may_be(door(one, "Chester")) or not one


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(215) 555-0101", "+12155550101"), ("215-555-0101", "+12155550101"), ("1 215 555 0101", "+12155550101"),
        ("215-555-0101 ext. 57", "+12155550101;ext=57"), ('"+44 1234 234567"', "+441234234567"),
        ("", ""), ("555-0101", ""), ("215-155-0101", ""), ("call the desk", ""), ("215-555-0101 or 0102", ""),
    ],
)  # fmt: skip
def test_telephone_numbers(text, number):
    assert phone(text) == number


def test_a_place_on_no_map_is_no_place():
    assert place("100", "101") is None and place("", "") is None and place("nan", "1") is None
    assert place(0, 0) is None and place("39.9", "-75.1") is not None


def test_one_site_under_two_names_and_numbers_is_one_provider_and_both_are_said(take):
    take([city("Larkmere Night", "1745 N 4th St", "215-555-0101")])
    account = take([federal("Fourth Street Care, LLC", "1745 North Fourth St.", "215-555-0199")])
    (provider,) = imported()
    assert (provider.name, provider.phone) == ("Larkmere Night", "+12155550101")
    assert [row.reason for row in account.merged] == ["the same address as “Larkmere Night”, under another name"]
    assert account.conflicts == [
        "Larkmere Night: name: Larkmere Night is kept; samhsa says Fourth Street Care, LLC",
        "Larkmere Night: phone: +12155550101 is kept; samhsa says +12155550199",
    ]
    assert provider.services.get().notes == "Certification: Certified"


def test_two_programs_of_one_list_at_one_address_stay_two_in_either_order(take):
    clinic, crisis = city("Tassel Clinic", "100 E Lehigh Ave", "215-555-0102"), city("Hospital", "100 East Lehigh Ave")
    take([clinic], source="older")
    take([crisis, clinic], source="newer")
    assert [one.name for one in imported()] == ["Hospital", "Tassel Clinic"]
    assert Statement.objects.filter(service__provider__name="Tassel Clinic").count() == 2


def test_the_same_telephone_and_house_number_is_one_site_and_the_same_telephone_alone_is_a_question(take):
    take([city("Consort", "451 S University Ave", "215-555-0103"), city("Kens", "136 Diamond St", "215-555-0104")])
    account = take([
        federal("The Consort", "451 University Ave.", "215-555-0103"),
        federal("Kens Hospital", "2100 N Front St", "215-555-0104"),
    ])  # fmt: skip
    assert [one.name for one in imported()] == ["Consort", "Kens", "Kens Hospital"]
    assert [(one.row, one.reason) for one in account.notes] == [
        (2, "perhaps the same as “Kens”, 136 Diamond St: the same telephone")
    ]


def test_the_same_file_twice_changes_nothing_and_writes_no_second_entry(take):
    rows = [city("A", "1 Oak St", "215-555-0101"), city("A", "1 Oak St", "215-555-0101"), city("B", "2 Oak St")]
    first = take(rows)
    before = [list(model.objects.order_by("pk").values()) for model in (Provider, Service, Statement)]
    again = take(rows)
    assert first.changed and not again.changed
    assert [(row.row, row.reason) for row in first.merged] == [(2, "says the same as row 1")]
    assert (first.used, first.merged) == (again.used, again.merged)
    assert before == [list(model.objects.order_by("pk").values()) for model in (Provider, Service, Statement)]
    assert Entry.objects.get().payload.value() == first.counts()


def test_a_later_version_changes_only_what_it_says_differently(take):
    take([city("A", "1 Oak St", "215-555-0101"), city("B", "2 Oak St")])
    account = take([city("A", "1 Oak St", "215-555-0102"), city("B", "2 Oak St")])
    assert account.changed == 2 and [one.phone for one in imported()] == ["+12155550102", ""]
    assert Service.objects.filter(provider__source="dbhids").count() == 2


def test_the_order_of_lists_decides_who_is_believed_and_never_how_many_there_are(take):
    lists = [[city("A", "1 Oak St", "215-555-0101")], [federal("A Inc", "1 Oak Street", "215-555-0101")]]
    for rows in reversed(lists):
        take(rows)
    assert [one.name for one in imported()] == ["A Inc"]


def test_what_a_list_does_not_say_is_not_known(take):
    take([city("A", "1 Oak St", **{"Methadone?": "", "Vivitrol?": "Yes"}), city("B", "2 Oak St")])
    a, b = (provider.services.get() for provider in imported())
    assert (a.buprenorphine, a.methadone, a.naltrexone) == (True, None, True)
    assert (b.methadone, b.naltrexone) == (False, None), "no Vivitrol says nothing of other naltrexone"
    assert (a.walk_in, a.hours, a.level, a.languages_complete) == (None, None, "", False)
    assert not Capacity.objects.exists()
    (first, *_) = propose(Need(medication="methadone"), at=Entry.objects.get().at, stale_after=None)
    assert first.fit != 0


@pytest.mark.parametrize(
    ("notes", "text", "hours", "languages"),
    [
        ("Walk-in: M-T 8a-5p; Spanish", "M-T 8a-5p", [[0, 480, 1020], [1, 480, 1020]], ["es"]),
        ("Partners: Walk-in: M 2-3:30p", "M 2-3:30p", [[0, 840, 930]], []),
        ("Korean, Walk-in: 7a-5:30p", "7a-5:30p", None, ["ko"]),
        ("Walk-in: M 7a-5:30p; Sa 8a-1:30m; Su 8-11a", "M 7a-5:30p; Sa 8a-1:30m; Su 8-11a", None, []),
        ("Walk-in hours [noted but not specified]", "[noted but not specified]", None, []),
    ],
)
def test_free_text_hours_are_kept_and_read_only_when_certain(take, notes, text, hours, languages):
    account = take([city("A", "1 Oak St", notes=notes)])
    service = imported()[0].services.get()
    assert (service.walk_in, service.walk_in_text, service.walk_in_hours) == (True, text, hours)
    assert service.languages == languages and bool(account.notes) == (hours is None)


def test_rows_that_cannot_be_used_are_set_aside_with_their_reason(take):
    text = ",".join(CITY) + "\n" + f"{'x' * 201},1 Oak St{',' * 11}\n,2 Oak St{',' * 11}\nA,3 Oak St\nB,,{',' * 10}\n"
    account = take(text)
    assert {one.row: one.reason for one in account.set_aside} == {
        1: "name longer than 200 characters",
        2: "no name",
        3: "2 fields where the header has 13",
    }
    assert account.used == 1


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "{", "[1", "{'a': 1}"])
def test_a_file_that_is_no_list_is_refused(take, text):
    with pytest.raises(BadData):
        take(text)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("who", ["nobody", "prosecutor", "staff", "peer", "counsel", "coordinator of the prosecution"])
def test_who_may_not_import(take, who):
    with pytest.raises(PermissionDenied):
        take([city("A", "1 Oak St")], who=who)
    assert not imported()


WEEKLY = {"freq": "WEEKLY", "byday": "MO,FR", "opens_at": "08:00:00", "closes_at": "17:30:00"}


def hsds(service: str = "s1", **more: object) -> dict[str, object]:
    location = {
        "id": f"l-{service}", "latitude": 39.9, "longitude": -75.1, "languages": [{"code": "es"}],
        "addresses": [{"address_1": "1745 North Fourth St.", "city": "Philadelphia", "postal_code": "19122"}],
    }  # fmt: skip
    return {
        "id": service, "name": "Outpatient", "status": "active", "organization": {"id": "o", "name": "Larkmere Night"},
        "phones": [{"number": "215-555-0101"}], "schedules": [WEEKLY], "service_at_locations": [{"location": location}],
    } | more  # fmt: skip


def test_hsds_three_shapes_are_one_service(take):
    service = hsds()
    at = {"id": "x", "service": service, "location": service["service_at_locations"][0]["location"]}
    organization = {"id": "o", "name": "Larkmere Night", "services": [{**service, "organization": None}]}
    counts = [take(json.dumps(one)).changed > 0 for one in (service, at, organization, {"contents": [service]})]
    assert counts == [True, False, False, False]
    found = imported()[0].services.get()
    assert (found.hours, found.languages, found.walk_in) == ([[0, 480, 1050], [4, 480, 1050]], ["es"], None)
    assert not hasattr(found, "capacity")


def test_hsds_joins_the_door_and_keeps_its_services_apart(take):
    take([city("Larkmere Night", "1745 N 4th St", "215-555-0101")])
    take(json.dumps([hsds("s1"), hsds("s2", name="Residential")]))
    (provider,) = imported()
    assert sorted(one.title for one in provider.services.all()) == ["Outpatient", "Residential", "Treatment program"]


@pytest.mark.parametrize(
    "change", [{"until": "2020-01-01"}, {"freq": "MONTHLY"}, {"interval": 2}, {"byday": "1MO"}, {"opens_at": "8"}]
)
def test_hsds_schedules_that_are_more_than_weekly_stay_text(take, change):
    account = take(json.dumps(hsds(schedules=[WEEKLY | change | {"description": "8 to 5.30"}])))
    service = imported()[0].services.get()
    assert (service.hours, service.hours_text) == (None, "8 to 5.30")
    assert any("not simply the same every week" in one.reason for one in account.notes)


def test_hsds_what_is_gone_or_nameless_is_set_aside(take):
    account = take(json.dumps([hsds(status="defunct"), hsds(id=""), 7, {"x": 1}, hsds("s9")]))
    assert account.used == 1 and len(account.set_aside) == 4


@pytest.mark.skipif(not DATA.is_dir(), reason="the real lists are not here: ../shared/data")
def test_the_real_lists(network):
    lists = ["dbhids_programs_geocoded.csv", "dbhids_treatment_map_2020.csv", "samhsa_programs_geocoded.csv"]
    files = [DATA / "philadelphia_treatment" / name for name in lists]
    files += [DATA / "hsds" / f"{name}_full.json" for name in ("organization", "service", "service_at_location")]
    accounts = [import_directory(network["administrator"], path, at=network.at) for path in files]
    assert [(one.rows_in, one.used, len(one.merged), len(one.set_aside)) for one in accounts] == [
        (40, 40, 0, 0), (46, 6, 40, 0), (96, 81, 15, 0), (1, 1, 0, 0), (1, 1, 0, 0), (1, 1, 0, 0)
    ]  # fmt: skip
    assert len(imported()) == 128 and Service.objects.filter(provider__source="hsds").count() == 1
    assert not any(import_directory(network["administrator"], path, at=network.at).changed for path in files)
    assert Entry.objects.count() == 4, "the second and third HSDS example say what the first said"
    bridge = Provider.objects.get(address_key__startswith="2205 bridge st")
    assert {one["field"] for one in bridge.conflicts} == {"name", "phone"}
