"""Tiers and badges in words: what a council is told of an objective, and what it takes to be told so."""

from __future__ import annotations

from typing import Any

from analysis.protocols import Language, Rules


def tier_name(tier: str, language: Language) -> str:
    """A tier in words; an unknown one is a `KeyError`."""
    names = {
        "robust": language.say("Robust priority"),
        "likely": language.say("Likely priority"),
        "contested": language.say("Contested priority"),
        "watch": language.say("To keep up"),
        "not_classifiable": language.say("Not classifiable"),
    }
    return names[tier]


def tier_meaning(tier: str, rules: Rules, language: Language) -> str:
    """What it takes for an objective to be in this tier, in one sentence with the declared thresholds."""
    top = language.number(100 * rules.top_share)
    robust = language.number(100 * rules.robust_probability)
    likely = language.number(100 * rules.likely_probability)
    meanings = {
        "robust": language.say(
            "In at least {percent}% of resamples it is among the first (the top {top}% of positions), also "
            "where every person weighs the same and however much importance and urgency count, and the "
            "groups concur (consensus of at least {consensus}).",
            percent=robust,
            top=top,
            consensus=language.number(rules.robust_consensus, 2),
        ),
        "likely": language.say(
            "In at least {percent}% of resamples it is among the first (the top {top}% of positions).",
            percent=likely,
            top=top,
        ),
        "contested": language.say(
            "In at least {percent}% of resamples it is among the first, but one group rates its importance "
            "below {mean} on average, or opinions are opposed (polarisation above {polarisation}), or the "
            "groups do not concur (consensus below {consensus}).",
            percent=likely,
            mean=language.number(rules.contested_mean, 1),
            polarisation=language.number(rules.contested_polarisation, 2),
            consensus=language.number(rules.contested_consensus, 2),
        ),
        "watch": language.say(
            "In fewer than {percent}% of resamples it is among the first: others come before it, but it is "
            "not to be dropped.",
            percent=likely,
        ),
        "not_classifiable": language.say(
            "Fewer than {coverage}% of the groups have rated it, or its place is too uncertain: it moves "
            "over more than {width}% of positions.",
            coverage=language.number(100 * rules.coverage),
            width=language.number(100 * rules.widest_rank),
        ),
    }
    return meanings[tier]


def badge_name(badge: str, language: Language) -> str:
    """A badge in words, told of an objective beside its tier; an unknown one is a `KeyError`."""
    names = {
        "confirmed": language.say("confirmed by what people tell"),
        "little_told": language.say("little told of"),
        "one_group": language.say("of one group only"),
    }
    return names[badge]


def sensitive_told(language: Language) -> str:
    """What is said of a tier that other choices of method would change."""
    return language.say("sensitive to the choices made")


def tier(row: Any, language: Language) -> str:
    """The tier of a priorities row (a named tuple or a Series), and whether other choices would change it."""
    name = tier_name(row.tier, language)
    return f"{name} ({sensitive_told(language)})" if row.sensitive else name


def badges(joined: str, language: Language) -> str:
    """The badges that a priorities row joins by |; "–" when it has none."""
    return ", ".join(badge_name(badge, language) for badge in joined.split("|") if badge) or "–"
