"""What is said and drawn of new themes: what people confirmed apart from what is only proposed."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.charts.rendering import svg
from analysis.charts.theme_bars import MOST, theme_bars
from analysis.sentences import Basis
from analysis.sentences.themes_found import (
    of_themes_found,
    standing_told,
    theme_rows,
    what_stability_allows,
)
from analysis.text.new_themes import COLUMNS, FEWEST_FOR_THEMES, MEMBERS, RUNS, RUNS_OF_MANY, Candidates
from analysis.theme_counts import THEMES
from consultation.language import Language

EN = Language("en")
BASIS = Basis(n_participants=60, n_answers=90, n_groups=4)
TRUSTS = ("highly_stable", "stable", "pattern", "not_to_trust")


def confirmed(*sizes: int) -> pd.DataFrame:
    return pd.DataFrame(
        [(f"t{n}", f"Theme {n}", "", "", size, size, 2) for n, size in enumerate(sizes, 1)],
        columns=[*THEMES, "n_answers", "n_participants", "n_groups"],
    )


def proposed(*trusts: str, n_answers: int = 63, n_with_words: int = 60, runs: int = RUNS) -> Candidates:
    """Candidates of 5, 6, 7… participants."""
    table = pd.DataFrame(
        [(f"c{n}", f"one{n}|two{n}", 8, 5 + n, 1, 0.8, 0.5, trust) for n, trust in enumerate(trusts)],
        columns=COLUMNS,
    )
    return Candidates(table, pd.DataFrame(columns=MEMBERS), n_answers, n_with_words, runs)


def finding(counts: pd.DataFrame, candidates: Candidates) -> str:
    return of_themes_found(counts, candidates, candidates.table, BASIS, EN).finding


@pytest.mark.parametrize(
    ("counts", "candidates", "said"),
    [
        (
            confirmed(9, 4),
            proposed("stable", "pattern", "not_to_trust"),
            "Two possible themes in 63 answers that speak of no objective; two themes are confirmed",
        ),
        (
            confirmed(),
            proposed("highly_stable"),
            "One possible theme in 63 answers that speak of no objective",
        ),
        (
            confirmed(3),
            proposed("not_to_trust"),
            "No theme that can be trusted in 63 answers that speak of no objective: they are best read; "
            "one theme is confirmed",
        ),
        (
            confirmed(),
            proposed(n_answers=31, n_with_words=FEWEST_FOR_THEMES - 1, runs=0),
            "31 answers that speak of no objective: too few to look for themes, so read them",
        ),
        (
            confirmed(),
            proposed(n_answers=0, n_with_words=0, runs=0),
            "Every answer speaks of an objective, or of a theme that people confirmed",
        ),
    ],
)
def test_the_finding_counts_only_what_can_be_trusted(
    counts: pd.DataFrame, candidates: Candidates, said: str
) -> None:
    assert finding(counts, candidates) == said


def test_the_basis_says_how_stability_was_measured_and_where_it_was_on_fewer_countings() -> None:
    usual, many = (
        of_themes_found(confirmed(), found, found.table, BASIS, EN).basis
        for found in (proposed("stable"), proposed("stable", runs=RUNS_OF_MANY))
    )
    assert "stability: 50 countings of 80% of those who wrote" in usual
    assert "stability: 10 countings" in many
    assert "fewer than 50" in many
    assert "fewer" not in usual


def test_where_none_is_looked_for_the_basis_names_the_number() -> None:
    few = proposed(n_answers=3, n_with_words=3, runs=0)
    assert f"in {FEWEST_FOR_THEMES} answers or more" in (
        of_themes_found(confirmed(), few, few.table, BASIS, EN).basis
    )


def test_confirmed_themes_come_first_and_what_is_not_to_be_trusted_last() -> None:
    rows = theme_rows(confirmed(4, 3), proposed("not_to_trust", "pattern", "highly_stable").table, EN)
    assert list(rows["theme"]) == ["t1", "t2", "c2", "c1", "c0"]
    assert list(rows["name"][:3]) == ["Theme 1", "Theme 2", "one2, two2"]
    assert rows["told"].iloc[0] == f"{standing_told('confirmed', EN)} · 4 answers · 2 groups"


def test_every_standing_has_a_mark_and_a_word_of_its_own() -> None:
    told = [standing_told(standing, EN) for standing in ("confirmed", *TRUSTS)]
    assert len({one.split(" ", 1)[0] for one in told}) == len({one.split(" ", 1)[1] for one in told}) == 5
    assert len({what_stability_allows(trust, EN) for trust in TRUSTS}) == 4


def test_bars_are_drawn_full_empty_and_dashed_with_their_words() -> None:
    candidates = proposed("not_to_trust", "stable")
    rows = theme_rows(confirmed(9), candidates.table, EN)
    reading = of_themes_found(confirmed(9), candidates, candidates.table, BASIS, EN)
    picture = svg(theme_bars(rows, reading, EN), 330).decode()
    assert "Theme 1" in picture
    assert "one1, two1" in picture
    assert standing_told("not_to_trust", EN) in picture
    assert picture.count("stroke-dasharray") == 1


def test_more_themes_than_a_chart_can_hold_are_left_to_the_list() -> None:
    rows = theme_rows(confirmed(*range(30, 30 + MOST + 3)), proposed().table, EN)
    reading = of_themes_found(confirmed(1), proposed(), proposed().table, BASIS, EN)
    picture = svg(theme_bars(rows, reading, EN), 330).decode()
    assert len(rows) == MOST + 3
    assert sum(f">Theme {n}<" in picture for n in range(1, MOST + 4)) == MOST
