"""The form of 42 CFR § 2.31: every element, in the language in which it was signed."""

import pytest

from instead.office.consents.actions import Signed, recipient_of, sign
from instead.office.consents.forms_2_31 import WORDS, elements
from instead.office.consents.models import Consent
from instead.office.errors import Refused
from instead.office.people.models import Person
from support.journey import Journey

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", Person.Language.values)
@pytest.mark.parametrize("recipient", Consent.Recipient)
def test_every_element_is_there_in_every_language_and_fits(language, recipient):
    said = elements(recipient, "The Office", language)
    for name, text in said.items():
        field = Consent._meta.get_field(name)
        assert text and (field.max_length is None or len(text) <= field.max_length), name
    assert "The Office" in said["purpose"]


def test_the_spanish_form_is_not_the_english_one():
    english, spanish = (elements(Consent.Recipient.COORDINATOR, "X", language) for language in WORDS)
    assert all(english[name] != spanish[name] for name in english)


def test_a_consent_is_kept_in_the_language_in_which_it_was_signed(tmp_path):
    journey = Journey(tmp_path).offered()
    for recipient, language in ((Consent.Recipient.OFFICE, "es"), (Consent.Recipient.COUNSEL, "")):
        sign(
            journey.case.person,
            journey.reload(),
            Signed(recipient, "Jane Doe", language=language),
            organization=recipient_of(journey.case, recipient),
            doer=journey.person,
            at=journey.at,
        )
    office, counsel = Consent.objects.order_by("-recipient")
    assert office.language == "es" and office.description.startswith("Cuatro datos")
    assert counsel.language == "en" and counsel.description.startswith("Four facts")


def test_there_is_no_form_in_a_language_that_nobody_has_written(tmp_path):
    journey = Journey(tmp_path).offered()
    with pytest.raises(Refused, match="no form in 'fr'"):
        sign(
            journey.case.person,
            journey.case,
            Signed(Consent.Recipient.OFFICE, "Jane Doe", language="fr"),
            organization=recipient_of(journey.case, Consent.Recipient.OFFICE),
            doer=journey.person,
            at=journey.at,
        )
