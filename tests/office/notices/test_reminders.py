"""Which reminders go out, when, how, and what becomes of those that do not."""

import datetime as dt
import smtplib

import pytest
from django.core.exceptions import PermissionDenied

from instead.office.accounts.doers import staff
from instead.office.accounts.models import Organization, User
from instead.office.closing.models import SecondLook
from instead.office.court import actions as court
from instead.office.court.models import Listing
from instead.office.enrolments import actions as enrolments
from instead.office.errors import Refused
from instead.office.ledger.models import Entry
from instead.office.notices.actions import choose_ways, see_to
from instead.office.notices.models import Channel, Reminder
from instead.office.notices.planning import by_day, leads_of, may_send_at, plan
from instead.office.notices.queries import troubles
from instead.office.notices.senders import CannotSend
from instead.office.notices.sending import claim, give_up_claimed, send_due
from instead.office.tasks.clocks import number_of
from support.journey import DAY, a_service
from support.office import home_of, somebody
from support.reminders import wished

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)


def local(*hour):
    """An hour of Tuesday, May 7, 2019 in Philadelphia."""
    return dt.datetime(2019, 5, 7, *hour, tzinfo=dt.timezone(dt.timedelta(hours=-4)))


def the_one():
    """The reminder that is due first."""
    return Reminder.objects.order_by("due_at").first()


def due_one(journey):
    """A text message that is due now; another one of the same appointment follows days later."""
    plan(journey.at)
    journey.at = the_one().due_at
    return the_one()


def test_two_go_out_three_days_and_one_day_before_at_the_same_hour(run, journey):
    messages = run(6)
    assert [message.to for message in messages] == ["+12155550142"] * 2
    sent = Reminder.objects.order_by("settled_at")
    assert [one.lead_days for one in sent] == [3, 1] == leads_of(Channel.TEXT, journey.at)
    assert [one.settled_at for one in sent] == [one.moment - one.lead_days * DAY for one in sent]


def test_a_round_that_is_run_again_sends_nothing_twice(gateway, journey):
    due_one(journey)
    for _ in range(3):
        send_due(journey.at)
    assert len(gateway.messages) == 1


def test_nothing_goes_out_at_night_and_what_waited_goes_out_in_the_morning(gateway, journey):
    reminder = due_one(journey)
    night = journey.at.replace(hour=3)
    Reminder.objects.filter(pk=reminder.pk).update(due_at=night)
    assert send_due(night).waiting == 1 and not gateway.messages
    assert send_due(night.replace(hour=13, minute=0)).sent == 1


@pytest.mark.parametrize(("hour", "allowed"), [((8, 59), False), ((9, 0), True), ((19, 59), True), ((20, 0), False)])
def test_the_hours_of_the_day_are_the_offices(hour, allowed):
    assert may_send_at(local(*hour)) is allowed


def test_a_due_hour_at_night_moves_to_the_morning():
    assert by_day(local(6, 15)) == local(9)
    assert by_day(local(23, 15)) == local(9) + DAY
    assert by_day(local(12, 15)) == local(12, 15)


def test_an_early_appointment_is_never_reminded_of_after_it(journey):
    journey.at -= 6 * dt.timedelta(hours=1)  # an appointment at half past four in the morning
    journey.book(a_service(journey.people), days=2)
    plan(journey.at)
    assert all(one.due_at < one.moment for one in Reminder.objects.all()) and Reminder.objects.exists()


@pytest.mark.usefixtures("gateway")
def test_a_date_that_became_known_late_is_reminded_of_once_and_at_once(journey):
    journey.at += dt.timedelta(hours=3)
    journey.book(a_service(journey.people), days=0.8)
    assert send_due(journey.at).sent == 1
    assert the_one().lead_days == number_of("reminder_days_late", journey.at)


