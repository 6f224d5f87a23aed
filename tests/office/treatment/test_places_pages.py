"""Pages about places: one tap keeps a number fresh, a clinic's own word counts, and what is not yours is not shown."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from instead.office import clock
from instead.office.accounts.doers import staff
from instead.office.enrolments import referring
from instead.office.treatment.describing import Description, describe_service, entrust
from instead.office.treatment.errors import Refused
from instead.office.treatment.models import Capacity, Hold, Provider, Service, Statement
from support.journey import DAY, Journey
from support.journey import a_service as a_service_of

LIST = (
    "ProgramName,Address,Zip,Buprenorphine?,Methadone?,Vivitrol?,Phone,Notes (DBHIDS TAD)\n"
    "Quarrel House,1 Test St,19134,Yes,No,No,215-555-0100,Spanish; Walk-in: M-F 8a-5p\n"
    "Moss Hall,2 Test St,19134,No,Yes,No,not a number,\n"
    ",3 Test St,19134,No,No,No,215-555-0102,\n"
)


@pytest.fixture
def site(client, network):
    client.force_login(network["staff"])
    with clock.standing_still(network.at):
        yield client


def as_(client, user):
    client.force_login(user)
    return client


def shown(site, address, *args, **more):
    return site.get(reverse(address, args=args), more).content.decode()


def press(site, address, *args, **fields):
    return site.post(reverse(address, args=args), fields, follow=True).content.decode()


def test_a_number_is_said_kept_fresh_and_full_by_one_tap(site, network):
    assert "Nobody has said how many places" in shown(site, "places")
    press(site, "capacity", network.service.pk, "number", places="4")
    assert "4 of 4 places free, said just now" in shown(site, "places")
    Capacity.objects.update(reported_at=network.at - 3 * DAY)
    assert "call to be sure" in shown(site, "places")
    assert "still 4" in press(site, "capacity", network.service.pk, "still", places="4")
    assert "full" in press(site, "capacity", network.service.pk, "full")
    assert "Not done" in press(site, "capacity", network.service.pk, "still", places="4")


@pytest.mark.parametrize("typed", ["", "-1", "4.5", "many", "9" * 30, "٣"])
def test_a_number_that_is_none_is_refused(site, network, typed):
    assert "Not done" in press(site, "capacity", network.service.pk, "number", places=typed)
    assert not Capacity.objects.exists()


@pytest.mark.django_db
def test_a_taken_place_is_free_again_by_one_tap_and_a_held_one_in_the_inbox(client, tmp_path):
    journey = Journey(tmp_path)
    place = a_service_of(journey.people)
    journey.accepted()
    referral = journey.refer(place)
    doer = staff(journey.people.provider)
    referring.accept(referral.id, doer=doer, at=journey.at)
    with clock.standing_still(journey.at):
        site = as_(client, journey.people.provider)
        hold = Hold.objects.get()
        assert "in the referral inbox" in press(site, "release", hold.pk)
        referring.arrive(referral.id, doer=doer, at=journey.at)
        assert "free again" in press(site, "release", hold.pk)
        assert "Not done" in press(site, "release", hold.pk)
    place.capacity.refresh_from_db()
    assert place.capacity.free == 3


def test_what_the_clinic_says_comes_before_every_list(site, network):
    said = {"title": "Night intake", "level": "3.7", "methadone": "yes", "naltrexone": "no", "languages": ["es", "km"]}
    more = {"hours_text": "M-F 8a-5p", "walk_in": "yes", "walk_in_text": "7a-5:30p", "languages_complete": "1"}
    assert "Kept" in press(site, "describe", network.service.pk, **said, **more)
    service = Service.objects.get(pk=network.service.pk)
    assert (service.title, service.level, service.level_edition) == ("Night intake", "3.7", "4")
    assert (service.methadone, service.naltrexone, service.buprenorphine) == (True, False, None)
    assert service.languages == ["es", "km"] and service.languages_complete
    assert "Monday to Friday 8 a.m." in str(service.open_hours) and service.walk_in_hours is None
    assert "can mean more than one thing" not in shown(site, "describe", network.service.pk)
    assert service.provider.name == "Larkmere"


@pytest.mark.parametrize(
    "fields",
    [{"title": " "}, {"title": "T" * 201}, {"level": "9.9"}, {"languages": ["xx"]}, {"hours_text": "h" * 1001}],
)
def test_a_description_that_cannot_be_is_refused(site, network, fields):
    assert "Not done" in press(site, "describe", network.service.pk, **({"title": "Outpatient"} | fields))
    assert not Statement.objects.exists()


def test_a_clinic_describes_its_own_services_alone(network):
    for name in ("staff elsewhere", "peer", "coordinator", "prosecutor", "administrator"):
        with pytest.raises(PermissionDenied):
            describe_service(network[name], network.service, Description("Outpatient"), at=network.at)


def test_the_coordinator_sees_doors_and_not_what_is_offered_behind_them(client, network):
    Service.objects.filter(pk=network.service.pk).update(
        title="Methadone program", level="3.7", level_edition="4", methadone=True, languages=["es"]
    )
    with clock.standing_still(network.at):
        for who, sees in (("staff", True), ("peer", True), ("administrator", True), ("coordinator", False)):
            text = shown(as_(client, network[who]), "directory")
            assert ("3.7" in text, "Methadone" in text) == (sees, sees), who
            assert "Larkmere" in text and "Spanish" in text
        text = shown(as_(client, network["coordinator"]), "directory", level="1.0", medication="methadone")
        assert "Larkmere" in text, "a search for what is not shown would show it"


def test_two_programs_at_one_door_have_names_that_tell_nothing(client, network):
    Service.objects.create(provider=network.service.provider, title="Residential, 3.5")
    with clock.standing_still(network.at):
        text = shown(as_(client, network["coordinator"]), "directory")
    assert "Larkmere, program 1 of 2" in text and "Larkmere, program 2 of 2" in text and "Residential" not in text


@pytest.mark.usefixtures("network")
def test_the_directory_is_looked_through(site):
    other = Provider.objects.create(name="Quarrel House", source="list", address="9 Moss Ave")
    Service.objects.create(
        provider=other, title="Day clinic", languages=["es"], walk_in=True, hours=[[2, 540, 1020]], methadone=True
    )
    for search, found in (
        ({"words": "moss quarrel"}, 1),
        ({"language": "es"}, 1),
        ({"walk_in": "1"}, 1),
        ({"open_now": "1"}, 1),
        ({"medication": "methadone"}, 1),
        ({"here": "1"}, 1),
        ({"free": "1"}, 0),
        ({"level": "3.7"}, 0),
        ({"language": "<script>", "medication": "x", "level": "y", "page": "-1"}, 2),
    ):
        assert f"{found} of 2 services" in shown(site, "directory", **search), search


def test_an_administrator_says_whose_staff_sign_in_for_a_door(client, network):
    provider, home = network.service.provider, network["staff elsewhere"].organization
    with clock.standing_still(network.at):
        site = as_(client, network["administrator"])
        assert "Tassel" in press(site, "entrust", provider.pk, organization=str(home.pk))
        provider.refresh_from_db()
        assert provider.organization == home
        health = str(network["coordinator"].organization_id)
        for wrong in (health, "x", "00000000-0000-0000-0000-000000000000"):
            assert "Not done" in press(site, "entrust", provider.pk, organization=wrong)
        press(site, "entrust", provider.pk, organization="")
    provider.refresh_from_db()
    assert provider.organization is None
    with pytest.raises(PermissionDenied):
        entrust(network["coordinator"], provider, home, at=network.at)
    with pytest.raises(Refused):
        entrust(network["administrator"], provider, network["prosecutor"].organization, at=network.at)


def upload(site, content, name="list.csv", **fields):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return site.post(reverse("directory-import"), {"file": file, **fields})


def test_a_list_is_uploaded_and_every_row_accounted_for(client, network):
    with clock.standing_still(network.at):
        site = as_(client, network["coordinator"])
        text = upload(site, LIST).content.decode()
        assert "3 rows in = 2 used + 0 merged + 1 set aside" in text and "Row 3: no name" in text
        assert "no certain telephone number" in text
        assert "Nothing changed" in upload(site, LIST).content.decode()
        hsds = {"name": "Reed Center", "services": [{"id": "1", "name": "Detox", "status": "active"}]}
        assert (
            "1 rows in = 1 used"
            in upload(site, json.dumps(hsds), "../../etc/x.json", source="county <b>").content.decode()
        )
    assert Provider.objects.filter(name="Reed Center", source="county--b-").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "choose a file first"),
        (b"\xff\xfe\x00bin", "not in UTF-8"),
        (b"a,b\n1,2\n", "no column"),
        (b"{broken", "no JSON"),
        (b"<script>alert(1)</script>", "no column"),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(client, network, content, words):
    with clock.standing_still(network.at):
        answer = upload(as_(client, network["administrator"]), content, "<script>.csv")
    text = answer.content.decode()
    assert answer.status_code == 422 and words in text and "<script>alert" not in text
    assert Provider.objects.count() == 1


def test_the_pages_ask_the_database_a_fixed_number_of_times(client, network, django_assert_max_num_queries):
    for number in range(8):
        provider = Provider.objects.create(
            name=f"Clinic {number}", source="list", organization=network["staff"].organization
        )
        Service.objects.create(provider=provider, title="Outpatient")
    with clock.standing_still(network.at):
        for who, name, most in (
            ("staff", "places", 8),
            ("staff", "directory", 6),
            ("coordinator", "directory", 6),
            ("administrator", "directory", 7),
        ):
            site = as_(client, network[who])
            with django_assert_max_num_queries(most):
                assert site.get(reverse(name)).status_code == 200
