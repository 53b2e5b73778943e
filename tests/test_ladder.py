"""The ladder shows every position an objective could take, and calls first only what surely is."""

from __future__ import annotations

from itertools import pairwise
from math import nan
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.charts.ladder import PRINTED_FROM, STEPS, ladder_list, priority_ladder
from analysis.charts.rendering import svg
from analysis.charts.theme import PAPER
from analysis.ranks.ranking import top_places
from analysis.ratings.tiers import BADGES, TIERS
from analysis.sentences import Basis, each
from analysis.sentences.ladder import (
    among_the_first,
    chance,
    compatible,
    in_order,
    of_ladder,
    position,
    why_no_ladder,
)
from analysis.sentences.tiers import badge_name, sensitive_told, tier_meaning, tier_name
from consultation import tables
from consultation.language import Language
from consultation.plan import Plan
from consultation.rules import Rules
from tests.test_charts import contrast, data_of, invented_priorities, spec, texts

ENGLISH, RULES = Language("en"), Rules()
BASIS = Basis(148, 612, 9, invented=True)

SIX = pd.DataFrame(
    {
        "objective": ["a", "b", "c", "d", "e", "f"],
        "code": ["O1", "O2", "O3", "T1", "T2", "T3"],
        "short": ["Listen", "Prevent", "Connect", "Open doors", "Share", "Renew"],
    }
)


def six(sets: list[tuple[int, int]], p_top: list[float] | None = None, **columns: Any) -> pd.DataFrame:
    """Six objectives from the first position down, with these compatible positions; two are the top."""
    low, high = zip(*sets, strict=True)
    table = SIX[["objective"]].assign(
        ranked=True,
        rank=np.arange(1.0, 7.0),
        rank_tied=False,
        rank_set_low=low,
        rank_set_high=high,
        p_top=p_top or [0.5] * 6,
    )
    return table.assign(**columns)


def first_with(probability: float) -> pd.DataFrame:
    """Ranks in which `a` takes the first place so often, and the second otherwise."""
    return pd.DataFrame(
        {"objective": ["a", "a", "b"], "rank": [1, 2, 1], "probability": [probability, 1 - probability, 0.0]}
    )


def finding(priorities: pd.DataFrame, p_first: float = 0.5, basis: Basis = BASIS) -> str:
    ranks = first_with(p_first).merge(priorities[["objective"]])
    return of_ladder(ranks, priorities, SIX, basis, RULES, ENGLISH).finding


OPEN = (1, 6)
STEP = [(1, 1), (2, 4), (2, 5), (2, 6), (3, 6), (3, 6)]


# ── when an objective may be called first ─────────────────────────────────


@pytest.mark.parametrize(
    ("probability", "highest", "called_first"),
    [(0.80, 1, True), (0.7999, 1, False), (0.80, 2, False), (1.0, 2, False)],
)
def test_first_needs_four_resamples_in_five_and_no_other_compatible_position(
    probability: float, highest: int, called_first: bool
) -> None:
    sets = [(1, highest), *STEP[1:]]
    said = finding(six(sets), probability)
    assert said.startswith("“Listen” is in first place") is called_first
    assert said.startswith("No objective is surely in first place") is not called_first


def test_up_to_three_that_could_be_first_are_named_together() -> None:
    assert finding(six([(1, 3), (1, 4), (1, 5), (2, 6), (2, 6), (3, 6)]), 0.99).startswith(
        "First place is open between “Listen”, “Prevent” and “Connect”;"
    )
    many = six([(1, 3), (1, 4), (1, 5), (1, 6), (2, 6), (3, 6)])
    assert finding(many, 0.99).startswith("No objective is surely in first place;")


def test_where_every_position_is_open_to_all_no_order_is_told() -> None:
    said = finding(six([OPEN] * 6, p_top=[1.0, 1.0, 0.0, 0.0, 0.0, 0.0]), 1.0)
    assert said == "The order of the objectives cannot be told: each could take any position"


# ── the first positions as a whole ────────────────────────────────────────


