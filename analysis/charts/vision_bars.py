"""The visions of more than one answer, as bars as long as the number of groups that hold them."""

from __future__ import annotations

from typing import Any

import altair as alt

from analysis.charts.points import fading, touchable
from analysis.charts.rows import FIGURE_SIZE, NAME_SIZE, ROW, down, stacked
from analysis.charts.theme import GRID, PAPER, SECONDARY, TEXT, Width, finished, rows_of
from analysis.protocols import Language
from analysis.sentences import Basis
from analysis.sentences.visions_found import held_by, of_visions, why_no_visions
from analysis.text.visions import ONE, SHARED, TWO, Visions

MOST = 15  # bars: further down stand those of one group
FILLS = {SHARED: "#1F4F8F", TWO: "#86AFE0", ONE: "#D5D9DF"}  # dark to light, also in grey


def vision_bars(
    found: Visions, basis: Basis, language: Language, *, width: Width = "container"
) -> alt.LayerChart:
    """The visions held by most groups, each with the words that its answers share.

    Choosing gives the answer in its middle as `vision`. Raises `ValueError` when no answer is near another.
    """
    if why_no_visions(found, language):
        raise ValueError("no answer is near another: ask why_no_visions first")
    table = found.visions[found.visions["n_answers"] > 1].head(MOST)
    held = [
        held_by(*row, language)
        for row in zip(table["held"], table["n_groups"], table["n_participants"], strict=True)
    ]
    table = stacked(
        table.assign(
            vision=table["middle"],
            name=[shared_words(words, language) for words in table["words"]],
            told=held,
            fill=table["held"].map(FILLS),
            zero=0,
            length=table["n_groups"].clip(lower=0.5),  # of people who stated none
        ).reset_index(drop=True)
    )
    n = len(table)
    scale = alt.Scale(domain=[0, max(3, int(table["n_groups"].max()))], nice=False)
    chart = alt.Chart(rows_of(table.drop(columns=["middle", "words"])))
    choice = alt.selection_point(name="vision", fields=["vision"])
    x = alt.X("zero:Q", scale=scale, axis=None)
    text: dict[str, Any] = {"align": "left", "baseline": "middle", "x": 0, "aria": False}
    layers = [
        chart.mark_rule(color=GRID, x=0, x2=alt.ExprRef("width"), aria=False).encode(down("bottom", n)),
        fading(
            chart.mark_bar(size=10, orient="horizontal", aria=False).encode(
                x, down("at_first", n), x2="length:Q", color=alt.Color("fill:N", scale=None)
            ),
            choice,
        ),
        chart.mark_text(color=SECONDARY, fontSize=FIGURE_SIZE, **text).encode(
            down("at_second", n), text="told:N"
        ),
        chart.mark_text(
            color=TEXT, fontSize=NAME_SIZE, fontWeight=600, limit=alt.ExprRef("width"), **text
        ).encode(down("at_name", n), text="name:N"),
        touchable(
            chart.mark_rect(fill=PAPER, opacity=0, cursor="pointer", x=0, x2=alt.ExprRef("width")).encode(
                down("top", n), y2="bottom:Q"
            ),
            [alt.Tooltip("name:N", title=language.say("Shared words")), alt.Tooltip("told:N", title=" ")],
            choice,
        ),
    ]
    return finished(layers, of_visions(found, basis, language), width, ROW * n)


def shared_words(words: str, language: Language) -> str:
    """The words that a vision is shown by, in one line."""
    return words.replace("|", " · ") or language.say("Words only to be counted")
