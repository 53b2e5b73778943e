"""Other choices beside the declared one: which lines there are, what they say, and what is sensitive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.ranks.ranking import kendall_tau
from analysis.ratings import sensitivity as module
from analysis.ratings.priorities import by_voice, estimate
from analysis.ratings.rating_findings import TARGETS, RatingFindings, Surroundings, read_ratings
from analysis.ratings.sensitivity import LINES, Other, Sensitivity, sensitivity
from consultation.rules import Rules
from tests import f1
from tests.drawn import toy

WIDE = replace(f1.RULES, widest_rank=1.0)  # the width rule is meant for fourteen objectives
OBJECTIVES = pd.DataFrame({"objective": ["o", "p", "s"], "strategic_question": "q"})
GROUPS = ["A", "B"]
ALWAYS = ["one_person_one_voice", "person_centred", "importance_only", "urgency_only", "random_weights"]


def oracle(rules: Rules = WIDE, others: Mapping[str, Other] | None = None) -> Sensitivity:
    main = estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, rules)
    return sensitivity(main, f1.ratings(), others or {}, f1.OBJECTIVES, f1.GROUPS, rules)


def line(found: Sensitivity, name: str) -> pd.Series:
    return found.lines[found.lines["line"] == name].iloc[0]


def outcome(found: Sensitivity, name: str) -> pd.DataFrame:
    return found.outcomes[found.outcomes["line"] == name].set_index("objective")


def made_up(sizes: Mapping[str, int] | None = None, seed: int = 4) -> pd.DataFrame:
    """Three objectives rated at random, by seven people of A and six of B."""
    random = np.random.Generator(np.random.PCG64(seed))
    return pd.concat(
        [
            toy({g: random.integers(1, 6, n).tolist() for g, n in (sizes or {"A": 7, "B": 6}).items()}, o)
            for o in OBJECTIVES["objective"]
        ],
        ignore_index=True,
    )


def findings(
    ratings: pd.DataFrame, surroundings: Surroundings | None = None, rules: Rules | None = None
) -> RatingFindings:
    languages = pd.Series(dtype="str")
    return read_ratings(
        ratings, languages, OBJECTIVES, GROUPS, rules or Rules(replicates=100), surroundings or Surroundings()
    )


# the oracle


def test_one_person_one_voice_by_the_oracle() -> None:
    main = estimate(f1.ratings(), f1.OBJECTIVES, f1.GROUPS, WIDE)
    shares = by_voice(main.made, main.evidence.ranked, WIDE).shares
    np.testing.assert_allclose(
        shares * 1152, np.array([[164, 988, 0], [988, 164, 0], [0, 0, 1152]]), atol=1e-9
    )
    found = outcome(oracle(), "one_person_one_voice")
    assert found["score"].tolist() == pytest.approx([73.611111, 79.166667, 62.5], abs=5e-7)
    assert found["rank"].tolist() == [2, 1, 3]
    assert found["p_top"].tolist() == pytest.approx([164 / 1152, 988 / 1152, 0])


def test_person_centred_ratings_by_the_oracle() -> None:
    found = outcome(oracle(), "person_centred")
    assert found["score"].tolist() == pytest.approx([-0.050926, 0.254630, -0.203704], abs=5e-7)
    assert found["rank"].tolist() == [2, 1, 3]


def test_importance_and_urgency_alone_by_the_oracle() -> None:
    found = oracle()
    importance = outcome(found, "importance_only")["score"]
    assert (1 + importance / 25).tolist() == pytest.approx([3.75, 4.138889, 3.722222], abs=5e-7)
    urgency = outcome(found, "urgency_only")["score"]
    assert (1 + urgency / 25).tolist() == pytest.approx([3.916667, 4.138889, 3.638889], abs=5e-7)


def test_random_weights_by_the_oracle() -> None:
    found = outcome(oracle(), "random_weights")
    assert found["p_top"].tolist() == pytest.approx([0.112153, 0.877234, 0.010613], abs=5e-7)
    shares = np.array([[0.112153, 0.657083, 0.230764], [0.877234, 0.112158, 0.010608]])
    assert found["score"].tolist()[:2] == pytest.approx(-shares @ np.array([1, 2, 3]), abs=5e-6)


def test_what_is_sensitive_in_the_oracle() -> None:
    """By importance alone, or urgency alone, the robust objective is first less surely; its rank stays."""
    found = oracle()
    changed = dict(zip(found.lines["line"], found.lines["changed"], strict=True))
    assert changed == {
        "one_person_one_voice": "",
        "person_centred": "",
        "importance_only": "O2",
        "urgency_only": "O2",
        "random_weights": "",
        "smallest_group_5": "O1|O2|O3",
    }
    assert found.lines["tau"].tolist()[:5] == [1.0] * 5
    assert found.sensitive.tolist() == [False, True, False]
    assert outcome(found, "main")["tier"].tolist() == ["watch", "robust", "watch"]
    assert outcome(found, "importance_only")["tier"].tolist() == ["watch", "likely", "watch"]
    assert found.outcomes["line"].iloc[0] == "main"


def test_without_groups_of_four_the_oracle_has_nothing_left() -> None:
    found = line(oracle(), "smallest_group_5")
    assert (found["n"], found["n_groups"]) == (0, 0)
    assert np.isnan(found["tau"])


# which lines there are


def test_the_lines_stand_in_their_order_each_once() -> None:
    found = findings(made_up()).sensitivity.lines["line"].tolist()
    assert found == sorted(found, key=LINES.index)
    assert sorted(found) == sorted([*ALWAYS, "smallest_group_5"])


@pytest.mark.parametrize(
    ("rules", "added", "missing"),
    [
        (Rules(custom_weights=(("A", 1.0), ("B", 2.0))), ["custom"], []),
        (
            Rules(custom_weights=(("A", 1.0), ("B", 2.0)), group_weights="custom"),
            ["equal"],
            [],
        ),
        (Rules(group_weights="one_person_one_voice"), ["equal"], ["one_person_one_voice"]),
        (Rules(importance_weight=1.0), [], ["importance_only", "urgency_only", "random_weights"]),
        (Rules(importance_weight=0.0), [], ["importance_only", "urgency_only", "random_weights"]),
        (Rules(smallest_group=5), [], ["smallest_group_5"]),
    ],
)
def test_a_line_is_there_only_where_the_choice_was_another(
    rules: Rules, added: list[str], missing: list[str]
) -> None:
    found = findings(made_up(), rules=replace(rules, replicates=100)).sensitivity.lines["line"]
    assert set(found) == ({*ALWAYS, "smallest_group_5"} | set(added)) - set(missing)


def by_channel(ratings: pd.DataFrame, **channels: Sequence[str]) -> pd.DataFrame:
    """`ratings` with the channel of these contributions; all others came online."""
    of = {one: channel for channel, people in channels.items() for one in people}
    return ratings.assign(channel=ratings["contribution_id"].map(of).fillna("online"))


@pytest.mark.parametrize("channel", ["workshop", "paper", "import"])
def test_a_channel_by_which_much_came_is_left_out(channel: str) -> None:
    online = made_up().assign(channel="online")
    mixed = by_channel(online, **{channel: ["A0", "A1", "A2", "B0"]})
    found = findings(mixed)
    rest = mixed[mixed["channel"] == "online"]
    expected = estimate(rest, OBJECTIVES, GROUPS, Rules(replicates=100)).table
    name = f"without_{channel}"
    assert line(found.sensitivity, name)["n"] == 9
    assert outcome(found.sensitivity, name)["score"].tolist() == expected["need"].tolist()
    assert (channel_lines(online), channel_lines(mixed)) == ([], [name])
    # it weighs as much as any other channel in the main line
    pd.testing.assert_frame_equal(
        found.table, findings(online).table.assign(sensitive=found.table["sensitive"])
    )


def channel_lines(ratings: pd.DataFrame) -> list[str]:
    lines = findings(ratings).sensitivity.lines["line"]
    return [one for one in lines if one in ("without_workshop", "without_paper", "without_import")]


def test_three_ratings_in_ten_are_not_yet_much() -> None:
    ten = made_up({"A": 6, "B": 4})
    assert channel_lines(by_channel(ten, paper=["A0", "A1", "A2"])) == []
    assert channel_lines(by_channel(ten, paper=["A0", "A1", "A2", "A3"])) == ["without_paper"]
    two = by_channel(ten, workshop=["A0", "A1", "A2", "A3"], paper=["B0", "B1", "B2", "B3"])
    assert channel_lines(two) == ["without_workshop", "without_paper"]


def test_only_ratings_that_say_something_make_a_channel_large() -> None:
    ten = by_channel(made_up({"A": 6, "B": 4}), paper=["A0", "A1", "A2", "A3"])
    unsure = ten["contribution_id"] == "A3"
    assert channel_lines(ten.assign(value=ten["value"].mask(unsure))) == ["without_paper"]  # 3 of 9
    assert channel_lines(ten.assign(value=ten["value"].mask(ten["contribution_id"].isin(["A2", "A3"])))) == []


@pytest.mark.parametrize("channel", ["online", "paper", "import"])
def test_the_only_channel_there_is_has_no_line(channel: str) -> None:
    """Without it nothing would be left: that is no choice that could have been another."""
    assert channel_lines(made_up().assign(channel=channel)) == []


def targets(**shares: float) -> pd.DataFrame:
    rows = [("group", category, share, "census") for category, share in shares.items()]
    return pd.DataFrame(rows, columns=list(TARGETS))


def test_people_weigh_as_the_declared_targets_say() -> None:
    """With A at nine tenths, the pooled mean of people is nine tenths A's and one tenth B's."""
    ratings = made_up()
    found = findings(ratings, Surroundings(targets=targets(A=0.9, B=0.1)))
    assert found.raking is not None
    assert found.raking.refused == ""
    own = [estimate(ratings, OBJECTIVES, [group], Rules(replicates=100)).table["need"] for group in GROUPS]
    expected = 0.9 * own[0] + 0.1 * own[1]
    raked = outcome(found.sensitivity, "raked")["score"]
    assert raked.tolist() == pytest.approx(expected.tolist())
    plain = findings(ratings)
    pd.testing.assert_frame_equal(
        found.table.drop(columns="sensitive"), plain.table.drop(columns="sensitive")
    )
    assert plain.raking is None


def test_no_weights_to_targets_where_they_would_not_be_honest() -> None:
    found = findings(made_up({"A": 7, "B": 4}), Surroundings(targets=targets(A=0.5, B=0.5)))
    assert found.raking is not None
    assert (found.raking.refused, found.raking.category) == ("small_category", "B")
    assert "raked" not in set(found.sensitivity.lines["line"])


# groups of five


def test_groups_of_five_change_nothing_and_are_not_reckoned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said without another estimate is what another estimate would say."""
    ratings, rules = made_up({"A": 5, "B": 6}), Rules(replicates=100)
    main = estimate(ratings, OBJECTIVES, GROUPS, rules)
    again = {"smallest_group_5": Other(ratings, replace(rules, smallest_group=5))}
    slowly = sensitivity(main, ratings, again, OBJECTIVES, GROUPS, replace(rules, smallest_group=5))
    with monkeypatch.context() as patched:
        patched.setattr(module, "estimate", lambda *_: pytest.fail("reckoned again"))
        quickly = sensitivity(main, ratings, {}, OBJECTIVES, GROUPS, rules)
    for table in ("lines", "outcomes"):
        one, other = getattr(quickly, table), getattr(slowly, table)
        pd.testing.assert_frame_equal(
            one[one["line"] == "smallest_group_5"].reset_index(drop=True),
            other[other["line"] == "smallest_group_5"].reset_index(drop=True),
        )


