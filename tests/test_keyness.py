"""Which words one side uses more than another, and how sure that is."""

from __future__ import annotations

from math import erfc, log, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, false_discovery_control

from analysis.false_discovery import q_values
from analysis.text.corpus import Corpus, read_words
from analysis.text.keyness import COLUMNS, PRIOR_WORDS, keyness
from analysis.text.likelihood_ratio import chance, signed_ratio
from tests.test_words import LEXICONS, corpus

counts = st.lists(st.integers(0, 400), min_size=4, max_size=4)


def ratio(a: int, b: int, c: int, d: int) -> float:
    return float(signed_ratio(*(np.array([cell]) for cell in (a, b, c, d)))[0])


def two_sides(here: list[str], there: list[str]) -> tuple[Corpus, np.ndarray]:
    """Each text by another person; a mask of the answers of the first side."""
    read = corpus(
        *((f"h{n}", text) for n, text in enumerate(here)), *((f"t{n}", text) for n, text in enumerate(there))
    )
    return read, read.answers["contribution_id"].str.startswith("h").to_numpy()


def compared(here: list[str], there: list[str]) -> pd.DataFrame:
    return keyness(*two_sides(here, there)).set_index("word")


# ── the ratio ─────────────────────────────────────────────────────────────


def test_the_ratio_is_that_of_quanteda() -> None:
    """The table of quanteda.textstats' own test: b 7 and a 3 against b 2 and a 7.

    Its reference is G² = 2 Σ observed · ln(observed / expected), divided by Williams'
    1 + (n / row + n / other row − 1)(n / column + n / other column − 1) / 6n.
    """
    observed, expected = [7, 2, 3, 7], [9 * 10 / 19, 9 * 9 / 19, 10 * 10 / 19, 10 * 9 / 19]
    plain = 2 * sum(o * log(o / e) for o, e in zip(observed, expected, strict=True))
    williams = 1 + (19 / 9 + 19 / 10 - 1) * (19 / 10 + 19 / 9 - 1) / (6 * 19)
    assert ratio(7, 2, 3, 7) == pytest.approx(plain / williams, abs=1e-8)
    assert ratio(2, 7, 7, 3) == pytest.approx(-plain / williams, abs=1e-8)


def test_a_table_with_an_empty_cell_is_not_corrected() -> None:
    """As in quanteda. Nobody there says it: G² = 2 (a ln(n / (a + c)) + c ln(…) + d ln(…))."""
    a, b, c, d = 4, 0, 6, 10
    n = a + b + c + d
    plain = 2 * (a * log(a * n / (4 * 10)) + c * log(c * n / (16 * 10)) + d * log(d * n / (16 * 10)))
    assert ratio(a, b, c, d) == pytest.approx(plain, abs=1e-8)


@given(st.integers(1, 50), st.integers(1, 50), st.integers(1, 9))
def test_equally_frequent_is_nothing_at_all(a: int, c: int, times: int) -> None:
    assert ratio(a, a * times, c, c * times) == 0.0
    assert chance(np.array([0.0]))[0] == 1.0


@given(counts)
def test_swapping_sides_turns_the_sign(cells: list[int]) -> None:
    a, b, c, d = cells
    assert ratio(a, b, c, d) == pytest.approx(-ratio(b, a, d, c), abs=1e-8)
    assert ratio(a, b, c, d) == pytest.approx(ratio(d, c, b, a), abs=1e-8)


@given(counts)
def test_williams_correction_never_raises_the_ratio(cells: list[int]) -> None:
    a, b, c, d = cells
    expected = [row * column / max(sum(cells), 1) for row in (a + b, c + d) for column in (a + c, b + d)]
    plain = 2 * sum(o * log(o / e) for o, e in zip(cells, expected, strict=True) if o)
    assert abs(ratio(*cells)) <= plain + 1e-6


def test_chance_is_chi_square_with_one_degree_of_freedom() -> None:
    values = np.array([0.0, 0.5, 3.841458820694124, -6.6348966, 40.0])
    assert chance(values) == pytest.approx(chi2.sf(np.abs(values), 1))
    assert chance(values)[2] == pytest.approx(0.05)


# ── many words at once ────────────────────────────────────────────────────


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_discoveries_are_controlled_as_scipy_does(p: list[float]) -> None:
    values = np.array(p)
    assert q_values(values) == pytest.approx(false_discovery_control(values, method="bh"))


def test_no_findings_no_false_ones() -> None:
    assert len(q_values(np.zeros(0))) == 0


@pytest.mark.parametrize("p", [-0.1, 1.1, np.nan])
def test_what_is_no_probability_is_a_mistake(p: float) -> None:
    with pytest.raises(ValueError, match="not between 0 and 1"):
        q_values(np.array([0.5, p]))


# ── words of two sides ────────────────────────────────────────────────────

SCHOOLS = ["orario domenica rete", "domenica orario", "orario e rete", "rete e orario"]
OTHERS = ["rete bambini favole", "bambini favole", "favole rete bambini", "bambini", "favole"]


