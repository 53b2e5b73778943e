"""Words an objective lacks, and seeds that nobody says."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.corpus import Corpus, read_words
from analysis.text.keyness import FALSE_DISCOVERIES
from analysis.text.seed_hints import COLUMNS, seed_hints
from analysis.text.seed_uses import seed_uses
from tests.test_words import LEXICONS, corpus

OBJECTIVES = pd.DataFrame(
    [
        ("listen", "care", "ascolto|presa in carico"),
        ("network", "care", "rete"),
        ("meet", "alone", "cortile|orto condiviso"),
    ],
    columns=["objective", "strategic_question", "seeds"],
)


def answers(*said: tuple[str, str]) -> pd.DataFrame:
    """Answers of (strategic question, text), each by another person."""
    return pd.DataFrame(
        [(f"a{n:02}", f"p{n}", question, text, "it") for n, (question, text) in enumerate(said)],
        columns=["answer_id", "contribution_id", "strategic_question", "text", "language"],
    )


def codings(*rows: tuple[int, str, str, float]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["answer", "objective", "basis", "score"])
    return table.assign(answer_id=[f"a{number:02}" for number in table["answer"]]).drop(columns="answer")


def hints(table: pd.DataFrame, coded: pd.DataFrame, objective: str = "listen") -> list[str]:
    return list(seed_hints(read_words(table, LEXICONS), coded, OBJECTIVES, objective, LEXICONS)["word"])


DOOR = [("care", "Serve ascolto allo sportello del quartiere")] * 4
NET = [("care", "La rete dei servizi nel quartiere")] * 6
TABLE = answers(*DOOR, *NET)
READ = codings(*((n, "listen", "reviewed", 1.0) for n in range(4)))


def test_what_its_answers_say_more_than_the_others_is_offered_and_seeds_are_not() -> None:
    found = hints(TABLE, READ)
    assert "sportello" in found
    assert not {"ascolto", "quartiere", "servizio", "rete"} & set(found)


def test_a_seed_of_another_objective_is_not_offered_whatever_its_form() -> None:
    table = answers(*[("care", "Ascolto nei cortili, allo sportello")] * 4, *NET)
    assert "cortile" not in hints(table, READ)


def test_a_word_of_a_phrase_among_the_seeds_is_still_open() -> None:
    table = answers(*[("care", "Ascolto in un orto")] * 4, *NET)
    assert "orto" in hints(table, READ)


def test_two_voices_are_too_few_three_are_enough() -> None:
    texts = ["Ascolto, sempre, allo sportello"] * 3 + ["Ascolto"]
    table = answers(*(("care", text) for text in texts), *NET)
    assert "sportello" in hints(table, READ)
    one_voice = table.assign(contribution_id=table["contribution_id"].replace({"p1": "p0"}))
    assert "sportello" not in hints(one_voice, READ)


def test_others_are_those_of_the_same_strategic_question() -> None:
    """Of other questions any word is more its own: they would offer the words of the whole question."""
    table = answers(*DOOR, *NET, *[("alone", "Una festa in piscina")] * 20)
    assert "quartiere" not in hints(table, READ)


def test_where_questions_are_unknown_the_answers_of_sibling_objectives_are_the_others() -> None:
    table = TABLE.assign(strategic_question="")
    coded = pd.concat([READ, codings(*((n, "network", "proposed", 0.3) for n in range(4, 10)))])
    assert "sportello" in hints(table, coded)


def test_the_less_sure_half_of_what_counting_coded_stands_on_neither_side() -> None:
    """Were they among the others, the word would be theirs as much; among its answers, more telling."""
    unsure = [("care", "Allo sportello del quartiere")] * 4
    table = answers(*DOOR, *NET, *unsure)
    surer = [(n, "listen", "proposed", 0.3) for n in range(4)]
    less = [(n, "listen", "proposed", 0.1) for n in range(10, 14)]
    read = read_words(table, LEXICONS)
    found = seed_hints(read, codings(*surer, *less), OBJECTIVES, "listen", LEXICONS).set_index("word")
    assert tuple(found.loc["sportello", ["n_here", "n_there"]]) == (4, 0)


def test_those_level_with_the_surer_half_count_too() -> None:
    level = codings(*((n, "listen", "proposed", 0.2) for n in range(4)))
    assert "sportello" in hints(TABLE, level)


def test_without_answers_of_its_own_or_of_others_nothing_is_offered() -> None:
    read = read_words(TABLE, LEXICONS)
    assert list(seed_hints(read, codings(), OBJECTIVES, "listen", LEXICONS).columns) == COLUMNS
    everything = codings(*((n, "listen", "reviewed", 1.0) for n in range(10)))
    assert seed_hints(read, everything, OBJECTIVES, "listen", LEXICONS).empty


def test_an_objective_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="none of the objectives"):
        hints(TABLE, READ, "elsewhere")


@given(st.permutations(range(len(TABLE))))
def test_the_order_of_answers_changes_nothing(order: list[int]) -> None:
    assert hints(TABLE.iloc[order], READ.iloc[::-1]) == hints(TABLE, READ)


def test_hints_are_ranked_by_g2_and_screened_by_chance() -> None:
    table = answers(
        *[("care", "Ascolto, sportello, quartiere")] * 4, ("care", "Ascolto, quartiere"), *NET[:3], *NET[:3]
    )
    read = codings(*((n, "listen", "reviewed", 1.0) for n in range(5)))
    found = seed_hints(read_words(table, LEXICONS), read, OBJECTIVES, "listen", LEXICONS)
    assert list(found["g2"]) == sorted(found["g2"], reverse=True)
    assert (found["g2"] > 3.841 - 1e-3).all()  # chi-square of one degree of freedom at 0.05
    assert FALSE_DISCOVERIES == 0.05


# ── seeds and where they stand ────────────────────────────────────────────


SAID: Corpus = corpus(
    ("anna", "La presa in carico, e i cortili"),
    ("anna", "Cortile, cortili!"),
    ("bruno", "Gli orti condivisi nel cortile"),
)


def test_a_seed_is_counted_in_all_its_forms_by_answers_and_people() -> None:
    table = seed_uses(SAID, ["cortile", "orto condiviso", "presa in carico"], LEXICONS)
    assert list(table.itertuples(index=False, name=None)) == [
        ("cortile", 3, 2),
        ("orto condiviso", 1, 1),
        ("presa in carico", 1, 1),
    ]


def test_seeds_that_nobody_says_and_words_left_out_of_counts_stand_nowhere() -> None:
    table = seed_uses(SAID, ["piscina", "nel", "", "!"], LEXICONS)
    assert list(table["n_answers"]) == [0, 0, 0, 0]


def test_without_seeds_there_is_no_row() -> None:
    assert seed_uses(SAID, [], LEXICONS).empty