@pytest.mark.parametrize("where", ["group", "cell"])
def test_a_group_or_a_cell_of_four_is_left_out(where: str) -> None:
    ratings = made_up({"A": 6, "B": 4} if where == "group" else {"A": 6, "B": 6})
    if where == "cell":
        thin = (ratings["objective"] == "p") & ratings["contribution_id"].isin(["B0", "B1"])
        ratings = ratings[~thin].reset_index(drop=True)
    found = findings(ratings)
    assert line(found.sensitivity, "smallest_group_5")["n_groups"] == (1 if where == "group" else 2)
    expected = estimate(ratings, OBJECTIVES, GROUPS, Rules(replicates=100, smallest_group=5)).table
    assert outcome(found.sensitivity, "smallest_group_5")["score"].tolist() == expected["need"].tolist()
    assert expected["need"].tolist() != found.table["need"].tolist()


# what the lines say


def opposed() -> pd.DataFrame:
    """A group of eleven puts `o` first, one of three puts `p` first and by far: who weighs decides."""
    return pd.concat(
        [
            toy({"A": [5, 4] * 5 + [4], "B": [1, 2, 1]}, "o"),
            toy({"A": [3, 4] * 5 + [3], "B": [5, 5, 4]}, "p"),
            toy({"A": [2] * 11, "B": [2, 2, 1]}, "s"),
        ],
        ignore_index=True,
    )


