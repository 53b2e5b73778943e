"""The ways of looking at a consultation, each drawn for a wide screen and for a phone, with its figures.

priorities  need and feasibility: the priority map, and on a phone a list
ladder      how surely each objective is at the top
ratings     how the ratings of one dimension spread
groups      where stakeholder groups agree and where they part
pattern     two groups beside each other
themes      what is spoken of and how widely
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import altair as alt
import pandas as pd

from analysis.charts.group_dots import group_dots
from analysis.charts.ladder import ladder_list, priority_ladder
from analysis.charts.pattern_match import pattern_match
from analysis.charts.priority_map import HEIGHT, priority_map
from analysis.charts.ranked import ranked_list
from analysis.charts.rating_bars import rating_bars
from analysis.charts.theme import Width
from analysis.charts.theme_map import theme_list, theme_map
from analysis.protocols import Language, Rules
from analysis.ratings.differences import Pair
from analysis.ratings.rating_findings import RatingFindings
from analysis.result_tables import priorities_table, published, published_distribution
from analysis.sentences import (
    Basis,
    Reading,
    of_priorities,
    of_ranked,
    of_theme_list,
    of_themes,
    why_no_priority_map,
    why_no_theme_list,
    why_no_theme_map,
)
from analysis.sentences.groups import of_group_dots, of_pattern, why_no_groups, why_no_pattern
from analysis.sentences.ladder import of_ladder, why_no_ladder
from analysis.sentences.rating_bars import Dimension, of_rating_bars, why_no_rating_bars

VIEWS = ("priorities", "ladder", "ratings", "groups", "pattern", "themes")


class Subject(NamedTuple):
    """What is looked at: the objectives with their figures, what these stand on, and for whom it is told."""

    priorities: pd.DataFrame
    objectives: pd.DataFrame
    basis: Basis
    rules: Rules
    language: Language


@dataclass(frozen=True)
class Drawn:
    """A picture and its words; `draw` makes it for a `width`, or `linked` for a page of its own."""

    draw: Callable[..., alt.LayerChart]
    reading: Reading


@dataclass(frozen=True, eq=False)
class View:
    """One finding: drawn for a wide screen, and for a phone; `figures` are what it draws, as a table."""

    wide: Drawn
    phone: Drawn
    figures: pd.DataFrame


def priorities_view(subject: Subject, *, height: int = HEIGHT) -> View | None:
    """Need and feasibility; nothing when no objective has been rated by enough people."""
    if why_no_priority_map(subject.priorities, subject.language):
        return None

    def wide(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return priority_map(*subject, width=width, height=height, linked=linked)

    def phone(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return ranked_list(*subject, width=width, linked=linked)

    return View(
        Drawn(wide, of_priorities(*subject)),
        Drawn(phone, of_ranked(*subject)),
        priorities_table(subject.priorities),
    )


def ladder_view(subject: Subject, ratings: RatingFindings) -> View | None:
    """How surely each objective is at the top; nothing when there are not two to rank."""
    if why_no_ladder(subject.priorities, subject.language):
        return None
    reading = of_ladder(ratings.ranks, *subject)

    def wide(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return priority_ladder(ratings.ranks, *subject, width=width, linked=linked)

    def phone(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return ladder_list(ratings.ranks, *subject, width=width, linked=linked)

    return View(Drawn(wide, reading), Drawn(phone, reading), ratings.ranks)


def ratings_view(subject: Subject, ratings: RatingFindings, dimension: Dimension) -> View | None:
    """How the ratings of one dimension spread; nothing when nobody rated it."""
    if why_no_rating_bars(ratings.distribution, subject.language, dimension=dimension):
        return None

    def draw(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return rating_bars(ratings.distribution, *subject, dimension=dimension, width=width, linked=linked)

    drawn = Drawn(draw, of_rating_bars(ratings.distribution, *subject, dimension=dimension))
    figures = ratings.distribution[ratings.distribution["dimension"] == dimension]
    return View(drawn, drawn, published_distribution(figures))


def groups_view(subject: Subject, ratings: RatingFindings, groups: pd.DataFrame) -> View | None:
    """Where groups agree and where they part; nothing when fewer than two may be shown."""
    if why_no_groups(ratings.profiles, subject.language):
        return None

    def draw(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return group_dots(ratings.profiles, groups, *subject, width=width, linked=linked)

    drawn = Drawn(draw, of_group_dots(ratings.profiles, groups, *subject))
    return View(drawn, drawn, published(ratings.profiles))


def pattern_view(subject: Subject, ratings: RatingFindings, groups: pd.DataFrame, pair: Pair) -> View | None:
    """Two groups beside each other; nothing when they have too little in common to show."""
    if why_no_groups(ratings.profiles, subject.language) or why_no_pattern(
        ratings.profiles, pair, subject.language
    ):
        return None
    profiles, patterns = ratings.profiles, ratings.patterns
    priorities, objectives, basis, rules, language = subject

    def draw(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return pattern_match(
            profiles,
            patterns,
            groups,
            priorities,
            objectives,
            basis,
            rules,
            language,
            pair=pair,
            width=width,
            linked=linked,
        )

    drawn = Drawn(draw, of_pattern(profiles, patterns, groups, objectives, basis, rules, language, pair=pair))
    both = published(ratings.profiles[ratings.profiles["group"].isin(pair)])
    return View(drawn, drawn, both)


def themes_view(subject: Subject, *, height: int = HEIGHT) -> View | None:
    """What is spoken of and how widely; nothing when no answer speaks of an objective, or they are few."""
    priorities, _, basis, rules, language = subject
    if why_no_theme_list(priorities, basis, rules, language):
        return None

    def wide(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return theme_map(*subject, width=width, height=height, linked=linked)

    def phone(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return theme_list(*subject, width=width, linked=linked)

    figures = priorities_table(priorities)
    listed = Drawn(phone, of_theme_list(*subject))
    if why_no_theme_map(priorities, basis, rules, language):
        return View(listed, listed, figures)  # one group alone has no breadth to compare
    return View(Drawn(wide, of_themes(*subject)), listed, figures)
