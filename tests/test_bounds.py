"""Who did not rate, and how far their ratings could have moved a need."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.ratings.bounds import nonresponse
from consultation.rules import Rules
from tests import f1
from tests.f1 import rating_table

OBJECTIVES = pd.DataFrame(
    {"objective": ["o", "sister", "far"], "strategic_question": ["q", "q", "elsewhere"]}
)
IMPORTANCE = Rules(importance_weight=1.0)


def rows(
    who: str, group: str, objective: str, importance: int | None, *urgency: int | None
) -> list[tuple[str, str, str, str, str, int | None]]:
    """What one person says of an objective; leave urgency out for a blank."""
    said = [("importance", importance), *(("urgency", value) for value in urgency)]
    return [(who, who, group, objective, dimension, value) for dimension, value in said]


def people(group: str, objective: str, values: Sequence[int | None]) -> pd.DataFrame:
    """One person per value, the same on both dimensions."""
    return rating_table(
        [row for n, value in enumerate(values) for row in rows(f"{group}{n}", group, objective, value, value)]
    )


def of(table: pd.DataFrame, objective: str = "o") -> pd.Series:
    (row,) = (row for _, row in table.iterrows() if row["objective"] == objective)
    return row


def found(ratings: pd.DataFrame, rules: Rules | None = None, groups: Sequence[str] = "AB") -> pd.DataFrame:
    return nonresponse(ratings, OBJECTIVES, list(groups), rules or Rules())


def counts(row: pd.Series) -> list[int]:
    return [int(row[name]) for name in ("n_asked", "n_valid", "n_unsure", "n_blank")]


def test_everybody_who_met_an_objective_was_asked() -> None:
    ratings = rating_table(
        [
            *rows("both", "A", "o", 4, 5),
            *rows("half", "A", "o", 4),  # urgency left out
            *rows("unsure", "A", "o", 4, None),
            *rows("neither", "A", "o", None, None),
            *rows("sister", "A", "sister", 3, 3),  # saw this one and left it
            *rows("elsewhere", "A", "far", 3, 3),  # never saw it
            ("feasible", "feasible", "non_indicato", "o", "feasibility", 2),  # rated it, not its need
        ]
    )
    table = found(ratings)
    assert table["objective"].tolist() == ["o", "sister", "far"]
    assert counts(of(table)) == [6, 1, 2, 3]
    assert of(table)["nonresponse"] == pytest.approx(5 / 6)
    assert counts(of(table, "sister")) == [6, 1, 0, 5]
    assert counts(of(table, "far")) == [1, 1, 0, 0]


def test_an_objective_nobody_met() -> None:
    row = of(found(people("A", "o", [3, 4, 5])), "far")
    assert counts(row) == [0, 0, 0, 0]
    assert row[["nonresponse", "need_worst", "need_best"]].isna().all()
    empty = found(rating_table([]))
    assert empty["n_asked"].tolist() == [0, 0, 0]
    assert empty["need_best"].isna().all()


@pytest.mark.parametrize(("missing", "bounded"), [(1, False), (2, False), (3, True)])
def test_bounds_are_told_when_more_than_a_fifth_is_missing(missing: int, bounded: bool) -> None:
    """Two of ten are a fifth and not more."""
    row = of(found(people("A", "o", [4] * (10 - missing) + [None] * missing)))
    assert row["nonresponse"] == pytest.approx(missing / 10)
    assert np.isnan(row["need_worst"]) != bounded
    assert np.isnan(row["need_best"]) != bounded


def test_the_bounds_put_one_and_five_in_every_gap() -> None:
    ratings = pd.concat([people("A", "o", [5, 5, None, None]), people("B", "o", [3, 3, 3])])
    row = of(found(ratings))
    # A between means of 3 and 5, B at 3: balanced 3 to 4
    assert (row["need_worst"], row["need_best"]) == (50, 75)


def test_a_blank_is_a_gap_like_a_non_so() -> None:
    unsure = people("A", "o", [5, 5, None, None])
    blank = pd.concat([people("A", "o", [5, 5]), people("A", "sister", [1, 1, 1, 1])])
    assert of(found(blank))[["need_worst", "need_best"]].equals(
        of(found(unsure))[["need_worst", "need_best"]]
    )


def test_only_the_gap_is_filled() -> None:
    """Importance is 5 for all; only urgency, half of need, is open."""
    ratings = rating_table([row for n in range(3) for row in rows(f"p{n}", "A", "o", 5, None)])
    row = of(found(ratings))
    assert (row["need_worst"], row["need_best"]) == (50, 100)
    assert counts(of(found(ratings, IMPORTANCE))) == [3, 3, 0, 0]


def test_feasibility_moves_no_bound() -> None:
    ratings = people("A", "o", [5, 5, None, None])
    feasible = rating_table([(f"A{n}", f"A{n}", "A", "o", "feasibility", 1) for n in range(4)])
    pd.testing.assert_frame_equal(found(pd.concat([ratings, feasible])), found(ratings))


def test_confirmed_copies_count_once_in_the_bounds_and_each_in_the_numbers() -> None:
    ratings = people("A", "o", [5, 5, 5, 1, None, None]).assign(weight=[0.5] * 4 + [1.0] * 8)
    row = of(found(ratings))
    # one voice of the two copies at 5, then 5, 1, and two gaps, each counting once
    assert row["need_worst"] == pytest.approx(25 * ((5 + 5 + 1 + 1 + 1) / 5 - 1))
    assert row["need_best"] == pytest.approx(25 * ((5 + 5 + 1 + 5 + 5) / 5 - 1))
    assert counts(row) == [6, 4, 2, 0]


def test_a_small_group_is_counted_and_not_balanced() -> None:
    ratings = pd.concat([people("A", "o", [5, 5, None]), people("B", "o", [1, 1])])
    row = of(found(ratings, Rules(interval=0.9)))
    assert counts(row) == [5, 4, 1, 0]
    assert np.isnan(row["need_worst"])  # a fifth
    ratings = pd.concat([people("A", "o", [5, None, None]), people("B", "o", [1, 1])])
    assert of(found(ratings))["need_worst"] == pytest.approx(25 * (7 / 3 - 1))
    assert of(found(ratings, Rules(merged_groups=(("B", "A"),))))["need_worst"] == pytest.approx(
        25 * (9 / 5 - 1)
    )


def test_without_a_group_large_enough_there_are_no_bounds() -> None:
    row = of(found(people("A", "o", [5, None])))
    assert row["nonresponse"] == 0.5
    assert np.isnan([row["need_worst"], row["need_best"]]).all()


@given(st.lists(st.sampled_from([1, 2, 3, 4, 5, None]), min_size=3, max_size=12), st.integers(1, 5))
def test_whatever_the_missing_would_have_said_need_stays_within_its_bounds(
    values: list[int | None], said: int
) -> None:
    row = of(found(people("A", "o", values)))
    answered = [said if value is None else value for value in values]
    if values.count(None) > len(values) / 5:
        need = 25 * (sum(answered) / len(answered) - 1)
        assert row["need_worst"] - 1e-9 <= need <= row["need_best"] + 1e-9
    else:
        assert np.isnan(row["need_best"])


@given(st.permutations(range(len(f1.ratings()))))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    """Not even the last digit of sums of tenths within one organisation."""
    plan = f1.OBJECTIVES.assign(strategic_question="q")
    holes = f1.ratings().assign(value=lambda rows: rows["value"].mask(rows["contribution_id"].str[-1] == "1"))
    heavy = dict(zip(f1.UNITS, (0.7, 0.1, 0.3, 1, 1, 1, 1, 1, 1), strict=True))
    holes = holes.assign(
        weight=holes["contribution_id"].map(heavy),
        unit=holes["unit"].replace(dict.fromkeys(("TS1", "TS2", "TS3"), "coop")),
    )
    kept = nonresponse(holes, plan, f1.GROUPS, f1.RULES)
    assert kept["need_best"].notna().all()
    shuffled = nonresponse(holes.iloc[list(order)], plan, f1.GROUPS, f1.RULES)
    pd.testing.assert_frame_equal(shuffled, kept, check_exact=True)
