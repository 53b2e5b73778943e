"""Bars of ratings are centred on the middle, print what they can carry, and keep "don't know" apart."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan
from typing import Any

import pandas as pd
import pytest

from analysis.charts.rating_bars import FACES, rating_bars
from analysis.charts.rendering import svg
from analysis.charts.theme import PAPER
from analysis.ratings.distribution import SCALE, UNSURE
from analysis.sentences import Basis
from analysis.sentences.rating_bars import (
    Dimension,
    dimension_name,
    of_rating_bars,
    ratings_of,
    why_no_rating_bars,
)
from consultation import tables
from consultation.language import Language
from consultation.plan import Plan
from consultation.rules import Rules
from tests.test_charts import contrast, data_of, invented_priorities, spec, texts

ENGLISH, RULES = Language("en"), Rules()
BASIS = Basis(148, 612, 9, invented=True)

FOUR = pd.DataFrame(
    {
        "objective": ["a", "b", "c", "d"],
        "code": ["O1", "O2", "T1", "T2"],
        "short": ["Listen", "Prevent", "Connect", "Open doors"],
    }
)
LIKED = (0.0, 0.1, 0.2, 0.3, 0.4)
SPLIT = (0.1, 0.2, 0.2, 0.2, 0.3)


def answers(
    objective: str,
    shares: Sequence[float],
    n: int = 40,
    unsure: int = 2,
    dimension: Dimension = "importance",
) -> pd.DataFrame:
    """The distribution of one objective: `n` people by these shares of 1 to 5, and who did not know."""
    counts = [0 if pd.isna(share) else round(n * share) for share in shares]
    asked = sum(counts) + unsure
    return pd.DataFrame(
        {
            "objective": objective,
            "dimension": dimension,
            "answer": [*map(str, SCALE), UNSURE],
            "n": [*counts, unsure],
            "share": [*shares, unsure / asked if asked else nan],
            "published": True,
        }
    )


def four(*shares: Sequence[float], dimension: Dimension = "importance", **more: int) -> pd.DataFrame:
    return pd.concat(
        [
            answers(objective, its, dimension=dimension, **more)
            for objective, its in zip("abcd", shares, strict=True)
        ],
        ignore_index=True,
    )


def priorities(polarisation: list[float] | None = None) -> pd.DataFrame:
    return FOUR[["objective"]].assign(polarisation=polarisation or [0.2] * 4)


def finding(
    distribution: pd.DataFrame, polarisation: list[float] | None = None, dimension: Dimension = "importance"
) -> str:
    return of_rating_bars(
        distribution, priorities(polarisation), FOUR, BASIS, RULES, ENGLISH, dimension=dimension
    ).finding


# ── the words ─────────────────────────────────────────────────────────────


def test_more_than_half_begins_above_a_half() -> None:
    half, more = (0.1, 0.1, 0.3, 0.2, 0.3), (0.1, 0.1, 0.29, 0.21, 0.3)
    assert finding(four(half, half, half, half)) == (
        "No objective is important (4 or 5) in more than half of its ratings"
    )
    assert finding(four(more, half, half, half)) == (
        "One objective of 4 is important (4 or 5) in more than half of its ratings"
    )
    assert finding(four(more, more, LIKED, half)).startswith("3 objectives of 4 are important (4 or 5)")
    assert finding(four(LIKED, LIKED, LIKED, LIKED)) == (
        "All objectives are important (4 or 5) in more than half of their ratings"
    )


def test_each_dimension_is_told_in_its_own_word_and_asked_as_on_the_form() -> None:
    words: dict[Dimension, str] = {"importance": "important", "urgency": "urgent", "feasibility": "feasible"}
    for dimension, word in words.items():
        table = four(LIKED, LIKED, SPLIT, SPLIT, dimension=dimension)
        assert f"2 objectives of 4 are {word}" in finding(table, dimension=dimension)
        assert word.removesuffix("al") in dimension_name(dimension, ENGLISH)


@pytest.mark.parametrize(("polarisation", "opposed"), [(0.50, False), (0.5001, True), (nan, False)])
def test_opinions_are_opposed_above_the_declared_polarisation(polarisation: float, opposed: bool) -> None:
    said = finding(four(LIKED, LIKED, LIKED, SPLIT), [0.2, 0.2, 0.2, polarisation])
    assert said.endswith("; opinions are opposed on “Open doors”") is opposed


def test_opposed_opinions_are_those_on_importance() -> None:
    table = four(LIKED, LIKED, LIKED, SPLIT, dimension="urgency")
    assert "opposed" not in finding(table, [0.9] * 4, dimension="urgency")
    assert finding(four(LIKED, LIKED, LIKED, SPLIT), [0.9] * 4).endswith("; on four opinions are opposed")


def test_what_more_than_half_rate_low_is_named() -> None:
    low, half = (0.31, 0.2, 0.29, 0.1, 0.1), (0.3, 0.2, 0.3, 0.1, 0.1)
    assert finding(four(LIKED, LIKED, low, half)).endswith("; more than half give 1 or 2 to “Connect”")
    assert finding(four(low, low, low, low)).endswith("; more than half give 1 or 2 to four")


@pytest.mark.parametrize(("n", "unsure", "told"), [(40, 10, False), (40, 11, True), (14, 5, False)])
def test_not_knowing_is_told_above_one_in_five_of_twenty_people(n: int, unsure: int, told: bool) -> None:
    table = pd.concat(
        [
            answers("a", (0.0, 0.0, 0.5, 0.5, 0.0), n=n, unsure=unsure),
            *(answers(objective, LIKED) for objective in "bcd"),
        ]
    )
    assert finding(table).endswith("; on “Listen” more than one in five do not know") is told


def test_the_basis_says_what_is_balanced_what_is_counted_and_what_is_missing() -> None:
    table = pd.concat(
        [
            answers("a", LIKED),
            answers("b", LIKED, n=20),
            answers("c", LIKED, n=10),
            answers("d", [nan] * 5, unsure=0),
        ]
    )
    said = of_rating_bars(
        table, priorities(), FOUR, BASIS, RULES, ENGLISH, dimension="importance"
    ).basis.split(" · ")
    assert said[0] == "148 participants in 9 groups, every group weighs the same"
    assert said[-2:] == [
        "figures without %: people, where fewer than 20 have rated",
        "too few ratings for a bar: T2",
    ]
    whole = of_rating_bars(
        four(LIKED, LIKED, LIKED, LIKED, n=20),
        priorities(),
        FOUR,
        BASIS,
        RULES,
        ENGLISH,
        dimension="importance",
    )
    assert "fewer than" not in whole.basis
    assert "too few" not in whole.basis


def test_without_a_share_it_is_said_why_and_nothing_is_drawn() -> None:
    nobody = four(*[[nan] * 5] * 4, unsure=0)
    assert why_no_rating_bars(nobody, ENGLISH, dimension="importance") == "Nobody has rated this yet."
    few = nobody.assign(n=1)
    assert "any one group" in why_no_rating_bars(few, ENGLISH, dimension="importance")
    assert why_no_rating_bars(four(LIKED, *[[nan] * 5] * 3), ENGLISH, dimension="importance") == ""
    with pytest.raises(ValueError, match="why_no_rating_bars"):
        of_rating_bars(few, priorities(), FOUR, BASIS, RULES, ENGLISH, dimension="importance")


def test_objectives_go_down_by_their_share_of_four_and_five_and_the_unknown_last() -> None:
    table = ratings_of(four([nan] * 5, SPLIT, LIKED, SPLIT), FOUR, "importance")
    assert list(table["objective"]) == ["c", "b", "d", "a"]
    assert list(table["n"]) == [40, 40, 40, 0]
    assert list(table["n_asked"]) == [42, 42, 42, 2]
    assert [table["low"][0], table["high"][0]] == pytest.approx([0.1, 0.7])


# ── the chart ─────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def objectives(milan: Plan) -> pd.DataFrame:
    return tables.objectives(milan, ENGLISH)


@pytest.fixture(scope="module")
def distribution(objectives: pd.DataFrame) -> pd.DataFrame:
    """All objectives on feasibility: from liked to split; few rate the second, nearly nobody the last."""
    n = len(objectives)
    rows = []
    for at, objective in enumerate(objectives["objective"]):
        mix = [a + (b - a) * at / (n - 1) for a, b in zip(LIKED, SPLIT, strict=True)]
        shares = [nan] * 5 if at == n - 1 else mix
        rows.append(answers(objective, shares, n=10 if at == 1 else 100, unsure=at, dimension="feasibility"))
    return pd.concat(rows, ignore_index=True)


@pytest.fixture(scope="module")
def rated(objectives: pd.DataFrame) -> pd.DataFrame:
    return invented_priorities(objectives).assign(
        polarisation=0.2,
        p_top=0.5,
        rank_set_low=1,
        rank_set_high=len(objectives),
        tier="watch",
        sensitive=False,
        badges="",
        need_t_low=nan,
        need_t_high=nan,
    )


Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


@pytest.fixture
def drawn(distribution: pd.DataFrame, rated: pd.DataFrame, objectives: pd.DataFrame) -> Tables:
    return distribution, rated, objectives


def draw(drawn: Tables, **how: Any) -> Any:
    return rating_bars(*drawn, BASIS, RULES, ENGLISH, dimension="feasibility", **how)


def test_rows_follow_the_order_of_the_ratings(drawn: Tables) -> None:
    distribution, _rated, objectives = drawn
    rows = data_of(spec(draw(drawn)), "text", text="name")
    shown = [row["objective"] for row in sorted(rows, key=lambda row: row["top"])]
    assert shown == list(ratings_of(distribution, objectives, "feasibility")["objective"])


def test_every_bar_is_whole_and_centred_on_the_middle_of_its_threes(drawn: Tables) -> None:
    distribution, *_ = drawn
    segments = pd.DataFrame(data_of(spec(draw(drawn)), "rect", color="answer"))
    shares = distribution[(distribution["answer"] != UNSURE) & (distribution["share"] > 0)]
    assert len(segments) == len(shares)
    for objective, parts in segments.groupby("objective"):
        its = shares[shares["objective"] == objective]
        widths = (parts["ends"] - parts["begins"]).sort_values()
        assert list(widths) == pytest.approx(sorted(its["share"]), abs=2e-4)
        assert parts["ends"].max() - parts["begins"].min() == pytest.approx(1, abs=2e-4)
        three = parts[parts["answer"] == "3"].iloc[0]
        assert three["begins"] == pytest.approx(-three["ends"], abs=2e-4)
        fours = parts[parts["answer"].isin(["4", "5 very much"])]
        assert (fours["begins"] > 0).all()


def test_a_value_that_nobody_gave_has_no_part(drawn: Tables) -> None:
    _distribution, _rated, objectives = drawn
    segments = data_of(spec(draw(drawn)), "rect", color="answer")
    first = [part["answer"] for part in segments if part["objective"] == objectives["objective"][0]]
    assert sorted(first) == ["2", "3", "4", "5 very much"]


def test_on_a_small_base_people_are_printed_and_not_shares(drawn: Tables) -> None:
    _distribution, _rated, objectives = drawn
    segments = data_of(spec(draw(drawn)), "rect", color="answer")
    second = [part["figure"] for part in segments if part["objective"] == objectives["objective"][1]]
    assert not any("%" in figure for figure in second)
    others = [part["figure"] for part in segments if part["objective"] == objectives["objective"][2]]
    assert all(figure.endswith("%") for figure in others)


def test_where_numbers_may_not_be_told_shares_are_and_the_picture_carries_no_numbers(drawn: Tables) -> None:
    distribution, rated, objectives = drawn
    hidden = spec(draw((distribution.assign(published=False), rated, objectives)))
    figures = [part["figure"] for part in data_of(hidden, "rect", color="answer")]
    assert figures
    assert all(figure.endswith("%") for figure in figures)
    assert "figures without %" not in of_rating_bars(
        distribution[distribution["objective"] != objectives["objective"].iloc[-1]].assign(published=False),
        rated, objectives.iloc[[0]], BASIS, RULES, ENGLISH, dimension="feasibility",
    ).basis  # fmt: skip
    for chart in (hidden, spec(draw(drawn))):
        for rows in chart["datasets"].values():
            assert not {f"n_{value}" for value in SCALE} & set(rows[0])


def test_what_has_no_bar_says_so_and_still_has_its_row(drawn: Tables) -> None:
    found = spec(draw(drawn))
    _distribution, _rated, objectives = drawn
    last = objectives["objective"].iloc[-1]
    assert last not in {part["objective"] for part in data_of(found, "rect", color="answer")}
    row = next(row for row in data_of(found, "text", text="told_why") if row["objective"] == last)
    assert row["drawn"] is False
    assert texts(svg(draw(drawn, width=700))).count("too few for a bar") == 1


def test_not_knowing_stands_apart_under_its_own_heading(drawn: Tables) -> None:
    found = spec(draw(drawn))
    _distribution, _rated, objectives = drawn
    headings = {rows[0]["heading"] for rows in found["datasets"].values() if "heading" in rows[0]}
    assert headings == {"How feasible is it?", "Don't know"}
    told = {row["objective"]: row["told_unsure"] for row in data_of(found, "text", text="told_unsure")}
    assert [told[objective] for objective in objectives["objective"][:3]] == ["0%", "1", "2%"]
    assert "Don't know" not in {part["answer"] for part in data_of(found, "rect", color="answer")}


def test_where_nobody_was_asked_there_is_nothing_to_be_unsure_of(drawn: Tables) -> None:
    distribution, rated, objectives = drawn
    never = distribution["objective"] == objectives["objective"].iloc[-1]
    unasked = distribution.assign(
        n=distribution["n"].where(~never, 0), share=distribution["share"].where(~never)
    )
    picture = texts(svg(draw((unasked, rated, objectives), width=700)))
    assert "n = 0" in picture
    assert len([text for text in picture if text.startswith("n = ")]) == len(objectives)


def test_figures_are_printed_only_where_there_is_room(drawn: Tables) -> None:
    wide, narrow = (
        [text for text in texts(svg(draw(drawn, width=width))) if text.endswith("%")] for width in (1100, 320)
    )
    assert len(narrow) < len(wide)
    assert "40%" in narrow


def test_sides_differ_in_grey_and_every_figure_is_readable() -> None:
    assert all(contrast(fill, ink) >= 4.5 for fill, _edge, ink in FACES.values())
    lightness = {value: contrast(fill, PAPER) for value, (fill, _edge, _ink) in FACES.items()}
    assert lightness[2] < lightness[3] < lightness[4] < lightness[5]
    assert max(lightness[1], lightness[2]) < lightness[4]
    for value, (_fill, edge, _ink) in FACES.items():
        assert (contrast(edge, PAPER) >= 3) is (value < 3)


def test_the_legend_names_all_five_values(drawn: Tables) -> None:
    picture = texts(svg(draw(drawn, width=320)))
    assert {"1 very little", "2", "3", "4", "5 very much"} <= set(picture)


def test_a_click_chooses_or_leads_and_tells_every_answer(drawn: Tables) -> None:
    choosing = spec(draw(drawn))
    assert [(p["name"], p["select"]) for p in choosing["params"]] == [
        ("objective", {"type": "point", "fields": ["objective"]})
    ]
    leading = spec(draw(drawn, linked=True))
    assert "params" not in leading
    touch = leading["layer"][-1]
    assert touch["encoding"]["href"]["field"] == "link"
    told = {tip["field"]: tip["title"] for tip in touch["encoding"]["tooltip"]}
    assert (told["name"], told["told_answers"]) == ("title", "How feasible is it?")
    rows = data_of(leading, "text", text="name")
    assert rows[0]["told_answers"] == "1: 0% · 2: 10% · 3: 20% · 4: 30% · 5: 40%"


def test_without_any_bar_the_chart_is_refused(drawn: Tables) -> None:
    distribution, rated, objectives = drawn
    with pytest.raises(ValueError, match="why_no_rating_bars"):
        draw((distribution.assign(share=nan), rated, objectives))


def test_the_picture_is_the_same_whatever_the_order_of_rows_and_leaves_tables_alone(drawn: Tables) -> None:
    before = [table.copy() for table in drawn]
    distribution, rated, objectives = drawn
    shuffled = (
        distribution.sample(frac=1, random_state=1),
        rated.sample(frac=1, random_state=2),
        objectives,
    )
    assert svg(draw(shuffled, width=700)) == svg(draw(drawn, width=700))
    for table, kept in zip(drawn, before, strict=True):
        pd.testing.assert_frame_equal(table, kept)


def test_only_the_dimension_asked_for_is_drawn(drawn: Tables) -> None:
    distribution, rated, objectives = drawn
    both = pd.concat([distribution, distribution.assign(dimension="urgency", n=7, share=0.2)])
    assert svg(draw((both, rated, objectives), width=700)) == svg(draw(drawn, width=700))