def test_a_line_names_the_objectives_whose_tier_is_another_and_how_alike_the_ranks_are() -> None:
    rules = Rules(replicates=100, widest_rank=1.0)
    found = findings(opposed(), rules=rules).sensitivity
    voice = line(found, "one_person_one_voice")
    main, other = (outcome(found, name) for name in ("main", "one_person_one_voice"))
    changed = [o for o in OBJECTIVES["objective"] if main.loc[o, "tier"] != other.loc[o, "tier"]]
    assert changed == voice["changed"].split("|")
    assert len(changed) == voice["tier_changes"] > 0
    assert voice["tau"] == kendall_tau(main["score"].to_numpy(), other["score"].to_numpy()) < 1
    assert (main["rank"].tolist(), other["rank"].tolist()) == ([2, 1, 3], [1, 2, 3])


def test_a_tier_is_sensitive_from_the_declared_number_of_lines_on() -> None:
    """Of the lines that change a tier there are `n`: with n it is sensitive, with n + 1 it is not."""
    found = findings(opposed(), rules=Rules(replicates=100, widest_rank=1.0)).sensitivity
    times = found.lines["changed"].str.split("|").explode().value_counts()
    objective = next(o for o in OBJECTIVES["objective"] if times.get(o, 0) > 0)
    at = OBJECTIVES["objective"].tolist().index(objective)
    n = int(times[objective])
    for needed, sensitive in ((n, True), (n + 1, False)):
        rules = Rules(replicates=100, widest_rank=1.0, sensitive_lines=needed)
        assert findings(opposed(), rules=rules).sensitivity.sensitive[at] == sensitive