@pytest.mark.parametrize(
    ("p_top", "said"),
    [
        ([0.90, 0.8999, 0.1, 0.1, 0.0, 0.0], "one is almost always among the first 2"),
        ([0.8999, 0.8999, 0.1, 0.1, 0.0, 0.0], "none is almost always among the first 2"),
        ([0.95, 0.90, 0.1, 0.05, 0.0, 0.0], "the first 2 are almost always the same"),
    ],
)
def test_almost_always_begins_at_nine_resamples_in_ten(p_top: list[float], said: str) -> None:
    sets = [(1, 3), (1, 4), (1, 5), (1, 6), (2, 6), (3, 6)]
    assert finding(six(sets, p_top)) == f"No objective is surely in first place; {said}"


def test_beside_the_first_only_the_others_are_counted() -> None:
    below = "; from position 2 down the order is not reliable"
    alone = six(STEP, p_top=[1.0, 0.6, 0.4, 0.0, 0.0, 0.0])
    assert (
        finding(alone, 0.97)
        == f"“Listen” is in first place; no other is almost always among the first 2{below}"
    )
    # of seven objectives three are the top
    seven = pd.concat([alone, alone.tail(1).assign(objective="g", rank=7.0, rank_set_high=7)])
    seven = seven.assign(rank_set_high=[1, *[7] * 6], p_top=[1.0, 0.95, 0.6, 0.3, 0.1, 0.05, 0.0])
    known = pd.concat([SIX, pd.DataFrame({"objective": ["g"], "code": ["T4"], "short": ["Rest"]})])
    said = of_ladder(first_with(0.97), seven, known, BASIS, RULES, ENGLISH).finding
    assert said == f"“Listen” is in first place; one other is almost always among the first 3{below}"


def test_the_first_stand_clear_only_where_no_set_reaches_across() -> None:
    apart = [(1, 2), (1, 2), (3, 6), (3, 6), (3, 6), (3, 6)]
    assert finding(six(apart)) == (
        "First place is open between “Listen” and “Prevent”; the first 2 stand clear of the others; "
        "from position 3 down the order is not reliable"
    )
    for place, reaching in ((1, (1, 3)), (2, (2, 6))):
        sets = [*apart[:place], reaching, *apart[place + 1 :]]
        assert "stand clear" not in finding(six(sets))
        assert "not reliable" not in finding(six(sets))


def test_an_order_that_is_sure_down_to_the_last_is_not_called_unreliable() -> None:
    said = finding(six([(n, n) for n in range(1, 7)], p_top=[1.0, 1.0, 0.0, 0.0, 0.0, 0.0]), 1.0)
    assert said == "“Listen” is in first place; the first 2 stand clear of the others"


def test_of_two_or_three_only_the_first_place_is_spoken_of() -> None:
    two = six(STEP).head(2).assign(rank_set_low=[1, 2], rank_set_high=[1, 2])
    assert finding(two, 0.97) == "“Listen” is in first place"
    three = six(STEP).head(3).assign(rank_set_low=[1, 1, 3], rank_set_high=[2, 2, 3])
    assert finding(three, 0.97) == "First place is open between “Listen” and “Prevent”"


def test_one_group_is_named_in_the_title() -> None:
    said = finding(six(STEP), 0.97, Basis(22, 80, 1, group="Third sector"))
    assert said.startswith("Third sector: “Listen” is in first place;")


# ── the other words ───────────────────────────────────────────────────────


def test_the_basis_says_what_marks_mean_and_who_has_no_position() -> None:
    table = six(STEP, ranked=[True, True, True, True, False, False])
    reading = of_ladder(first_with(0.5), table, SIX, BASIS, RULES, ENGLISH)
    assert reading.basis == (
        "148 participants in 9 groups, every group weighs the same · cells: how often the objective takes "
        "each position, with other participants like these · outline: compatible positions (90%) · "
        "without a position, rated by too few groups: T2 and T3"
    )
    assert reading.caution.endswith("An example with invented data.")
    assert "no league table" in reading.does_not_say


@pytest.mark.parametrize(("n_ranked", "drawn"), [(0, False), (1, False), (2, True)])
def test_an_order_needs_two(n_ranked: int, drawn: bool) -> None:
    table = six(STEP, ranked=np.arange(6) < n_ranked)
    assert (why_no_ladder(table, ENGLISH) == "") is drawn
    if not drawn:
        with pytest.raises(ValueError, match="why_no_ladder"):
            in_order(table)


