"""The words of what one side says more than another. No word stands in a title: words are people's own."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.protocols import Language
from analysis.sentences.basis import Basis, Reading, caution, finding
from analysis.text.keyness import FALSE_DISCOVERIES, Size, most_apart


@dataclass(frozen=True)
class Compared:
    """Two sides as they stand in a sentence and over a chart, and how much each says."""

    here: str
    there: str
    size_here: Size
    size_there: Size


def of_keyness(words: pd.DataFrame, sides: Compared, basis: Basis, language: Language) -> Reading:
    """The words of a table of `keyness`, whether or not there is a word to draw."""
    phrases = [
        _side(sides.here, sides.size_here, language),
        _side(sides.there, sides.size_there, language),
    ]
    apart = most_apart(words, len(words))
    if len(apart):
        phrases.append(language.say("bars: how many participants use the word"))
        if not apart["key"].all():
            phrases.append(language.say("hollow bars: it may be chance"))
        says = language.say(
            "These words are said more often on one side than chance would have it, counted among all words "
            "of each side; of those with full bars about {percent}% may be chance. A word that only one or "
            "two people say is left out, however often they say it.",
            percent=language.number(100 * FALSE_DISCOVERIES),
        )
        does_not_say = language.say(
            "It does not say why, nor what people think of it: choose a word to read that. Words of one "
            "answer depend on each other, so the comparison ranks words and proves nothing."
        )
    else:
        says = language.say(
            "Every word that three people or more say is said about as often on both sides, as far as chance "
            "lets one tell."
        )
        does_not_say = language.say(
            "It does not say that both sides think alike: the same words can say different things."
        )
    return Reading(
        finding=finding(_finding(words, sides, language), basis, language),
        basis=" · ".join(phrases),
        caution=caution(basis, language),
        says=says,
        does_not_say=does_not_say,
    )


def _finding(words: pd.DataFrame, sides: Compared, language: Language) -> str:
    n = int(words["key"].sum())
    if not n:
        return language.say(
            "between {here} and {there} no word makes a clear difference", here=sides.here, there=sides.there
        )
    return language.count(
        "between {here} and {there} one word makes a difference",
        "between {here} and {there} {n} words make a difference",
        n,
        here=sides.here,
        there=sides.there,
    )


def _side(label: str, size: Size, language: Language) -> str:
    people = language.count("{n} participant", "{n} participants", size.participants)
    words = language.count("{n} word", "{n} words", size.words)
    return f"{label}: {people}, {words}"
