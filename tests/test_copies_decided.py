"""Copies beside what was decided of them: what is open, what came later, what holds although it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.ratings.line_effects import Effect, effect_of
from analysis.strata import UNSTATED_GROUP
from analysis.text.copies_decided import DECIDED, Families, beside
from analysis.text.duplicates import find_copies
from tests.test_duplicates import BUSES, SPACES, SPACES_AGAIN, everyone

BEFORE, THEN, AFTER = "2026-11-01T10:00:00+00:00", "2026-11-02T10:00:00+00:00", "2026-11-03T10:00:00+01:00"


def judged(of: Mapping[str, tuple[str, Sequence[str]]], at: str = THEN) -> pd.DataFrame:
    """Kind and contributions of each decided cluster."""
    rows = [(name, who, kind, at) for name, (kind, members) in of.items() for who in members]
    return pd.DataFrame(rows, columns=DECIDED, dtype="str")


def families(
    texts: Sequence[str],
    decided: Mapping[str, tuple[str, Sequence[str]]],
    late: Sequence[str] = (),
    units: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
) -> Families:
    answers = everyone(texts)
    ids = answers["contribution_id"]
    answers["unit"] = ids.map(lambda who: (units or {}).get(who, who))
    sent = pd.DataFrame(
        {
            "contribution_id": ids,
            "unit": answers["unit"],
            "group": [(groups or {}).get(who, "G") for who in ids],
            "at": [AFTER if who in late else BEFORE for who in ids],
        }
    )
    return beside(find_copies(answers), judged(decided), sent)


def standing(found: Families, cluster: str) -> dict[str, str]:
    members = found.members[found.members["cluster"] == cluster]
    return dict(zip(members["contribution_id"], members["standing"], strict=True))


def test_nothing_decided_is_open() -> None:
    found = families([SPACES, SPACES_AGAIN, BUSES], {})
    (row,) = found.clusters.itertuples()
    assert (row.decided, row.kind, row.at, row.n_decided, row.n_new) == ("", "", "", 0, 0)
    assert standing(found, "p00/q") == {"p00": "open", "p01": "open"}


def test_a_copy_sent_after_the_decision_is_new_and_one_left_out_of_it_is_not() -> None:
    found = families([SPACES] * 4, {"k1": ("campaign", ["p00", "p01"])}, late=["p03"])
    (row,) = found.clusters.itertuples()
    assert (row.decided, row.kind, row.at, row.n_decided, row.n_new) == ("k1", "campaign", THEN, 2, 1)
    assert standing(found, "p00/q") == {"p00": "in", "p01": "in", "p02": "out", "p03": "new"}
    assert found.members["contribution_id"].tolist() == ["p02", "p03", "p00", "p01"]  # those apart first


def test_a_decision_holds_for_whoever_says_something_else_by_now() -> None:
    found = families([SPACES, SPACES, BUSES], {"k1": ("campaign", ["p00", "p01", "p02"])})
    assert found.clusters["n_decided"].tolist() == [3]
    assert standing(found, "p00/q") == {"p00": "in", "p01": "in", "p02": "unlike"}
    assert found.members.loc[found.members["standing"] == "unlike", "likeness"].isna().all()


def test_a_decided_cluster_that_is_alike_no_more_is_not_lost() -> None:
    found = families([SPACES, BUSES, "Altro"], {"k1": ("organisation", ["p00", "p01"])})
    (row,) = found.clusters.itertuples()
    assert (row.cluster, row.decided, row.kind_found, row.n_contributions, row.n_decided) == (
        "k1",
        "k1",
        "",
        2,
        2,
    )
    assert standing(found, "k1") == {"p00": "unlike", "p01": "unlike"}


def test_a_cluster_belongs_to_the_decision_with_which_it_shares_most_and_the_other_is_not_lost() -> None:
    decided = {"k1": ("coincidence", ["p00", "p01"]), "k2": ("campaign", ["p02", "p03", "p04"])}
    found = families([SPACES] * 5, decided)
    large, small = found.clusters.itertuples()
    assert (large.cluster, large.decided, large.kind, large.n_decided) == ("p00/q", "k2", "campaign", 3)
    assert set(standing(found, "p00/q").items()) >= {("p00", "elsewhere"), ("p02", "in")}
    assert (small.cluster, small.decided, small.kind, small.n_decided) == ("k1", "k1", "coincidence", 2)
    assert (small.kind_found, small.model) == ("part", large.model)
    assert standing(found, "k1") == {"p00": "in", "p01": "in"}


def test_of_two_decisions_with_as_many_copies_the_cluster_belongs_to_the_first() -> None:
    tied = {"k2": ("campaign", ["p02", "p03"]), "k1": ("coincidence", ["p00", "p01"])}
    found = families([SPACES] * 4, tied).clusters.set_index("cluster")["decided"]
    assert found.to_dict() == {"p00/q": "k1", "k2": "k2"}


def test_a_decision_whose_texts_parted_stands_with_each_part() -> None:
    texts = [SPACES, SPACES, BUSES, BUSES]
    found = families(texts, {"k1": ("campaign", ["p00", "p01", "p02", "p03"])})
    assert found.clusters["decided"].tolist() == ["k1", "k1"]
    assert found.clusters["n_decided"].tolist() == [4, 4]
    assert standing(found, "p00/q")["p02"] == standing(found, "p02/q")["p00"] == "unlike"


def test_an_erased_member_counts_no_more() -> None:
    found = families([SPACES, SPACES], {"k1": ("campaign", ["p00", "p01", "gone"])})
    assert found.clusters["n_decided"].tolist() == [2]


def test_the_one_organisation_is_named_and_whoever_stated_no_group_is_of_none() -> None:
    found = families(
        [SPACES, SPACES], {}, units={"p00": "auser", "p01": "auser"}, groups={"p00": UNSTATED_GROUP}
    )
    (row,) = found.clusters.itertuples()
    assert (row.unit, row.n_units, row.n_groups) == ("auser", 1, 1)
    assert families([SPACES, SPACES], {}).clusters["unit"].tolist() == [""]


def test_neither_the_order_of_decisions_nor_of_contributions_matters() -> None:
    answers = everyone([SPACES, SPACES, BUSES, BUSES, BUSES])
    sent = answers[["contribution_id", "unit", "group"]].assign(at=BEFORE)
    decided = judged({"k1": ("campaign", ["p00", "p01"]), "k2": ("duplicate", ["p02", "p03"])})
    first = beside(find_copies(answers), decided, sent)
    other = beside(find_copies(answers), decided[::-1], sent[::-1])
    pd.testing.assert_frame_equal(first.clusters, other.clusters)
    pd.testing.assert_frame_equal(first.members, other.members)


def test_nothing_copied_and_nothing_decided_is_empty() -> None:
    found = families([SPACES, BUSES], {})
    assert found.clusters.empty
    assert found.members.empty


# what a line of the sensitivity table changes


def outcomes(**lines: Sequence[tuple[float | None, str]]) -> pd.DataFrame:
    rows = [(line, f"o{n}", place, tier) for line, of in lines.items() for n, (place, tier) in enumerate(of)]
    return pd.DataFrame(rows, columns=["line", "objective", "rank", "tier"])


def test_a_place_lost_to_a_neighbour_is_no_effect_and_two_are() -> None:
    found = outcomes(main=[(1, "a"), (2, "a"), (3, "b")], campaigns_all=[(3, "b"), (1, "a"), (2, "b")])
    assert effect_of(found, "campaigns_all") == Effect(tiers=1, places=1)


def test_an_objective_without_a_place_moves_from_none() -> None:
    found = outcomes(main=[(1, "a"), (None, "")], campaigns_all=[(1, "a"), (2, "b")])
    assert effect_of(found, "campaigns_all") == Effect(tiers=1, places=0)


def test_a_line_that_was_not_computed_has_no_effect_to_tell() -> None:
    assert effect_of(outcomes(main=[(1, "a")]), "campaigns_all") is None
