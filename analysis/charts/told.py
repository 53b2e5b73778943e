"""The objectives with their names and with every figure in words: for tooltips, labels and tables."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.protocols import Language, Rules
from analysis.sentences import Basis, each, interval, named, share, standing
from analysis.sentences.figures import places_told, spanned
from analysis.sentences.ladder import chance
from analysis.sentences.tiers import badges, tier

TOLD = (
    "told_need",
    "told_feasibility",
    "told_ratings",
    "told_standing",
    "told_participants",
    "told_salience",
    "told_breadth",
    "told_tier",
    "told_top",
    "told_places",
    "told_badges",
    "told_student",
)


def told(
    priorities: pd.DataFrame, objectives: pd.DataFrame, basis: Basis, rules: Rules, language: Language
) -> pd.DataFrame:
    """`priorities` in the plan's order, with the names and looks of objectives, and told_* texts."""
    table = objectives.merge(
        priorities.drop(columns="strategic_question"), on="objective", validate="one_to_one"
    )
    rows = each(table)
    return table.assign(
        name=table["objective"].map(named(objectives)),
        question=table["question_title"],
        told_need=[
            interval(r.need, r.need_low, r.need_high, r.n_ratings, basis.digits, language) for r in rows
        ],
        told_feasibility=[
            interval(
                r.feasibility, r.feasibility_low, r.feasibility_high, r.n_ratings, basis.digits, language
            )
            for r in rows
        ],
        told_ratings=[language.number(r.n_ratings) for r in rows],
        told_participants=[language.number(r.n_participants) for r in rows],
        told_salience=[share(r.salience, language) for r in rows],
        told_breadth=["–" if pd.isna(r.breadth) else language.number(100 * r.breadth) for r in rows],
        told_standing=[standing(r, rules, language) for r in rows],
        told_tier=[tier(r, language) for r in rows],
        told_top=["–" if pd.isna(r.p_top) else chance(r.p_top, language) for r in rows],
        told_places=[
            "–" if r.rank_set_low == 0 else places_told(r.rank_set_low, r.rank_set_high, language)
            for r in rows
        ],
        told_badges=[badges(r.badges, language) for r in rows],
        told_student=[
            "–" if pd.isna(r.need_t_low) else spanned(r.need_t_low, r.need_t_high, basis.digits, language)
            for r in rows
        ],
    )


OF_RATINGS = (
    "told_need",
    "told_student",
    "told_feasibility",
    "told_ratings",
    "told_standing",
    "told_tier",
    "told_top",
    "told_places",
)
"""The columns that stand on ratings alone."""

_TOOLTIP = ("name", "told_tier", "told_need", "told_feasibility", "told_ratings", "told_standing", "told_top",
            "told_places", "told_participants", "told_salience", "told_breadth")  # fmt: skip


def headings(language: Language) -> dict[str, str]:
    """What each told column is called, in the order of a table."""
    return {
        "name": language.say("Objective"),
        "told_tier": language.say("Tier"),
        "told_need": language.say("Need"),
        "told_feasibility": language.say("Feasibility"),
        "told_ratings": language.say("Rated by"),
        "told_standing": language.say("Where it stands"),
        "told_top": language.say("How often at the top"),
        "told_places": language.say("Compatible positions"),
        "told_badges": language.say("What people tell"),
        "told_participants": language.say("Participants who speak of it"),
        "told_salience": language.say("How much it is spoken of"),
        "told_breadth": language.say("How widely (0–100)"),
        "told_student": language.say("Need, t interval (groups under ten)"),
    }


def tooltip(language: Language) -> list[alt.Tooltip]:
    """The same, for one point of a chart; what is called "title" stands above the rest."""
    named_columns = headings(language)
    return [
        alt.Tooltip(f"{column}:N", title="title" if column == "name" else named_columns[column])
        for column in _TOOLTIP
    ]
