"""Charts draw what they are given, alike every time, and the page is safe and whole by itself."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from math import nan
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd
import pytest
from playwright.sync_api import Page

from analysis.charts import rendering
from analysis.charts.coverage_map import coverage_map, silence_map
from analysis.charts.points import areas, spanning, ticks
from analysis.charts.priority_map import priority_map
from analysis.charts.ranked import ranked_list
from analysis.charts.rendering import svg
from analysis.charts.theme import PAPER, RAMP, SECONDARY, TEXT, TINT, filled_share, vega_symbol
from analysis.charts.theme_map import theme_list, theme_map
from analysis.sentences import Basis, of_priorities, why_no_theme_map
from analysis.views import Subject, priorities_view
from consultation import tables
from consultation.language import Language
from consultation.plan import SYMBOLS, Plan
from consultation.rules import Rules
from tests.priorities_rows import whole

PROJECT = Path(__file__).parent.parent
ENGLISH, RULES = Language("en"), Rules()
BASIS = Basis(148, 612, 9, need_line=68.0, feasibility_line=55.0, invented=True)


@pytest.fixture(scope="module")
def objectives(milan: Plan) -> pd.DataFrame:
    return tables.objectives(milan, ENGLISH)


@pytest.fixture(scope="module")
def priorities(objectives: pd.DataFrame) -> pd.DataFrame:
    return invented_priorities(objectives)


def invented_priorities(objectives: pd.DataFrame) -> pd.DataFrame:
    """Every objective rated and spoken of, spread over the map."""
    n = len(objectives)
    index = pd.Series(range(n), index=objectives.index)
    table = objectives[["objective", "strategic_question"]].assign(
        n_answers=20 + index,
        n_participants=15 + index,
        n_ratings=40 + index,
        n_groups=9,
        need=50.0 + (index * 7) % 40,
        feasibility=35.0 + (index * 11) % 45,
        salience=0.05 + 0.02 * index,
        salience_basis="proposed",
        breadth=0.2 + 0.05 * index,
        quadrant="keep_watching",
        quadrant_probability=0.9,
        quadrant_other="act_now",
        ranked=True,
    )
    for measure in ("need", "feasibility"):
        table[f"{measure}_low"] = table[measure] - 4.0
        table[f"{measure}_high"] = table[measure] + 5.0
    return whole(table)


QUOTES = pd.DataFrame(
    [
        (
            "protezione-2",
            "a-1",
            "Third sector",
            "Bisogna prevenire,\nil medico lo vede.",
            "prevenire|medico",
            "proposed",
        ),
        ("protezione-2", "a-2", "", "</script><img src=x onerror=alert(1)> & così", "", "author"),
        ("solitudini-2", "a-3", "", "Un cortile aperto", "cortile", "author"),
    ],
    columns=["objective", "answer_id", "group_label", "text", "words", "basis"],
)


def written_page(priorities: pd.DataFrame, objectives: pd.DataFrame, quotes: pd.DataFrame = QUOTES) -> bytes:
    subject = Subject(priorities, objectives, BASIS, RULES, ENGLISH)
    view = priorities_view(subject)
    assert view is not None
    return rendering.page(view, subject, quotes, title="A plan")


def spec(chart: alt.LayerChart) -> dict[str, Any]:
    found: dict[str, Any] = chart.to_dict()
    return found


def data_of(found: dict[str, Any], mark: str, **encoded: str) -> list[dict[str, Any]]:
    """The rows of the first layer of this mark whose encodings show the given fields."""
    for layer in found["layer"]:
        fields = {channel: body.get("field") for channel, body in layer["encoding"].items()}
        if layer["mark"]["type"] == mark and encoded.items() <= fields.items():
            rows: list[dict[str, Any]] = found["datasets"][layer.get("data", found.get("data"))["name"]]
            return rows
    raise AssertionError(f"no {mark} with {encoded}")


def texts(picture: bytes) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", picture.decode())


# ── the priority map ──────────────────────────────────────────────────────


def test_every_rated_objective_is_a_point_where_its_figures_say(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    rows = data_of(
        spec(priority_map(priorities, objectives, BASIS, RULES, ENGLISH)), "point", shape="question"
    )
    assert {row["objective"]: (row["x"], row["y"]) for row in rows} == {
        row.objective: (row.feasibility, row.need) for row in priorities.itertuples()
    }


def test_what_is_not_rated_has_no_place_and_what_is_not_ranked_is_hollow(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    table = priorities.copy()
    table.loc[0, "need"] = nan
    table.loc[1, "feasibility"] = nan
    table.loc[2, "ranked"] = False
    rows = data_of(spec(priority_map(table, objectives, BASIS, RULES, ENGLISH)), "point", shape="question")
    assert {row["objective"] for row in rows} == set(table["objective"][2:])
    assert [row["objective"] for row in rows if not row["ranked"]] == [table.loc[2, "objective"]]


def test_the_axes_hold_every_interval_and_line_and_are_not_forced_through_zero(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    found = spec(priority_map(priorities, objectives, BASIS, RULES, ENGLISH))
    for axis, measure in (("x", "feasibility"), ("y", "need")):
        low, high = found["layer"][0]["encoding"][axis]["scale"]["domain"]
        assert 0 < low < priorities[f"{measure}_low"].min()
        assert high > priorities[f"{measure}_high"].max()


def test_students_interval_is_drawn_thin_where_groups_are_small(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    small = priorities.assign(
        need_t_low=(priorities["need"] - 6).where(priorities.index == 0), need_t_high=priorities["need"] + 6
    )
    rows = data_of(spec(priority_map(small, objectives, BASIS, RULES, ENGLISH)), "rule", color="colour")
    assert [(row["x"], row["y"], row["y2"]) for row in rows] == [
        (priorities["feasibility"][0], priorities["need"][0] - 6, priorities["need"][0] + 6)
    ]
    reading = of_priorities(small, objectives, BASIS, RULES, ENGLISH)
    assert "thin lines: t interval, for groups under ten" in reading.basis


def test_a_ring_says_where_opinions_are_divided(priorities: pd.DataFrame, objectives: pd.DataFrame) -> None:
    divided = priorities.assign(polarisation=[0.24, 0.25, 0.5, *[nan] * (len(priorities) - 3)])
    rows = data_of(
        spec(priority_map(divided, objectives, BASIS, RULES, ENGLISH)), "point", strokeWidth="stroke"
    )
    assert [row["polarisation"] for row in rows] == [0.25, 0.5]
    assert rows[1]["stroke"] == 2 * rows[0]["stroke"]
    assert "ring: opinions are divided" in of_priorities(divided, objectives, BASIS, RULES, ENGLISH).basis


@pytest.mark.parametrize(("lines", "told"), [("mean", "mean 68"), ("scale", "middle of the scale, 50")])
def test_the_lines_say_which_they_are(
    lines: str, told: str, priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    basis = replace(BASIS, need_line=68.0 if lines == "mean" else 50.0)
    chart = priority_map(priorities, objectives, basis, replace(RULES, lines=lines), ENGLISH)
    assert told in json.dumps(spec(chart))


def test_intervals_are_drawn_as_two_arms_each(priorities: pd.DataFrame, objectives: pd.DataFrame) -> None:
    arms = data_of(spec(priority_map(priorities, objectives, BASIS, RULES, ENGLISH)), "rule", color="colour")
    assert len(arms) == 2 * len(priorities)
    first = priorities.iloc[0]
    assert {"x": first.feasibility_low, "x2": first.feasibility_high, "y": first.need}.items() <= arms[
        0
    ].items()


def test_one_objective_identical_ones_and_no_variation_still_draw(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    alike = priorities.assign(
        need=75.0, need_low=75.0, need_high=75.0, feasibility=50.0, feasibility_low=nan, feasibility_high=nan
    )
    for table in (alike, alike.iloc[:1]):
        picture = svg(
            priority_map(
                table, objectives, Basis(5, 30, 1, 75.0, 50.0), RULES, ENGLISH, width=900, height=500
            )
        )
        labels = [
            text for text in texts(picture) if text in set(objectives["code"] + " " + objectives["short"])
        ]
        assert set(labels) == set((objectives["code"] + " " + objectives["short"])[: len(table)])


def test_without_lines_there_are_no_quarters(priorities: pd.DataFrame, objectives: pd.DataFrame) -> None:
    found = spec(priority_map(priorities, objectives, Basis(5, 30, 1), RULES, ENGLISH))
    assert not [layer for layer in found["layer"] if layer["mark"]["type"] == "rect"]


def test_without_any_rating_the_map_is_refused(priorities: pd.DataFrame, objectives: pd.DataFrame) -> None:
    table = priorities.assign(need=nan)
    with pytest.raises(ValueError, match="why_no_priority_map"):
        priority_map(table, objectives, BASIS, RULES, ENGLISH)
    with pytest.raises(ValueError, match="why_no_priority_map"):
        ranked_list(table, objectives, BASIS, RULES, ENGLISH)


def test_a_click_chooses_an_objective_or_leads_to_its_words(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    for draw in (priority_map, ranked_list, theme_map, theme_list):
        choosing = spec(draw(priorities, objectives, BASIS, RULES, ENGLISH))
        assert [(p["name"], p["select"]) for p in choosing["params"]] == [
            ("objective", {"type": "point", "fields": ["objective"]})
        ]
        leading = spec(draw(priorities, objectives, BASIS, RULES, ENGLISH, linked=True))
        assert "params" not in leading
        assert leading["layer"][-1]["encoding"]["href"]["field"] == "link"


def test_names_stand_on_a_wide_map_and_codes_on_a_telephone(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    wide = texts(svg(priority_map(priorities, objectives, BASIS, RULES, ENGLISH, width=1100)))
    assert set(objectives["code"] + " " + objectives["short"]) <= set(wide)
    narrow = texts(svg(priority_map(priorities, objectives, BASIS, RULES, ENGLISH, width=360)))
    assert set(objectives["code"]) <= set(narrow)


def test_only_a_picture_of_its_own_has_a_heading(priorities: pd.DataFrame, objectives: pd.DataFrame) -> None:
    about = (priorities, objectives, BASIS, RULES, ENGLISH)
    assert "title" not in spec(priority_map(*about))
    title = spec(priority_map(*about, width=1100))["title"]
    assert " ".join(title["text"]) == of_priorities(*about).finding
    assert title["subtitle"][-1].endswith("invented data.")


def test_charts_leave_the_callers_tables_alone(priorities: pd.DataFrame, objectives: pd.DataFrame) -> None:
    before, looks = priorities.copy(), objectives.copy()
    for draw in (priority_map, ranked_list, theme_map, theme_list):
        draw(priorities, objectives, BASIS, RULES, ENGLISH)
    pd.testing.assert_frame_equal(priorities, before)
    pd.testing.assert_frame_equal(objectives, looks)


# ── lists and the theme map ───────────────────────────────────────────────


def test_the_list_goes_from_the_most_felt_down_then_hollow_then_not_rated(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    table = priorities.copy()
    best, second = table["need"].nlargest(2).index
    table.loc[best, "ranked"] = False
    table.loc[second, ["need", "need_low", "need_high"]] = nan
    rows = data_of(spec(ranked_list(table, objectives, BASIS, RULES, ENGLISH)), "text", text="name")
    order = [row["objective"] for row in sorted(rows, key=lambda row: row["top"])]
    expected = table.drop([best, second]).sort_values("need", ascending=False, kind="stable")["objective"]
    assert order == [*expected, table.loc[best, "objective"], table.loc[second, "objective"]]


def test_the_theme_map_leaves_out_what_has_no_breadth_and_the_list_does_not(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    table = priorities.copy()
    table.loc[3, ["breadth", "salience", "n_participants"]] = [nan, 0.0, 0]
    about = (table, objectives, BASIS, RULES, ENGLISH)
    points = data_of(spec(theme_map(*about)), "point", shape="question")
    assert {row["objective"] for row in points} == set(table["objective"].drop(3))
    assert len(data_of(spec(theme_list(*about)), "text", text="name")) == len(table)
    with pytest.raises(ValueError, match="why_no_theme_map"):
        theme_map(table.assign(breadth=nan), objectives, BASIS, RULES, ENGLISH)


def test_the_theme_list_stands_without_salience(priorities: pd.DataFrame, objectives: pd.DataFrame) -> None:
    table = priorities.assign(salience=nan, breadth=nan)
    rows = data_of(spec(theme_list(table, objectives, BASIS, RULES, ENGLISH)), "text", text="figures")
    assert rows[0]["figures"] == "15 participants"


# ── coverage ──────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def coverage(milan: Plan) -> pd.DataFrame:
    """Each group has one answer in each cell, but none under the first guiding question of the first."""
    rows = [
        (group, question, guide, int((question, guide) != (next(iter(milan.questions)), "visioni")))
        for group in [*milan.groups, "non_indicato"]
        for question in milan.questions
        for guide in milan.guides
    ]
    table = pd.DataFrame(rows, columns=["group", "strategic_question", "guiding_question", "n_answers"])
    return table.assign(n_participants=table["n_answers"])


def test_each_cell_prints_its_answers_and_silence_is_not_colour_alone(
    coverage: pd.DataFrame, objectives: pd.DataFrame, milan: Plan
) -> None:
    guides = tables.guiding_questions(milan, ENGLISH)
    found = spec(coverage_map(coverage, objectives, guides, BASIS, ENGLISH))
    cells = data_of(found, "text", text="shown")
    assert len(cells) == 20
    assert sorted({cell["shown"] for cell in cells}) == [str(len(milan.groups) + 1), "–"]
    dashed = [layer for layer in found["layer"] if layer["mark"].get("strokeDash")]
    assert dashed[0]["transform"] == [{"filter": "datum.n == 0"}]


def test_cells_are_of_the_groups_given(coverage: pd.DataFrame, objectives: pd.DataFrame, milan: Plan) -> None:
    guides = tables.guiding_questions(milan, ENGLISH)
    one = coverage[coverage["group"] == "sindacati"]
    cells = data_of(
        spec(coverage_map(one, objectives, guides, Basis(3, 19, 0, group="Trade unions"), ENGLISH)),
        "text",
        text="shown",
    )
    assert {cell["shown"] for cell in cells} == {"1", "–"}


def test_the_overview_counts_guiding_questions_heard_of_the_plans_groups(
    coverage: pd.DataFrame, objectives: pd.DataFrame, milan: Plan
) -> None:
    groups = tables.groups(milan, ENGLISH)
    silent = coverage.assign(n_answers=coverage["n_answers"].where(coverage["group"] != "sindacati", 0))
    cells = data_of(spec(silence_map(silent, objectives, groups, BASIS, ENGLISH)), "text", text="shown")
    assert len(cells) == 4 * len(groups)
    shown = {cell["told"]: cell["shown"] for cell in cells}
    assert shown["Trade unions · Protection: 0 guiding questions of 5 answered"] == "–"
    assert shown["Foundations · Protection: 4 guiding questions of 5 answered"] == "4 of 5"
    assert shown["Foundations · Loneliness: 5 guiding questions of 5 answered"] == "5 of 5"


def test_headings_are_broken_with_line_feeds_not_lists(
    coverage: pd.DataFrame, objectives: pd.DataFrame, milan: Plan
) -> None:
    """An app may carry the rows as columns of plain values, where a list would be spelt out."""
    found = spec(coverage_map(coverage, objectives, tables.guiding_questions(milan, ENGLISH), BASIS, ENGLISH))
    assert not [
        value
        for rows in found["datasets"].values()
        for row in rows
        for value in row.values()
        if isinstance(value, list)
    ]


def test_headings_stand_in_one_line_where_there_is_room(
    coverage: pd.DataFrame, objectives: pd.DataFrame, milan: Plan
) -> None:
    guides = tables.guiding_questions(milan, ENGLISH)
    longer = objectives.assign(question_title="The " + objectives["question_title"])
    wide, narrow = (
        texts(svg(coverage_map(coverage, longer, guides, BASIS, ENGLISH, width=width)))
        for width in (900, 360)
    )
    assert set(longer["question_title"]) <= set(wide)
    assert "The Opportunities" not in narrow
    assert "The Opportunities" in wide


# ── the face ──────────────────────────────────────────────────────────────


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_is_readable_wherever_it_stands(objectives: pd.DataFrame) -> None:
    assert all(contrast(TEXT, ground) >= 4.5 for ground in (PAPER, TINT, *RAMP))
    assert all(contrast(SECONDARY, ground) >= 4.5 for ground in (PAPER, TINT))
    assert all(contrast(colour, PAPER) >= 3 for colour in objectives["colour"])


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_every_symbol_of_a_plan_is_drawn_with_an_area(
    symbol: str, priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    assert 0 < filled_share(symbol) <= 1
    picture = svg(theme_list(priorities, objectives.assign(symbol=symbol), BASIS, RULES, ENGLISH, width=360))
    outlines = re.findall(rb'<path[^>]* d="([^"]+)"[^>]* fill="#1F5FA8"', picture)
    assert max(len(set(re.findall(rb"[-.\d]+", outline))) for outline in outlines) >= 3
    assert vega_symbol("stroke") != "stroke"


def test_areas_are_in_proportion() -> None:
    assert list(areas(pd.Series([0.4, 0.2, nan]))) == [480.0, 240.0, 60.0]
    assert areas(pd.Series([0.0, nan])).nunique() == 1


def test_a_span_has_room_even_around_one_value() -> None:
    low, high = spanning([70.0])
    assert low < 64 < 76 < high
    assert spanning([10.0, nan, 90.0]) == (3.6, 96.4)


def test_ticks_are_round_few_and_on_the_scale() -> None:
    assert ticks((-3.0, 104.0)) == [0, 20, 40, 60, 80, 100]
    assert ticks((68.0, 82.0)) == [68, 70, 72, 74, 76, 78, 80, 82]


# ── files ─────────────────────────────────────────────────────────────────


def test_pictures_and_pages_are_the_same_whatever_the_order_of_rows(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    shuffled = priorities.sample(frac=1, random_state=1)
    pictures = {
        svg(priority_map(table, objectives, BASIS, RULES, ENGLISH, width=1100))
        for table in (priorities, priorities, shuffled)
    }
    assert len(pictures) == 1
    assert written_page(priorities, objectives) == written_page(shuffled, objectives)


ELSEWHERE = """
import hashlib
from tests.test_charts import *
from consultation.plan import load_plan
objectives = tables.objectives(load_plan(PROJECT / "data" / "plans" / "milano-welfare.toml"), ENGLISH)
print(hashlib.sha256(written_page(invented_priorities(objectives), objectives)).hexdigest())
"""


def test_pages_are_the_same_in_another_process(priorities: pd.DataFrame, objectives: pd.DataFrame) -> None:
    there = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=PROJECT,
        env={"PYTHONHASHSEED": "7", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    here = hashlib.sha256(written_page(priorities, objectives)).hexdigest()
    assert there.stdout.strip() == here


class Elements(HTMLParser):
    """What a browser would see of a page: elements with their attributes, and the text of scripts."""

    def __init__(self, document: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.seen = ""
        self._inside = ""
        self.feed(document.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._inside = tag
        if tag == "script":
            self.scripts.append("")
        if tag == "style":
            self.styles.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts[-1] += data
        elif self._inside == "style":
            self.styles[-1] += data
        else:
            self.seen += data

    def all(self, attribute: str) -> list[str]:
        return [found[attribute] or "" for _tag, found in self.elements if attribute in found]


@pytest.fixture(scope="module")
def document(priorities: pd.DataFrame, objectives: pd.DataFrame) -> bytes:
    return written_page(priorities, objectives)


@pytest.fixture(scope="module")
def elements(document: bytes) -> Elements:
    return Elements(document)


def test_the_page_asks_for_nothing_from_outside(elements: Elements) -> None:
    assert not elements.all("src") + elements.all("data")
    assert not {"link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _ in elements.elements}
    links = elements.all("href") + elements.all("xlink:href")
    assert links
    assert all(link.startswith("#") for link in links)
    assert not re.search(r"url\(|@import", "".join(elements.styles))


def test_every_link_of_the_page_leads_somewhere_in_it(elements: Elements, objectives: pd.DataFrame) -> None:
    ids = elements.all("id")
    assert {link[1:] for link in elements.all("href") + elements.all("xlink:href")} <= set(ids)
    assert set(objectives["objective"]) <= set(ids)
    assert len(ids) == len(set(ids))


def test_the_policy_lets_run_exactly_what_stands_in_the_page(elements: Elements) -> None:
    (policy,) = [found["content"] for tag, found in elements.elements if found.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    _charts, script = elements.scripts
    for text in (script, *elements.styles):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not elements.all("style")


def test_words_of_participants_are_text_and_the_deciding_ones_are_marked(
    document: bytes, elements: Elements
) -> None:
    page_text = document.decode()
    assert "Bisogna <mark>prevenire</mark>,\nil <mark>medico</mark> lo vede." in page_text
    assert "</script><img src=x onerror=alert(1)> & così" in elements.seen
    assert "&lt;img src=x onerror=alert(1)&gt;" in page_text
    assert not [tag for tag, _ in elements.elements if tag == "img"]


def test_each_objective_has_its_quotes_in_the_plans_order(
    elements: Elements, objectives: pd.DataFrame
) -> None:
    sections = [found["id"] for tag, found in elements.elements if tag == "section"]
    assert sections == list(objectives["objective"])
    assert sum(tag == "blockquote" for tag, _ in elements.elements) == len(QUOTES)
    assert "21 answers speak of it; 2 may be quoted." in elements.seen
    assert "20 answers speak of it; none may be quoted." in elements.seen


def test_a_plans_words_cannot_end_the_script_they_stand_in(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    nasty = objectives.assign(short="</script><script>alert(1)</script>&\u2028")
    found = Elements(written_page(priorities, nasty))
    charts, _script = found.scripts
    assert "<" not in charts
    assert set(json.loads(charts)) == {"wide", "narrow"}
    assert "</script><script>alert(1)" in json.dumps(json.loads(charts))


def test_the_page_is_in_the_readers_language_and_has_a_table(
    elements: Elements, priorities: pd.DataFrame
) -> None:
    assert elements.elements[0] == ("html", {"lang": "en"})
    rows = sum(tag == "tr" for tag, _ in elements.elements)
    assert rows == 1 + len(priorities)
    assert "An example with invented data." in elements.seen


def test_of_many_quotes_the_page_shows_some_and_says_how_many_more_there_are(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    def many(n: int) -> pd.DataFrame:
        about = [("protezione-2", f"a-{i:03}", "", f"Risposta {i}.", "", "author") for i in range(n)]
        return pd.DataFrame(about, columns=QUOTES.columns)

    most = rendering.MOST_QUOTED
    table = priorities.assign(n_answers=most + 3)
    whole = Elements(written_page(table, objectives, many(most)))
    assert "quotes.csv" not in whole.seen
    found = Elements(written_page(table, objectives, many(most + 3)))
    assert sum(tag == "blockquote" for tag, _ in found.elements) == most
    assert f"Risposta {most - 1}." in found.seen
    assert "3 more answers may be quoted: they are in quotes.csv." in found.seen
    unlinked = rendering.sentence_page(
        "No answer.",
        Subject(table, objectives, BASIS, RULES, ENGLISH),
        many(most + 1).assign(objective=""),
        title="",
    )
    assert "1 more answer is not shown here." in unlinked.decode()


def test_a_page_without_quotes_still_stands(priorities: pd.DataFrame, objectives: pd.DataFrame) -> None:
    table = priorities.assign(n_answers=0)
    found = Elements(written_page(table, objectives, QUOTES.iloc[:0]))
    assert "Nobody has spoken of it yet." in found.seen


def test_too_few_answers_are_shown_themselves_without_chart_table_or_script(
    priorities: pd.DataFrame, objectives: pd.DataFrame
) -> None:
    few = Basis(3, 4, 0)
    sentence = why_no_theme_map(priorities, few, RULES, ENGLISH)
    quotes = pd.concat(
        [QUOTES, pd.DataFrame([{**QUOTES.iloc[2], "objective": "", "answer_id": "a-4", "text": "Altro"}])]
    )
    found = Elements(
        rendering.sentence_page(
            sentence, Subject(priorities, objectives, few, RULES, ENGLISH), quotes, title="A plan"
        )
    )
    assert {"svg", "table", "script"}.isdisjoint(tag for tag, _ in found.elements)
    assert sentence in found.seen
    assert sum(tag == "blockquote" for tag, _ in found.elements) == len(QUOTES) + 1
    assert "Altro" in found.seen
    assert sentence.split(":")[0] in " ".join(texts(rendering.sentence_svg(sentence, few, ENGLISH)))


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 360])
def test_a_point_leads_to_its_words_in_a_browser(
    width: int, page: Page, document: bytes, tmp_path: Path
) -> None:
    place = tmp_path / "priority-map.html"
    place.write_bytes(document)
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(place.as_uri())
    page.wait_for_selector(".vega-embed svg")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".vega-embed svg [aria-label^='P2 ']").click(force=True)
    page.wait_for_url("**#protezione-2")
    assert asked == [place.as_uri()]
    assert faults == []
