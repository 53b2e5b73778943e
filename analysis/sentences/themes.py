"""The words of the map of what is spoken of: salience by breadth."""

from __future__ import annotations

import pandas as pd

from analysis.protocols import Language, Rules
from analysis.sentences.basis import Basis, Reading, alike, caution, finding, participants, too_few
from analysis.sentences.figures import MOST_NAMES, basis_of_salience, in_words, joined, quoted

NARROW = 0.25  # a breadth below this: few of the groups speak of it


def of_themes(
    priorities: pd.DataFrame, objectives: pd.DataFrame, basis: Basis, rules: Rules, language: Language
) -> Reading:
    """The words of the map of salience and breadth."""
    without = [
        code
        for objective, code in zip(objectives["objective"], objectives["code"], strict=True)
        if objective in set(priorities.loc[priorities["breadth"].isna(), "objective"])
    ]
    phrases = [
        *participants(alike(basis), language),
        language.count("{n} answer", "{n} answers", basis.n_answers),
        language.say("lines: {percent}% stability interval", percent=language.number(100 * rules.interval)),
        language.say("area: participants who speak of it"),
        *_how(priorities, language),
    ]
    if without:
        phrases.append(language.say("without a place here: {codes}", codes=joined(without, language)))
    return Reading(
        finding=finding(_finding(priorities, objectives, language), basis, language),
        basis=" · ".join(phrases),
        caution=caution(basis, language),
        says=language.say(
            "Further right, more of those who answered speak of it; higher up, the groups speak of it more "
            "alike."
        ),
        does_not_say=_does_not_say(language),
    )


def of_theme_list(
    priorities: pd.DataFrame, objectives: pd.DataFrame, basis: Basis, rules: Rules, language: Language
) -> Reading:
    """The words of the same objectives as a list, from the most to the least spoken of."""
    phrases = [
        *participants(alike(basis), language),
        language.count("{n} answer", "{n} answers", basis.n_answers),
        language.say("bars: % of those who answered"),
        language.say("lines: {percent}% stability interval", percent=language.number(100 * rules.interval)),
        *_how(priorities, language),
    ]
    return Reading(
        finding=finding(_finding(priorities, objectives, language), basis, language),
        basis=" · ".join(phrases),
        caution=caution(basis, language),
        says=language.say("From what is spoken of most to what is spoken of least."),
        does_not_say=_does_not_say(language),
    )


def why_no_theme_list(priorities: pd.DataFrame, basis: Basis, rules: Rules, language: Language) -> str:
    """Why the list of what is spoken of is not drawn, to be shown in its place; "" when it is."""
    if reason := too_few(basis, rules, language):
        return reason
    if not (priorities["n_participants"] > 0).any():
        return language.say("No answer has been linked to an objective yet.")
    return ""


def why_no_theme_map(priorities: pd.DataFrame, basis: Basis, rules: Rules, language: Language) -> str:
    """Why the map is not drawn, to be shown in its place; "" when it is."""
    if reason := why_no_theme_list(priorities, basis, rules, language):
        return reason
    if priorities["breadth"].notna().any():
        return ""
    return language.say("There are not two groups to compare here: see the list.")


def _finding(priorities: pd.DataFrame, objectives: pd.DataFrame, language: Language) -> str:
    spoken = priorities[priorities["n_participants"] > 0]
    if spoken.empty:
        return language.say("nobody has spoken of the objectives yet")
    if spoken["salience"].isna().all():
        return language.say("no group has enough people to compare what they speak of")
    shorts = dict(zip(objectives["objective"], objectives["short"], strict=True))
    order = spoken.sort_values("salience", ascending=False, kind="stable")
    most = order[order["salience"] >= order["salience"].head(MOST_NAMES).min()]
    if len(most) > MOST_NAMES:
        text = language.say("no objective is clearly more spoken of than the others")
    else:
        names = [quoted(shorts[objective], language) for objective in most["objective"]]
        text = language.say("among the most spoken of: {names}", names=joined(names, language))
    few = spoken.loc[spoken["breadth"] < NARROW, "objective"]
    narrow = [quoted(shorts[objective], language) for objective in few]
    if not narrow:
        return text
    if len(narrow) > MOST_NAMES:
        return f"{text}; " + language.say(
            "few groups speak of {number} others", number=in_words(len(narrow), language)
        )
    return f"{text}; " + language.say("few groups speak of {names}", names=joined(narrow, language))


def _how(priorities: pd.DataFrame, language: Language) -> list[str]:
    """Who said which objective an answer speaks of."""
    how = basis_of_salience(priorities.loc[priorities["n_answers"] > 0, "salience_basis"], language)
    return [language.say("what each answer speaks of: {how}", how=how)] if how else []


def _does_not_say(language: Language) -> str:
    return language.say(
        "It does not say whether people are for or against, and what is seldom spoken of may still matter: "
        "small differences mean nothing."
    )
