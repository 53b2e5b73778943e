"""Words that a group, or the answers to a question, use more than others do."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.charts.keyness_bars import MOST, keyness_bars
from analysis.sentences import Basis
from analysis.sentences.words_compared import of_keyness
from analysis.text.collocations import FEWEST_PARTICIPANTS
from analysis.text.keyness import FALSE_DISCOVERIES, most_apart
from pages.analyst.picking import Pick
from pages.analyst.pictures import picture
from pages.analyst.results import Results
from pages.analyst.sides import Sides
from pages.analyst.told import basis, finding, limits, quiet
from pages.analyst.word_findings import compared
from pages.analyst.word_tables import open_word, take, word_table
from pages.frame.language import language


def show(found: Results, sides: Sides) -> None:
    """The finding, the words of both sides back to back where any stand apart."""
    words = compared(found, sides.here, sides.there, sides.about)
    reading = of_keyness(words, sides.told, _stands_on(found), language())
    finding(reading)
    basis(reading)
    if not most_apart(words, MOST).empty:
        _pick(found, sides).chart(
            picture(
                found,
                f"keyness-{sides.about}",
                lambda: keyness_bars(words, sides.told, _stands_on(found), language()),
            ),
            found.key.revision,
            f"{reading.finding}. {reading.says}",
        )
    limits(reading)


def more(found: Results, sides: Sides) -> bool:
    """The answers of one word, and every word that was compared; whether answers are open."""
    say, number = language().say, language().number
    words = compared(found, sides.here, sides.there, sides.about)
    told = most_apart(words, len(words))
    names = dict(zip(told["word"], told["shown"], strict=True))
    opened = bool(names) and open_word(
        found, _pick(found, sides), names, say("Read the answers that use one of these words")
    )
    st.header(say("All words that were compared"))
    word_table(_table(words), _headings(sides), say("All words that were compared"))
    quiet(
        say(
            "G² above 0: said more often on the first side; below 0, on the second. q: of all words at least "
            "as far apart as this one, so large a part may be chance; key words have {q} or less. z: how far "
            "apart the two sides are when rare words count for little. Words that fewer than {n} people say "
            "on the side that says them more are left out.",
            q=number(FALSE_DISCOVERIES, 2),
            n=number(FEWEST_PARTICIPANTS),
        )
    )
    take(found, found, {"compared": (say("Words compared (CSV)"), words)})
    return opened


def _table(words: pd.DataFrame) -> pd.DataFrame:
    say = language().say
    return words.assign(
        told_key=words["key"].map({True: say("yes"), False: "–"}),
        g2=words["g2"].round(1) + 0.0,  # no minus before a zero
        z=words["z"].round(1) + 0.0,
    )


def _headings(sides: Sides) -> dict[str, str]:
    say = language().say
    return {
        "shown": say("Word"),
        "n_here": say("Participants: {side}", side=sides.told.here),
        "n_there": say("Participants: {side}", side=sides.told.there),
        "times_here": say("Times said: {side}", side=sides.told.here),
        "times_there": say("Times said: {side}", side=sides.told.there),
        "told_key": say("Key word"),
        "g2": "G²",
        "q": "q",
        "z": "z",
    }


def _stands_on(found: Results) -> Basis:
    return replace(found.basis, n_groups=0, n_rated=0)  # plain counts: no group weighs more or less


def _pick(found: Results, sides: Sides) -> Pick:
    return Pick(f"word-compared-{found.consultation.id}-{sides.about}".replace("\n", "-"), "word", "word")