def test_two_lines_make_a_tier_sensitive_where_nothing_else_is_declared() -> None:
    assert Rules().sensitive_lines == 2
    found = findings(opposed(), rules=Rules(replicates=100, widest_rank=1.0))
    times = [
        int(found.sensitivity.lines["changed"].str.split("|").apply(lambda ids, o=o: o in ids).sum())
        for o in OBJECTIVES["objective"]
    ]
    assert found.sensitivity.sensitive.tolist() == [n >= 2 for n in times]
    assert found.table["sensitive"].tolist() == found.sensitivity.sensitive.tolist()
    assert any(n >= 2 for n in times)


def test_an_objective_that_a_line_cannot_score_is_not_ranked_in_it() -> None:
    """Six of A rate the importance of `s`, six its urgency, nobody both: it has no person-centred score."""
    ratings = made_up({"A": 12, "B": 6})
    early = ratings["contribution_id"].isin([f"A{n}" for n in range(6)])
    b = ratings["group"] == "B"
    half = np.where(early, ratings["dimension"] == "importance", ratings["dimension"] == "urgency")
    ratings = ratings[(ratings["objective"] != "s") | (~b & half)].reset_index(drop=True)
    found = findings(ratings, rules=Rules(replicates=100, coverage=0.5, widest_rank=1.0))
    assert found.table["ranked"].all()
    centred = outcome(found.sensitivity, "person_centred")
    assert np.isnan(centred.loc["s", ["score", "rank", "p_top"]].astype(float)).all()
    assert centred.loc["s", "tier"] == "not_classifiable"
    assert sorted(centred["rank"].dropna()) == [1, 2]
    assert not np.isnan(line(found.sensitivity, "person_centred")["tau"])
    assert "s" in line(found.sensitivity, "person_centred")["changed"].split("|")


def test_every_line_rests_on_the_same_draws_as_the_main_estimate() -> None:
    """With one group and one way to weigh it, persons and groups alike, nothing may differ but the name."""
    ratings = made_up({"A": 12})
    found = findings(ratings, rules=Rules(replicates=100)).sensitivity
    columns = ["score", "rank", "p_top", "tier"]
    pd.testing.assert_frame_equal(
        outcome(found, "one_person_one_voice")[columns], outcome(found, "main")[columns]
    )


def test_nothing_rated_has_lines_of_nobody() -> None:
    found = findings(toy({})).sensitivity
    assert found.lines["tau"].isna().all()
    assert (found.lines[["n", "n_groups", "tier_changes"]] == 0).all().all()
    assert set(found.outcomes["tier"]) == {"not_classifiable"}
    assert not found.sensitive.any()


def test_the_order_of_rows_changes_no_byte() -> None:
    ratings = made_up().assign(channel="online")
    ratings.loc[ratings["contribution_id"] == "A3", "channel"] = "paper"
    first = findings(ratings).sensitivity
    second = findings(ratings.sample(frac=1, random_state=1)).sensitivity
    for table in ("lines", "outcomes"):
        assert getattr(first, table).to_csv() == getattr(second, table).to_csv()
