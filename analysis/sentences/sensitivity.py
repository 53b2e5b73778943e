"""The words of the sensitivity table: what other choices would change, line by line."""

from __future__ import annotations

from math import isnan

import pandas as pd

from analysis.protocols import Language, Rules
from analysis.ratings.sensitivity import CHANNELS, LARGE_CHANNEL, LINES
from analysis.sentences.figures import MOST_NAMES, each, in_words, joined, quoted


def line_name(line: str, language: Language) -> str:
    """What a line of the sensitivity table changes; an unknown one is a `KeyError`."""
    return {
        "main": language.say("As declared"),
        "equal": language.say("Every group weighs the same"),
        "one_person_one_voice": language.say("Every person weighs the same"),
        "custom": language.say("Groups weigh as declared for each"),
        "person_centred": language.say("Each person against their own mean"),
        "campaigns_all": language.say("Confirmed campaigns counted copy by copy"),
        "campaigns_excluded": language.say("Confirmed campaigns left out"),
        "without_workshop": language.say("Without what came from workshops"),
        "without_paper": language.say("Without what came on paper"),
        "without_import": language.say("Without what was imported"),
        "raked": language.say("Weighed to match the declared targets"),
        "importance_only": language.say("Importance alone"),
        "urgency_only": language.say("Urgency alone"),
        "random_weights": language.say("Importance and urgency weighing anyhow"),
        "smallest_group_5": language.say("Without groups of fewer than five"),
    }[line]


def why_missing(line: str, rules: Rules, language: Language) -> str:
    """Why a line is not in the table; "" where its absence needs no word."""
    if line == rules.group_weights:
        return ""
    return {
        "custom": language.say("no weights are declared for the groups"),
        "campaigns_all": language.say("no campaign was confirmed"),
        "raked": language.say("no target with a source is declared, or too few people for it"),
    }.get(line, "")


def not_computed(lines: pd.DataFrame, rules: Rules, language: Language) -> str:
    """The lines that cannot be computed and why, in one sentence; "" if there is none to tell."""
    present = set(lines["line"])
    reasons = [why_missing(line, rules, language) for line in LINES if line not in present]
    if not present & {f"without_{channel}" for channel in CHANNELS}:
        reasons.append(
            language.say(
                "no channel other than online brought more than {percent}% of the ratings, without bringing "
                "all",
                percent=language.number(100 * LARGE_CHANNEL),
            )
        )
    reasons = [reason for reason in reasons if reason]
    if not reasons:
        return ""
    return language.say("Not among the lines: {reasons}.", reasons="; ".join(reasons))


def of_sensitivity(
    priorities: pd.DataFrame, lines: pd.DataFrame, objectives: pd.DataFrame, rules: Rules, language: Language
) -> str:
    """What the table found: whether tiers stand, whatever the choices, and which do not."""
    sensitive = priorities.loc[priorities["sensitive"], "objective"]
    moved = {objective for changed in lines["changed"] for objective in changed.split("|") if objective}
    if len(sensitive):
        shorts = dict(zip(objectives["objective"], objectives["short"], strict=True))
        if len(sensitive) <= MOST_NAMES:
            names = joined([quoted(shorts[objective], language) for objective in sensitive], language)
            return language.say(
                "{names}: the tier changes in {n} lines or more, so it is sensitive to the choices made.",
                names=names,
                n=language.number(rules.sensitive_lines),
            )
        return language.say(
            "The tiers of {number} objectives change in {n} lines or more: they are sensitive to the choices "
            "made.",
            number=in_words(len(sensitive), language),
            n=language.number(rules.sensitive_lines),
        )
    if moved:
        return language.count(
            "The tier of one objective changes, but in fewer than {lines} lines.",
            "The tiers of {n} objectives change, but each in fewer than {lines} lines.",
            len(moved),
            lines=language.number(rules.sensitive_lines),
        )
    return language.say("No tier changes under any of the other choices.")


def sensitivity_table(lines: pd.DataFrame, objectives: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The table as people read it: what changes, how alike the rankings are, whose tier changes."""
    codes = dict(zip(objectives["objective"], objectives["code"], strict=True))
    rows = []
    for row in each(lines):
        changed = [codes[objective] for objective in row.changed.split("|") if objective]
        rows.append(
            {
                language.say("If instead"): line_name(row.line, language),
                language.say("Contributions"): row.n,
                language.say("Groups"): row.n_groups,
                language.say("Likeness of the rankings (τ)"): "–"
                if isnan(row.tau)
                else language.number(row.tau, 2),
                language.say("Whose tier changes"): joined(changed, language) or language.say("nobody's"),
            }
        )
    return pd.DataFrame(rows)
