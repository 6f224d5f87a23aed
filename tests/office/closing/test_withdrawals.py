"""A withdrawal from the question to the court until it stands on the court's record: nothing gets lost on the way."""

import io
import re

import pypdf
import pytest
from django.urls import reverse

from instead.office.accounts.doers import staff
from instead.office.accounts.models import User
from instead.office.closing import withdrawing
from instead.office.closing.models import Withdrawal
from instead.office.court import actions as court
from instead.office.court.models import Warrant
from instead.office.errors import Refused
from support.court_files import A16, A32
from support.journey import DAY, Journey, People
from support.pages import Desk, signed_in, stranger

pytestmark = pytest.mark.django_db
MC, CP = "MC-51-CR-0000001-2019", "CP-51-CR-0000002-2019"


@pytest.fixture
def people():
    return People()


@pytest.fixture
def journey(tmp_path, people):
    return Journey(tmp_path, 1, people, charges=[A16, A32], person={"name": "Doe, Jane", "born": "1980-01-01"})


@pytest.fixture
def verified(journey):
    return journey.engaged().file().verify()


@pytest.fixture
def desk(journey):
    return Desk(journey.people.prosecutor, journey)


def listed(journey, docket, days=3, courtroom="403"):
    doer = staff(journey.people.prosecutor)
    return court.list_hearing(docket.id, journey.at + days * DAY, courtroom=courtroom, doer=doer, at=journey.at)


def a_warrant(journey):
    doer = staff(journey.people.prosecutor)
    return court.learn_of_warrant(
        journey.case.id, Warrant.Kind.BENCH, journey.today, source="police", doer=doer, at=journey.at
    )


def test_without_a_docket_the_page_asks_for_its_number(verified, desk):
    page = desk.case()
    assert "Treatment engaged, not yet: no docket of this case is on record" in page
    page = desk.sends("add-docket", verified.case.id, number=MC, counts_from="", back=f"/cases/{verified.case.id}/")
    assert "Ask the court to withdraw: treatment engaged" in page


def test_each_docket_is_confirmed_for_itself_and_warrants_are_cleared(verified, desk):
    mc, cp = verified.docket(MC), verified.docket(CP)
    warrant = a_warrant(verified)
    page = desk.sends("ask-court", verified.case.id, reason="engaged")
    assert f"{MC} does not read withdrawn yet {CP} does not read withdrawn yet" in page.replace(
        f"{CP} does not read withdrawn yet {MC} does", f"{MC} does not read withdrawn yet {CP} does"
    )
    assert "Our reason: treatment engaged. The court is told “withdrawn” and no more." in page
    assert "Not done: not finished" in desk.sends("finish-withdrawal", verified.case.id)
    page = desk.sends("on-record", mc.id)
    assert f"{MC}: on the court's record as withdrawn." in page and verified.state == "withdrawing_engaged"
    assert "confirmed already" in desk.sends("on-record", mc.id)
    page = desk.sends("on-record", cp.id)
    assert "Not finished: bench warrant" in page and verified.state == "withdrawing_engaged"
    assert "Finish the withdrawal" in desk.sends("clear-warrant", warrant.id, back=f"/cases/{verified.case.id}/")
    assert "Nothing is left to do" in desk.sends("finish-withdrawal", verified.case.id)
    assert verified.state == "withdrawn_engaged"
    assert "there is no withdrawal to finish" in desk.sends("finish-withdrawal", verified.case.id)


def test_the_court_is_asked_once(verified, desk):
    verified.docket(MC)
    desk.sends("ask-court", verified.case.id, reason="engaged")
    assert "is no reason while" in desk.sends("ask-court", verified.case.id, reason="engaged")
    assert "choose the reason" in desk.sends("ask-court", verified.case.id, reason="bribe")


def test_other_reasons_have_codes_of_their_own_and_one_is_in_words(journey, desk):
    journey.accepted().docket(MC)
    page = desk.case()
    assert "Withdraw for another reason" in page and "laboratory" in page
    assert "written down in words" in desk.sends("ask-court", journey.case.id, reason="other", words="  ")
    assert "is no reason while" in desk.sends("ask-court", journey.case.id, reason="engaged")
    page = desk.sends("ask-court", journey.case.id, reason="other", words="The car was sold.")
    assert "another reason, written down, “The car was sold.”" in page
    journey.confirm_dockets()
    assert journey.state == "withdrawn_other"


def test_a_docket_that_comes_to_light_later_is_asked_for_as_well(verified, desk):
    mc = verified.docket(MC)
    verified.ask_court()
    late = verified.docket(CP)
    with pytest.raises(Refused, match="has not been asked to withdraw this docket"):
        withdrawing.confirm_docket(late.id, doer=staff(verified.people.prosecutor), at=verified.at)
    assert "Ask the court for this docket too" in desk.case()
    assert f"{CP}: the court is asked for it as well." in desk.sends("ask-docket", late.id)
    assert "asked for this docket already" in desk.sends("ask-docket", late.id)
    assert [line["docket"] for line in Withdrawal.objects.get().lines] == [MC, MC, CP, CP]
    for docket in (mc, late):
        desk.sends("on-record", docket.id)
    assert verified.state == "withdrawn_engaged"


def test_no_docket_is_asked_for_before_the_case_is(verified, desk):
    assert "has not been asked to withdraw this case" in desk.sends("ask-docket", verified.docket(MC).id)


