"""Where a label goes so that it collides with nothing, and how wide a text is.

The placement is greedy and deterministic: the most crowded label chooses first, then every label may
move again as long as one still gains.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, inf
from typing import Literal

Align = Literal["left", "center", "right"]

SWEEPS = 4
LONGEST = 230.0  # px: a longer name is cut, the whole stands in the tooltip
GAP = 5.0  # px between a marker and its label
LINE = 1.35  # height of a line, in font sizes
RINGS = 9  # how many lines away from its marker a label may go
NEAR = 14.0  # px: a label further away gets a leader

_HARD = 1000.0  # per collision with a marker, a label, a wall, the frame
_SOFT = 3.0  # per line under the label
_PER_PX = 0.04  # of a line under the label
_RANK = 0.5  # per place down in the order of preference
_LEADER = 8.0
_DOUBT = 4.0  # per other marker that the label could be taken for

# Advance widths of Helvetica (and of Arial and Liberation Sans, which share them), in 1/1000 of the size.
_WIDTHS = {
    **dict.fromkeys("ijl'’", 222),
    **dict.fromkeys(" fIt.,:;/\\!|·", 278),
    **dict.fromkeys("r()-‐[]`“”", 333),
    **dict.fromkeys("ckszvxyJ", 500),
    **dict.fromkeys("EABKPSVXY&", 667),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    "W": 944,
    "%": 889,
    "+": 584,
    "=": 584,
    "→": 1000,
    "…": 1000,
}
_WIDTH = 556  # digits and the other letters
_BOLD = 1.07


@dataclass(frozen=True)
class Box:
    """A rectangle in px, y growing downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def overlap(self, other: Box) -> float:
        """Length of the longer side of the common part; 0 when there is none."""
        if not self.meets(other):
            return 0.0
        return max(
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def distance(self, x: float, y: float) -> float:
        """From the point to the nearest edge; 0 inside."""
        return hypot(max(self.left - x, 0, x - self.right), max(self.top - y, 0, y - self.bottom))


@dataclass(frozen=True)
class Marker:
    """A point of the chart, in px from the plot's upper left corner."""

    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True)
class Place:
    """Where a label's anchor stands from its marker, in px; `leader` when a thin line should join them."""

    dx: float
    dy: float
    align: Align
    box: Box
    leader: bool


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of `text` in px at a font `size` in px; exact for Helvetica, near enough for its kin."""
    letters = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    thousandths = sum(_WIDTHS.get(letter, 667 if letter.isupper() else _WIDTH) for letter in letters)
    return thousandths * size / 1000 * (_BOLD if bold else 1)


def wrapped(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """`text` in lines of at most `width` px, broken between words; a longer word stands alone."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, bold) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def placed(
    texts: Sequence[str],
    markers: Sequence[Marker],
    frame: Box,
    size: float,
    walls: Sequence[Box] = (),
    lines: Sequence[Box] = (),
) -> list[Place]:
    """A place for each text beside its marker, inside `frame`, off markers, other texts and `walls`.

    `lines` (thin boxes) are crossed only where nothing better is free.
    """
    choices = [
        _Choices(text, marker, frame, size, markers, walls, lines)
        for text, marker in zip(texts, markers, strict=True)
    ]
    chosen: dict[int, Place] = {}
    order = sorted(range(len(texts)), key=lambda index: (-_crowd(index, markers), index))
    for _sweep in range(1 + SWEEPS):
        before = dict(chosen)
        for index in order:
            others = [place.box for other, place in chosen.items() if other != index]
            chosen[index] = choices[index].best(others)
        if chosen == before:
            break
    return [chosen[index] for index in range(len(texts))]


def _crowd(index: int, markers: Sequence[Marker]) -> int:
    here = markers[index]
    return sum(abs(here.x - m.x) < 150 and abs(here.y - m.y) < 40 for m in markers)


class _Choices:
    """The places one label may take, preferred ones first; priced only as far as they are asked for."""

    def __init__(
        self,
        text: str,
        marker: Marker,
        frame: Box,
        size: float,
        markers: Sequence[Marker],
        walls: Sequence[Box],
        lines: Sequence[Box],
    ) -> None:
        self._width, self._half = min(text_width(text, size), LONGEST), size * LINE / 2
        self._marker, self._frame = marker, frame
        self._others = [other for other in markers if other is not marker]
        self._solid = [m.box for m in markers] + list(walls)
        self._lines = lines
        self._anchors = _anchors(marker.radius, size)
        self._priced: list[tuple[float, Place]] = []

    def best(self, labels: Sequence[Box]) -> Place:
        """The cheapest place given the other `labels`, the first of equals."""
        least, best = inf, None
        for rank in range(len(self._anchors)):
            if least <= _RANK * rank:  # no later place can be cheaper
                break
            if rank == len(self._priced):
                self._priced.append(self._price(rank))
            price, place = self._priced[rank]
            if price < least:
                price += _HARD * sum(place.box.meets(box) for box in labels)
            if price < least:
                least, best = price, place
        assert best is not None
        return best

    def _price(self, rank: int) -> tuple[float, Place]:
        """A place and what it costs, labels apart."""
        dx, dy, align = self._anchors[rank]
        x, y = self._marker.x + dx, self._marker.y + dy
        left = {"left": x, "center": x - self._width / 2, "right": x - self._width}[align]
        box = Box(left, y - self._half, left + self._width, y + self._half)
        gap = box.distance(self._marker.x, self._marker.y) - self._marker.radius
        leader = gap > NEAR
        price = _RANK * rank + (_LEADER if leader else 0)
        price += _HARD * (sum(box.meets(other) for other in self._solid) + (not self._frame.holds(box)))
        if price < _HARD:
            price += _DOUBT * sum(box.distance(m.x, m.y) - m.radius < gap + GAP for m in self._others)
            price += sum(_SOFT + _PER_PX * box.overlap(line) for line in self._lines if box.meets(line))
        return price, Place(round(dx, 2), round(dy, 2), align, box, leader)


def _anchors(radius: float, size: float) -> list[tuple[float, float, Align]]:
    """Beside, above and below the marker, then line by line further away."""
    beside, height = radius + GAP, size * LINE
    near = radius * 0.7 + height / 2 + 1
    anchors: list[tuple[float, float, Align]] = [
        (beside, -near, "left"),
        (beside, near, "left"),
        (beside, 0, "left"),
        (-beside, -near, "right"),
        (-beside, near, "right"),
        (-beside, 0, "right"),
        (0, -(radius + GAP / 2 + height / 2), "center"),
        (0, radius + GAP / 2 + height / 2, "center"),
    ]
    for ring in range(1, RINGS + 1):
        far = near + ring * height
        for dy in (-far, far):
            anchors += [(beside, dy, "left"), (-beside, dy, "right"), (0, dy, "center")]
        out = beside + ring * height
        anchors += [(out, -near, "left"), (out, near, "left"), (-out, -near, "right"), (-out, near, "right")]
    return anchors
