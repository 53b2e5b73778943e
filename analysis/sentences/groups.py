"""The words of what groups have in common and where they differ.

A difference between two groups is called one only where their stability intervals do not overlap.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any

import pandas as pd

from analysis.protocols import Language, Rules
from analysis.ratings.differences import Pair, compared, furthest_apart, known, ranges, shown
from analysis.sentences.basis import Basis, Reading, caution, finding, participants
from analysis.sentences.figures import MOST_NAMES, each, in_words, joined, quoted


def of_pattern(
    profiles: pd.DataFrame,
    patterns: pd.DataFrame,
    groups: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
    *,
    pair: Pair,
) -> Reading:
    """The words of two groups beside each other; `pair` names the one at the left, then the other.

    They must have an objective in common (`why_no_pattern`). Raises `ValueError` when they are no pair.
    """
    both = compared(profiles, groups, objectives, pair)
    labels = _labels(groups, pair)
    phrases = [
        language.say("at both sides: need (0–100)"),
        *(_raters(label, both[n], language) for label, n in zip(labels, ("n_one", "n_other"), strict=True)),
        _likeness(_pattern_of(patterns, pair), language),
    ]
    if both["clear"].any():
        phrases.append(
            language.say(
                "full lines with a band: clear difference, the {percent}% stability intervals do not overlap",
                percent=language.number(100 * rules.interval),
            )
        )
    if missing := len(objectives) - len(both):
        phrases.append(
            language.count(
                "too few ratings to show: {n} objective", "too few ratings to show: {n} objectives", missing
            )
        )
    return Reading(
        finding=finding(_finding_of_pair(both, labels, objectives, language), basis, language),
        basis=" · ".join(phrases),
        caution=caution(basis, language),
        says=language.say(
            "Each line is an objective: at the left how much one group feels the need, at the right the "
            "other. A level line means that they feel it alike."
        ),
        does_not_say=language.say(
            "It does not say what everybody in a group thinks, nor why two groups differ; a pale line is no "
            "difference to build on."
        ),
    )


def of_group_dots(
    profiles: pd.DataFrame,
    groups: pd.DataFrame,
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
) -> Reading:
    """The words of the overview of all groups on all objectives."""
    table = ranges(profiles, groups, objectives)
    phrases = [
        *participants(basis, language),
        language.say("dots: groups"),
        language.say(
            "symbol and band: all groups together, {percent}% stability interval",
            percent=language.number(100 * rules.interval),
        ),
    ]
    if (table["range"].notna() & ~table["clear"]).any():
        phrases.append(language.say("dashed: no clear difference between groups"))
    if priorities["veto"].any():
        phrases.append(f"* {of_little_importance(language)}")
    if n_hidden := int(table["n_hidden"].sum()):
        phrases.append(
            language.count("too few ratings to show: {n} dot", "too few ratings to show: {n} dots", n_hidden)
        )
    return Reading(
        finding=finding(_finding_of_all(table, objectives, language), basis, language),
        basis=" · ".join(phrases),
        caution=caution(basis, language),
        says=language.say(
            "From the objectives on which groups are furthest apart to those on which they are closest."
        ),
        does_not_say=language.say(
            "It does not say who is right. Small groups stray further, and where many groups are compared, "
            "some are far apart by chance alone."
        ),
    )


def of_group_intervals(
    profiles: pd.DataFrame,
    groups: pd.DataFrame,
    objective: str,
    priorities: pd.DataFrame,
    objectives: pd.DataFrame,
    basis: Basis,
    rules: Rules,
    language: Language,
) -> Reading:
    """The words of all groups on one objective."""
    its = profiles[profiles["objective"] == objective]
    text = _finding_of_one(shown(its, groups), _short_name(objective, objectives, language), language)
    if priorities.loc[priorities["objective"] == objective, "veto"].any():
        text = f"{text}; {of_little_importance(language)}"
    return Reading(
        finding=finding(text, basis, language),
        basis=" · ".join(
            [
                *participants(basis, language),
                language.say(
                    "lines: {percent}% stability interval", percent=language.number(100 * rules.interval)
                ),
                language.say("upright line and band: all groups together"),
            ]
        ),
        caution=caution(basis, language),
        says=language.say(
            "From the group that feels the need most to the one that feels it least. Each line shows how far "
            "its point would move with other participants like these."
        ),
        does_not_say=language.say(
            "It does not say what everybody in a group thinks; where lines overlap, there is no clear "
            "difference."
        ),
    )


def why_no_groups(profiles: pd.DataFrame, language: Language) -> str:
    """Why groups are not compared, to be shown in the charts' place; "" when they are."""
    n_groups = profiles.loc[known(profiles), "group"].nunique()
    if n_groups > 1:
        return ""
    if not n_groups:
        return language.say("No group has enough ratings to be shown by itself.")
    return language.say("Only one group has enough ratings to be shown: there is none to compare it with.")


