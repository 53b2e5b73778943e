"""The words of copied texts: how many there are, the signs that they were sent together, what was decided."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.protocols import Language
from analysis.ratings.line_effects import Effect
from analysis.sentences.basis import Basis, Reading, caution, finding, participants
from analysis.sentences.figures import in_words, joined, share
from analysis.text.coordination import BURST
from analysis.text.copies_decided import COUNTED_ONCE, PART
from analysis.text.duplicates import AT_LEAST, FEWEST_FLAGGED, FLAGGED_SHARE

LARGE = "▲"
LONGEST_BEGINNING = 90  # characters: what a row of a list has room for, and a little more
_MARKS = {"": "□", "campaign": "■", "duplicate": "■", "organisation": "■", "coincidence": "▪"}


def why_no_copies(clusters: pd.DataFrame, language: Language) -> str:
    """Why there is nothing to decide; "" when there is. `clusters` as in `copies_decided.Families`."""
    if len(clusters):
        return ""
    return language.say(
        "No two contributions say the same in the same words: there is nothing to decide here."
    )


def of_copies(clusters: pd.DataFrame, basis: Basis, language: Language) -> Reading:
    """The words of the page of copies. No text is quoted in them."""
    return Reading(
        finding=finding(_finding(clusters, language), basis, language),
        basis=" · ".join(_basis(clusters, basis, language)),
        caution=caution(basis, language),
        says=language.say(
            "Each bar counts the contributions that say the same. An empty one is still to be decided; a "
            "full one counts once on the maps; of a light one, alike by coincidence, each counts. {mark} is "
            "where they are at least {n}, and {percent}% of all.",
            mark=LARGE,
            n=language.number(FEWEST_FLAGGED),
            percent=language.number(100 * FLAGGED_SHARE),
        ),
        does_not_say=language.say(
            "Saying the same is not cheating: many may stand behind a prepared text, and nothing is deleted. "
            "Those who ask for the same in their own words are not seen here."
        ),
    )


def _finding(clusters: pd.DataFrame, language: Language) -> str:
    found = clusters[clusters["n_answers"] > 0]
    several, one_unit = found[found["n_units"] > 1], found[found["n_units"] == 1]
    told = []
    if len(several):
        most = int(several["n_contributions"].max())
        told.append(
            language.say("one text in {n} copies", n=language.number(most))
            if len(several) == 1
            else language.say(
                "{number} texts came in copies, the most copied one in {n}",
                number=in_words(len(several), language),
                n=language.number(most),
            )
        )
    if len(one_unit):
        units = one_unit["unit"].nunique()
        told.append(
            language.count(
                "one organisation has sent the same text more than once",
                "{number} organisations have sent the same text more than once",
                units,
                number=in_words(units, language),
            )
        )
    if not told:
        told = [language.say("no two contributions say the same any more")]
    return "; ".join([*told, _decided(clusters, language)])


def _decided(clusters: pd.DataFrame, language: Language) -> str:
    decided, new = int((clusters["kind"] != "").sum()), int(clusters["n_new"].sum())
    if not decided:
        return language.say("nothing is decided yet")
    if decided == len(clusters):
        text = language.say("all is decided")
    else:
        text = language.count(
            "{n} of {total} is decided",
            "{n} of {total} are decided",
            decided,
            total=language.number(len(clusters)),
        )
    if new:
        text += ", " + language.count("{n} copy has come since", "{n} copies have come since", new)
    return text


def _basis(clusters: pd.DataFrame, basis: Basis, language: Language) -> list[str]:
    plain = Basis(basis.n_participants, basis.n_answers, 0, group=basis.group)  # no group weighs here
    copied = int(clusters.loc[clusters["n_answers"] > 0, "n_contributions"].sum())
    return [
        *participants(plain, language),
        language.count("{n} answer", "{n} answers", basis.n_answers),
        language.count("{n} contribution has copies", "{n} contributions have copies", copied),
        language.say(
            "copies share at least {percent}% of their runs of five letters",
            percent=language.number(100 * AT_LEAST),
        ),
    ]


def decision_told(kind: str, language: Language) -> str:
    """What was decided of a cluster, as a mark and a word; "" is "to be decided"."""
    words = {
        "": language.say("to be decided"),
        "campaign": language.say("campaign"),
        "duplicate": language.say("duplicate"),
        "organisation": language.say("same organisation"),
        "coincidence": language.say("coincidence"),
    }
    return f"{_MARKS[kind]} {words[kind]}"


def decision_means(kind: str, language: Language) -> str:
    """What a decision does: once or each."""
    return {
        "campaign": language.say("Many people sent a text that somebody prepared. It counts once."),
        "duplicate": language.say("The same person sent it more than once. It counts once."),
        "organisation": language.say("One organisation sent it through several people. It counts once."),
        "coincidence": language.say("They say the same by chance. Each of them counts."),
    }[kind]


def how_alike(row: Any, language: Language) -> str:
    """In what way the texts of a cluster are alike; a row of clusters."""
    if row.kind_found == "exact":
        return language.say("the same words")
    if row.kind_found == "near":
        return language.say(
            "nearly the same words, at least {share} alike", share=share(row.similarity, language)
        )
    if row.kind_found == "template":
        return language.say("for the most part the same text")
    if row.kind_found == PART:
        return language.say("part of the copies of one text")
    return language.say("not alike any more")


def of_signals(row: Any, language: Language) -> list[str]:
    """What tells whether copies were sent together, in phrases; a row of clusters."""
    told = [
        language.count("from one group", "from {n} groups", row.n_groups)
        if row.n_groups
        else language.say("group not stated"),
        language.say("all from one organisation")
        if row.n_units == 1
        else language.say(
            "from {n} voices (organisations, or people who named none)", n=language.number(row.n_units)
        ),
    ]
    if pd.isna(row.same_ratings):
        told.append(language.say("fewer than two of them have rated"))
    elif row.same_ratings == 1:
        told.append(language.say("all who rated gave the same ratings"))
    else:
        told.append(
            language.say(
                "of those who rated, {share} gave the same ratings", share=share(row.same_ratings, language)
            )
        )
    if pd.isna(row.burst):
        told.append(language.say("not known when all of them were sent"))
    elif row.burst:
        told.append(language.say("at least {n} sent within ten minutes", n=language.number(BURST)))
    else:
        told.append(language.say("never {n} or more sent within ten minutes", n=language.number(BURST)))
    return told


def copies_rows(clusters: pd.DataFrame, beginnings: pd.Series, language: Language) -> pd.DataFrame:
    """`clusters` with what a list shows: `name` (how its text begins), and `told`, all else in one line.

    `beginnings` is the text to name a cluster by, by its id, as far as this reader may read one.
    """
    names, told = [], []
    for row in clusters.itertuples():
        text = " ".join(str(beginnings.get(row.cluster, "")).split())
        short = text if len(text) <= LONGEST_BEGINNING else text[:LONGEST_BEGINNING].rstrip() + "…"
        if text:
            names.append(language.say("“{name}”", name=short))
        elif row.kind_found:
            names.append(language.say("Words only to be counted"))
        else:
            names.append(language.say("Texts that are not alike any more"))
        phrases = [decision_told(str(row.kind), language), how_alike(row, language)]
        if row.n_new:
            phrases.insert(
                1, language.count("{n} new copy since then", "{n} new copies since then", int(str(row.n_new)))
            )
        told.append(" · ".join(phrases))
    return clusters.assign(name=pd.Series(names, dtype="str"), told=pd.Series(told, dtype="str"))


def of_counted_once(clusters: pd.DataFrame, language: Language) -> str:
    """How many contributions count as one, on the maps; "" where none does.

    `clusters` has `decided`, `kind` and `n_decided`, as in `copies_decided.Families`.
    """
    once = clusters[clusters["kind"].isin(COUNTED_ONCE)].drop_duplicates("decided")
    return counted_as_one(int(once["n_decided"].sum()), len(once), language)


def counted_as_one(n_contributions: int, n_clusters: int, language: Language) -> str:
    """How many contributions count as how many; "" where none is a confirmed copy. For every map."""
    if not n_clusters:
        return ""
    return language.count(
        "On the maps, {contributions} contributions that say the same count as one.",
        "On the maps, {contributions} contributions that say the same count as {n}, one for each text.",
        n_clusters,
        contributions=language.number(n_contributions),
    )


def of_effects(every: Effect | None, without: Effect | None, language: Language) -> str:
    """What the maps would be if confirmed copies were counted one by one, and if they were left out."""
    if every is None or without is None:
        return language.say("None of them rated an objective: need and feasibility do not change.")
    if not any([*every, *without]):
        return language.say(
            "Counted once, one by one or not at all: no tier changes, nor any place by more than one."
        )
    return language.say(
        "If each of them counted: {every}. If all of them were left out: {without}.",
        every=_changed(every, language),
        without=_changed(without, language),
    )


def _changed(effect: Effect, language: Language) -> str:
    told = []
    if effect.tiers:
        told.append(
            language.count(
                "{n} objective would be in another tier",
                "{n} objectives would be in another tier",
                effect.tiers,
            )
        )
    if effect.places:
        told.append(
            language.count(
                "{n} objective would stand more than one place away",
                "{n} objectives would stand more than one place away",
                effect.places,
            )
        )
    return joined(told, language) or language.say("no tier would change, nor any place by more than one")