def test_level_objectives_keep_the_plans_order_and_share_their_position() -> None:
    table = six(STEP).assign(rank=[3.0, 1.0, 1.0, 4.0, 5.0, 6.0], rank_tied=[False, True, True, *[False] * 3])
    ordered = in_order(table)
    assert list(ordered["objective"][:3]) == ["b", "c", "a"]
    told = [position(row.rank, row.rank_tied, ENGLISH) for row in each(ordered)]
    assert told[:3] == ["=1", "=1", "3"]
    assert position(nan, False, ENGLISH) == "–"


@pytest.mark.parametrize(
    ("probability", "told"),
    [
        (0.0, "0%"),
        (0.0004, "<1%"),
        (0.0051, "1%"),
        (0.005, "<1%"),
        (0.914, "91%"),
        (0.9949, "99%"),
        (0.995, ">99%"),
        (1.0, "100%"),
    ],
)
def test_what_is_nearly_never_or_always_is_told_as_neither(probability: float, told: str) -> None:
    assert chance(probability, ENGLISH) == told
    assert chance(probability, ENGLISH, sign=False) + "%" == chance(probability, ENGLISH)


def test_positions_and_the_top_in_words() -> None:
    assert [among_the_first(n, ENGLISH) for n in (1, 5)] == ["in first place", "among the first 5"]
    assert compatible(1, 4, ENGLISH) == "compatible positions 1–4"
    assert compatible(3, 3, ENGLISH) == "compatible position: only 3"


def test_every_tier_and_badge_has_its_words() -> None:
    assert len({tier_name(tier, ENGLISH) for tier in TIERS}) == len(TIERS)
    assert len({badge_name(badge, ENGLISH) for badge in BADGES} | {sensitive_told(ENGLISH)}) == 4
    for told in (tier_name, badge_name):
        with pytest.raises(KeyError):
            told("important", ENGLISH)


def test_what_a_tier_takes_is_told_with_the_declared_thresholds() -> None:
    rules = Rules(
        robust_probability=0.85, robust_consensus=0.65, likely_probability=0.55, widest_rank=0.4, coverage=0.7
    )
    robust = tier_meaning("robust", rules, ENGLISH)
    assert "at least 85% of resamples" in robust
    assert "consensus of at least 0.65" in robust
    assert "top 33%" in robust
    assert "at least 55%" in tier_meaning("likely", rules, ENGLISH)
    assert "fewer than 55%" in tier_meaning("watch", rules, ENGLISH)
    contested = tier_meaning("contested", rules, ENGLISH)
    assert "below 3.0 on average" in contested
    assert "polarisation above 0.50" in contested
    unclassified = tier_meaning("not_classifiable", rules, ENGLISH)
    assert "Fewer than 70%" in unclassified
    assert "more than 40% of positions" in unclassified


# ── the chart ─────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def objectives(milan: Plan) -> pd.DataFrame:
    return tables.objectives(milan, ENGLISH)


@pytest.fixture(scope="module")
def ranks(objectives: pd.DataFrame) -> pd.DataFrame:
    """Each of the first twelve objectives near its own place, in the plan's order from below."""
    ranked = list(objectives["objective"][:12])
    spread = {-1: 0.095, 0: 0.80, 1: 0.10, 2: 0.005}
    rows = []
    for at, objective in enumerate(reversed(ranked)):
        shares = np.zeros(12)
        for step, share in spread.items():
            shares[min(max(at + step, 0), 11)] += share
        rows += [(objective, place + 1, share) for place, share in enumerate(shares)]
    return pd.DataFrame(rows, columns=["objective", "rank", "probability"])


@pytest.fixture(scope="module")
def priorities(objectives: pd.DataFrame) -> pd.DataFrame:
    """The first twelve objectives ranked from below, the last two by too few groups."""
    place = pd.Series([*range(12, 0, -1), nan, nan])
    known = place.fillna(0).astype(int)
    return invented_priorities(objectives).assign(
        ranked=place.notna(),
        rank=place,
        rank_tied=False,
        rank_set_low=(known - 1).clip(lower=1).where(place.notna(), 0),
        rank_set_high=(known + 2).clip(upper=12).where(place.notna(), 0),
        p_top=(known <= 4).astype(float).where(place.notna()),
        tier=["watch"] * 12 + ["not_classifiable"] * 2,
        sensitive=False,
        badges="",
        need_t_low=nan,
        need_t_high=nan,
    )


Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