def test_a_day_in_court_is_reminded_of_in_the_same_words(gateway, journey):
    Reminder.objects.all().delete()
    enrolments.take(journey.enrolment.id, "leave", doer=journey.person, at=journey.at)
    when = journey.at + 5 * DAY
    docket = journey.docket()
    court.list_hearing(docket.id, when, courtroom="403", doer=staff(journey.people.prosecutor), at=journey.at)
    send_due(when - DAY)
    (message,) = gateway.messages
    assert the_one().about == Reminder.About.LISTING and "403" not in message.body and "court" not in message.body


def test_a_moved_appointment_is_not_reminded_of_at_its_old_hour(gateway, journey):
    due = due_one(journey)
    journey.at -= MINUTE
    journey.book(a_service(journey.people), days=9)
    round_ = send_due(due.due_at)
    assert round_.not_needed == 1 and not gateway.messages
    due.refresh_from_db()
    assert due.state == "not_needed"


def test_an_excused_day_in_court_is_not_reminded_of(gateway, journey):
    enrolments.take(journey.enrolment.id, "leave", doer=journey.person, at=journey.at)
    doer = staff(journey.people.prosecutor)
    listing = court.list_hearing(journey.docket().id, journey.at + 2 * DAY, doer=doer, at=journey.at)
    plan(journey.at)
    court.settle_listing(listing.id, Listing.State.EXCUSED, doer=doer, at=journey.at)
    assert send_due(journey.at + DAY).not_needed == 1 and not gateway.messages


def test_only_the_ways_that_the_person_chose_are_used(gateway, journey, person):
    wished(person, Channel.EMAIL)
    send_due(journey.at + 4 * DAY)
    assert {message.channel for message in gateway.messages} == {Channel.EMAIL}
    wished(person)
    send_due(journey.at + 4.5 * DAY)
    assert len(gateway.messages) == 1


def test_who_chose_nothing_gets_nothing(gateway, journey, person):
    person.wish.delete()
    assert send_due(journey.at + 4 * DAY).planned == 0 and not gateway.messages


def test_a_way_that_was_taken_back_after_planning_is_not_used(gateway, journey, person):
    due_one(journey)
    choose_ways(person, (), doer=journey.person, at=journey.at)
    assert send_due(journey.at).not_needed == 1 and not gateway.messages


def test_a_letter_is_made_in_time_for_the_mail_and_not_at_all_when_it_would_be_late(gateway, journey, person):
    wished(person, Channel.LETTER)
    assert send_due(journey.at + DAY).planned == 0
    journey.book(a_service(journey.people), days=12)
    send_due(journey.at + DAY)
    send_due(journey.at + 4 * DAY)
    assert [message.channel for message in gateway.messages] == [Channel.LETTER]


@pytest.mark.parametrize("phone", ["", "555", "call my mother", "911", "+1 215 555 01"])
def test_a_number_that_cannot_be_right_is_shown_and_never_tried(gateway, journey, person, phone):
    due_one(journey)
    type(person).objects.filter(pk=person.pk).update(phone=phone)
    assert send_due(journey.at).failed == 1 and not gateway.messages
    assert the_one().reason == Reminder.Reason.BAD_ADDRESS


def test_what_was_certainly_not_sent_has_failed_and_is_not_tried_again(gateway, journey):
    due_one(journey)
    gateway.instead = CannotSend(Reminder.Reason.REFUSED)
    assert send_due(journey.at).failed == 1
    gateway.instead = None
    send_due(journey.at + MINUTE)
    assert the_one().state == "failed" and not gateway.messages


@pytest.mark.parametrize("error", [TimeoutError("+12155550142"), smtplib.SMTPServerDisconnected(), ValueError("x")])
def test_any_other_error_means_that_nobody_knows_and_it_is_not_sent_again(gateway, journey, error):
    due_one(journey)
    gateway.instead = error
    assert send_due(journey.at).unknown == 1
    gateway.instead = None
    send_due(journey.at + DAY / 24)
    assert the_one().state == "unknown" and not gateway.messages


def test_after_a_crash_between_claim_and_sending_it_is_shown_and_not_sent_again(gateway, journey):
    reminder = due_one(journey)
    assert claim(reminder.pk, journey.at).state == "claimed"
    patience = number_of("reminder_unknown_minutes", journey.at) * MINUTE
    assert give_up_claimed(journey.at + patience - MINUTE) == 0
    assert send_due(journey.at + patience).unknown == 1
    assert the_one().state == "unknown" and not gateway.messages
    assert len(troubles(journey.people.coordinator, journey.at).lines) == 1


