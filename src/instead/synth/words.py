"""Invented words: names, streets and blocks. Surnames are put together from pieces, so that nobody is meant."""

from __future__ import annotations

from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES: Final = {
    "F": _words(
        "Alicia Amber Angela Anna Bianca Brenda Carla Carmen Cheryl Crystal Dana Denise Diane Elena Erica Gloria Grace "
        "Heather Irene Jasmine Jenna Joanna Karen Keisha Kelly Kimberly Latoya Laura Lisa Lourdes Luz Maria Marisol "
        "Megan Melissa Michelle Monica Nicole Nina Patricia Rachel Rosa Sandra Sara Shanice Sofía Stephanie Tamika "
        "Tanya Theresa Tiffany Valerie Vanessa Veronica Yesenia Yolanda"
    ),
    "M": _words(
        "Aaron Alberto Andre Andrew Anthony Benjamin Brandon Brian Carlos Charles Christopher Curtis Damon Daniel "
        "David Dennis Derrick Edward Edwin Eric Francis Gerald Gregory Héctor Isaac James Jason Javier Jesús Joel John "
        "Jonathan José Joseph Joshua Juan Keith Kevin Lamar Luis Marcus Mark Matthew Michael Miguel Nathan Nicholas "
        "Oscar Patrick Paul Rafael Raymond Richard Robert Samuel Sean Stephen Steven Terrence Thomas Timothy Tyrone "
        "Victor Vincent Walter William Wilfredo"
    ),
}
NICKNAMES: Final = {
    "Andrew": "Andy",
    "Anthony": "Tony",
    "Benjamin": "Ben",
    "Charles": "Charlie",
    "Christopher": "Chris",
    "Daniel": "Danny",
    "Edward": "Eddie",
    "Gregory": "Greg",
    "James": "Jim",
    "Jonathan": "Jon",
    "Joseph": "Joe",
    "Joshua": "Josh",
    "Kimberly": "Kim",
    "Matthew": "Matt",
    "Melissa": "Missy",
    "Michael": "Mike",
    "Michelle": "Shelly",
    "Nicholas": "Nick",
    "Patricia": "Pat",
    "Raymond": "Ray",
    "Richard": "Rich",
    "Robert": "Bobby",
    "Samuel": "Sam",
    "Stephanie": "Steph",
    "Theresa": "Terry",
    "Thomas": "Tommy",
    "Timothy": "Tim",
    "Vincent": "Vinny",
    "William": "Billy",
    "Wilfredo": "Willie",
}
SURNAME_STARTS: Final = {
    "H": _words("Alb Bar Bel Cal Cor Dal Gal Mar Mel Mont Mor Per Qued Ros Sal Sel Tal Val Var Vel Zal"),
    "": _words(
        "Ash Bar Bel Bran Cald Car Cor Dal Dar Del Ell Fair Fen Gar Glen Hal Hart Hol Jar Kel Kin Lan Lar Lin Mar Mel "
        "Mor Nor Oak Pel Quin Ran Ros Sel Stan Tal Thorn Val Vel Wal Wes Win Yar Zel"
    ),
}
SURNAME_ENDS: Final = {
    "H": _words("ados ales anza arez ario edo elos enza ero ieva illo inez ondo ora ueta"),
    "": _words(
        "bert bury combe dale den feld ford gate ham ington ley low man more ney ridge sby son stead ton ville "
        "well wick worth"
    ),
}
MIDDLES: Final = _words("A B C D E F G J K L M N P R S T V W")
SUFFIXES: Final = ("", "", "", "", "", "", "", "", "", "Jr", "Jr", "III")
STREETS: Final = _words(
    "Larkmere Pinderell Quillon Marbrook Tassel Ovington Hask Belvoir Crannock Dunmarrow Elverson Farrowgate "
    "Gristwood Harnett Ironbridge Jessamine Kestrel Lowmill Merriden Nettlefield"
)
STREET_KINDS: Final = ("Street", "Street", "Street", "Avenue", "Lane")
AREA_CODES: Final = ("215", "267", "445")
FICTION_EXCHANGE: Final = "555"  # with lines 0100 to 0199: reserved for fiction, nobody answers
FICTION_LINES: Final = (100, 199)
BLOCKS: Final = (1700, 3600)
COLORS: Final = ("blue", "clear", "pink", "white", "green", "black")
STAMPS: Final = ("NIGHT OWL", "SILVER FOX", "BLUE HEN", "LAST CALL", "TEN SPOT", "RED KITE", "PAPER MOON")
CARS: Final = ("gray sedan", "white van", "red coupe", "black sport utility vehicle", "tan pickup")
STORES: Final = ("a corner market", "a dollar store", "a pharmacy", "a supermarket", "a clothing store")
