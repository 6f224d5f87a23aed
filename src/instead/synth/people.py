"""The people of the synthetic city: who they are, how they are reached, and how their names get written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from instead.synth import calibration as cal
from instead.synth import words
from instead.synth.dice import Dice
from instead.synth.record import Past, background


@dataclass(slots=True)
class Person:
    """Somebody, as they truly are. ``record`` grows with every case filed under this person's number."""

    number: int
    last: str
    first: str
    middle: str
    suffix: str
    sex: str
    race: str
    born: date
    housing: str | None
    address: str
    phone: str
    phone_works: bool
    past: Past
    last_arrest: date | None = None

    @property
    def pid(self) -> str:
        """The police photo number."""
        return f"P{self.number:06d}"

    @property
    def name(self) -> str:
        """The name as the person would write it."""
        return written(self.last, self.first, self.middle, self.suffix)

    def age_on(self, day: date) -> int:
        """Whole years on that day."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))


@dataclass(slots=True)
class Population:
    """Everybody arrested so far, in the order of first arrests."""

    dice: Dice
    people: list[Person] = field(default_factory=list)
    arrested: list[Person] = field(default_factory=list)  # one entry an arrest: who was often arrested is likelier
    victim: Person | None = None

    def next_arrested(self, day: date) -> Person:
        """Somebody arrested before, now and then; else somebody new."""
        person: Person | None = None
        if self.arrested and self.dice.chance(cal.ARRESTED_AGAIN):
            person = self.dice.pick(self.arrested)
            if person.last_arrest is not None and person.last_arrest >= day - timedelta(days=1):
                person = None
        if person is None:
            person = new_person(len(self.people) + 1, day, self.dice)
            self.people.append(person)
        elif self.dice.chance(cal.NEW_PHONE):
            person.phone, person.phone_works = new_phone(person.housing, self.dice)
        person.last_arrest = day
        self.arrested.append(person)
        return person

    def identity_given(self, person: Person) -> Person:
        """Whose name and number the person gives: nearly always their own."""
        if not self.dice.chance(cal.STOLEN_IDENTITY):
            return person
        if self.victim is None or not self.dice.chance(cal.SAME_VICTIM):
            self.victim = self.dice.pick(self.people)
        return self.victim if self.victim.sex == person.sex else person


def new_person(number: int, day: date, dice: Dice) -> Person:
    """Somebody nobody has met: invented name, plausible age and housing, a record that may be long."""
    sex, race, housing = dice.draw(cal.SEX), dice.draw(cal.RACE), dice.draw(cal.HOUSING)
    phone, works = new_phone(housing, dice)
    return Person(
        number=number,
        last=_surname(race, dice),
        first=dice.pick(words.FIRST_NAMES[sex]),
        middle=dice.pick(words.MIDDLES) if dice.chance(0.7) else "",
        suffix=dice.pick(words.SUFFIXES) if sex == "M" else "",
        sex=sex,
        race=race,
        born=day - timedelta(days=dice.span(cal.AGES) * 365 + dice.between(20, 360)),
        housing=housing,
        address=_address(dice) if housing == "housed" else "",
        phone=phone,
        phone_works=works,
        past=background(dice),
    )


def new_phone(housing: str | None, dice: Dice) -> tuple[str, bool]:
    """A number reserved for fiction (or none), and whether anybody could be reached on it."""
    key = housing or "housed"
    if dice.chance(cal.NO_PHONE[key]):
        return "", False
    line = dice.between(*words.FICTION_LINES)
    return f"{dice.pick(words.AREA_CODES)}-{words.FICTION_EXCHANGE}-{line:04d}", not dice.chance(cal.DEAD_PHONE[key])


def written(last: str, first: str, middle: str, suffix: str) -> str:
    """``Last, First M Jr``."""
    return f"{last}, {' '.join(part for part in (first, middle, suffix) if part)}"


def name_as_written(person: Person, dice: Dice) -> str:
    """The name on a report: usually right, else one of the ways in which names go wrong."""
    if not dice.chance(cal.OTHER_SPELLING):
        return person.name
    last, first, middle, suffix = person.last, person.first, person.middle, person.suffix
    match dice.between(0, 6):
        case 0:
            first = words.NICKNAMES.get(first, first[:-1])
        case 1:
            middle = suffix = ""
        case 2:
            last = _swapped(last, dice)
        case 3:
            last = _doubled(last, dice)
        case 4:
            return written(last, first, middle, suffix).upper()
        case 5:
            return f"{last}-{_surname(person.race, dice)}, {first}"
        case _:
            first = _swapped(first, dice)
    return written(last, first, middle, suffix)


def birth_date_as_written(person: Person, dice: Dice) -> str | None:
    """The date of birth on a report: sometimes blank, sometimes a slip of the pen."""
    roll = dice.roll()
    if roll < cal.NO_BIRTH_DATE:
        return None
    born = person.born
    if roll < cal.NO_BIRTH_DATE + cal.WRONG_BIRTH_DATE:
        swapped = born.day <= 12 and born.day != born.month
        born = born.replace(month=born.day, day=born.month) if swapped else born + timedelta(days=10)
    return born.isoformat()


def pid_as_written(identity: Person, dice: Dice) -> str | None:
    """The photo number on a report: sometimes missing, seldom somebody else's."""
    roll = dice.roll()
    if roll < cal.NO_PID:
        return None
    if roll < cal.NO_PID + cal.WRONG_PID:
        return f"P{dice.between(1, 999_999):06d}"
    return identity.pid


def _surname(race: str, dice: Dice) -> str:
    key = "H" if race == "H" else ""
    return dice.pick(words.SURNAME_STARTS[key]) + dice.pick(words.SURNAME_ENDS[key])


def _address(dice: Dice) -> str:
    block = dice.between(words.BLOCKS[0] // 100, words.BLOCKS[1] // 100)
    return f"{block}00 block {dice.pick(words.STREETS)} {dice.pick(words.STREET_KINDS)}"


def _swapped(name: str, dice: Dice) -> str:
    at = dice.between(1, len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _doubled(name: str, dice: Dice) -> str:
    at = dice.between(1, len(name) - 1)
    return name[:at] + name[at] + name[at:]
