"""Which map is looked at, with what it asks besides."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from analysis.charts.pattern_match import default_pair
from analysis.ratings.differences import Pair, known
from analysis.sentences import why_no_map, why_no_priority_map, why_no_theme_map
from analysis.sentences.groups import why_no_groups, why_no_pattern
from analysis.sentences.ladder import why_no_ladder
from analysis.sentences.rating_bars import Dimension, dimension_name, why_no_rating_bars
from analysis.views import (
    VIEWS,
    View,
    groups_view,
    ladder_view,
    pattern_view,
    priorities_view,
    ratings_view,
    themes_view,
)
from pages.analyst.groups import group_labels
from pages.analyst.results import Results
from pages.frame.language import TYPED, language

HEIGHT = 460  # px: the finding and its whole map stand on a laptop's first screen
DIMENSIONS: tuple[Dimension, ...] = ("importance", "urgency", "feasibility")


@dataclass(frozen=True)
class Chosen:
    """A map by its name in `VIEWS`; the dimension whose ratings it shows, or the two groups it compares."""

    name: str
    dimension: Dimension = "importance"
    pair: Pair = ("", "")

    @property
    def key(self) -> str:
        """What tells its picture from that of any other choice."""
        # no id has two hyphens in a row: no two pairs are written alike
        asked = {"ratings": self.dimension, "pattern": "--".join(self.pair)}
        return f"{self.name}-{asked.get(self.name, '')}"


def which_map(consultation_id: str) -> str:
    """The map asked for; by default the one of need and feasibility."""
    say = language().say
    names = {
        "priorities": say("Priorities"),
        "ladder": say("Positions"),
        "ratings": say("Ratings"),
        "groups": say("Groups"),
        "pattern": say("Two groups"),
        "themes": say("Themes"),
    }
    return str(
        st.segmented_control(
            say("Map"),
            list(VIEWS),
            default=VIEWS[0],
            required=True,
            format_func=names.__getitem__,
            key=f"map-{consultation_id}",
        )
    )


def with_its_choices(name: str, found: Results) -> Chosen:
    """The map of this name with what it asks: a dimension, or two groups."""
    if name == "ratings":
        return Chosen(name, dimension=_dimension(found))
    if name == "pattern":
        return Chosen(name, pair=_pair(found))
    return Chosen(name)


def view_of(chosen: Chosen, found: Results) -> View | None:
    """What is drawn of it on the page; nothing where `why_not` says why."""
    return _drawn(chosen, found, {"height": HEIGHT})


def whole_view(chosen: Chosen, found: Results) -> View | None:
    """The same in the size in which it is taken away, from here or from the terminal."""
    return _drawn(chosen, found, {})


def _drawn(chosen: Chosen, found: Results, size: dict[str, int]) -> View | None:
    ratings = found.findings.ratings
    match chosen.name:
        case "priorities":
            return priorities_view(found.subject, **size)
        case "ladder":
            return ladder_view(found.subject, ratings)
        case "ratings":
            return ratings_view(found.subject, ratings, chosen.dimension)
        case "groups":
            return groups_view(found.subject, ratings, found.group_labels)
        case "pattern":
            return pattern_view(found.subject, ratings, found.group_labels, chosen.pair)
        case _:
            return themes_view(found.subject, **size)


def why_not(chosen: Chosen, found: Results) -> str:
    """Why there is nothing to draw."""
    ratings, priorities = found.findings.ratings, found.findings.priorities
    told = priorities, found.basis, found.rules, language()
    match chosen.name:
        case "priorities":
            return why_no_map(*told) or why_no_priority_map(priorities, language())
        case "ladder":
            return why_no_ladder(priorities, language())
        case "ratings":
            return why_no_rating_bars(ratings.distribution, language(), dimension=chosen.dimension)
        case "groups" | "pattern":
            return why_no_groups(ratings.profiles, language()) or why_no_pattern(
                ratings.profiles, chosen.pair, language()
            )
        case _:
            return why_no_map(*told) or why_no_theme_map(*told)


def _dimension(found: Results) -> Dimension:
    return st.selectbox(
        language().say("What was rated"),
        DIMENSIONS,
        format_func=lambda dimension: dimension_name(dimension, language()),
        key=f"{TYPED}dimension-{found.consultation.id}",
    )


def _pair(found: Results) -> Pair:
    """Two different groups with figures to show; those that differ most until others are chosen."""
    ratings, say = found.findings.ratings, language().say
    if why_no_groups(ratings.profiles, language()):
        return ("", "")
    labels = group_labels(found.consultation.plan, language())
    shown = ratings.profiles[known(ratings.profiles)]
    groups = list(dict.fromkeys(shown["group"]))
    first, second = default_pair(ratings.patterns, ratings.profiles)
    left, right = st.columns(2)
    with left:
        one = st.selectbox(
            say("At the left"),
            groups,
            index=groups.index(first),
            format_func=labels.__getitem__,
            key=f"left-{found.consultation.id}-{'-'.join(groups)}",
        )
    others = [group for group in groups if group != one]
    with right:
        other = st.selectbox(
            say("At the right"),
            others,
            index=others.index(second) if second in others else 0,
            format_func=labels.__getitem__,
            key=f"right-{found.consultation.id}-{'-'.join(others)}",
        )
    return str(one), str(other)
