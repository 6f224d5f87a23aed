"""What each letter must say, and what it must never say, in both languages."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, replace
from typing import get_args

import pytest

from instead.library import Library
from instead.office.letters.closing import CourtroomList, Withdrawn
from instead.office.letters.consent import AttendanceForm, Consent, Elements, Recipient, Signature
from instead.office.letters.kinds import KINDS, Letter
from instead.office.letters.offer import Deadline, Offer, OfferEnded, PersonsClock, deadlines
from instead.office.letters.on_the_way import Card, OneMoreThing, Reminder
from instead.office.letters.parts import LANGUAGES, CannotBeSaid, Language, Said
from instead.office.letters.render import as_text, render
from instead.office.letters.samples import SAMPLES
from instead.policy.open import open_policy
from support.letters import pages, reader, sample

DAY = dt.date(2019, 5, 20)
#: From one of these a reader could conclude what it is about.
TELLING = re.compile(
    r"treat|court|drug|case|lawyer|counsel|clinic|charge|police|prosecut|attorney|health|recover|addict|medic|program"
    r"|tratam|tribunal|corte|droga|caso|abogad|centro|clínic|cargo|polic|fiscal|salud|adicc|defensa|juicio",
    re.IGNORECASE,
)
#: Words that a person is never called by, nor what happens to them.
HARSH = re.compile(r"divert|diversion|deficien|revok|addict|abuse|desviar|deficient|revocar|adict", re.IGNORECASE)

OFFER_SAYS: dict[Language, tuple[str, ...]] = {
    "en": (
        "Call 911. To talk to someone at any hour, call or text 988. Do that first.",
        "“Treatment, or community service where treatment is not needed”",
        "12 hours",
        "Medication counts as treatment. Nobody may ask you to take less of it or to stop.",
        "No plea.",
        "No admission.",
        "No fee.",
        "7 days after your lawyer has met with you",
        "within 14 days after your yes",
        "within 35 days after the first appointment",
        "starts only when your lawyer has met with you with the police report in hand, "
        "and you are not drunk, not high and not in withdrawal",
        "If you miss a date or 2 appointments, nothing is taken away yet. First there is a second look",
        "14 days more to send it",
        "what you or your lawyer say or write to contest a fact",
        "anything you type, say, sign or send in this program",
        "It binds this office only. It does not bind federal prosecutors, immigration officers or any other",
        "your charges and your bail are as if we had made no offer",
        "A lawyer is free for you.",
        "An interpreter is free for you, too. We have asked for one who speaks Portuguese.",
        "Call the program’s desk, 215 555 0101",
        "For defense counsel only. The person signs nothing here.",
        "MC-51-CR-0000001-2019 (Pa.R.Crim.P. 1013): from May 6, 2019 until",
        "not later than September 4, 2019",
    ),
    "es": (
        "Llame al 911. Para hablar con alguien a cualquier hora, llame al 988 y oprima el 2 para español. "
        "Haga eso primero.",
        "“Tratamiento, o servicio comunitario si no hace falta tratamiento”",
        "12 horas",
        "Los medicamentos cuentan como tratamiento. Nadie puede pedirle que tome menos o que los deje.",
        "No se declara culpable.",
        "No admite nada.",
        "No paga nada.",
        "7 días después de que su abogado se reúna con usted",
        "dentro de 14 días después de su sí",
        "dentro de 35 días después de la primera cita",
        "empieza solo cuando su abogado se haya reunido con usted con el informe de la policía en la mano, "
        "y usted no esté bajo los efectos del alcohol o de drogas ni con síntomas de abstinencia",
        "Si se le pasa una fecha o falta a 2 citas, todavía no se le quita nada. Primero hay una segunda revisión",
        "lo que usted o su abogado digan o escriban para disputar un hecho",
        "lo que usted escriba, diga, firme o mande en este programa",
        "Obliga solo a esta oficina. No obliga a los fiscales federales, a los agentes de inmigración ni a ningún otro",
        "sus cargos y su fianza quedan como si no hubiéramos hecho ninguna oferta",
        "Un abogado no le cuesta nada.",
        "Un intérprete tampoco le cuesta nada. Ya pedimos uno que habla portugués.",
        "Llame a la oficina del programa, 215 555 0101",
        "Solo para la defensa. La persona no firma nada aquí.",
        "MC-51-CR-0000001-2019 (Pa.R.Crim.P. 1013): desde el 6 de mayo de 2019 hasta",
        "a más tardar el 4 de septiembre de 2019",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_offer_says_everything_it_must(language: Language) -> None:
    text = as_text(sample(Offer), language)
    assert [words for words in OFFER_SAYS[language] if words not in text] == []


def test_emergencies_come_before_the_case() -> None:
    text = as_text(sample(Offer), "en")
    assert text.index("911") < text.index("Charges:")


def test_the_waiver_is_a_page_of_its_own_and_may_be_absent() -> None:
    first, second, last = pages(render(sample(Offer), "en"))
    assert last.startswith("Time for the trial") and "trial" not in first + second
    without = pages(render(replace(sample(Offer), waivers=()), "en"))
    assert len(without) == 2


def test_the_person_signs_nothing_on_the_offer_itself() -> None:
    offer = pages(render(sample(Offer), "en"))
    assert "Signature of Rosa Example" not in "".join(offer[:2])
    assert "Signature of defense counsel" in offer[1]
    assert "it admits nothing" in as_text(sample(Offer), "en")


def test_an_offer_with_a_known_date_says_the_date() -> None:
    deadline = Deadline(clock="answer_days", days=7, due=dt.date(2019, 5, 17))
    letter = replace(sample(Offer), deadlines=(deadline,))
    assert "That is Friday, May 17, 2019." in as_text(letter, "en")
    assert "Es decir, el viernes, 17 de mayo de 2019." in as_text(letter, "es")


def test_one_of_a_thing_is_said_as_one() -> None:
    deadlines = (Deadline(clock="answer_days", days=1),)
    letter = replace(sample(Offer), hours=1, missed_appointments=1, deadlines=deadlines)
    for language, said in (
        ("en", ("1 hour.", "1 day after", "1 appointment,")),
        ("es", ("1 hora.", "1 día", "1 cita,")),
    ):
        assert [words for words in said if words not in as_text(letter, language)] == []


def test_an_offer_without_counsel_says_how_to_get_a_lawyer() -> None:
    text = as_text(replace(sample(Offer), counsel=None), "en")
    assert "You do not have a lawyer in this case yet. A lawyer is free for you. To get one, call" in text


def test_what_is_not_known_is_said() -> None:
    assert "The court has not given a number yet." in as_text(replace(sample(Offer), dockets=()), "en")
    assert "There is no day in court yet." in as_text(replace(sample(OfferEnded), listing=None), "en")


def test_an_offer_asks_no_more_than_its_track() -> None:
    service = as_text(replace(sample(Offer), asks=("community_service",), hours=18), "en")
    assert "Community service: 18 hours." in service and "Medication counts" not in service
    nothing = as_text(replace(sample(Offer), asks=("nothing",), hours=None, deadlines=()), "en")
    assert "Nothing. You do not have to do anything." in nothing and "Community service" not in nothing


def test_an_offer_that_would_ask_for_a_plea_is_refused() -> None:
    with pytest.raises(CannotBeSaid, match="no plea is asked, and this track asks for no contest"):
        replace(sample(Offer), plea="no_contest")


@pytest.mark.parametrize("hours", [None, 0])
def test_hours_that_are_not_settled_are_said_to_be_so(hours: int | None) -> None:
    text = as_text(replace(sample(Offer), hours=hours), "en")
    assert "the number of hours is not settled yet" in text and "0 hours" not in text


def test_the_clocks_of_a_track_become_deadlines_in_their_order() -> None:
    made = deadlines(
        {"cure_days": 14, "missed_appointments": 2, "answer_days": 7}, {"answer_days": dt.date(2019, 5, 17)}
    )
    assert [(one.clock, one.days, one.due) for one in made] == [
        ("answer_days", 7, dt.date(2019, 5, 17)),
        ("cure_days", 14, None),
    ]


def test_a_clock_without_words_is_refused() -> None:
    with pytest.raises(CannotBeSaid, match="no words for: hand_over_hours"):
        deadlines({"hand_over_hours": 12})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("clock", get_args(PersonsClock))
def test_every_clock_has_words(clock: PersonsClock, language: Language) -> None:
    days = {"en": "33 days", "es": "33 días"}[language]
    letter = replace(sample(Offer), deadlines=(Deadline(clock=clock, days=33),))
    assert days in as_text(letter, language).replace("33 more days", "33 days")


def test_every_policy_that_asks_no_plea_can_be_offered_or_says_which_clock_has_no_words() -> None:
    unsaid = set()
    for name in Library().names("policies"):
        for track in open_policy(name, Library()).tracks.values():
            clocks = {clock: track.clock(clock, 20000) for clock in track.clocks}
            if track.plea != "none":
                continue
            try:
                letter = replace(sample(Offer), asks=track.conditions, deadlines=deadlines(clocks))
            except CannotBeSaid as refused:
                unsaid |= set(str(refused).split(": ")[1].split(", "))
            else:
                assert as_text(letter, "en")
    assert unsaid == {"hand_over_hours", "objection_days"}


def test_a_letter_without_what_it_must_say_is_refused() -> None:
    with pytest.raises(CannotBeSaid, match="“consent” cannot do without: person, recipients"):
        replace(sample(Consent), person="", recipients=())
    with pytest.raises(CannotBeSaid, match="in_words"):
        replace(sample(OneMoreThing), thing="other", in_words=Said(""))


FOUR_FACTS: dict[Language, tuple[str, ...]] = {
    "en": (
        "• the date on which I was assessed,",
        "• whether I engaged in treatment: yes or no,",
        "• my attendance status,",
        "• whether I completed treatment or not.",
    ),
    "es": (
        "• la fecha en que me evaluaron,",
        "• si empecé el tratamiento: sí o no,",
        "• cómo va mi asistencia,",
        "• si completé el tratamiento o no.",
    ),
}
CONSENT_FIELDS: dict[Language, tuple[str, ...]] = {
    "en": (
        "1. My name: Rosa Example",
        "2. Who may tell: Example House, 6 Example Street",
        "3. Who may be told: District Attorney’s Office, Example County",
        "4. What may be told.",
        "5. What for.",
        "6. I can take this consent back. I tell the program’s desk, 215 555 0101",
        "7. When it ends. On the day on which this case is closed or goes back to court, "
        "and not later than September 4, 2019.",
        "9. My signature and the date",
        "Taking it back is not a failure",
        "may be used to charge me or to investigate me",
    ),
    "es": (
        "1. Mi nombre: Rosa Example",
        "2. Quién puede decirlo: Example House, 6 Example Street",
        "3. A quién: District Attorney’s Office, Example County",
        "4. Qué se puede decir.",
        "5. Para qué.",
        "6. Puedo retirar este consentimiento. Se lo digo a la oficina del programa, 215 555 0101",
        "7. Cuándo termina. El día en que este caso se cierre o vuelva al tribunal, "
        "y a más tardar el 4 de septiembre de 2019.",
        "9. Mi firma y la fecha",
        "Retirarlo no es un incumplimiento",
        "se puede usar para acusarme o investigarme",
    ),
}


@pytest.mark.parametrize("recipient", ["office", "coordinator", "counsel"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consent_has_every_field_and_the_four_facts(language: Language, recipient: Recipient) -> None:
    text = as_text(replace(sample(Consent), recipient=recipient), language)
    assert [field for field in CONSENT_FIELDS[language] if field not in text] == []
    told = [block for block in text.split("\n\n") if block.startswith("• ")]
    assert tuple(told[:4]) == FOUR_FACTS[language]
    assert len(told) == (5 if recipient == "coordinator" else 4)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signed_consent_is_printed_in_the_words_that_were_signed(language: Language) -> None:
    words = Elements(
        description="What was described.",
        purpose="The purpose that was named.",
        how_to_revoke="How it is taken back.",
        revocable_from="The event that was named.",
        expires_event="The end that was named",
    )
    signed = replace(sample(Consent), elements=words, expires_on=None, signature=Signature(name="Rosa", on=DAY))
    text = as_text(signed, language)
    assert [part for part in asdict(words).values() if part not in text] == []
    assert "• " not in text and "42 CFR § 2.35" not in text
    assert "Rosa" in text.split("9. ")[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_prosecutors_consent_names_the_event_and_the_choice(language: Language) -> None:
    at_once = {"en": "By its own choice it honors my word at once", "es": "Por decisión propia respeta mi palabra"}
    for recipient, named in (("office", True), ("coordinator", False), ("counsel", False)):
        text = as_text(replace(sample(Consent), recipient=recipient), language)
        assert ("42 CFR § 2.35" in text) is named
        assert (at_once[language] in text) is named


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Consent, AttendanceForm])
def test_the_notice_against_redisclosure_is_the_rules_own_sentence(kind: type[Letter], language: Language) -> None:
    notice = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    assert notice in as_text(sample(kind), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_attendance_form_asks_four_things(language: Language) -> None:
    text = as_text(sample(AttendanceForm), language)
    assert re.findall(r"^(\d)\. ", text, re.MULTILINE) == ["1", "2", "3", "4"]
    assert text.count("☐") == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outer_side_of_the_card_tells_nothing(language: Language) -> None:
    pdf = render(sample(Card), language)
    inner, outer = pages(pdf)
    assert TELLING.search(inner), "the test would not notice"
    assert not TELLING.search(outer)
    assert sample(Card).found in outer and sample(Card).code not in outer


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_says_where_to_go_and_what_closes_the_case_without_a_name(language: Language) -> None:
    text = as_text(sample(Card), language)
    parts = ["911", "988", "Example House, 6 Example Street", "7Q4K-M2XP", "example.org/card", "215 555 0101"]
    parts += {"en": ["May 17, 2019", "closes the case"], "es": ["17 de mayo de 2019", "cierra el caso"]}[language]
    assert [part for part in parts if part not in text] == []
    assert "911" in text.split("\n\n")[0]
    assert "Rosa" not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["appointment", "due"])
def test_nothing_can_be_concluded_from_a_reminder(what: str, language: Language) -> None:
    letter = replace(sample(Reminder), what=what)
    pdf = render(letter, language)
    assert not TELLING.search(as_text(letter, language) + "".join(pages(pdf)))
    assert not TELLING.search(" ".join(str(value) for value in dict(reader(pdf).metadata or {}).values()))


@pytest.mark.parametrize(("hour", "said"), [("13:05", "a la 1:05 p. m."), ("12:00", "a las 12:00 p. m.")])
def test_the_hour_is_said_as_people_say_it(hour: str, said: str) -> None:
    letter = replace(sample(Reminder), at=dt.time.fromisoformat(hour))
    assert said in as_text(letter, "es")
    assert "at 12:05 a.m." in as_text(replace(letter, at=dt.time(0, 5)), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [Withdrawn, CourtroomList])
def test_no_reason_leaves_the_office(kind: type[Letter], language: Language) -> None:
    text = as_text(sample(kind), language)
    assert not re.search(r"treatment|program|engag|tratamiento|programa|laborator|witness", text, re.IGNORECASE)


def test_each_line_for_the_courtroom_ends_with_withdrawn() -> None:
    letter = sample(CourtroomList)
    rows = [block for block in as_text(letter, "en").split("\n\n") if block.startswith("MC-")]
    assert len(rows) == len(letter.lines)
    assert all(row.endswith("; withdrawn") and row.count(";") == 3 for row in rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_of_a_closed_case_names_law_and_promises_no_date(language: Language) -> None:
    text = as_text(sample(Withdrawn), language)
    for law in ("18 Pa.C.S. § 9122.2", "18 Pa.C.S. § 9122.5", "35 P.S. § 780-119", "§ 780-113(a)(30)", "790"):
        assert law in text
    says = {
        "en": ("We cannot promise the day.", "once in your life", "If police stop you because of this case, show it."),
        "es": ("No podemos prometer el día.", "una sola vez en la vida", "Si la policía lo detiene por este caso"),
    }
    assert [words for words in says[language] if words not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_end_of_an_offer_says_that_nothing_from_treatment_is_used(language: Language) -> None:
    text = as_text(sample(OfferEnded), language)
    says = {
        "en": ("Nothing from treatment is used.", "as if no offer had been made", "promise binds this office only"),
        "es": ("No se usa nada del tratamiento.", "como si no se hubiera hecho ninguna oferta", "obliga solo a esta"),
    }
    assert [words for words in says[language] if words not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_uses_a_harsh_word(kind: str, language: Language) -> None:
    assert not HARSH.search(as_text(SAMPLES[kind], language))


def test_without_spanish_the_english_is_shown() -> None:
    letter = replace(sample(Offer), track=Said("A title that nobody translated"))
    assert "A title that nobody translated" in as_text(letter, "es")
