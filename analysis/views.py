"""The two ways of looking at all objectives, each as a map on a wide screen and as a list on a phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import altair as alt
import pandas as pd

from analysis.charts.priority_map import HEIGHT, priority_map
from analysis.charts.ranked import ranked_list
from analysis.charts.theme import Width
from analysis.charts.theme_map import theme_list, theme_map
from analysis.protocols import Language, Rules
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


@dataclass(frozen=True)
class View:
    """One finding: drawn for a wide screen, and for a phone."""

    wide: Drawn
    phone: Drawn


def priorities_view(subject: Subject, *, height: int = HEIGHT) -> View | None:
    """Need and feasibility; nothing when no objective has been rated by enough people."""
    if why_no_priority_map(subject.priorities, subject.language):
        return None

    def wide(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return priority_map(*subject, width=width, height=height, linked=linked)

    def phone(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return ranked_list(*subject, width=width, linked=linked)

    return View(Drawn(wide, of_priorities(*subject)), Drawn(phone, of_ranked(*subject)))


def themes_view(subject: Subject, *, height: int = HEIGHT) -> View | None:
    """What is spoken of and how widely; nothing when no answer speaks of an objective, or they are few."""
    priorities, objectives, basis, rules, language = subject
    if why_no_theme_list(priorities, basis, rules, language):
        return None

    def wide(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return theme_map(*subject, width=width, height=height, linked=linked)

    def phone(width: Width = "container", linked: bool = False) -> alt.LayerChart:
        return theme_list(*subject, width=width, linked=linked)

    words = priorities, objectives, basis, language
    listed = Drawn(phone, of_theme_list(*words))
    if why_no_theme_map(priorities, basis, rules, language):
        return View(listed, listed)  # one group alone has no breadth to compare
    return View(Drawn(wide, of_themes(*words)), listed)
