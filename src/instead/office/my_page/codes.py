"""The code on a card: ten characters that can be read aloud, typed on any phone, and checked before anybody is asked.

The alphabet leaves out what is mistaken for something else: 0 and O, 1, I and L, 5 and S, U and V (5 and V are in it).
Its 29 characters are a prime number, so that the last character shows every single wrong one and every two that
changed places. Nine random characters are 29⁹, or fourteen million million, codes.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Final

from instead.office.my_page.models import Card
from instead.office.my_page.secrets import matching
from instead.office.my_page.tries import Door, guessing
from instead.office.people.models import Person

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRTVWXYZ"
LENGTH: Final = 10
_VALUE: Final = {character: value for value, character in enumerate(ALPHABET)}
#: Characters that are no part of a code and can only mean one that is.
_MEANT: Final = str.maketrans({"S": "5", "U": "V"})
_BETWEEN: Final = str.maketrans("", "", " -–—.·_\t\u00a0")


def new_code() -> str:
    """A random code with its check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def check_character(body: str) -> str:
    """The tenth character: the weighted sum of the nine others."""
    return ALPHABET[sum(place * _VALUE[one] for place, one in enumerate(body, 1)) % len(ALPHABET)]


def grouped(code: str) -> str:
    """As it is printed: ``K7M-9QX-4RTD``."""
    return f"{code[:3]}-{code[3:6]}-{code[6:]}"


def read_code(typed: str) -> str | None:
    """The code that somebody typed, however it is spaced; nothing where it cannot be one, because of a slip."""
    code = typed.translate(_BETWEEN).upper().translate(_MEANT)
    known = len(code) == LENGTH and all(character in _VALUE for character in code)
    return code if known and check_character(code[:-1]) == code[-1] else None


def person_of_code(typed: str, at: dt.datetime, *, place: str = "", door: Door = Door.DESK) -> Person | None:
    """Whose card this is, for a desk or for the page; nobody where the code is wrong or its card was replaced.

    Wrong codes are counted in all, and by ``place`` where it is given (the id of who asks, or the address it comes
    from); raises :class:`~instead.office.my_page.tries.TooManyTries` when there were too many. A slip of the thumb
    (:func:`read_code` gives nothing) is not counted.
    """
    code = read_code(typed)
    if code is None:
        return None
    with guessing(door, place, at) as guess:
        cards = Card.objects.filter(matches=matching("card", code), replaced_at__isnull=True)
        card = cards.select_related("person").first()
        guess.right = card is not None
    return card.person if card else None
