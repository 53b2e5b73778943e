"""All that ratings say, in one reading: every table there, and each agreeing with the others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.ratings.priorities import estimate
from analysis.ratings.rating_findings import TARGETS, RatingFindings, Surroundings, read_ratings
from analysis.strata import UNSTATED_GROUP
from consultation.rules import Rules
from tests import f1
from tests.drawn import toy
from tests.f1 import rating_table

OBJECTIVES = f1.OBJECTIVES.assign(strategic_question="q")
NO_LANGUAGES = pd.Series(dtype="str")


def oracle(ratings: pd.DataFrame | None = None, rules: Rules = f1.RULES) -> RatingFindings:
    return read_ratings(
        f1.ratings() if ratings is None else ratings,
        NO_LANGUAGES,
        OBJECTIVES,
        f1.GROUPS,
        rules,
        Surroundings(),
    )


def test_the_table_is_that_of_the_estimates_with_what_is_sensitive() -> None:
    found = oracle()
    expected = estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, f1.RULES)
    pd.testing.assert_frame_equal(
        found.table.drop(columns="sensitive"), expected.table, check_exact=False, rtol=1e-12
    )
    assert (found.exact, found.n_replicates) == (True, 1152)
    assert (found.need_line, found.feasibility_line) == pytest.approx((72.106481, 62.962963), abs=5e-7)
    assert found.pairs == ("CI",)


def test_concordance_of_the_oracle_between_people_and_between_groups() -> None:
    found = oracle()
    assert (found.people.m, found.people.n) == (9, 3)
    assert (found.people.sum_of_squares, found.people.ties) == (12.5, 12)
    assert found.people.w == pytest.approx(0.081699, abs=5e-7)
    assert found.groups.m == 3
    assert found.groups.w == pytest.approx(0.030303, abs=5e-7)


def test_pattern_matches_of_the_oracle_where_its_groups_may_be_shown() -> None:
    patterns = oracle(rules=replace(f1.RULES, smallest_cell=2)).patterns
    assert list(zip(patterns["group_a"], patterns["group_b"], strict=True)) == [
        ("TS", "PA"), ("TS", "CI"), ("PA", "CI"),
    ]  # fmt: skip
    assert patterns["pearson"].tolist() == pytest.approx([-0.289474, -0.917663, -0.114708], abs=5e-7)
    assert oracle().patterns["n_objectives"].tolist() == [0, 0, 0]


def test_ranks_are_told_place_by_place() -> None:
    ranks = oracle().ranks
    assert list(ranks.columns) == ["objective", "rank", "probability"]
    assert ranks["objective"].tolist() == ["O1"] * 3 + ["O2"] * 3 + ["O3"] * 3
    assert ranks["rank"].tolist() == [1, 2, 3] * 3
    assert (ranks["probability"] * 1152).tolist() == pytest.approx(
        [111.5, 834.5, 206, 1040.5, 111.5, 0, 0, 206, 946]
    )


def test_weighings_of_the_oracle() -> None:
    table = oracle().weighings.set_index("scheme")
    assert table["n"].tolist() == [9, 9]
    # four, three and two people, each group weighing three: 9² / (9/4 + 9/3 + 9/2)
    assert table["effective_size"].tolist() == pytest.approx([81 / 9.75, 9])


def test_every_table_follows_the_order_of_objectives_and_groups() -> None:
    found = oracle()
    for table in (found.table, found.agreements, found.nonresponse):
        assert table["objective"].tolist() == ["O1", "O2", "O3"]
    assert found.profiles["group"].unique().tolist() == f1.GROUPS


def test_whoever_rated_one_half_only_has_no_need_of_their_own() -> None:
    ratings = f1.ratings()
    gone = (ratings["contribution_id"] == "TS1") & (ratings["dimension"] == "urgency")
    assert oracle(ratings[~gone]).people.m == 8


def test_nothing_rated_is_told_as_that() -> None:
    found = oracle(rating_table([]))
    assert found.table["need"].isna().all()
    assert found.table["tier"].tolist() == ["not_classifiable"] * 3
    assert found.profiles.empty
    assert found.patterns.empty
    assert found.ranks.empty
    assert (found.people.m, found.groups.m) == (0, 0)
    assert (found.distribution["n"] == 0).all()
    assert found.raking is None


def test_a_small_group_is_weighed_where_the_rules_merge_it_and_that_is_told() -> None:
    ratings = pd.concat([toy({"A": [5, 5, 4, 4, 5], "B": [1, 1]}, o) for o in OBJECTIVES["objective"]])
    rules = Rules(replicates=100, merged_groups=(("B", "A"),))
    found = read_ratings(ratings, NO_LANGUAGES, OBJECTIVES, ["A", "B"], rules, Surroundings())
    assert found.moves == {"B": "A"}
    assert found.left_out.empty
    assert found.table["importance"].tolist() == pytest.approx([25 / 7] * 3)
    assert found.profiles["group"].unique().tolist() == ["A"]
    assert found.profiles["n"].tolist() == [7] * 3
    apart = read_ratings(ratings, NO_LANGUAGES, OBJECTIVES, ["A", "B"], Rules(), Surroundings())
    assert apart.moves == {}
    assert apart.left_out["group"].tolist() == ["B"]


def test_a_group_that_is_large_enough_stays_itself() -> None:
    ratings = pd.concat([toy({"A": [5, 5, 4], "B": [1, 1, 2]}, o) for o in OBJECTIVES["objective"]])
    rules = Rules(replicates=100, merged_groups=(("B", "A"),))
    found = read_ratings(ratings, NO_LANGUAGES, OBJECTIVES, ["A", "B"], rules, Surroundings())
    assert found.moves == {}
    assert found.table["n_groups"].tolist() == [2, 2, 2]


def test_targets_of_language_are_met_by_what_people_write_in() -> None:
    """Twelve of A: six write in Italian and rate 5, six in English and rate 1; three quarters should be Italian."""  # noqa: E501
    ratings = pd.concat([toy({"A": [5] * 6 + [1] * 6}, o) for o in OBJECTIVES["objective"]])
    languages = pd.Series({f"A{n}": "it" if n < 6 else "en" for n in range(12)})
    targets = pd.DataFrame(
        [("language", "it", 0.75, "registry"), ("language", "en", 0.25, "registry")], columns=list(TARGETS)
    )
    found = read_ratings(
        ratings, languages, OBJECTIVES, ["A"], Rules(replicates=100), Surroundings(targets=targets)
    )
    assert found.raking is not None
    assert found.raking.settled
    raked = found.sensitivity.outcomes.query("line == 'raked'")["score"]
    assert raked.tolist() == pytest.approx([75] * 3)
    assert found.table["need"].tolist() == [50] * 3
    unknown = read_ratings(
        ratings, NO_LANGUAGES, OBJECTIVES, ["A"], Rules(replicates=100), Surroundings(targets=targets)
    )
    assert unknown.raking is not None
    assert unknown.raking.refused != ""


def test_whoever_names_no_group_is_in_no_balanced_figure() -> None:
    extra = toy({UNSTATED_GROUP: [1] * 9}, "O1")
    before, after = oracle(), oracle(pd.concat([f1.ratings(), extra]))
    same = ["importance", "need", "need_low", "rank", "p_top", "gic", "tier"]
    pd.testing.assert_frame_equal(after.table[same], before.table[same])
    assert after.table["n_ratings"].tolist() == [18, 9, 9]
    assert after.left_out.to_dict("records") == [
        {"group": UNSTATED_GROUP, "n_contributions": 9, "n_units": 9}
    ]


def test_the_order_of_rows_changes_no_table() -> None:
    shuffled = oracle(f1.ratings().sample(frac=1, random_state=np.random.RandomState(2)))
    plain = oracle()
    for name in ("table", "ranks", "agreements", "profiles", "patterns", "distribution", "nonresponse",
                 "weighings", "left_out"):  # fmt: skip
        assert getattr(shuffled, name).to_csv() == getattr(plain, name).to_csv(), name
    assert shuffled.people == plain.people
