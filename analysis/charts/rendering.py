"""Charts as files: a picture (SVG) and a page that holds everything it needs.

The same input gives the same bytes on every machine: pictures are set in a typeface that the renderer
brings along, and the page asks for nothing from outside.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import altair as alt
import jinja2
import pandas as pd
import vl_convert
from markupsafe import Markup

from analysis.charts.theme import SCREEN_FONT, finished
from analysis.charts.told import headings, told
from analysis.protocols import Language
from analysis.sentences import Basis, Reading, each, without_chart
from analysis.sentences.figures import basis_of_coding
from analysis.text.marks import decided, marked
from analysis.views import Subject, View

PICTURE_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # the first comes with vl-convert
MOST_QUOTED = 40  # answers of one objective on a page: it opens on a phone, whoever takes part
WIDE, NARROW = 1100, 360  # px of a chart that has no width of its own
FINE = 2.0  # dots of a PNG for each px

_VEGA_LITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
_HERE = Path(__file__).parent
_OUTSIDE_LINK = re.compile(r'xlink:href="[^"#]*#')


def svg(chart: alt.LayerChart, width: int = WIDE) -> bytes:
    """The chart as a picture; `width` (px) is for a chart made for a container."""
    picture: str = vl_convert.vegalite_to_svg(
        _in_own_type(chart, width), vl_version=_VEGA_LITE, allowed_base_urls=[]
    )
    # the renderer takes links for addresses under its own base: they lead into the page
    return _OUTSIDE_LINK.sub('xlink:href="#', picture).encode()


def png(chart: alt.LayerChart, width: int = WIDE) -> bytes:
    """The same as a picture of dots, twice as fine as a screen, for slides and documents."""
    picture: bytes = vl_convert.vegalite_to_png(
        _in_own_type(chart, width), vl_version=_VEGA_LITE, scale=FINE, allowed_base_urls=[]
    )
    return picture


def page(view: View, subject: Subject, quotes: pd.DataFrame, *, title: str, foot: str = "") -> bytes:
    """One HTML file: the view, what it says and does not say, its table, and the words behind each point.

    `title` is the plan's, `foot` tells what the page was made from. `quotes` has objective, answer_id,
    group_label (may be "") and text, and words (joined by |, marked in the text), the surest first; of many,
    the first `MOST_QUOTED` of each objective are shown. The page is complete without scripts; with them,
    points tell their figures.
    """
    return _document(
        subject,
        quotes,
        title=title,
        reading=view.wide.reading,
        narrow_reading=view.phone.reading,
        charts={"wide": view.wide.draw(linked=True), "narrow": view.phone.draw(linked=True)},
        foot=foot,
    )


def sentence_page(
    sentence: str, subject: Subject, quotes: pd.DataFrame, *, title: str, foot: str = ""
) -> bytes:
    """The page where a chart would say too much: `sentence` tells why, and the answers follow.

    Rows of `quotes` with no objective ("") stand at its end.
    """
    reading = without_chart(sentence, subject.basis, subject.language)
    return _document(
        subject, quotes, title=title, reading=reading, narrow_reading=reading, charts={}, foot=foot
    )


def sentence_svg(sentence: str, basis: Basis, language: Language, width: int = WIDE) -> bytes:
    """The picture where a chart would say too much: `sentence` and what it stands on."""
    nothing = alt.Chart(alt.InlineData(values=[])).mark_point()
    return svg(finished([nothing], without_chart(sentence, basis, language), width, 1))


def _document(
    subject: Subject,
    quotes: pd.DataFrame,
    *,
    title: str,
    reading: Reading,
    narrow_reading: Reading,
    charts: dict[str, alt.LayerChart],
    foot: str,
) -> bytes:
    language, table = subject.language, told(*subject)
    style = (_HERE / "page.css").read_text(encoding="utf-8").strip()
    script = _script() if charts else ""
    voices = _voices(table, quotes, language)
    widths = {"wide": WIDE, "narrow": NARROW}
    document = _template().render(
        language=language.code,
        title=title,
        reading=reading,
        narrow_reading=narrow_reading,
        foot=foot,
        policy=_policy(script, style),
        style=Markup(style),
        script=Markup(script),
        charts=Markup(_json({place: _spec(chart) for place, chart in charts.items()})),
        pictures={place: Markup(svg(chart, widths[place]).decode()) for place, chart in charts.items()},
        headings=headings(language),
        rows=table.to_dict("records"),
        # where there is no point to open, an objective nobody speaks of has nothing to say
        voices=voices if charts else [voice for voice in voices if voice["quotes"]],
        words={
            "says": language.say("What it says"),
            "does_not_say": language.say("What it does not say"),
            "table": language.say("The figures of every objective"),
            "voices": language.say("The words behind every point") if charts else language.say("The answers"),
            "back": language.say("Back to the map"),
        },
    )
    return (document.strip() + "\n").encode()


def _in_own_type(chart: alt.LayerChart, width: int) -> dict[str, Any]:
    """The chart set in the typeface that the renderer brings along."""
    spec: dict[str, Any] = json.loads(json.dumps(_spec(chart)).replace(SCREEN_FONT, PICTURE_FONT))
    if spec["width"] == "container":
        spec["width"] = width
    return spec


def _spec(chart: alt.LayerChart) -> dict[str, Any]:
    spec: dict[str, Any] = chart.to_dict()
    return spec


def _voices(table: pd.DataFrame, quotes: pd.DataFrame, language: Language) -> list[dict[str, Any]]:
    """Per objective, in the plan's order, the answers that may be quoted; then those of no objective."""
    by_objective = {str(objective): rows for objective, rows in quotes.groupby("objective", sort=False)}
    voices = []
    for row in each(table):
        rows = by_objective.get(row.objective, quotes.iloc[:0])
        voices.append(
            {
                "objective": row.objective,
                "code": row.code,
                "title": row.title,
                "standing": f"{row.told_standing} · {_how_many(len(rows), int(row.n_answers), language)}",
                "quotes": _quoted(rows, language),
                "more": _more(len(rows), language),
            }
        )
    if "" in by_objective:
        voices.append(
            {
                "objective": "_other",
                "code": "",
                "title": language.say("Linked to no objective"),
                "standing": "",
                "quotes": _quoted(by_objective[""], language),
                "more": _more_unlinked(len(by_objective[""]), language),
            }
        )
    return voices


