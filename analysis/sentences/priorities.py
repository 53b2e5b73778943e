"""The words of the priority map: feasibility by need."""

from __future__ import annotations

import pandas as pd

from analysis.protocols import Language, Rules
from analysis.sentences.basis import Basis, Reading, caution, finding, participants
from analysis.sentences.figures import MOST_NAMES, basis_of_salience, certain, each, in_words, joined, quoted

DIVIDED = 0.25  # polarisation from which a ring is drawn: agreement is at most 0.5


def of_priorities(
    priorities: pd.DataFrame, objectives: pd.DataFrame, basis: Basis, rules: Rules, language: Language
) -> Reading:
    """The words of the priority map and of its list, for the given `priorities`."""
    return Reading(
        finding=finding(_finding(priorities, objectives, rules, language), basis, language),
        basis=" · ".join(_basis(priorities, objectives, basis, rules, language)),
        caution=caution(basis, language),
        says=language.say(
            "Higher up, the need is felt more; further right, people think it more feasible. Each cross "
            "shows how far its point would move with other participants like these."
        ),
        does_not_say=language.say(
            "It does not say what the whole city thinks, nor which objective comes first: where crosses "
            "overlap, the order is not sure."
        ),
    )


def of_ranked(
    priorities: pd.DataFrame, objectives: pd.DataFrame, basis: Basis, rules: Rules, language: Language
) -> Reading:
    """The words of the same objectives as a list, from the most to the least felt."""
    phrases = [
        *participants(basis, language),
        language.say("lines: {percent}% stability interval", percent=language.number(100 * rules.interval)),
        *_hollow(priorities, language),
    ]
    return Reading(
        finding=finding(_finding(priorities, objectives, rules, language), basis, language),
        basis=" · ".join(phrases),
        caution=caution(basis, language),
        says=language.say(
            "From the need felt most to the one felt least. Each line shows how far its point would move "
            "with other participants like these."
        ),
        does_not_say=language.say(
            "It does not say what the whole city thinks, and it is no league table: where lines overlap, the "
            "order is not sure."
        ),
    )


def why_no_priority_map(priorities: pd.DataFrame, language: Language) -> str:
    """Why the priority map is not drawn, to be shown in its place; "" when it is.

    It rests on ratings alone: how many answers were written does not matter here.
    """
    if priorities[["need", "feasibility"]].notna().all(axis=1).any():
        return ""
    return language.say(
        "No objective has been rated by enough people yet, so it has no place on this map. The answers can "
        "be read already."
    )


def how_resampled(exact: bool, n: int, rules: Rules, language: Language) -> str:
    """How the intervals were made: from all `n` resamples there are, or from `n` drawn with the seed."""
    if exact:
        return language.count(
            "The intervals come from the only resample there is.",
            "The intervals come from all {n} resamples there are.",
            n,
        )
    return language.count(
        "The intervals come from {n} resample, seed {seed}.",
        "The intervals come from {n} resamples, seed {seed}.",
        n,
        seed=rules.seed,
    )


def _finding(priorities: pd.DataFrame, objectives: pd.DataFrame, rules: Rules, language: Language) -> str:
    ranked = priorities[priorities["ranked"] & priorities["need"].notna() & priorities["feasibility"].notna()]
    if ranked.empty:
        return language.say("too few groups have rated the objectives to compare them")
    if len(ranked) == 1:
        return language.say("only one objective has been rated by enough groups: nothing to compare it with")
    if len(ranked[["need", "feasibility"]].drop_duplicates()) == 1:
        return language.say("the objectives have all been rated alike: none stands out")
    return f"{_to_act_on(ranked, rules, language)}; {_most_felt(ranked, objectives, language)}"


def _to_act_on(ranked: pd.DataFrame, rules: Rules, language: Language) -> str:
    rows = each(ranked)
    sure = sum(row.quadrant == "act_now" and certain(row, rules) for row in rows)
    border = sum("act_now" in (row.quadrant, row.quadrant_other) and not certain(row, rules) for row in rows)
    if not sure and not border:
        return language.say("no objective is both strongly felt and within reach")
    if not sure:
        return language.count(
            "no objective is surely to act on now, one is on the border",
            "no objective is surely to act on now, {number} are on the border",
            border,
            number=in_words(border, language),
        )
    now = language.count(
        "one objective to act on now",
        "{number} objectives to act on now",
        sure,
        number=in_words(sure, language),
    )
    if not border:
        return now
    return f"{now}, " + language.count(
        "one on the border", "{number} on the border", border, number=in_words(border, language)
    )


def _most_felt(ranked: pd.DataFrame, objectives: pd.DataFrame, language: Language) -> str:
    """Who could be at the top of need: the furthest, and all whose intervals overlap with it."""
    shorts = dict(zip(objectives["objective"], objectives["short"], strict=True))
    order = ranked.sort_values("need", ascending=False, kind="stable")
    top = order.iloc[0]
    rivals = order[order["need_high"].fillna(order["need"]) >= top["need_low"]]
    name, others = quoted(shorts[top["objective"]], language), len(rivals) - 1
    if others < 1:
        if top["need_low"] < top["need_high"]:
            return language.say("{name} stands out for need", name=name)
        return language.say("{name} is among the most felt", name=name)
    if 2 * len(rivals) > len(ranked):
        return language.say("no need stands clear of the others")
    if len(rivals) <= MOST_NAMES:
        names = [quoted(shorts[objective], language) for objective in rivals["objective"]]
        return language.say("{names} are among the most felt", names=joined(names, language))
    return language.say(
        "{name} and {number} others are among the most felt", name=name, number=in_words(others, language)
    )


def _basis(
    priorities: pd.DataFrame, objectives: pd.DataFrame, basis: Basis, rules: Rules, language: Language
) -> list[str]:
    spoken = basis_of_salience(priorities.loc[priorities["n_answers"] > 0, "salience_basis"], language)
    phrases = [
        *participants(basis, language),
        language.say("crosses: {percent}% stability interval", percent=language.number(100 * rules.interval)),
        language.say("area: how much it is spoken of ({how})", how=spoken)
        if spoken
        else language.say("area: how much it is spoken of"),
    ]
    if priorities["need_t_low"].notna().any():
        phrases.append(language.say("thin lines: t interval, for groups under ten"))
    if (priorities["polarisation"] >= DIVIDED).any():
        phrases.append(language.say("ring: opinions are divided, the thicker the more"))
    phrases += _hollow(priorities, language)
    unrated = set(priorities.loc[priorities[["need", "feasibility"]].isna().any(axis=1), "objective"])
    if unrated:
        codes = objectives.loc[objectives["objective"].isin(unrated), "code"]
        phrases.append(language.say("not rated: {codes}", codes=joined(list(codes), language)))
    return phrases


def _hollow(priorities: pd.DataFrame, language: Language) -> list[str]:
    rated = priorities[priorities["need"].notna() & priorities["feasibility"].notna()]
    if rated["ranked"].all():
        return []
    return [language.say("hollow: rated by too few groups to be compared")]
