"""The table of edge cases of the method, one test for each: what is done where a rule would not hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.ballots.voting import dots, merged
from analysis.clusters import no_clusters
from analysis.participation import participation
from analysis.ratings.priorities import estimate
from analysis.ratings.rating_findings import RatingFindings, Surroundings, read_ratings
from analysis.resampling import resampling
from analysis.result_tables import rating_tables
from analysis.salience import salience
from analysis.sentences.figures import interval, standing
from analysis.sentences.ladder import in_order, position
from analysis.strata import UNSTATED_GROUP, strata
from consultation.importing.belonging import listed_groups, one_voice
from consultation.language import Language
from consultation.plan import Plan
from consultation.rules import Rules
from tests import f1
from tests.drawn import objectives, toy
from tests.f1 import answer_table, coding_table

ENGLISH = Language("en")
FEW_DRAWS = Rules(replicates=100)
GROUPS = ["A", "B", "C", "D"]
NOBODY_INVITED = pd.DataFrame(columns=["group", "invited"])
NO_TARGET = pd.DataFrame(columns=["variable", "category", "share", "source"])


def findings(
    ratings: pd.DataFrame, *ids: str, rules: Rules = FEW_DRAWS, groups: list[str] = GROUPS
) -> RatingFindings:
    asked = objectives(*(ids or ("o",))).assign(strategic_question="q")
    return read_ratings(ratings, pd.Series(dtype="str"), asked, groups, rules, Surroundings())


def test_a_group_of_fewer_than_three_is_merged_as_declared_or_left_out_and_listed() -> None:
    ratings = toy({"A": [5, 5, 5, 5], "B": [1, 1]})
    out = findings(ratings)
    assert out.table["importance"].tolist() == [5]
    assert out.left_out["group"].tolist() == ["B"]
    into = findings(ratings, rules=replace(FEW_DRAWS, merged_groups=(("B", "A"),)))
    assert into.table["importance"].tolist() == pytest.approx([22 / 6])
    assert (into.moves, len(into.left_out)) == ({"B": "A"}, 0)


def test_a_cell_of_fewer_than_five_is_suppressed_and_no_difference_gives_it_away() -> None:
    found = findings(toy({"A": [5] * 5 + [4], "B": [3] * 7, "C": [1, 1, 2, 1], "D": [4, 4, 5, 4, 4, 3, 4]}))
    table = rating_tables(found)["groups.csv"].set_index("group")
    assert table["n"].to_dict() == {"A": 6, "B": 7, "C": 4, "D": 7}
    figures = table[["importance", "need", "need_low", "need_high", "feasibility", "feasibility_high"]]
    # the balanced need and those of B and D leave A and C unknown together
    assert figures.isna().all(axis=1).to_dict() == {"A": True, "B": False, "C": True, "D": False}
    assert figures.loc[["B", "D"]].notna().all().all()


def test_one_group_only_has_a_plain_mean_and_nothing_between_groups() -> None:
    found = findings(pd.concat([toy({"A": [5, 4, 4, 2, 3]}, o) for o in "opq"]), *"opq")
    assert found.table["importance"].tolist() == pytest.approx([3.6] * 3)
    assert found.table[["gic", "gic_raw"]].isna().all().all()
    assert found.patterns.empty
    answers = answer_table([(f"A{n}/1", f"A{n}", f"A{n}", "A") for n in range(4)])
    told = salience(coding_table([("A0/1", "o", "author")]), answers, objectives("o"), GROUPS, FEW_DRAWS)
    assert told["salience"].tolist() == [0.25]
    assert told["breadth"].isna().all()


def test_what_has_no_rating_at_all_is_not_ranked_and_said_to_be_not_rated() -> None:
    found = findings(pd.concat([toy({"A": [5, 4, 3]}), toy({"A": [None] * 3}, "unsure")]), "o", "unsure")
    row = found.table.iloc[1]
    assert not row["ranked"]
    assert np.isnan(row["rank"])
    assert row["tier"] == "not_classifiable"
    assert "unsure" not in set(found.ranks["objective"])
    assert standing(row, FEW_DRAWS, ENGLISH) == "Not rated"
    assert interval(row["need"], row["need_low"], row["need_high"], 0, 0, ENGLISH) == "Not rated"


def test_identical_scores_are_told_with_an_equals_sign_in_the_plans_order_and_share_their_places() -> None:
    values = {"first": [5, 5, 5], "z": [3, 4, 2], "y": [2, 4, 3], "last": [1, 1, 1]}
    found = findings(pd.concat([toy({"A": v}, o) for o, v in values.items()]), "last", "z", "y", "first")
    assert found.table["rank"].tolist() == [4, 2, 2, 1]
    assert found.table["rank_tied"].tolist() == [False, True, True, False]
    told = [
        position(r, t, ENGLISH) for r, t in zip(found.table["rank"], found.table["rank_tied"], strict=True)
    ]
    assert told == ["4", "=2", "=2", "1"]
    assert in_order(found.table)["objective"].tolist() == ["first", "z", "y", "last"]
    alike = findings(pd.concat([toy({"A": [3, 3, 3]}, o) for o in "op"]), *"op")
    assert alike.ranks["probability"].tolist() == [0.5] * 4


def test_without_variation_an_interval_is_a_point_and_no_certainty() -> None:
    row = findings(toy({"A": [4] * 3, "B": [4] * 6, "C": [4] * 7})).table.iloc[0]
    assert row["need_low"] == row["need"] == row["need_high"] == 75
    told = interval(row["need"], row["need_low"], row["need_high"], row["n_ratings"], 0, ENGLISH)
    assert told == "75 (no variation in 16 ratings)"


def test_two_units_are_drawn_one_at_a_time_only_where_the_rules_say_so_and_are_named() -> None:
    pair = toy({"A": [5, 3, 4], "B": [1, 5]})
    assert findings(pair).pairs == ()
    allowed = findings(pair, rules=f1.RULES)
    assert allowed.pairs == ("B",)
    draws = np.concatenate(list(resampling(strata(pair, GROUPS, 2), f1.RULES).blocks()))
    assert set(draws[:, 3:].sum(axis=1)) == {1}
    assert Rules().smallest_group == 3


@pytest.mark.parametrize(("missing", "bounded"), [(2, False), (3, True)])
def test_more_than_a_fifth_missing_is_told_with_bounds(missing: int, bounded: bool) -> None:
    """Of ten who were asked, two are a fifth."""
    values: list[int | None] = [*[None] * missing, *[3] * (10 - missing)]
    found = findings(pd.concat([toy({"A": values}), toy({"A": [3] * 10}, "p")]), "o", "p").nonresponse
    assert found["nonresponse"].tolist() == [missing / 10, 0]
    assert found[["need_worst", "need_best"]].notna().all(axis=1).tolist() == [bounded, False]
    if bounded:
        assert found.loc[0, "need_worst"] == pytest.approx(0.7 * 50)
        assert found.loc[0, "need_best"] == pytest.approx(0.7 * 50 + 0.3 * 100)


def test_a_participant_of_two_groups_is_counted_and_in_neither(milan: Plan) -> None:
    group, other = list(milan.groups)[:2]
    rows = pd.DataFrame(
        {
            "contribution_id": ["p", "p", "q", "r"],
            "unit": ["p", "p", "q", "r"],
            "group": [group, other, "", "martians"],
        }
    )
    settled, told = one_voice(rows)
    listed, _ = listed_groups(settled, milan, "a.csv")
    assert listed["group"].tolist() == [UNSTATED_GROUP] * 4
    assert any("two different groups" in str(notice) for notice in told)
    answers = listed.assign(answer_id=["1", "2", "3", "4"])
    ratings = toy({})
    people = participation(
        answers, ratings, list(milan.groups), NOBODY_INVITED, NO_TARGET, no_clusters(), Rules()
    ).set_index("group")
    assert people.loc[UNSTATED_GROUP, "n_contributions"] == 3
    assert not people["balanced"].any()


def test_what_came_on_paper_weighs_the_same_is_recorded_and_left_out_beside_if_it_is_much() -> None:
    ratings = toy({"A": [5, 5, 4, 4, 4, 4], "B": [1, 2, 1, 2]}).assign(channel="online")
    many = ratings["contribution_id"].isin(["A0", "A1", "B0", "B1"])
    paper = ratings.assign(channel=np.where(many, "paper", "online"))
    online, mixed = findings(ratings), findings(paper)
    pd.testing.assert_frame_equal(
        mixed.table.drop(columns="sensitive"), online.table.drop(columns="sensitive")
    )
    people = participation(
        answer_table([]), paper, GROUPS, NOBODY_INVITED, NO_TARGET, no_clusters(), Rules()
    ).set_index("group")
    assert people["paper"].to_dict() == {"A": 2, "B": 2, "C": 0, "D": 0}
    line = mixed.sensitivity.outcomes.query("line == 'without_paper'")
    without = estimate(paper[paper["channel"] != "paper"], objectives("o"), GROUPS, FEW_DRAWS)
    assert line["score"].tolist() == without.table["need"].tolist() != mixed.table["need"].tolist()
    assert "without_paper" not in set(online.sensitivity.lines["line"])


def test_items_merged_after_a_vote_are_counted_again_from_each_persons_sum_up_to_the_cap() -> None:
    rows = [
        ("u", "u", "A", "x", 2),
        ("u", "u", "A", "y", 2),
        ("v", "v", "A", "y", 1),
        ("w", "w", "A", "x", 2),
    ]
    votes = pd.DataFrame(rows, columns=["contribution_id", "unit", "group", "item", "points"])
    votes["points"] = votes["points"].astype("Int64")
    joined = merged(votes, {"y": "x"}, cap=2)
    found = dots(joined, ["x"], ["A"], FEW_DRAWS, 5, 2)
    # 2 of u and not 4, 1 of v, 2 of w
    assert (found["points"].tolist(), found["n_voters"].tolist()) == ([5], [3])
    assert found["score"].tolist() == pytest.approx([5 / 15])
