"""A campaign counts once: it moves no figure further than one of its copies, and makes none surer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.clusters import counted_once, excluded, no_clusters, present, voices, weights
from analysis.ratings.priorities import RatingEstimates, estimate
from analysis.ratings.rating_findings import RatingFindings, Surroundings, read_ratings
from analysis.salience import salience
from consultation.rules import Rules
from tests import f1
from tests.drawn import toy
from tests.f1 import answer_table, coding_table

OBJECTIVES = pd.DataFrame({"objective": ["o", "p"], "strategic_question": "q"})
GROUPS = ["A", "B"]
RULES = Rules()
BASE = {"A": [5, 4, 2, 3], "B": [2, 1, 3, 3]}
COPIES = 7

CLUSTER = pd.DataFrame(
    [("petition", "A0", "campaign"), *(("petition", f"copy{n}", "campaign") for n in range(COPIES))],
    columns=["cluster", "contribution_id", "kind"],
    dtype="str",
)


def two_objectives(groups: dict[str, list[int]]) -> pd.DataFrame:
    other = {group: [6 - value for value in values] for group, values in groups.items()}
    return pd.concat([toy(groups), toy(other, "p")], ignore_index=True)


def with_copies(base: pd.DataFrame, of: str = "A0", group: str = "A", n: int = COPIES) -> pd.DataFrame:
    """`base`, and the ratings of one contribution again by `n` others, units of their own."""
    own = base[base["contribution_id"] == of]
    again = [own.assign(contribution_id=f"copy{i}", unit=f"copy{i}", group=group) for i in range(n)]
    return pd.concat([base, *again], ignore_index=True)


def once(ratings: pd.DataFrame, clusters: pd.DataFrame = CLUSTER) -> RatingEstimates:
    counted = counted_once(ratings, present(clusters, ratings["contribution_id"]))
    return estimate(counted, OBJECTIVES, GROUPS, RULES)


def findings(ratings: pd.DataFrame, clusters: pd.DataFrame) -> RatingFindings:
    return read_ratings(
        ratings, pd.Series(dtype="str"), OBJECTIVES, GROUPS, RULES, Surroundings(clusters=clusters)
    )


def alike(found: pd.DataFrame, expected: pd.DataFrame, but: Sequence[str] = ()) -> None:
    pd.testing.assert_frame_equal(
        found.drop(columns=list(but)), expected.drop(columns=list(but)), rtol=1e-12, atol=1e-12
    )


def test_copies_move_no_estimate_and_no_interval() -> None:
    base = two_objectives(BASE)
    single, copied = once(base), once(with_copies(base))
    assert copied.table["n_ratings"].tolist() == [8 + COPIES] * 2
    alike(copied.table, single.table, but=["n_ratings"])
    np.testing.assert_allclose(copied.need_replicates, single.need_replicates)
    assert single.table["p_top"].tolist() != estimate(with_copies(base), OBJECTIVES, GROUPS, RULES).table[
        "p_top"
    ].tolist()  # fmt: skip


def test_copies_move_no_other_figure_of_agreement_concordance_or_missing_ratings() -> None:
    base = two_objectives(BASE)
    single, copied = findings(base, no_clusters()), findings(with_copies(base), CLUSTER)
    alike(copied.agreements, single.agreements, but=["n"])
    assert copied.people == single.people
    assert copied.groups == single.groups
    alike(copied.patterns, single.patterns)
    values = ["objective", "dimension", "answer", "share"]
    alike(copied.distribution[values], single.distribution[values])
    alike(copied.profiles, single.profiles, but=["n"])


def test_copies_do_not_make_a_group_large_enough() -> None:
    small = two_objectives({"A": [5, 4], "B": [2, 1, 3]})
    found = once(with_copies(small))
    assert found.made.sample.strata.groups == ("B",)
    assert found.left_out.to_dict("records") == [{"group": "A", "n_contributions": 9, "n_units": 2}]
    large = estimate(with_copies(small), OBJECTIVES, GROUPS, RULES)
    assert large.made.sample.strata.groups == ("A", "B")


def test_copies_do_not_make_a_cell_large_enough() -> None:
    """A is balanced, but of `p` it holds two voices: one of them came eight times."""
    part = two_objectives(BASE)
    part = part[~((part["objective"] == "p") & part["contribution_id"].isin(["A2", "A3"]))]
    found = once(with_copies(part)).table.set_index("objective")
    assert found["n_groups"].to_dict() == {"o": 2, "p": 1}


def test_copies_do_not_make_a_group_large_enough_to_be_published_or_to_object() -> None:
    """Four voices of A find `o` unimportant; as eleven people they would be named for it."""
    base = two_objectives({"A": [1, 1, 2, 2], "B": [5, 5, 5, 5, 5]})
    found = findings(with_copies(base), CLUSTER)
    assert found.agreements["lowest_group"].tolist() == ["B", "B"]
    assert found.agreements["veto"].tolist() == [False, True]
    assert not found.profiles["published"].any()  # B is hidden with A, which could be computed from it
    counted = estimate(with_copies(base), OBJECTIVES, GROUPS, RULES).agreements
    assert counted["lowest_group"].tolist() == ["A", "B"]


def test_copies_do_not_make_agreement_worth_telling() -> None:
    few = two_objectives({"A": [5, 4, 4]})
    assert once(with_copies(few)).agreements["agreement"].isna().all()
    assert estimate(with_copies(few), OBJECTIVES, GROUPS, RULES).agreements["agreement"].notna().all()


def test_a_campaign_across_two_groups_shares_one_voice_between_them() -> None:
    """Eight members, half of them in either group: each group has half a voice more, and one unit."""
    base = toy({"A": [3, 3, 3], "B": [3, 3, 3]})
    for group, first in (("A", 0), ("B", 4)):
        members = toy({group: [None] * first + [5] * 4})
        base = pd.concat([base, members.assign(contribution_id="m" + members["contribution_id"])])
    base = base[base["value"].notna()].assign(
        unit=lambda t: t["unit"].where(~t["contribution_id"].str.startswith("m"), t["contribution_id"])
    )
    ids = sorted({c for c in base["contribution_id"] if c.startswith("m")})
    clusters = pd.DataFrame({"cluster": "k", "contribution_id": ids, "kind": "campaign"})
    counted = counted_once(base, present(clusters, base["contribution_id"]))
    found = estimate(counted, OBJECTIVES.iloc[:1], GROUPS, RULES)
    assert found.made.sample.strata.sizes == (4, 4)
    assert found.table["importance"].tolist() == pytest.approx([(3 * 3 + 0.5 * 5) / 3.5])
    assert found.made.sample.voices[:, 0].tolist() == [3.5, 3.5]


def test_members_keep_one_voice_between_them_whatever_their_number() -> None:
    rows = with_copies(two_objectives(BASE))
    counted = counted_once(rows, CLUSTER)
    each = counted.drop_duplicates("contribution_id").set_index("contribution_id")
    assert each["weight"].sum() == pytest.approx(8)
    assert set(each.loc[CLUSTER["contribution_id"], "unit"]) == {"cluster: petition"}
    assert (each.loc["B0", "unit"], each.loc["B0", "weight"]) == ("B0", 1.0)
    assert list(counted.columns) == [*rows.columns, "weight"]
    assert counted.index.equals(rows.index)


def test_whoever_was_erased_leaves_their_part_to_the_others() -> None:
    rows = with_copies(two_objectives(BASE))
    rest = rows[~rows["contribution_id"].isin(["copy0", "copy1"])]
    members = present(CLUSTER, rest["contribution_id"])
    assert len(members) == COPIES - 1
    alike(once(rest).table, once(rows).table, but=["n_ratings"])


def test_a_member_nobody_knows_weighs_nothing() -> None:
    base = two_objectives(BASE)
    strange = CLUSTER.assign(contribution_id=["A0", *(f"nobody{n}" for n in range(COPIES))])
    alike(once(base, strange).table, once(base, no_clusters()).table)


def test_a_contribution_in_two_clusters_cannot_be_counted_once() -> None:
    twice = pd.concat([CLUSTER, CLUSTER.iloc[:1].assign(cluster="other")])
    with pytest.raises(ValueError, match="two clusters"):
        present(twice, pd.Series(["A0"]))


def test_all_counted_and_none_counted_are_told_beside() -> None:
    base = two_objectives(BASE)
    copied = with_copies(base)
    found = findings(copied, CLUSTER).sensitivity
    lines = found.lines.set_index("line")
    assert lines.loc["campaigns_all", "n"] == 8 + COPIES
    assert lines.loc["campaigns_excluded", "n"] == 7
    outcomes = found.outcomes.set_index(["line", "objective"])["score"]
    every = estimate(copied, OBJECTIVES, GROUPS, RULES).table.set_index("objective")["need"]
    none = estimate(base[base["contribution_id"] != "A0"], OBJECTIVES, GROUPS, RULES).table
    assert outcomes["campaigns_all"].to_dict() == every.to_dict()
    assert outcomes["campaigns_excluded"].to_dict() == none.set_index("objective")["need"].to_dict()


def test_without_clusters_there_are_no_such_lines_and_every_row_weighs_one() -> None:
    base = two_objectives(BASE)
    assert not findings(base, no_clusters()).sensitivity.lines["line"].str.startswith("campaigns").any()
    counted = counted_once(base, no_clusters())
    assert weights(counted).tolist() == weights(base).tolist() == [1.0] * len(base)
    assert counted["unit"].tolist() == base["unit"].tolist()
    assert excluded(base, no_clusters()).equals(base)


def test_a_voice_is_a_contribution_or_a_cluster() -> None:
    rows = counted_once(with_copies(two_objectives(BASE)), CLUSTER)
    assert set(voices(rows)) == {"A1", "A2", "A3", "B0", "B1", "B2", "B3", "cluster: petition"}


def test_in_words_too_a_campaign_speaks_once() -> None:
    people = [("A0", "A"), ("A1", "A"), ("A2", "A"), ("B0", "B"), ("B1", "B"), ("B2", "B")]
    copies = [(f"copy{n}", "A") for n in range(COPIES)]

    def told(who: list[tuple[str, str]], clusters: pd.DataFrame) -> pd.DataFrame:
        answers = answer_table([(f"{name}/1", name, name, group) for name, group in who])
        spoke = ["A0", "B0", "B1", *(name for name, _ in copies)]
        codings = coding_table([(f"{name}/1", "o", "author") for name, _ in who if name in spoke])
        counted = counted_once(answers, present(clusters, answers["contribution_id"]))
        return salience(codings, counted, OBJECTIVES, GROUPS, RULES)

    single, copied = told(people, no_clusters()), told(people + copies, CLUSTER)
    assert single["salience"].tolist() == pytest.approx([(1 / 3 + 2 / 3) / 2, 0])
    assert copied["n_participants"].tolist() == [3 + COPIES, 0]
    alike(copied, single, but=["n_answers", "n_participants"])
    assert single["reach"].tolist() == copied["reach"].tolist() == [0.5, 0]


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_and_members_changes_no_byte(random: object) -> None:
    rows = with_copies(two_objectives(BASE))
    order, members = list(range(len(rows))), list(range(len(CLUSTER)))
    random.shuffle(order)  # type: ignore[attr-defined]
    random.shuffle(members)  # type: ignore[attr-defined]
    shuffled = once(rows.iloc[order], CLUSTER.iloc[members])
    assert shuffled.table.to_csv() == once(rows).table.to_csv()
    assert shuffled.need_replicates.tobytes() == once(rows).need_replicates.tobytes()


def test_the_oracle_with_everybody_three_times_is_the_oracle() -> None:
    """Thirds do not add up to one to the last digit; figures do to nine, and ties stay ties."""
    rows = f1.ratings()
    thrice = pd.concat(
        [rows.assign(contribution_id=rows["contribution_id"] + f"/{n}") for n in range(3)], ignore_index=True
    )
    clusters = pd.DataFrame(
        [(u, f"{u}/{n}", "duplicate") for u in f1.UNITS for n in range(3)],
        columns=["cluster", "contribution_id", "kind"],
    )
    found = estimate(counted_once(thrice, clusters), f1.OBJECTIVES, f1.GROUPS, f1.RULES)
    expected = estimate(rows, f1.OBJECTIVES, f1.GROUPS, f1.RULES)
    alike(found.table, expected.table, but=["n_ratings"])
    alike(found.agreements, expected.agreements, but=["n"])
    alike(found.ranks, expected.ranks)
