"""What is said of rules that were changed after the opening: under every map, and in its picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.protocols import Language
from analysis.resampling import ROUNDING
from analysis.sentences.figures import quoted

FINEST = 4  # decimals: finer differences between two rules move nothing that could be read off a map


def changed_rules(
    changes: Sequence[tuple[str, object, object]], day: str, reason: str, language: Language
) -> str:
    """The sentence for one later change: its `day`, each rule from what to what, the reason as it was given.

    `changes` are (rule, before, after), at least one; a rule for each group is a table {group: value}, of
    which only the groups that differ are told. The reason is a person's words: plain text wherever it stands.
    """
    return language.say(
        "Rules changed after the opening, on {day}: {changes}. Reason given: {reason}",
        day=day,
        changes="; ".join(_change(*change, language) for change in changes),
        reason=quoted(reason, language),
    )


def tried_rules(changes: Sequence[tuple[str, object, object]], language: Language) -> str:
    """The sentence for a map drawn by other rules than the declared ones; `changes` as in `changed_rules`."""
    return language.say(
        "A trial, not the declared rules: {changes}.",
        changes="; ".join(_change(*change, language) for change in changes),
    )


def rule_name(name: str, language: Language) -> str:
    """What a rule is called by people; its id where only the plan file declares it."""
    return {
        "seed": language.say("starting number of the resampling"),
        "importance_weight": language.say("share of importance in need (the rest is urgency)"),
        "group_weights": language.say("how the groups weigh"),
        "custom_weights": language.say("weight of each group"),
        "lines": language.say("where the map is divided"),
    }.get(name, name)


def rule_value(name: str, value: object, language: Language) -> str:
    """What a rule says, in words: a choice by its meaning, a share of importance as a percentage."""
    words = {
        ("group_weights", "equal"): language.say("every group weighs the same"),
        ("group_weights", "one_person_one_voice"): language.say("every person weighs the same"),
        ("group_weights", "custom"): language.say("weights declared for each group"),
        ("lines", "mean"): language.say("lines at the mean of the objectives"),
        ("lines", "scale"): language.say("lines at the middle of the scale (50)"),
    }
    if isinstance(value, str):
        return words.get((name, value), value)
    if isinstance(value, Mapping):
        return ", ".join(_of_group(group, said, language) for group, said in value.items()) or language.say(
            "none declared"
        )
    if name == "seed" or not isinstance(value, (int, float)):
        return str(value)  # a seed is a name, not an amount
    if name == "importance_weight":
        return language.say("{number}%", number=_number(100 * value, language))
    return _number(value, language)


def _change(name: str, before: object, after: object, language: Language) -> str:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        before, after = _unlike(before, after), _unlike(after, before)
    told = [rule_value(name, value, language) for value in (before, after)]
    if isinstance(before, str):
        told = [quoted(words, language) for words in told]
    return language.say(
        "{rule}: from {before} to {after}", rule=rule_name(name, language), before=told[0], after=told[1]
    )


def _unlike(table: Mapping[str, object], other: Mapping[str, object]) -> dict[str, object]:
    return {group: said for group, said in table.items() if group not in other or other[group] != said}


def _of_group(group: str, said: object, language: Language) -> str:
    if isinstance(said, (int, float)):
        return f"{group} {_number(said, language)}"
    return f"{group} → {said}"


def _number(value: float, language: Language) -> str:
    """With as few decimals as it has."""
    exact = (digits for digits in range(FINEST) if abs(round(value, digits) - value) < ROUNDING)
    return language.number(value, next(exact, FINEST))