@pytest.fixture
def drawn(ranks: pd.DataFrame, priorities: pd.DataFrame, objectives: pd.DataFrame) -> Tables:
    return ranks, priorities, objectives


def order(found: dict[str, Any], text: str) -> list[str]:
    rows = data_of(found, "text", text=text)
    return [row["objective"] for row in sorted(rows, key=lambda row: row["top"])]


def test_only_ranked_objectives_have_a_rung_the_first_position_above(drawn: Tables) -> None:
    _ranks, priorities, _objectives = drawn
    for draw in (priority_ladder, ladder_list):
        found = spec(draw(*drawn, BASIS, RULES, ENGLISH))
        assert order(found, "told_top" if draw is priority_ladder else "name") == list(
            reversed(priorities["objective"][:12])
        )


def test_cells_stand_where_the_objective_is_and_what_rounds_to_nothing_stays_white(drawn: Tables) -> None:
    ranks, *_ = drawn
    for draw in (priority_ladder, ladder_list):
        cells = data_of(spec(draw(*drawn, BASIS, RULES, ENGLISH)), "rect", color="step")
        shown = {(cell["objective"], cell["rank"]): cell["probability"] for cell in cells}
        expected = ranks[ranks["probability"] >= 0.005]
        assert shown == {
            (row.objective, row.rank): pytest.approx(row.probability, abs=1e-4)
            for row in expected.itertuples()
        }
        assert all(cell["ends"] - cell["begins"] == 1 for cell in cells)
    scarce = ranks.assign(probability=ranks["probability"].replace(0.005, 0.0049))
    found = spec(priority_ladder(scarce, *drawn[1:], BASIS, RULES, ENGLISH))
    assert 0.0049 not in {cell["probability"] for cell in data_of(found, "rect", color="step")}


def test_figures_are_printed_from_ten_percent_up(drawn: Tables) -> None:
    picture = texts(svg(priority_ladder(*drawn, BASIS, RULES, ENGLISH, width=1100)))
    ranks, *_ = drawn
    printed = ranks.loc[ranks["probability"] >= PRINTED_FROM - 1e-9, "probability"]
    cells = [text for text in picture if text in ("80%", "10%", "11%", "90%", "91%", "9%")]
    assert len(cells) == len(printed)
    assert not [text for text in picture if text == "1%"]


def test_narrow_cells_drop_the_sign_and_then_names_become_codes(drawn: Tables) -> None:
    *_, objectives = drawn
    names = set((objectives["code"] + " " + objectives["short"])[:12])
    at_640, at_420 = (
        set(texts(svg(priority_ladder(*drawn, BASIS, RULES, ENGLISH, width=width)))) for width in (660, 420)
    )
    assert names <= at_640
    assert "80" in at_640
    assert "80%" not in at_640
    assert set(objectives["code"][:12]) <= at_420


def test_every_figure_is_readable_on_its_step_and_steps_differ_in_grey() -> None:
    assert all(contrast(colour, ink) >= 4.5 for _, colour, ink in STEPS)
    against_paper = [contrast(colour, PAPER) for _, colour, _ in STEPS]
    assert all(after / before >= 1.25 for before, after in pairwise(against_paper))


def test_the_legend_names_every_step_also_those_that_no_cell_has(drawn: Tables) -> None:
    picture = texts(svg(ladder_list(*drawn, BASIS, RULES, ENGLISH, width=360)))
    assert [text for text in picture if "–" in text and text.endswith("%")] == [
        "1–9%",
        "10–24%",
        "25–49%",
        "50–74%",
        "75–100%",
    ]


def test_the_outline_holds_the_compatible_positions(drawn: Tables) -> None:
    _ranks, priorities, _objectives = drawn
    for draw in (priority_ladder, ladder_list):
        rows = data_of(spec(draw(*drawn, BASIS, RULES, ENGLISH)), "rect", x="set_begins")
        assert {row["objective"]: (row["set_begins"] + 0.5, row["set_ends"] - 0.5) for row in rows} == {
            row.objective: (row.rank_set_low, row.rank_set_high)
            for row in priorities[priorities["ranked"]].itertuples()
        }


