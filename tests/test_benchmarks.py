"""The benchmarks run, and compare what they say they compare; no test hangs on time."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.ratings.priorities import estimate
from analysis.ratings.sample import DIMENSIONS
from benchmarks import everyday, full_table, interval_coverage, listening
from consultation.rules import Rules


def test_the_loops_find_the_same_as_the_vectorised_replicates() -> None:
    """Of 60 participants some groups are too small to be balanced, and some cells are empty in a draw."""
    measured = full_table.measure(60, replicates=100)
    assert set(measured.loops) == {"plain", "prepared"}
    assert measured.looped == full_table.LOOPED
    assert measured.groups < len(full_table.GROUPS)
    assert measured.units < 60
    assert measured.difference <= full_table.AGREED


def test_a_score_that_only_one_side_has_is_no_agreement() -> None:
    means = pd.DataFrame(3.0, index=full_table.OBJECTIVES, columns=list(DIMENSIONS))
    scores = np.full(len(full_table.OBJECTIVES), 50.0)
    rules = Rules()
    assert full_table._apart(means, scores, scores, rules) == 0
    assert full_table._apart(means, scores, scores + 1, rules) == 1
    assert full_table._apart(means.iloc[1:], scores, scores, rules) == np.inf
    scores[0] = np.nan
    assert full_table._apart(means, scores, scores, rules) == np.inf
    assert full_table._apart(means.iloc[1:], scores, scores, rules) == 0


def test_the_invented_ratings_are_what_the_table_of_speeds_says() -> None:
    ratings = full_table.invented(2_000)
    pd.testing.assert_frame_equal(ratings, full_table.invented(2_000))
    assert len(ratings) == 2_000 * 14 * 3
    assert ratings["value"].isna().mean() == pytest.approx(full_table.MISSING, abs=0.005)
    assert set(ratings["value"].dropna()) == {1, 2, 3, 4, 5}
    people = ratings.drop_duplicates("contribution_id")
    assert people.groupby("unit")["group"].nunique().eq(1).all()
    assert people.groupby("unit").size().max() > 1
    sizes = people.groupby("group").size()
    assert len(sizes) == 11
    assert sizes.max() > 3 * sizes.min()


def test_full_table_prints_every_size_with_both_loops(capsys: pytest.CaptureFixture[str]) -> None:
    assert full_table.main(["60", "--replicates", "100"]) == 0
    first, *lines = capsys.readouterr().out.splitlines()
    assert first.startswith("100 replicates, 14 objectives, 3 dimensions")
    starts = ["60 participants", "  full table", "  need and feasibility", "  pandas, plain",
              "  pandas, prepared", "  largest difference"]  # fmt: skip
    assert [line.startswith(start) for line, start in zip(lines, starts, strict=True)] == [True] * 6


def test_the_simulated_intervals_are_those_of_a_real_map() -> None:
    rules = replace(interval_coverage.RULES, replicates=200)
    told = interval_coverage.invented(4, 5, 3, np.random.Generator(np.random.PCG64(1)))
    percentile, student = interval_coverage.intervals(told, rules)
    table = estimate(told.ratings, pd.DataFrame({"objective": told.ids}), told.groups, rules).table
    np.testing.assert_array_equal(percentile, table[["need_low", "need_high"]].to_numpy().T)
    np.testing.assert_array_equal(student, table[["need_t_low", "need_t_high"]].to_numpy().T)


def test_the_truth_is_what_the_mean_of_very_many_comes_to() -> None:
    told = interval_coverage.invented(3, 5_000, 4, np.random.Generator(np.random.PCG64(2)))
    groups = told.ratings.groupby(["objective", "group"])["value"]
    means = 25 * (groups.mean().groupby("objective").mean() - 1)
    errors = 25 * np.sqrt((groups.var() / 5_000).groupby("objective").sum()) / 3
    assert (np.abs(means - told.truth) < 4 * errors).all()
    assert len(set(told.truth)) == 4


def test_interval_coverage_prints_a_line_for_each_setting(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--groups", "3", "--sizes", "3", "5", "--consultations", "20", "--replicates", "100"]
    assert interval_coverage.main(arguments) == 0
    settings, _, _, *lines, _ = capsys.readouterr().out.splitlines()
    assert "20 consultations a line; 100 replicates" in settings
    assert [line.split()[:2] for line in lines] == [["3", "3"], ["3", "5"]]
    for line in lines:
        shares = [float(share) for share in re.findall(r"([01]\.\d{3}) ± 0\.\d{3}", line)]
        assert len(shares) == 2
        assert all(share * 20 == pytest.approx(round(share * 20)) for share in shares)
        assert min(shares) > 0.5


def test_groups_too_small_to_be_balanced_are_refused() -> None:
    with pytest.raises(SystemExit):
        interval_coverage.main(["--sizes", "2"])


def test_the_everyday_answers_find_their_objectives_as_the_docs_say(
    capsys: pytest.CaptureFixture[str],
) -> None:
    everyday.main()
    printed = capsys.readouterr().out
    shares = {
        line[:16].strip(): [float(share) for share in line[16:].split()]
        for line in printed.splitlines()
        if line.startswith(("of the plan", "official titles"))
    }
    best, fair, three, inside, fair_inside = shares["of the plan"]
    assert best >= 0.42
    assert inside >= 0.60
    assert fair >= best
    assert three >= best
    assert fair_inside >= inside
    assert shares["official titles"][0] < best
    none = re.search(r"(\d+) of 24 answers that speak of no objective get none", printed)
    assert none is not None
    assert int(none[1]) >= 20


def test_listening_is_timed_end_to_end(capsys: pytest.CaptureFixture[str]) -> None:
    listening.project(300)
    assert re.search(r"300 answers: .* words, .* compared, [1-9]\d* codings", capsys.readouterr().out)