def _quoted(rows: pd.DataFrame, language: Language) -> list[dict[str, Any]]:
    return [
        {
            "answer_id": quote.answer_id,
            "group": quote.group_label,
            "basis": basis_of_coding(quote.basis, language),
            "pieces": _pieces(quote.text, decided(quote.basis, quote.words)),
        }
        for quote in each(rows.head(MOST_QUOTED))
    ]


def _more(quotable: int, language: Language) -> str:
    """Where the answers are that a page has no room for; "" when it has all."""
    if quotable <= MOST_QUOTED:
        return ""
    return language.count(
        "{n} more answer may be quoted: it is in quotes.csv.",
        "{n} more answers may be quoted: they are in quotes.csv.",
        quotable - MOST_QUOTED,
    )


def _more_unlinked(quotable: int, language: Language) -> str:
    """How many answers of no objective a page has no room for; quotes.csv has none of them."""
    if quotable <= MOST_QUOTED:
        return ""
    return language.count(
        "{n} more answer is not shown here.",
        "{n} more answers are not shown here.",
        quotable - MOST_QUOTED,
    )


def _how_many(quotable: int, answers: int, language: Language) -> str:
    if not answers:
        return language.say("Nobody has spoken of it yet.")
    said = language.count("{n} answer speaks of it", "{n} answers speak of it", answers)
    if quotable == answers:
        return f"{said}."
    may = language.count("one may be quoted", "{n} may be quoted", quotable)
    none = language.say("none may be quoted")
    return f"{said}; {may if quotable else none}."


def _pieces(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is one of the deciding words."""
    pieces, position = [], 0
    for start, end in marked(text, words):
        pieces += [(text[position:start], False), (text[start:end], True)]
        position = end
    return [piece for piece in [*pieces, (text[position:], False)] if piece[0]]


def _json(value: object) -> str:
    """`value` as JSON that cannot end the element it stands in."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _policy(script: str, style: str) -> str:
    """A Content-Security-Policy that lets run what stands in the page, and nothing else."""

    def fingerprint(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    scripts = fingerprint(script) if script else "'none'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src {fingerprint(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@functools.cache
def _script() -> str:
    """What draws the charts, with Vega, Vega-Lite and Vega-Embed as vl-convert brings them."""
    drawing = (_HERE / "page.js").read_text(encoding="utf-8")
    bundle: str = vl_convert.javascript_bundle(drawing, vl_version=_VEGA_LITE)
    return bundle.strip()


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("page.html")
