"""One person from the arrest to a withdrawal on the court's record, in real browsers, by buttons and forms alone."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import expect

from instead.office.cases.models import Case
from instead.office.enrolments.models import Enrolment
from instead.office.ledger.verify import verify
from instead.office.my_page.actions import issue_link
from instead.office.people.models import Person
from instead.office.treatment.models import Service
from support.browser import PHONE
from support.court_files import report, reports_jsonl
from support.journey import DAY, People, a_service
from support.office import NOW

NAME, PLACE, NUMBER = "Quill, Ada", "Larkmere Night Intake", "MC-51-CR-0000777-2019"


class Walk:
    """Everybody at their own page, and the office's clock."""

    def __init__(self, office, open_page, javascript):
        self.office, self.people, self.at = office, People(), NOW
        self.service = a_service(self.people)
        hours = [[day, 0, 1440] for day in range(7)]
        Service.objects.filter(pk=self.service.pk).update(walk_in=True, hours=hours)
        roles = ("prosecutor", "counsel", "coordinator", "provider")
        self.pages = {role: open_page(getattr(self.people, role), javascript=javascript) for role in roles}
        self.phone = open_page(None, javascript=javascript, width=PHONE)

    def later(self, **span):
        self.at += dt.timedelta(**span)
        self.office.let_it_be(self.at)

    def at_desk(self, role, address):
        page = self.pages[role]
        page.goto(address)
        return page

    @property
    def case(self):
        return Case.objects.get()

    @property
    def state(self):
        return self.case.state

    def arrest(self):
        """The report comes in by upload; police left one box blank."""
        person = {"name": NAME, "born": "1988-02-03", "race": "W", "sex": "F"}
        path = reports_jsonl(self.office.folder, [report(1, person=person, overdose__call_only=None)])
        page = self.at_desk("prosecutor", "/imports/")
        page.locator("#files").set_input_files(path)
        page.get_by_role("button", name="Bring in").click()
        assert self.state == "needs_facts"

    def charge(self):
        page = self.at_desk("prosecutor", "/queue/")
        asked = page.get_by_role("group", name="only because someone called")
        asked.get_by_role("button", name="No", exact=True).click()
        page.get_by_role("button", name=f"Confirm: divert for {NAME}").click()
        assert self.state == "offering"

    def offer(self):
        page = self.at_desk("prosecutor", f"/cases/{self.case.pk}/offer/")
        page.locator("#counsel").select_option(str(self.people.counsel.pk))
        page.get_by_role("button", name="Show what goes out").click()
        page.get_by_role("button", name="Send the offer").click()
        assert self.state == "offered"

    def meet(self):
        page = self.at_desk("counsel", "/counsel/")
        page.get_by_role("link", name=NAME, exact=True).click()
        page.get_by_role("link", name="Offer", exact=True).click()
        page.get_by_text("I had the arrest report in hand.").click()
        page.get_by_text("The person was neither intoxicated nor in withdrawal.").click()
        page.get_by_role("button", name="We have met").click()
        assert self.state == "answering"

    def answer(self):
        secret = issue_link(Person.objects.get(cases=self.case), actor=self.people.counsel, at=self.at)
        self.phone.goto(f"/my/{secret}/")
        self.phone.goto(f"/my/{secret}/")  # looking at it spends nothing
        self.phone.get_by_role("button", name="Open my page").click()
        self.phone.get_by_role("link", name="Read the offer and answer").click()
        self.phone.get_by_role("link", name="I want to say yes").click()
        for form in ("#sign-office", "#sign-coordinator", "#sign-counsel", "#waiver"):
            self.phone.locator(form).fill("Ada Quill")
        self.phone.get_by_role("button", name="I say yes").click()
        assert self.state == "accepted"

    def book(self):
        page = self.at_desk("coordinator", f"/coordination/{self.case.pk}/")
        page.get_by_role("link", name="Places to choose from").click()
        place = page.get_by_role("article", name=PLACE)
        place.get_by_text("Book an appointment here").click()
        place.get_by_label("Day").fill((self.at + DAY).date().isoformat())
        place.get_by_label("Hour").fill("09:30")
        place.get_by_role("button", name="Book", exact=True).click()
        assert Enrolment.objects.get().state == "booked"

    def come(self):
        page = self.at_desk("provider", "/attendance/")
        page.get_by_role("listitem").filter(has_text=NAME).get_by_role("button", name="Came").first.click()
        assert Enrolment.objects.get().state == "assessed"

    def place(self):
        page = self.at_desk("coordinator", f"/coordination/{self.case.pk}/places/")
        page.get_by_role("article", name=PLACE).get_by_role("button", name="Ask for a place").click()
        page = self.at_desk("provider", "/referrals/")
        for tap in ("Accept", "Arrived"):
            page.get_by_role("article", name=NAME).get_by_role("button", name=tap).first.click()
        page = self.at_desk("provider", "/attendance/")
        page.get_by_role("button", name="First contact too").click()
        assert Enrolment.objects.get().state == "engaged"

    def prove(self):
        page = self.at_desk("counsel", f"/counsel/cases/{self.case.pk}/progress/")
        page.get_by_role("link", name="File proof").click()
        page.get_by_role("button", name="File proof").click()
        page = self.at_desk("prosecutor", f"/cases/{self.case.pk}/")
        expect(page.get_by_text("attends", exact=True).first).to_be_visible()
        assert PLACE not in page.content()
        page.get_by_role("button", name="The proof is good").click()
        assert self.state == "verified"

    def withdraw(self):
        page = self.at_desk("prosecutor", f"/cases/{self.case.pk}/")
        page.locator("#docket-number").fill(NUMBER)
        page.get_by_role("button", name="Put the docket on record").click()
        page.get_by_role("button", name="Ask the court to withdraw: treatment engaged").click()
        assert self.state == "withdrawing_engaged"
        page = self.at_desk("prosecutor", "/withdrawals/")
        expect(page.get_by_text(NUMBER).first).to_be_visible()
        page = self.at_desk("prosecutor", f"/cases/{self.case.pk}/")
        page.get_by_role("button", name="The record reads withdrawn").click()
        assert self.state == "withdrawn_engaged"


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_arrest_to_a_withdrawal_on_the_record(office, open_page, javascript, settings):
    settings.INSTEAD_PHONE = "215-555-0119"
    walk = Walk(office, open_page, javascript)
    walk.arrest()
    walk.charge()
    walk.offer()
    walk.later(days=1)
    walk.meet()
    walk.answer()
    walk.book()
    walk.later(days=1, hours=16)
    walk.come()
    walk.place()
    walk.later(days=2)
    walk.prove()
    walk.later(days=1)
    walk.withdraw()
    walk.phone.goto("/my/")
    assert "the charges are withdrawn" in walk.phone.content()
    assert verify().found == 0
