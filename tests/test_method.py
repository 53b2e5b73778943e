"""What must hold of the whole method, whoever takes part and whatever they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.clusters import counted_once
from analysis.findings import Findings, find
from analysis.ratings.priorities import estimate
from analysis.ratings.rating_findings import RatingFindings, Surroundings, read_ratings
from analysis.text.lexicon import Lexicon, read_lexicons
from consultation.rules import Rules
from consultation.shipped import LEXICONS
from tests import f1
from tests.drawn import GROUPS, consultations, objectives, scale

few = settings(max_examples=15)

OBJECTIVES = pd.DataFrame({"objective": ["a", "b", "c"], "strategic_question": ["q", "q", "r"]})
DRAWN = replace(f1.RULES, exact_up_to=0, replicates=100)
SCORES = ["importance", "urgency", "need", "need_low", "need_high", "need_t_low", "need_t_high",
          "feasibility", "feasibility_low", "feasibility_high", "n_ratings", "n_groups"]  # fmt: skip


@cache
def lexicons() -> Mapping[str, Lexicon]:
    return read_lexicons(LEXICONS)


def everything(ratings: pd.DataFrame, rules: Rules = f1.RULES, groups: list[str] = GROUPS) -> RatingFindings:
    return read_ratings(ratings, pd.Series(dtype="str"), OBJECTIVES, groups, rules, Surroundings())


def tables(found: RatingFindings) -> dict[str, pd.DataFrame]:
    whole = {name: value for name, value in vars(found).items() if isinstance(value, pd.DataFrame)}
    return whole | {"lines": found.sensitivity.lines, "outcomes": found.sensitivity.outcomes}


def said(texts: list[str], group: str = "g0") -> pd.DataFrame:
    """One answer of each of these texts, by people of their own."""
    rows = [
        (f"w{n}/1", f"w{n}", f"w{n}", group, "q", "g", text, "", "it", "quotable_with_group", "online", "")
        for n, text in enumerate(texts)
    ]
    names = ["answer_id", "contribution_id", "unit", "group", "strategic_question", "guiding_question",
             "text", "objectives", "language", "consent", "channel", "at"]  # fmt: skip
    return pd.DataFrame(rows, columns=names, dtype="str")


def whole(answers: pd.DataFrame, ratings: pd.DataFrame, codings: pd.DataFrame | None = None) -> Findings:
    shown = OBJECTIVES.assign(
        code=["A1", "B1", "C1"], short="…", title="…", seeds=["casa", "scuola", "salute|cura"]
    )
    return find(
        answers,
        ratings,
        shown,
        pd.DataFrame({"group": GROUPS, "label": GROUPS}),
        pd.DataFrame({"guiding_question": ["g"]}),
        lexicons(),
        DRAWN,
        codings=codings,
    )


THREE = consultations(ids=("a", "b", "c"))


@few
@given(THREE, st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_rows_changes_no_byte_of_any_table(
    ratings: pd.DataFrame, random: object, exact: bool
) -> None:
    order = list(range(len(ratings)))
    random.shuffle(order)  # type: ignore[attr-defined]
    rules = replace(f1.RULES if exact else DRAWN, replicates=100)
    plain, shuffled = tables(everything(ratings, rules)), tables(everything(ratings.iloc[order], rules))
    for name, table in plain.items():
        assert shuffled[name].to_csv() == table.to_csv(), name


@few
@given(THREE, st.booleans())
def test_an_objective_nobody_rated_changes_no_figure_of_another(ratings: pd.DataFrame, exact: bool) -> None:
    rules = f1.RULES if exact else DRAWN
    alone = everything(ratings, rules)
    silent = pd.DataFrame({"objective": ["z"], "strategic_question": ["r"]})
    wider = pd.concat([OBJECTIVES, silent], ignore_index=True)
    joined = read_ratings(ratings, pd.Series(dtype="str"), wider, GROUPS, rules, Surroundings())
    pd.testing.assert_frame_equal(joined.table.iloc[:3], alone.table, check_exact=True)
    for name, table in tables(joined).items():
        if "objective" in table:
            own = table[table["objective"] != "z"].reset_index(drop=True)
            pd.testing.assert_frame_equal(own, tables(alone)[name], check_exact=True)
    pd.testing.assert_frame_equal(joined.sensitivity.lines, alone.sensitivity.lines, check_exact=True)


@few
@given(THREE)
def test_taking_an_objective_away_changes_no_other_need(ratings: pd.DataFrame) -> None:
    """Scores stand on the scale's own ends; only ranks, lines and person-centred scores compare."""
    raters = ratings.loc[ratings["value"].notna() & (ratings["objective"] != "c"), "contribution_id"]
    ratings = ratings[ratings["contribution_id"].isin(raters)]
    before = estimate(ratings, objectives("a", "b", "c"), GROUPS, f1.RULES)
    after = estimate(ratings, objectives("a", "b"), GROUPS, f1.RULES)
    pd.testing.assert_frame_equal(after.table[SCORES], before.table[SCORES].iloc[:2], check_exact=True)
    np.testing.assert_array_equal(after.need_replicates, before.need_replicates[:, :2])