def test_a_claim_is_given_once(journey):
    reminder = due_one(journey)
    assert claim(reminder.pk, journey.at) is not None
    assert claim(reminder.pk, journey.at) is None


@pytest.mark.usefixtures("gateway")
def test_every_step_has_its_entry_without_name_number_or_date(journey, person):
    due_one(journey)
    send_due(journey.at)
    kinds = ["ways to remind chosen", "reminder claimed", "reminder sent"]
    entries = Entry.objects.filter(subject=person.pk, kind__in=kinds).order_by("number")
    assert [entry.kind for entry in entries] == kinds
    kept = {name for entry in entries for name in entry.payload.value()}
    assert kept == {"as", "text", "email", "letter", "reminder", "channel", "days", "reason"}
    assert all(person.name not in entry.payload.content for entry in entries)


def test_a_reminder_that_nobody_answered_is_no_miss(run, journey):
    run(6)
    assert journey.enrolment.state == "booked" and journey.state == "accepted" and not SecondLook.objects.exists()


def test_somebody_sees_to_what_did_not_arrive(gateway, journey):
    due_one(journey)
    gateway.instead = CannotSend(Reminder.Reason.REFUSED)
    send_due(journey.at)
    coordinator = journey.people.coordinator
    see_to(the_one().pk, actor=coordinator, at=journey.at)
    assert the_one().seen_by == coordinator and not troubles(coordinator, journey.at).lines
    assert Entry.objects.filter(kind="reminder seen to").count() == 1
    with pytest.raises(Refused, match="already"):
        see_to(the_one().pk, actor=coordinator, at=journey.at)


def test_only_the_persons_own_coordinator_sees_to_it(gateway, journey):
    due_one(journey)
    gateway.instead = CannotSend(Reminder.Reason.REFUSED)
    send_due(journey.at)
    elsewhere = Organization.objects.create(name="Another body", kind=Organization.Kind.HEALTH)
    others = [somebody(User.Role.COORDINATOR, "stranger", elsewhere), somebody(User.Role.ADMINISTRATOR)]
    for actor in (*others, journey.people.counsel, journey.people.provider, journey.people.prosecutor):
        with pytest.raises(PermissionDenied):
            see_to(the_one().pk, actor=actor, at=journey.at)
    assert troubles(others[0], journey.at).lines == []


@pytest.mark.parametrize("role", list(User.Role))
def test_who_may_choose_for_the_person(journey, person, role):
    ours = {
        User.Role.COORDINATOR: journey.people.coordinator,
        User.Role.PROVIDER_STAFF: journey.people.provider,
        User.Role.PEER: journey.people.peer,
        User.Role.DEFENSE_COUNSEL: journey.people.counsel,
        User.Role.PROSECUTOR: journey.people.prosecutor,
    }
    user = ours.get(role) or somebody(role)
    allowed = role not in (User.Role.PROSECUTOR, User.Role.ANALYST, User.Role.ADMINISTRATOR)
    elsewhere = Organization.objects.create(name="Elsewhere", kind=user.organization.kind)
    stranger = somebody(role, "stranger", elsewhere)
    for who, may in ((user, allowed), (stranger, False)):
        if may:
            assert choose_ways(person, [Channel.EMAIL], doer=staff(who), at=journey.at).email
        else:
            with pytest.raises(PermissionDenied):
                choose_ways(person, [Channel.EMAIL], doer=staff(who), at=journey.at)


@pytest.mark.usefixtures("gateway")
def test_a_walk_in_without_a_case_can_be_reminded_too(journey):
    assert home_of(Organization.Kind.HEALTH)
    enrolment = journey.enrolment
    enrolment.organization = None
    enrolment.save(update_fields=["organization"])
    due_one(journey)
    assert send_due(journey.at).sent == 1
