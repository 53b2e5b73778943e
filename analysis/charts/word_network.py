"""Words that people write together: circles by the people who use them, lines by those who write both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import sqrt
from typing import Any

import altair as alt
import pandas as pd

from analysis.charts.labels import Box, text_width
from analysis.charts.theme import FRAME, PAPER, TEXT, Width, finished, rows_of
from analysis.protocols import Language
from analysis.sentences import Basis, each
from analysis.sentences.words_together import of_network
from analysis.text.network import Network

LABEL_SIZE, NUMBER_SIZE = 12, 11
INK = "#3B4A60"  # no strategic question's colour: groups of words are told apart by their number
NARROWEST = 300  # px of width for which places are made; on wider plots all only move apart
PER_WORD, LEAST_HEIGHT = 24, 240  # px of height
LEAST_RADIUS, MOST_RADIUS = 9.0, 17.0  # px: the smallest holds its number
LEAST_LINE, MOST_LINE = 1.0, 6.0  # px
_LABEL = 17  # px below a circle for its word
_APART = 3  # px around each circle with its word
_ROUNDS = 400


def word_network(
    net: Network, basis: Basis, language: Language, *, width: Width = "container"
) -> alt.LayerChart:
    """The words of `net` as circles with the number of their group, their links as lines.

    Choosing a circle gives its key as `word`. Readable from 300 px of width. Raises `ValueError` when there
    is no link.
    """
    if net.links.empty:
        raise ValueError("no two words are linked: ask why_no_network first")
    nodes = _nodes(net, language)
    height = max(LEAST_HEIGHT, PER_WORD * len(nodes))
    nodes = _placed(nodes, height)
    links = _links(net, nodes, language)
    choice = alt.selection_point(name="word", fields=["word"])

    def x(field: str) -> alt.X:
        scale = alt.Scale(domain=[0, NARROWEST], range=[0, alt.ExprRef("width")], nice=False, zero=False)
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)

    def fading(layer: alt.Chart) -> alt.Chart:
        faded: alt.Chart = layer.encode(
            opacity=alt.when(choice).then(alt.value(1.0)).otherwise(alt.value(0.45))
        )
        return faded

    chart = alt.Chart(rows_of(nodes)).encode(x("x"))
    at = chart.encode(y("y"))
    label: dict[str, Any] = {"baseline": "top", "fontSize": LABEL_SIZE, "fontWeight": 600, "aria": False}
    words = chart.encode(y("at_label"), text="shown:N")
    layers = [
        alt.Chart(rows_of(links))
        .mark_rule(color=FRAME, strokeCap="round")
        .encode(
            x("x"),
            y("y"),
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("line:Q", scale=None),
            tooltip=[
                alt.Tooltip("both:N", title="title"),
                alt.Tooltip("told:N", title=language.say("Written together by")),
                alt.Tooltip("npmi:Q", format=".2f", title=language.say("Held together (0 chance, 1 always)")),
            ],
        ),
        words.mark_text(color=PAPER, stroke=PAPER, strokeWidth=4, strokeJoin="round", **label),
        fading(
            at.mark_point(shape="circle", filled=True, fill=INK, stroke=PAPER, strokeWidth=1.5, aria=False)
        ).encode(size=alt.Size("size:Q", scale=None)),
        at.mark_text(baseline="middle", fontSize=NUMBER_SIZE, fontWeight=600, color=PAPER, aria=False).encode(
            text="cluster:N"
        ),
        fading(words.mark_text(color=TEXT, **label)),
        at.mark_point(shape="circle", filled=True, fill=PAPER, opacity=0, cursor="pointer")
        .encode(
            size=alt.Size("found:Q", scale=None),
            tooltip=[
                alt.Tooltip("shown:N", title="title"),
                alt.Tooltip("told:N", title=language.say("Used by")),
                alt.Tooltip("with:N", title=language.say("Together with")),
            ],
            description=alt.Description("read:N"),
        )
        .add_params(choice),
    ]
    return finished(layers, of_network(net, basis, language), width, height)


def _nodes(net: Network, language: Language) -> pd.DataFrame:
    """The words with their sizes and what is told of them."""
    nodes = net.nodes
    shown = dict(zip(nodes["word"], nodes["shown"], strict=True))
    beside: dict[str, list[str]] = {word: [] for word in shown}
    for link in each(net.links):
        beside[link.one].append(shown[link.other])
        beside[link.other].append(shown[link.one])
    told = [language.count("{n} participant", "{n} participants", n) for n in nodes["n_participants"]]
    share = nodes["n_participants"] / nodes["n_participants"].max()
    radius = (MOST_RADIUS * share.map(sqrt)).clip(lower=LEAST_RADIUS)
    return nodes.assign(
        radius=radius,
        size=4 * radius**2,
        found=4 * radius.clip(lower=15.0) ** 2,  # a finger's width
        told=told,
        read=nodes["shown"] + ", " + pd.Series(told, index=nodes.index),
        **{"with": [", ".join(beside[word]) for word in nodes["word"]]},
    )


def _placed(nodes: pd.DataFrame, height: int) -> pd.DataFrame:
    """The words at their places in px, moved apart until no circle or word covers another."""
    half = [
        max(radius, text_width(shown, LABEL_SIZE, bold=True) / 2) + _APART
        for radius, shown in zip(nodes["radius"], nodes["shown"], strict=True)
    ]
    above, below = [r + _APART for r in nodes["radius"]], [r + _LABEL + _APART for r in nodes["radius"]]
    places = [
        [w + x * (NARROWEST - 2 * w), up + y * (height - up - down)]
        for x, y, w, up, down in zip(nodes["x"], nodes["y"], half, above, below, strict=True)
    ]
    for _round in range(_ROUNDS):
        if not _moved_apart(places, half, above, below):
            break
        for place, w, up, down in zip(places, half, above, below, strict=True):
            place[0] = min(max(place[0], w), NARROWEST - w)
            place[1] = min(max(place[1], up), height - down)
    x, y = (pd.Series([place[axis] for place in places], index=nodes.index).round(1) for axis in (0, 1))
    return nodes.assign(x=x, y=y, at_label=y + nodes["radius"] + 3)


def _moved_apart(
    places: Sequence[list[float]], half: Sequence[float], above: Sequence[float], below: Sequence[float]
) -> bool:
    """Move every two that cover each other along the shorter way out; whether any had to."""
    moved = False
    for a, b in combinations(range(len(places)), 2):
        one, other = (
            Box(x - half[i], y - above[i], x + half[i], y + below[i])
            for i, (x, y) in ((a, places[a]), (b, places[b]))
        )
        if not one.meets(other):
            continue
        moved = True
        over = (
            min(one.right, other.right) - max(one.left, other.left),
            min(one.bottom, other.bottom) - max(one.top, other.top),
        )
        axis = 0 if over[0] < over[1] else 1
        first, second = (a, b) if places[a][axis] <= places[b][axis] else (b, a)
        places[first][axis] -= over[axis] / 2 + 0.1
        places[second][axis] += over[axis] / 2 + 0.1
    return moved


def _links(net: Network, nodes: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The lines between the circles."""
    at = nodes.set_index("word")
    links = net.links
    ends = [at.loc[links[end], ["x", "y", "shown"]].reset_index(drop=True) for end in ("one", "other")]
    most = links["n_participants"].max()
    return pd.DataFrame(
        {
            "x": ends[0]["x"],
            "y": ends[0]["y"],
            "x2": ends[1]["x"],
            "y2": ends[1]["y"],
            "line": (MOST_LINE * links["n_participants"] / most).clip(lower=LEAST_LINE),
            "both": ends[0]["shown"] + " – " + ends[1]["shown"],
            "told": [
                language.count("{n} participant", "{n} participants", n) for n in links["n_participants"]
            ],
            "npmi": links["npmi"],
        }
    )