def test_what_comes_to_light_after_the_end_is_on_the_list_again(verified, desk):
    verified.docket(MC)
    verified.ask_court().confirm_dockets()
    assert "Every withdrawal that was asked for is on the court’s record" in desk.opens("not-on-record")
    late, warrant = verified.docket(CP), a_warrant(verified)
    page = desk.opens("not-on-record")
    assert "Finished, and then this came to light." in page and CP in page and "Bench warrant of" in page
    assert "Came to light after the end" in desk.case()
    for name, thing in (("ask-docket", late), ("on-record", late), ("clear-warrant", warrant)):
        desk.sends(name, thing.id)
    assert verified.state == "withdrawn_engaged"
    assert "Every withdrawal that was asked for" in desk.opens("not-on-record")


def test_the_oldest_stands_first_with_its_days(tmp_path, people):
    found = []
    for number, name in ((1, "Early, Ed"), (2, "Late, Lee")):
        journey = Journey(tmp_path, number, people, person={"name": name, "born": "1980-01-01"})
        journey.later(number * 3).accepted().docket(f"MC-51-CR-000000{number}-2019")
        found.append(journey.ask_court(Withdrawal.Reason.LABORATORY))
    desk = Desk(people.prosecutor, found[1].later(2))
    page = desk.opens("not-on-record")
    assert page.index("5 days since the court was asked Early, Ed") < page.index(
        "2 days since the court was asked Late"
    )
    back = reverse("not-on-record")
    page = desk.sends("on-record", found[0].case.dockets.get().id, back=back)
    assert "as withdrawn" in page and "Early, Ed" not in page and "Late, Lee" in page


def test_when_more_wait_than_a_page_holds_it_says_so(verified, desk, monkeypatch):
    verified.docket(MC)
    verified.ask_court()
    assert "More wait behind these" not in desk.opens("not-on-record")
    monkeypatch.setattr("instead.office.closing.withdrawal_views.MOST", 0)
    with signed_in(verified.people.prosecutor, verified) as client:
        assert client.get(reverse("not-on-record")).context["more"]


def test_the_courtrooms_list_has_one_line_a_docket_and_charge_and_no_reason(verified, desk):
    mc, cp = verified.docket(MC), verified.docket(CP)
    listed(verified, mc, 9, "403")
    listed(verified, mc, 3, "1104")
    verified.ask_court()
    page = desk.opens("courtroom")
    assert "Municipal Court, courtroom 1104 This sheet as a PDF" in page
    assert "withdraws 2 charges on 1 docket." in page and "courtroom 403" not in page
    assert f"{MC} Doe, Jane 1. {A16} M withdrawn" in page
    assert "Court of Common Pleas, no listing to come" in page and "Have them listed" in page
    assert "engaged" not in page and "treatment" not in page.split("Instead runs")[0].lower().replace("instead", "")
    desk.sends("on-record", mc.id)
    assert MC not in desk.opens("courtroom") and CP in desk.opens("courtroom")
    desk.sends("on-record", cp.id)
    assert "Nothing waits to be withdrawn in a courtroom." in desk.opens("courtroom")


def sheet(user, journey, listing):
    with signed_in(user, journey) as client:
        return client.get(reverse("courtroom-pdf", args=[listing.id]))


def test_a_sheet_is_taken_along_as_a_pdf(verified, people, settings):
    settings.INSTEAD_PHONE = "215 555 0100"
    day = listed(verified, verified.docket(MC))
    verified.ask_court()
    answer = sheet(people.prosecutor, verified, day)
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert "courtroom 403" in text and MC in text and "withdrawn" in text
    assert not re.search("treatment|engaged", text)


def test_a_sheet_of_another_office_is_not_there(verified, people, settings):
    settings.INSTEAD_PHONE = "215 555 0100"
    day = listed(verified, verified.docket(MC))
    verified.ask_court()
    assert sheet(stranger(User.Role.PROSECUTOR), verified, day).status_code == 404
    assert sheet(people.counsel, verified, day).status_code == 403
    assert sheet(people.prosecutor, verified, day).status_code == 200


def test_a_sheet_without_a_telephone_says_what_is_missing(verified, people, settings):
    settings.INSTEAD_PHONE = ""
    day = listed(verified, verified.docket(MC))
    verified.ask_court()
    with signed_in(people.prosecutor, verified) as client:
        answer = client.get(reverse("courtroom-pdf", args=[day.id]), follow=True)
    assert "Not done: the office’s telephone is not set" in answer.content.decode()


@pytest.mark.parametrize("name", ["not-on-record", "courtroom"])
def test_each_office_sees_its_own_withdrawals(verified, people, name):
    verified.docket(MC)
    verified.ask_court()
    assert MC in Desk(people.prosecutor, verified).opens(name)
    assert MC not in Desk(stranger(User.Role.PROSECUTOR), verified).opens(name)
    for user in (people.coordinator, people.provider, people.peer, people.counsel):
        with signed_in(user, verified) as client:
            assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize(("name", "most"), [("not-on-record", 6), ("courtroom", 5)])
def test_the_lists_ask_the_database_a_fixed_number_of_times(tmp_path, people, name, most, django_assert_num_queries):
    for number in range(1, 5):
        journey = Journey(tmp_path, number, people).accepted()
        listed(journey, journey.docket(f"MC-51-CR-000000{number}-2019"))
        journey.ask_court(Withdrawal.Reason.LABORATORY)
        with signed_in(people.prosecutor, journey) as client, django_assert_num_queries(most):
            client.get(reverse(name))
