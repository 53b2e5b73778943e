"""The objectives with their names and with every figure in words: for tooltips, labels and tables."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.protocols import Language, Rules
from analysis.sentences import Basis, each, interval, named, share, standing

TOLD = (
    "told_need",
    "told_feasibility",
    "told_ratings",
    "told_standing",
    "told_participants",
    "told_salience",
    "told_breadth",
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
    )


def headings(language: Language) -> dict[str, str]:
    """What each told column is called, in the order of a table."""
    return {
        "name": language.say("Objective"),
        "told_need": language.say("Need"),
        "told_feasibility": language.say("Feasibility"),
        "told_ratings": language.say("Ratings"),
        "told_standing": language.say("Where it stands"),
        "told_participants": language.say("Participants who speak of it"),
        "told_salience": language.say("How much it is spoken of"),
        "told_breadth": language.say("How widely (0–100)"),
    }


def tooltip(language: Language) -> list[alt.Tooltip]:
    """The same, for one point of a chart; what is called "title" stands above the rest."""
    return [
        alt.Tooltip(f"{column}:N", title="title" if column == "name" else heading)
        for column, heading in headings(language).items()
    ]
