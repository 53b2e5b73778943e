"""Why there is nothing to draw at all."""

from __future__ import annotations

import pandas as pd

from analysis.protocols import Language, Rules
from analysis.sentences.basis import Basis
from analysis.sentences.priorities import why_no_priority_map
from analysis.sentences.themes import why_no_theme_list


def why_no_map(priorities: pd.DataFrame, basis: Basis, rules: Rules, language: Language) -> str:
    """Why neither ratings nor words make a map, to be shown in its place; "" when either does.

    What is missing is told of the words, unless people have only rated.
    """
    if not why_no_priority_map(priorities, language):
        return ""
    missing = why_no_theme_list(priorities, basis, rules, language)
    if missing and basis.n_answers == 0 and (priorities["n_ratings"] > 0).any():
        return language.say(
            "The objectives have been rated, but by too few people of any one group: a map needs at least "
            "{number}, on both need and feasibility.",
            number=language.number(rules.smallest_group),
        )
    return missing