def test_each_word_is_counted_on_both_sides() -> None:
    found = compared(SCHOOLS, OTHERS)
    row = found.loc["orario"]
    assert tuple(row[["n_here", "n_there", "times_here", "times_there"]]) == (4, 0, 4, 0)
    assert (row["share_here"], row["share_there"]) == (1.0, 0.0)
    # 9 content words here, 10 there: nobody there says it, so there is no correction
    plain = 2 * (4 * log(19 / 9) + 5 * log(5 * 19 / (15 * 9)) + 10 * log(19 / 15))
    assert row["g2"] == pytest.approx(plain, abs=1e-8)
    assert row["p"] == pytest.approx(erfc(sqrt(plain / 2)))
    rete = found.loc["rete"]
    assert rete["g2"] == pytest.approx(ratio(3, 2, 6, 8), abs=1e-8)


def test_the_log_odds_are_those_of_monroe_and_others() -> None:
    """Equations 16, 19, 20 and 22 of Fightin' Words, for "orario": 4 of 9 words here, 0 of 10 there."""
    row = compared(SCHOOLS, OTHERS).loc["orario"]
    prior, whole = PRIOR_WORDS * 4 / 19, float(PRIOR_WORDS)
    here = log((4 + prior) / (9 + whole - 4 - prior))
    there = log((0 + prior) / (10 + whole - 0 - prior))
    assert row["log_odds"] == pytest.approx(here - there, abs=1e-8)
    assert row["z"] == pytest.approx((here - there) / sqrt(1 / (4 + prior) + 1 / prior), abs=1e-8)


def test_words_most_of_here_come_first_and_those_most_of_there_last() -> None:
    found = compared(SCHOOLS, OTHERS)
    assert found.index[0] == "orario"
    assert set(found.index[-2:]) == {"bambino", "favola"}
    assert list(found["g2"]) == sorted(found["g2"], reverse=True)


def test_two_people_make_no_key_word() -> None:
    found = compared(["domenica domenica domenica", "domenica", *["rete"] * 9], ["rete bambini"] * 9)
    assert "domenica" not in found.index
    assert "bambino" in found.index


def test_one_loud_person_makes_no_key_word() -> None:
    """Three people say it here, but only one of them again and again."""
    loud = ["orario " * 30, "orario rete casa", "orario casa rete", *["rete casa scuola"] * 20]
    found = compared(loud, [*["orario rete casa scuola"] * 2, *["rete casa scuola"] * 20])
    row = found.loc["orario"]
    assert row["q"] < 0.05
    assert not row["key"]


def test_a_word_of_many_here_and_of_nobody_there_is_a_key_word() -> None:
    found = compared(["orario rete casa"] * 12, ["rete casa scuola"] * 12)
    assert found.index[found["key"]].tolist() == ["orario", "scuola"]
    assert found.loc["rete", "g2"] == 0


def test_words_of_the_question_and_function_words_are_not_compared() -> None:
    read, here = two_sides(["la rete"] * 5, ["la casa"] * 5)
    assert set(keyness(read, here)["word"]) == {"rete", "casa"}


def test_answers_on_neither_side_are_left_out() -> None:
    read, here = two_sides(SCHOOLS, OTHERS)
    only = read.answers["contribution_id"].isin(["t0", "t1", "t2"]).to_numpy()
    found = keyness(read, here, only).set_index("word")
    assert found.loc["bambino", "times_there"] == 3
    assert found.loc["bambino", "share_there"] == 1.0


@pytest.mark.parametrize("texts", [[], ["", "  "], ["la e il"]])
def test_without_words_there_is_nothing_to_compare(texts: list[str]) -> None:
    found = keyness(*two_sides(texts, []))
    assert list(found.columns) == COLUMNS
    assert found.empty


def test_nobody_on_the_other_side_is_no_difference() -> None:
    found = compared(SCHOOLS, [])
    assert not found["key"].any()
    assert (found["g2"] == 0).all()
    assert (found["share_there"] == 0).all()


def test_sides_that_share_an_answer_or_miss_one_are_a_mistake() -> None:
    read, here = two_sides(SCHOOLS, OTHERS)
    with pytest.raises(ValueError, match="on both sides"):
        keyness(read, here, here)
    with pytest.raises(ValueError, match="one value per answer"):
        keyness(read, here[1:])


words = st.lists(st.sampled_from(["orario", "rete", "casa", "scuola", "favola"]), max_size=5).map(" ".join)


@given(st.lists(words, min_size=2, max_size=8), st.lists(words, min_size=2, max_size=8))
def test_the_other_way_round_every_sign_turns(here: list[str], there: list[str]) -> None:
    read, side = two_sides(here, there)
    one = keyness(read, side, at_least=1).set_index("word").sort_index()
    other = keyness(read, ~side, at_least=1).set_index("word").sort_index()
    common = one.index.intersection(other.index)
    for column in ("g2", "log_odds", "z"):
        assert one.loc[common, column].to_numpy() == pytest.approx(
            -other.loc[common, column].to_numpy(), abs=1e-7
        )
    assert (one.loc[common, "times_here"] == other.loc[common, "times_there"]).all()


@given(st.permutations(range(9)))
def test_the_order_of_rows_changes_nothing(order: list[int]) -> None:
    table = pd.DataFrame({"answer_id": list("abcdefghi"), "contribution_id": list("jklmnopqr")})
    table = table.assign(text=[*SCHOOLS, *OTHERS], group=["s"] * 4 + ["o"] * 5)

    def found(rows: pd.DataFrame) -> str:
        read = read_words(rows, LEXICONS)
        return keyness(read, (read.answers["group"] == "s").to_numpy(), at_least=1).to_csv()

    assert found(table.iloc[order]) == found(table)