def why_no_pattern(profiles: pd.DataFrame, pair: Pair, language: Language) -> str:
    """Why these two groups are not set beside each other, to be shown in its place; "" when they are."""
    if reason := why_no_groups(profiles, language):
        return reason
    its = profiles[known(profiles)]
    one, other = (set(its.loc[its["group"] == group, "objective"]) for group in pair)
    if one & other:
        return ""
    return language.say("No objective has enough ratings from both of these groups.")


def why_no_group_intervals(profiles: pd.DataFrame, objective: str, language: Language) -> str:
    """Why the groups are not listed for this objective, to be shown in the list's place; "" when they are."""
    if known(profiles[profiles["objective"] == objective]).any():
        return ""
    return language.say("No group has enough ratings of this objective to be shown by itself.")


def _pattern_of(patterns: pd.DataFrame, pair: Pair) -> Any:
    """The row of `patterns` for two groups, whichever comes first; `ValueError` when they are no pair."""
    for row in each(patterns):
        if {row.group_a, row.group_b} == set(pair):
            return row
    raise ValueError(f"{pair} is no pair of groups")


def of_little_importance(language: Language) -> str:
    """What is said of an objective whose importance some group rates below the middle."""
    return language.say("at least one group finds it of little importance")


def _short_name(objective: str, objectives: pd.DataFrame, language: Language) -> str:
    """An objective's short name as it stands inside a sentence."""
    return quoted(objectives.loc[objectives["objective"] == objective, "short"].iloc[0], language)


def _labels(groups: pd.DataFrame, pair: Pair) -> list[str]:
    labels = dict(zip(groups["group"], groups["label"], strict=True))
    return [labels[group] for group in pair]


def _raters(label: str, n: pd.Series, language: Language) -> str:
    """On how many ratings the figures of one group rest: a number, or from the fewest to the most."""
    fewest, most = language.number(n.min()), language.number(n.max())
    return language.say(
        "{group}: {number} ratings per objective",
        group=label,
        number=fewest if fewest == most else f"{fewest}–{most}",
    )


def _likeness(pattern: Any, language: Language) -> str:
    """Both correlations, with how little they stand on."""
    if isnan(pattern.pearson) and isnan(pattern.spearman):
        return language.say("r and ρ cannot be calculated: too few objectives, or no variation")
    r, rho = (
        "–" if isnan(value) else language.number(round(value, 2) + 0.0, 2)  # + 0.0: no minus before a zero
        for value in (pattern.pearson, pattern.spearman)
    )
    return language.count(
        "r {r}, ρ {rho} on {n} objective: they describe these points and prove nothing",
        "r {r}, ρ {rho} on {n} objectives: they describe these points and prove nothing",
        int(pattern.n_objectives),
        r=r,
        rho=rho,
    )


def _finding_of_pair(
    both: pd.DataFrame, labels: Sequence[str], objectives: pd.DataFrame, language: Language
) -> str:
    one, other = (quoted(label, language) for label in labels)
    clear = both[both["clear"]].sort_values(
        "difference", key=lambda points: points.abs().round(9), ascending=False, kind="stable"
    )
    if clear.empty:
        return language.say("no clear difference between {one} and {other}", one=one, other=other)
    names = [_short_name(objective, objectives, language) for objective in clear["objective"]]
    if len(names) <= MOST_NAMES:
        return language.say(
            "{one} and {other} differ clearly on {names}", one=one, other=other, names=joined(names, language)
        )
    return language.say(
        "{one} and {other} differ clearly on {number} objectives, among them {names}",
        one=one,
        other=other,
        number=in_words(len(names), language),
        names=joined(names[:MOST_NAMES], language),
    )


def _finding_of_all(table: pd.DataFrame, objectives: pd.DataFrame, language: Language) -> str:
    clear = table[table["clear"]]
    if clear.empty:
        return language.say("no clear difference between groups on any objective")
    names = [_short_name(objective, objectives, language) for objective in clear["objective"]]
    if len(names) <= MOST_NAMES:
        return language.say(
            "the groups furthest apart differ clearly on {names}", names=joined(names, language)
        )
    furthest = joined(names[:MOST_NAMES], language)
    if len(clear) == len(table):
        return language.say(
            "on every objective the groups furthest apart differ clearly; most on {names}", names=furthest
        )
    return language.say(
        "on {number} objectives the groups furthest apart differ clearly; most on {names}",
        number=in_words(len(names), language),
        names=furthest,
    )


def _finding_of_one(figures: pd.DataFrame, name: str, language: Language) -> str:
    if figures.empty:
        return language.say("no group has enough ratings of {name} to be shown by itself", name=name)
    if len(figures) == 1:
        return language.say(
            "only {group} has enough ratings of {name} to be shown by itself",
            group=quoted(figures["label"].iloc[0], language),
            name=name,
        )
    furthest = furthest_apart(figures)
    if furthest is None:
        return language.say("no clear difference between groups on {name}", name=name)
    above, below = furthest
    return language.say(
        "{name} is felt more by {one} than by {other}",
        name=name,
        one=quoted(above.label, language),
        other=quoted(below.label, language),
    )