@few
@given(THREE, st.booleans())
def test_probabilities_of_places_sum_to_one(ratings: pd.DataFrame, exact: bool) -> None:
    found = everything(ratings, f1.RULES if exact else DRAWN)
    made = estimate(ratings, OBJECTIVES, GROUPS, f1.RULES if exact else DRAWN)
    never = np.isnan(made.need_replicates[:, made.evidence.ranked]).any()
    for shares in (found.ranks.pivot(index="objective", columns="rank", values="probability").to_numpy(),
                   made.random.shares):  # fmt: skip
        known = shares[~np.isnan(shares).any(axis=1)]
        np.testing.assert_allclose(known.sum(axis=1), 1)
        if not never:
            np.testing.assert_allclose(shares.sum(axis=0), 1)
    places = found.table[found.table["ranked"] & found.table["p_top"].notna()]
    assert ((places["p_top"] >= 0) & (places["p_top"] <= 1 + 1e-12)).all()
    assert (places["rank_low"] >= 1).all()
    assert (places["rank_high"] <= len(found.ranks["rank"].unique())).all()


@few
@given(THREE, st.booleans())
def test_intervals_of_need_and_feasibility_hold_their_estimate(ratings: pd.DataFrame, exact: bool) -> None:
    table = everything(ratings, f1.RULES if exact else DRAWN).table
    for measure in ("need", "feasibility"):
        low, value, high = (table[f"{measure}{end}"] for end in ("_low", "", "_high"))
        assert ((low <= value) & (value <= high) | value.isna()).all()
        assert ((low >= 0) & (high <= 100) | value.isna()).all()
        t_low, t_high = table[f"{measure}_t_low"], table[f"{measure}_t_high"]
        assert ((t_low <= value + 1e-9) & (value <= t_high + 1e-9) | t_low.isna()).all()


@few
@given(THREE)
def test_names_of_groups_change_nothing(ratings: pd.DataFrame) -> None:
    """Renamed so that they sort the other way round; the plan keeps its order. All draws are enumerated."""
    names = dict(zip(GROUPS, ["z", "y", "x"], strict=True))
    renamed = ratings.assign(group=ratings["group"].map(names))
    before, after = everything(ratings), everything(renamed, groups=list(names.values()))
    assert before.exact
    pd.testing.assert_frame_equal(after.table, before.table, check_exact=True)
    for name in ("lines", "outcomes", "ranks", "distribution"):
        pd.testing.assert_frame_equal(tables(after)[name], tables(before)[name], check_exact=True)


@few
@given(THREE, st.integers(2, 5))
def test_everybody_as_a_cluster_of_copies_says_the_same(ratings: pd.DataFrame, copies: int) -> None:
    many = pd.concat(
        [ratings.assign(contribution_id=ratings["contribution_id"] + f"/{n}") for n in range(copies)],
        ignore_index=True,
    )
    one_voice = ratings[["contribution_id", "unit"]].drop_duplicates()
    one_voice = one_voice[~one_voice["unit"].duplicated(keep=False)]  # a unit of two voices is not one
    members = [(c, f"{c}/{n}", "duplicate") for c in one_voice["contribution_id"] for n in range(copies)]
    alone = ratings[ratings["contribution_id"].isin(one_voice["contribution_id"])]
    many = many[many["contribution_id"].isin([m for _, m, _ in members])]
    clusters = pd.DataFrame(members, columns=["cluster", "contribution_id", "kind"])
    counted = counted_once(many, clusters)
    same = [*SCORES[:-2], "n_groups", "ranked", "rank", "rank_tied", "p_top", "p_top_random", "gic",
            "agreement", "quadrant", "tier"]  # fmt: skip
    found = estimate(counted, OBJECTIVES, GROUPS, f1.RULES).table[same]
    expected = estimate(alone, OBJECTIVES, GROUPS, f1.RULES).table[same]
    pd.testing.assert_frame_equal(found, expected, rtol=1e-9, atol=1e-9)


@settings(max_examples=8)
@given(
    consultations(scale, ids=("a", "b", "c")),
    st.lists(st.sampled_from(["Una casa per tutti", "La scuola", "Salute e cura", "Niente"]), max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abc")), max_size=6),
)
def test_need_never_depends_on_what_is_written_or_coded(
    ratings: pd.DataFrame, texts: list[str], coded: list[tuple[int, str]]
) -> None:
    silent = whole(said([]), ratings).priorities
    told = said(texts)
    codings = pd.DataFrame(
        [(f"w{n}/1", objective, "author", 1.0, "") for n, objective in set(coded) if n < len(texts)],
        columns=["answer_id", "objective", "basis", "score", "words"],
    ).astype({"answer_id": "str", "objective": "str", "basis": "str", "words": "str", "score": "float64"})
    words = ["n_answers", "n_participants", "salience", "salience_low", "salience_high", "salience_basis",
             "breadth", "reach", "attention", "badges", "apart"]  # fmt: skip
    for found in (whole(told, ratings), whole(told, ratings, codings)):
        pd.testing.assert_frame_equal(
            found.priorities.drop(columns=words), silent.drop(columns=words), check_exact=True
        )
