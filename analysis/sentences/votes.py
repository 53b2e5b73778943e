"""The words of a vote in a room: what got most, by each way of counting, and that it is no election."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.protocols import Language, Rules
from analysis.resampling import ROUNDING
from analysis.sentences.basis import Basis, Reading, caution, finding
from analysis.sentences.figures import MOST_NAMES, in_words, joined, named, quoted, spanned

LONGEST = 48  # characters of a statement in a title
LONGEST_NAMES = 110  # of all that are named there


def item_names(items: Sequence[str], objectives: pd.DataFrame) -> dict[str, str]:
    """What each item of a ballot is called: an objective by code and short name, a statement by itself."""
    names = named(objectives).to_dict()
    return {item: str(names.get(item, " ".join(item.split()))) for item in items}


def of_dots(
    tally: pd.DataFrame, names: Mapping[str, str], basis: Basis, rules: Rules, language: Language
) -> Reading:
    """The words of `voting.dots`; `basis` is that of `turnout`: who voted, and the groups that weigh."""
    tally = weighed(tally, basis)
    return Reading(
        finding=finding(_of_dots(tally, names, basis, rules, language), basis, language),
        basis=" · ".join(_basis_of_dots(tally, basis, rules, language)),
        caution=_caution(basis, language),
        says=language.say(
            "The score is the part of their dots that people gave, averaged within each group and then over "
            "the groups; dots alone count every person alike."
        ),
        does_not_say=" ".join(_limits_of_dots(tally, language)),
    )


def _limits_of_dots(tally: pd.DataFrame, language: Language) -> list[str]:
    limits = [language.say("It does not say what is to be done: a vote orders a discussion.")]
    if tally["score"].notna().any():
        limits.append(language.say("Where intervals overlap, the order is not sure."))
    return [*limits, language.say("Items that say nearly the same split their dots.")]


def of_points(tally: pd.DataFrame, names: Mapping[str, str], basis: Basis, language: Language) -> Reading:
    """The words of `voting.ngt`: points, and by how many people they were given."""
    return Reading(
        finding=finding(_of_points(tally, names, basis, language), basis, language),
        basis=" · ".join([_voters(basis, language), language.say("bar: points, every person alike")]),
        caution=_caution(basis, language),
        says=language.say(
            "Everybody gave most points to what they put first, and one to what they put last."
        ),
        does_not_say=language.say(
            "It does not say what is to be done: a vote orders a discussion. Few who put something first "
            "give it the points of many who put it last."
        ),
    )


def weighed(tally: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """`tally` of `voting.dots` without the scores when fewer than two groups weigh in them.

    The score of a single group says nothing of the others in the room, and only repeats its dots.
    """
    if basis.n_groups > 1:
        return tally
    return tally.assign(score=float("nan"), score_low=float("nan"), score_high=float("nan"))


def figure_of_dots(row: Any, digits: int, language: Language) -> str:
    """Score, interval and dots of a row of `voting.dots`; dots alone where no group is large enough."""
    dots = language.count("{n} dot", "{n} dots", row.points)
    if pd.isna(row.score):
        return dots
    score = language.number(100 * row.score, digits)
    if row.score_low < row.score_high:
        score += f" ({spanned(100 * row.score_low, 100 * row.score_high, digits, language)})"
    return f"{score} · {dots}"


def figure_of_points(row: Any, language: Language) -> str:
    """Points and choosers of a row of `voting.ngt`."""
    points = language.count("{n} point", "{n} points", row.points)
    return f"{points} · " + language.count("{n} person", "{n} people", row.n_choosers)


def _of_dots(
    tally: pd.DataFrame, names: Mapping[str, str], basis: Basis, rules: Rules, language: Language
) -> str:
    if not basis.n_participants:
        return language.say("nobody has voted yet")
    if not tally["points"].any():
        return language.say("nobody gave a dot to anything")
    most = _level(tally, "points")
    top = _level(tally, "score")
    if tally["score"].isna().all() or tally["score"].max() <= ROUNDING:
        return _most_dots(tally, most, names, language)
    if len(top) == len(tally) > 1:
        text = language.say("all have the same score")
    elif len(top) > 1:
        text = language.say("level at the top: {names}", names=_some(top, names, language))
    else:
        text = language.say(
            "highest score: {name}{rivals}",
            name=_quoted(top[0], names, language),
            rivals=_rivals(tally, top[0], names, language),
        )
    if set(most) != set(top):
        text += "; " + _by_dots(most, names, language)
    return text


def _rivals(tally: pd.DataFrame, top: str, names: Mapping[str, str], language: Language) -> str:
    """Whose interval overlaps with that of the highest; "" where none does."""
    first = tally.set_index("item").loc[top]
    others = tally[tally["item"] != top].sort_values("score", ascending=False, kind="stable")
    near = list(others.loc[others["score_high"] >= first["score_low"] - ROUNDING, "item"])
    if not near:
        return ""
    told = _some(near, names, language)
    if len(near) > MOST_NAMES:
        told = language.say("{number} others", number=in_words(len(near), language))
    return language.count(
        " (its interval overlaps with that of {names})",
        " (its interval overlaps with those of {names})",
        len(near),
        names=told,
    )


def _most_dots(tally: pd.DataFrame, most: Sequence[str], names: Mapping[str, str], language: Language) -> str:
    n = language.number(int(tally["points"].max()))
    if len(most) == len(tally) > 1:
        return language.say("all have the same number of dots ({number})", number=n)
    return language.say("most dots ({number}): {names}", number=n, names=_some(most, names, language))


def _by_dots(most: Sequence[str], names: Mapping[str, str], language: Language) -> str:
    return language.say("with every person alike, most dots: {names}", names=_some(most, names, language))


def _of_points(tally: pd.DataFrame, names: Mapping[str, str], basis: Basis, language: Language) -> str:
    if not basis.n_participants:
        return language.say("nobody has voted yet")
    if not tally["points"].any():
        return language.say("nobody gave a point to anything")
    most, chosen = _level(tally, "points"), _level(tally, "n_choosers")
    n = language.number(int(tally["points"].max()))
    if len(most) == len(tally) > 1:
        text = language.say("all have the same number of points ({number})", number=n)
    else:
        text = language.say("most points ({number}): {names}", number=n, names=_some(most, names, language))
    if set(chosen) == set(most):
        return text
    return f"{text}; " + language.say("chosen by most people: {names}", names=_some(chosen, names, language))


def _basis_of_dots(tally: pd.DataFrame, basis: Basis, rules: Rules, language: Language) -> list[str]:
    phrases = [_voters(basis, language)]
    if basis.n_groups > 1:
        phrases.append(
            language.count(
                "score: {groups} groups with at least {n} voter weigh the same",
                "score: {groups} groups with at least {n} voters weigh the same",
                rules.smallest_group,
                groups=language.number(basis.n_groups),
            )
        )
    if tally["score"].notna().any():
        phrases += [
            language.say(
                "symbol: score from 0 to 100, with its {percent}% stability interval",
                percent=language.number(100 * rules.interval),
            ),
            language.say("bar: part of all dots, every person alike"),
            language.say("dots not given count as abstention"),
        ]
    else:
        phrases += [
            language.say("bar: part of all dots, every person alike"),
            language.count(
                "there are no two groups with {n} voter, so dots are only counted",
                "there are no two groups with {n} voters, so dots are only counted",
                rules.smallest_group,
            ),
        ]
    return phrases


def _voters(basis: Basis, language: Language) -> str:
    return language.count("{n} person has voted", "{n} people have voted", basis.n_participants)


def _caution(basis: Basis, language: Language) -> str:
    """A tally is taken for an election wherever nobody says that it is none."""
    order = language.say("It orders a discussion: it is no election.")
    return f"{order} {caution(basis, language)}"


def _level(tally: pd.DataFrame, column: str) -> list[str]:
    """The items with the most, those level with each other in their order."""
    values = tally[column].astype("float64")
    return [str(item) for item in tally.loc[values >= values.max() - ROUNDING, "item"]]


def _some(items: Sequence[str], names: Mapping[str, str], language: Language) -> str:
    """Their names while a title can hold them, else the first and how many others."""
    together = joined([_quoted(item, names, language) for item in items[:MOST_NAMES]], language)
    if len(items) == 1 or (len(items) <= MOST_NAMES and len(together) <= LONGEST_NAMES):
        return together
    return language.count(
        "{name} and one other",
        "{name} and {number} others",
        len(items) - 1,
        name=_quoted(items[0], names, language),
        number=in_words(len(items) - 1, language),
    )


def _quoted(item: str, names: Mapping[str, str], language: Language) -> str:
    name = names[item]
    return quoted(name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…", language)