def test_bars_say_how_many_places_are_the_top_and_a_dashed_line_ends_them(drawn: Tables) -> None:
    found = spec(priority_ladder(*drawn, BASIS, RULES, ENGLISH))
    assert top_places(12, RULES.top_share) == 4
    assert data_of(found, "text", text="heading")[0]["heading"] == "Among the first 4"
    assert data_of(found, "rule", x="end")[0]["end"] == 4.5
    listed = data_of(spec(ladder_list(*drawn, BASIS, RULES, ENGLISH)), "text", text="figures")
    assert listed[0]["figures"] == "among the first 4: 100% · compatible positions 1–3"


def test_a_click_chooses_or_leads_and_tells_the_positions(drawn: Tables) -> None:
    for draw in (priority_ladder, ladder_list):
        choosing = spec(draw(*drawn, BASIS, RULES, ENGLISH))
        assert [(p["name"], p["select"]) for p in choosing["params"]] == [
            ("objective", {"type": "point", "fields": ["objective"]})
        ]
        leading = spec(draw(*drawn, BASIS, RULES, ENGLISH, linked=True))
        assert "params" not in leading
        touch = leading["layer"][-1]
        assert touch["encoding"]["href"]["field"] == "link"
        told = {tip["field"]: tip["title"] for tip in touch["encoding"]["tooltip"]}
        assert told["name"] == "title"
        assert told["told_position"] == "Position"
        assert {"told_places", "told_top", "told_tier", "told_need"} <= set(told)


def test_level_objectives_are_told_so(drawn: Tables) -> None:
    ranks, priorities, objectives = drawn
    level = priorities.assign(
        rank=priorities["rank"].replace(4.0, 3.0), rank_tied=priorities["rank"].isin([3.0, 4.0])
    )
    found = spec(priority_ladder(ranks, level, objectives, BASIS, RULES, ENGLISH))
    rows = data_of(found, "rect", x="set_begins")
    assert [row["told_position"] for row in rows[:5]] == ["1", "2", "=3", "=3", "5"]
    assert [row["objective"] for row in rows[2:4]] == list(objectives["objective"][8:10])


def test_two_objectives_make_a_ladder_and_one_does_not(drawn: Tables) -> None:
    ranks, priorities, objectives = drawn
    two = priorities.assign(ranked=priorities.index < 2, rank=[2.0, 1.0, *[nan] * 12])
    two = two.assign(rank_set_low=[2, 1, *[0] * 12], rank_set_high=[2, 1, *[0] * 12], p_top=[0.0, 1.0] * 7)
    both = pd.DataFrame(
        [
            (objective, place, float(place == 2 - at))
            for at, objective in enumerate(two["objective"][:2])
            for place in (1, 2)
        ],
        columns=["objective", "rank", "probability"],
    )
    for draw in (priority_ladder, ladder_list):
        picture = texts(svg(draw(both, two, objectives, BASIS, RULES, ENGLISH, width=700)))
        assert any("in first place" in text.lower() for text in picture)
        with pytest.raises(ValueError, match="why_no_ladder"):
            draw(ranks, two.assign(ranked=two.index < 1), objectives, BASIS, RULES, ENGLISH)


def test_the_picture_is_the_same_whatever_the_order_of_rows_and_leaves_tables_alone(drawn: Tables) -> None:
    before = [table.copy() for table in drawn]
    ranks, priorities, objectives = drawn
    for draw in (priority_ladder, ladder_list):
        once = svg(draw(*drawn, BASIS, RULES, ENGLISH, width=900))
        shuffled = (
            ranks.sample(frac=1, random_state=1),
            priorities.sample(frac=1, random_state=2),
            objectives,
        )
        assert svg(draw(*shuffled, BASIS, RULES, ENGLISH, width=900)) == once
    for table, kept in zip(drawn, before, strict=True):
        pd.testing.assert_frame_equal(table, kept)


def test_only_a_picture_of_its_own_has_the_finding_above(drawn: Tables) -> None:
    assert "title" not in spec(priority_ladder(*drawn, BASIS, RULES, ENGLISH))
    title = spec(priority_ladder(*drawn, BASIS, RULES, ENGLISH, width=1100))["title"]
    assert " ".join(title["text"]) == of_ladder(*drawn, BASIS, RULES, ENGLISH).finding
