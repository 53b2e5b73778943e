"""Services by what people want of them: a bar of participants each, to start, to change and to keep."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.charts.points import touchable
from analysis.charts.rows import FIGURE_SIZE, NAME_SIZE
from analysis.charts.theme import GRID, PAPER, SECONDARY, TEXT, Width, finished, rows_of
from analysis.protocols import Language
from analysis.sentences import Basis
from analysis.sentences.services_named import of_services, wants_name, why_no_services
from analysis.text.service_lists import CHANGE, KEEP, NAMED, START, WANTS

MOST = 15  # services: the table has all
ROW, NAME, BAR = 54, 14, 36  # px: a row, and from its top to the middle of its name and of its bar
HALF = 9  # px above and below a bar's middle
LEAST_SEGMENT = 14  # px: a narrower one has no figure

FACES = {
    START: ("#1F4F8F", PAPER, PAPER),
    CHANGE: ("#FCE6D5", "#8F4412", TEXT),
    KEEP: ("#5FA98A", PAPER, TEXT),
    NAMED: (PAPER, SECONDARY, SECONDARY),
}
"""Fill, edge and the ink of its figure: told apart in grey too."""


def service_bars(
    summary: pd.DataFrame, basis: Basis, language: Language, *, width: Width = "container"
) -> alt.LayerChart:
    """The services of which most participants want something, then those only named.

    Choosing gives its key as `service`. Raises `ValueError` when none is named.
    """
    if why_no_services(summary, language):
        raise ValueError("no service is named: ask why_no_services first")
    rows = _rows(summary, language)
    segments = _segments(summary, rows, language)
    n = len(rows)
    most = max(5, int(segments["ends"].max()))
    scale = alt.Scale(domain=[0, most], nice=False)
    choice = alt.selection_point(name="service", fields=["service"])

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[ROW * n, 0], nice=False), axis=None)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=None)

    names = [wants_name(wants, language) for wants in WANTS]
    legend = alt.Legend(
        title=None,
        orient="top",
        direction="horizontal",
        columns=alt.ExprRef("width < 440 ? 2 : 4"),
        symbolType="square",
        symbolSize=200,
        symbolStrokeColor=SECONDARY,
        symbolStrokeWidth=1,
        labelFontSize=12,
        labelColor=TEXT,
        columnPadding=14,
        offset=8,
    )
    chart, bars = alt.Chart(rows_of(rows)), alt.Chart(rows_of(segments))
    layers = [
        chart.mark_rule(color=GRID, x=0, x2=alt.ExprRef("width"), aria=False).encode(y("bottom")),
        bars.mark_rect(strokeWidth=1, aria=False).encode(
            x("begins"),
            y("above"),
            x2="ends:Q",
            y2="below:Q",
            color=alt.Color(
                "answer:N",
                scale=alt.Scale(domain=names, range=[FACES[wants][0] for wants in WANTS]),
                legend=legend,
            ),
            stroke=alt.Stroke("edge:N", scale=None),
        ),
        bars.transform_filter(f"(datum.ends - datum.begins) / {most} * width >= {LEAST_SEGMENT}")
        .mark_text(baseline="middle", fontSize=FIGURE_SIZE, aria=False)
        .encode(x("centre"), y("middle"), text="figure:N", color=alt.Color("ink:N", scale=None)),
        chart.mark_text(
            align="left",
            baseline="middle",
            x=0,
            limit=alt.ExprRef("width"),
            color=TEXT,
            fontSize=NAME_SIZE,
            fontWeight=600,
            aria=False,
        ).encode(y("at_name"), text="name:N"),
        touchable(
            chart.mark_rect(fill=PAPER, opacity=0, cursor="pointer", x=0, x2=alt.ExprRef("width")).encode(
                y("top"), y2="bottom:Q"
            ),
            [alt.Tooltip("name:N", title=language.say("Service")), alt.Tooltip("told:N", title=" ")],
            choice,
        ),
    ]
    return finished(layers, of_services(summary, basis, language), width, ROW * n)


def in_order(summary: pd.DataFrame) -> list[str]:
    """The services, first those of which most participants want something, then those named by most."""
    people = summary.pivot_table(
        index="service", columns="wants", values="n_participants", aggfunc="sum", fill_value=0
    ).reindex(columns=list(WANTS), fill_value=0)
    people["wanted"] = people[[START, CHANGE, KEEP]].sum(axis=1)
    return list(people.sort_values(["wanted", NAMED], ascending=False, kind="stable").index)


def _rows(summary: pd.DataFrame, language: Language) -> pd.DataFrame:
    names = dict(zip(summary["service"], summary["name"], strict=True))
    told = {
        service: " · ".join(
            f"{wants_name(wants, language)}: {language.number(n)}"
            for wants, n in zip(of["wants"], of["n_participants"], strict=True)
        )
        for service, of in summary.groupby("service")
    }
    services = in_order(summary)[:MOST]
    top = pd.Series(range(len(services))) * ROW
    return pd.DataFrame(
        {
            "service": services,
            "name": [names[service] for service in services],
            "told": [told[service] for service in services],
            "top": top,
            "at_name": top + NAME,
            "middle": top + BAR,
            "bottom": top + ROW,
        }
    )


def _segments(summary: pd.DataFrame, rows: pd.DataFrame, language: Language) -> pd.DataFrame:
    """The parts of the bars, in participants."""
    middle = dict(zip(rows["service"], rows["middle"], strict=True))
    segments = []
    for service, of in summary[summary["service"].isin(middle)].groupby("service", sort=False):
        begins = 0
        for wants, n in zip(of["wants"], of["n_participants"].tolist(), strict=True):
            _, edge, ink = FACES[wants]
            segments.append(
                {
                    "service": service,
                    "answer": wants_name(wants, language),
                    "begins": begins,
                    "centre": begins + n / 2,
                    "ends": begins + n,
                    "middle": middle[service],
                    "above": middle[service] - HALF,
                    "below": middle[service] + HALF,
                    "figure": language.number(n),
                    "edge": edge,
                    "ink": ink,
                }
            )
            begins += n
    return pd.DataFrame(segments)
