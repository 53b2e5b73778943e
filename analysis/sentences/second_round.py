"""The words of a second round: on what answers still move, and whether one can stop asking."""

from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd

from analysis.ballots.second_round import MOST_CHANGE, Again, by_objective
from analysis.protocols import Language, Rules
from analysis.sentences.basis import Basis, Reading, caution, finding
from analysis.sentences.figures import MOST_NAMES, in_words, joined, quoted
from analysis.sentences.rating_bars import Dimension, dimension_name


def of_second_round(
    rounds: pd.DataFrame,
    people: Again,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
) -> Reading:
    """The words of `second_round`; `people` as of `again`. Of `basis` only its warnings are told."""
    return Reading(
        finding=finding(_finding(by_objective(rounds), people, objectives, language), basis, language),
        basis=" · ".join(_basis(rounds, people, rules, language)),
        caution=caution(basis, language),
        says=language.say(
            "Net change is the part of the ratings that would have to move for the first round to look like "
            "the second. Up to {limit} answers are taken to be stable.",
            limit=language.number(MOST_CHANGE, 2),
        ),
        does_not_say=language.say(
            "Stable does not mean agreed: a disagreement that lasts is a result too. Who did not come back "
            "changes the figures as much as who changed their mind."
        ),
    )


def figure_of_change(row: Any, several: bool, language: Language) -> str:
    """How far an objective (a row of `by_objective`) moved, with its dimension where there are `several`."""
    status = {
        "stable": language.say("stable"),
        "moving": language.say("not stable"),
        "too_few": language.say("too few ratings"),
    }[row.status]
    if row.status == "too_few" or isnan(row.net_change):
        return status
    change = language.number(row.net_change, 2)
    return f"{change} {_dimension(row.dimension, language)} · {status}" if several else f"{change} · {status}"


def _finding(table: pd.DataFrame, people: Again, objectives: pd.DataFrame, language: Language) -> str:
    if table.empty:
        return language.say("no objective is contested: there is nothing to ask again")
    if not people.second:
        return language.say("nobody has rated a second time yet")
    stable, total = int((table["status"] == "stable").sum()), len(table)
    if stable == total:
        return language.count(
            "stable on the only objective asked again: one can stop here",
            "stable on all {n} objectives: one can stop here",
            total,
        )
    text = language.count(
        "stable on one objective of {total}",
        "stable on {n} objectives of {total}",
        stable,
        total=language.number(total),
    )
    if not stable:
        text = language.count(
            "not stable on the only objective asked again",
            "stable on none of the {n} objectives",
            total,
        )
    shorts = dict(zip(objectives["objective"], objectives["short"], strict=True))
    for status in ("moving", "too_few"):
        names = [quoted(shorts[o], language) for o in table.loc[table["status"] == status, "objective"]]
        if names and total > 1:
            text += "; " + _clause(status, names, language)
    return text


def _clause(status: str, names: list[str], language: Language) -> str:
    told, many = joined(names, language), in_words(len(names), language)
    if status == "moving":
        if len(names) > MOST_NAMES:
            return language.say("{number} still move", number=many)
        return language.count("{names} still moves", "{names} still move", len(names), names=told)
    if len(names) > MOST_NAMES:
        return language.say("on {number} too few have rated", number=many)
    return language.say("on {names} too few have rated", names=told)


def _rounds(people: Again, language: Language) -> list[str]:
    """Who rated in each round, and who did not in both."""
    left, new = people.first - people.both, people.second - people.both
    told = [
        language.say(
            "people who rated: {first} in the first round, {second} in the second",
            first=language.number(people.first),
            second=language.number(people.second),
        )
    ]
    if left:
        told.append(language.count("{n} did not rate again", "{n} did not rate again", left))
    if new:
        told.append(language.count("{n} had not rated before", "{n} had not rated before", new))
    return told


def _basis(rounds: pd.DataFrame, people: Again, rules: Rules, language: Language) -> list[str]:
    phrases = [
        *_rounds(people, language),
        language.say("line: net change of {limit}", limit=language.number(MOST_CHANGE, 2)),
    ]
    if (rounds["status"] == "too_few").any():
        phrases.append(
            language.count(
                "too few: fewer than {n} rating in a round",
                "too few: fewer than {n} ratings in a round",
                rules.smallest_cell,
            )
        )
    return phrases


def _dimension(dimension: str, language: Language) -> str:
    return {
        "importance": language.say("importance"),
        "urgency": language.say("urgency"),
        "feasibility": language.say("feasibility"),
    }[dimension]


def of_spreads(people: Again, dimension: Dimension, basis: Basis, language: Language) -> Reading:
    """The words of the distributions of both rounds on one dimension."""
    return Reading(
        finding=finding(
            language.say(
                "{question} The first round above, the second below",
                question=dimension_name(dimension, language),
            ),
            basis,
            language,
        ),
        basis=" · ".join([*_rounds(people, language), language.say("in each part: people")]),
        caution=caution(basis, language),
        says=language.say("It shows how the ratings spread over the scale before the discussion and after."),
        does_not_say=language.say(
            "It does not say who changed their mind: some left, and some came, between the rounds."
        ),
    )
