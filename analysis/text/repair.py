"""Text pasted from scanned documents, made readable again.

About ten marks that scanning leaves, each with its reason. For documents that somebody brings along, and
only where they ask for it: never for what people wrote themselves. Page numbers, running heads and
bullets stay where they are, and so does every letter that could be meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_FEWEST_MARKS = 2
_WORDS_TO_A_MARK = 500  # sound text has fewer marks than one in so many words


class Mend(NamedTuple):
    """One mark of scanning: what it looks like, why that is none of the author's, what stands in its place.

    `telling`: whether it shows that a text was scanned; broken lines do not, all documents have them.
    """

    name: str
    why: str
    looks: re.Pattern[str]
    mended: Callable[[re.Match[str]], str]
    telling: bool = True


def repaired(text: str) -> str:
    """`text` without the marks of scanning; sound text comes back as it is."""
    for mend in MENDS:
        text = mend.looks.sub(mend.mended, text)
    return text


def damaged(text: str) -> bool:
    """Whether marks of scanning are frequent enough to offer repair: two, and one in 500 words."""
    marks = sum(
        mend.mended(found) != found[0]
        for mend in MENDS
        if mend.telling
        for found in mend.looks.finditer(text)
    )
    return marks >= max(_FEWEST_MARKS, len(text.split()) / _WORDS_TO_A_MARK)


_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LOWER = "a-zà-öø-ÿ"
_START = r"(?:^|(?<=[.!?:;]\s))[ \t]*(?:[.•*+»«–—-][ \t]+)?"  # of a line or a sentence, behind its bullet
_NO_ADDRESS = r"(?<![\w@./])", r"(?![\w@]|\.\w)"  # around a word that is no part of an address
_AFTER_IS = (  # what follows è and never stands behind "and" or a sum of money
    rf"(?:una?|uno|il|lo|la|l['’]|stat[oa]|necessari[oa]|importante|fondamentale|cruciale|essenziale|molto|poi|anche|"
    rf"quindi|sempre|possibile|difficile|[{_LOWER}]+(?:at|ut|it)[oa]\s(?:d[aei]|dal|dall[ao]?|principalmente|in)\b)"
)


def _at_start(found: re.Match[str], letters: str) -> str:
    """`letters` behind what stands before them, capital."""
    return found["before"] + letters.capitalize()


def _without_capital(found: re.Match[str]) -> str:
    """The word with its l, where the dictionary knows it: names are written together too (CuraItalia)."""
    word = found[0][0] + found[0][1:].replace("I", "l")
    return word if _known(word.lower()) else found[0]


def _with_apostrophe(found: re.Match[str]) -> str:
    """The preposition and its noun apart, where the dictionary knows the noun and not the two as one."""
    if _known(found["noun"]) and not _known(found[0].lower()):
        return f"{found['preposition']}'{found['noun']}"
    return found[0]


def _known(word: str) -> bool:
    """Whether the dictionary has `word`, or another form of it: headwords are not all entries."""
    from simplemma import is_known, lemmatize  # a dictionary that participants' pages do not need

    return is_known(word, lang="it") or any(
        lemmatize(word[:-1] + vowel, lang="it") == word for vowel in "aeio" if vowel != word[-1]
    )


MENDS = (
    Mend(
        "ligature",
        "Printers draw fi and fl as one sign, and so no word with it is found.",
        re.compile(f"[{''.join(_LIGATURES)}]"),
        lambda found: _LIGATURES[found[0]],
    ),
    Mend(
        "soft hyphen",
        "It only says where a word may be broken.",
        re.compile(r"\u00ad(?:[ \t]*\r?\n[ \t]*)?"),
        lambda found: "",
    ),
    Mend(
        "broken word",
        "A hyphen at the end of a line with small letters on both sides breaks a word.",
        re.compile(rf"(?<=[{_LOWER}])[-‐‑][ \t]*\r?\n[ \t]*(?=[{_LOWER}])"),
        lambda found: "",
        telling=False,
    ),
    Mend(
        "I or | for an elided l",
        "No Italian word elides an i: I'ascolto is l'ascolto. English (I'm, I'd) has a consonant there.",
        re.compile(
            rf"(?P<before>{_START})?(?<![\w|'’])[I|](?P<sign>['’])l?(?=[AEIOUHaeiouhàèéìòù])", re.MULTILINE
        ),
        lambda found: (
            f"l{found['sign']}" if found["before"] is None else _at_start(found, "l") + found["sign"]
        ),
    ),
    Mend(
        "I inside a word",
        "A capital I behind small letters of one word is an l: deI, moIto.",
        re.compile(rf"[A-ZÀ-Ö]?[{_LOWER}]+I[{_LOWER}]*".join(_NO_ADDRESS)),
        _without_capital,
    ),
    Mend(
        "|l for Il",
        "A bar that touches an l or an n and stands before a word is a capital I.",
        re.compile(rf"(?<![\w|])\|(?=[ln][ \t]+[{_LOWER}])"),
        lambda found: "I",
    ),
    Mend(
        "| for I",
        "A bar alone at the start of a line, with no other bar in it, and a plural behind, is the article.",
        re.compile(rf"(?P<before>{_START})\|(?=[ \t]+[{_LOWER}]+i\b)(?![^\n|]*\|)", re.MULTILINE),
        lambda found: _at_start(found, "i"),
    ),
    Mend(
        "€ or & for È",
        "At the start of a sentence and before what only a verb can precede, neither sign means itself.",
        re.compile(rf"(?P<before>{_START})[€&](?=[ \t]+{_AFTER_IS})", re.MULTILINE),
        lambda found: _at_start(found, "è"),
    ),
    Mend(
        "€ or & for è",
        "Between words, and before what only a verb can precede, neither sign means itself.",
        re.compile(rf"(?<=[{_LOWER}][ \t])[€&](?=\s+{_AFTER_IS})"),
        lambda found: "è",
    ),
    Mend(
        "pud for può",
        "An accent read as part of the letter; there is no word pud.",
        re.compile(r"\b([Pp])ud\b"),
        lambda found: found[1] + "uò",
    ),
    Mend(
        "lost apostrophe",
        "dell, nell, sull, all and dall never stand before a vowel without one: delleducazione.",
        re.compile(
            rf"(?P<preposition>(?:[DdNn]e|[Ss]u|[Dd]?[Aa])ll)(?P<noun>[aeiouhàèéìòù][{_LOWER}]{{2,}})".join(
                _NO_ADDRESS
            )
        ),
        _with_apostrophe,
    ),
    Mend(
        "broken line",
        "A line of several words that ends in a small letter or a comma goes on in one that starts small.",
        re.compile(
            rf"^(?=[^\n]*\S[ \t]+\S)(?P<line>[^\n]*[{_LOWER},])[ \t]*\r?\n[ \t]*(?=[{_LOWER}])", re.MULTILINE
        ),
        lambda found: found["line"] + " ",
        telling=False,
    ),
)
