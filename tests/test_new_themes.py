"""Candidate themes: how far they come back, when none is looked for, and that nothing is forced into one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import combinations
from math import nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.clusters import one_voice
from analysis.text.alike_together import alike_together
from analysis.text.corpus import Corpus, read_words
from analysis.text.new_themes import (
    FEWEST_FOR_THEMES,
    FEWEST_PARTICIPANTS,
    RUNS,
    WORDLESS,
    Candidates,
    candidates,
    set_aside_before,
    typical,
)
from analysis.text.shared_words import dealt_anew, least_answers, weighted, word_counts
from analysis.text.theme_stability import best_matches, jaccard, stability, subsamples, trust
from analysis.text.theme_words import WORDS_SHOWN
from analysis.theme_counts import count_themes, of_neither, themes_by_group
from consultation.rules import Rules
from tests.test_words import LEXICONS

RULES = Rules()
GROUPS = ("scuole", "abitanti", "parrocchie")
BUS = ("autobus", "fermata", "corse", "pensilina", "tram")
TEETH = ("dentista", "denti", "protesi", "apparecchio", "carie")
DOGS = ("cani", "guinzaglio", "recinto", "cucciolo", "veterinario")
SINGLE = ("Tutto bene.", "Il campanile!", "Ricominciare", "Nebbia", "Grazie", "")


def answers(*texts: str, people: Callable[[int], int] = lambda n: n) -> pd.DataFrame:
    """One answer per text, each of another person unless `people` says otherwise, groups by turns."""
    return pd.DataFrame(
        [
            (
                f"c{people(n):03}/q/g{n:03}",
                f"c{people(n):03}",
                "",
                GROUPS[people(n) % 3],
                "q",
                "g",
                "it",
                text,
            )
            for n, text in enumerate(texts)
        ],
        columns=[
            "answer_id",
            "contribution_id",
            "unit",
            "group",
            "strategic_question",
            "guiding_question",
            "language",
            "text",
        ],
    )


def about(words: tuple[str, ...]) -> list[str]:
    """Ten answers, each of three of the five words."""
    return [f"Servono {' e '.join(three)}" for three in combinations(words, 3)]


def three_subjects() -> pd.DataFrame:
    """Thirty answers of three subjects, and six that share no word with any."""
    return answers(*about(BUS), *about(TEETH), *about(DOGS), *SINGLE)


def found(table: pd.DataFrame, rules: Rules = RULES, *, silent: Collection[str] = ()) -> Candidates:
    """The candidates among these answers, of which the `silent` are only to be counted."""
    ids = list(table["answer_id"])
    return candidates(read_words(table, LEXICONS), ids, consents(table, silent), rules)


def consents(table: pd.DataFrame, silent: Collection[str] = ()) -> dict[str, str]:
    return {one: "counted_only" if one in silent else "quotable_anonymous" for one in table["answer_id"]}


def tells_of(result: Candidates, words: tuple[str, ...]) -> bool:
    """Whether any candidate is told by one of these words."""
    return any(set(told.split("|")) & set(words) for told in result.table["words"])


@pytest.fixture(scope="module")
def subjects() -> Candidates:
    return found(three_subjects())


# Stability


def test_the_index_of_two_themes_is_what_both_have_of_what_either_has() -> None:
    one, other = {"1", "2", "3", "4", "5"}, {"1", "2", "3", "4", "6"}
    assert jaccard(one, other) == 4 / 6
    labels = np.array([0, 0, 0, 0, 0, -1])
    others = np.array([0, 0, 0, 0, -1, 0])
    assert best_matches(labels, others, 1).tolist() == [4 / 6]


def test_a_theme_is_compared_with_the_likest_one_found_again() -> None:
    labels = np.array([0, 0, 0, 1, 1, -1])
    others = np.array([2, 2, 1, 1, 1, 1])
    assert best_matches(labels, others, 3).tolist() == pytest.approx([2 / 3, 2 / 4, nan], nan_ok=True)
    assert best_matches(labels, np.full(6, -1), 2).tolist() == [0, 0]


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), min_size=1, max_size=12))
def test_best_matches_are_the_index_of_the_sets(pairs: list[tuple[int, int]]) -> None:
    labels, others = (np.array(side) for side in zip(*pairs, strict=True))

    def those(side: np.ndarray, label: int) -> set[str]:
        return {str(place) for place in np.flatnonzero(side == label)}

    for label, best in enumerate(best_matches(labels, others, 4)):
        if those(labels, label):
            expected = max(jaccard(those(labels, label), those(others, other)) for other in range(4))
            assert best == pytest.approx(expected)
        else:
            assert np.isnan(best)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (1.0, "highly_stable"),
        (0.85, "highly_stable"),
        (0.8499, "stable"),
        (0.75, "stable"),
        (0.7499, "pattern"),
        (0.60, "pattern"),
        (0.5999, "not_to_trust"),
        (nan, "not_to_trust"),
    ],
)
def test_what_a_stability_allows_to_say(value: float, word: str) -> None:
    assert trust(value, 0.0) == word


def test_what_chance_reaches_as_well_is_not_to_trust() -> None:
    assert trust(0.9, 0.9) == "not_to_trust"
    assert trust(0.9, 0.89) == "highly_stable"


def test_subsamples_hold_all_answers_of_four_fifths_of_the_participants() -> None:
    speakers = np.repeat(np.arange(10), 3)
    draws = list(subsamples(speakers, 4, 7, 1))
    for drawn in draws:
        assert len(drawn) == 24
        assert len(set(speakers[drawn])) == 8
        assert (np.diff(drawn) > 0).all()
    assert len({tuple(drawn) for drawn in draws}) == 4
    assert [d.tolist() for d in subsamples(speakers, 4, 7, 1)] == [d.tolist() for d in draws]
    assert [d.tolist() for d in subsamples(speakers, 4, 8, 1)] != [d.tolist() for d in draws]


def test_stability_is_the_mean_over_the_draws_that_tell_of_a_theme() -> None:
    labels = np.array([0, 0, 1])
    draws = iter([np.array([0, 1]), np.array([0, 1, 2])])
    again = {2: np.array([0, 1]), 3: np.array([0, 0, 1])}
    told: list[int] = []
    steady = stability(labels, 2, draws, lambda drawn: again[len(drawn)], lambda: told.append(1))
    assert steady.tolist() == [0.75, 1.0]
    assert len(told) == 2


# Candidates


def test_subjects_are_found_and_what_is_like_none_stands_in_none(subjects: Candidates) -> None:
    assert len(subjects.table) == 3
    assert set(subjects.table["n_answers"]) == {10}
    assert set(subjects.table["trust"]) == {"highly_stable"}
    assert (subjects.n_answers, subjects.n_with_words, len(subjects.members)) == (36, 35, 30)
    assert subjects.runs == RUNS
    for words, answer_ids in zip(
        subjects.table["words"], map(subjects.answers_of, subjects.table["candidate"]), strict=True
    ):
        own = next(of for of in (BUS, TEETH, DOGS) if words.split("|")[0] in of)
        assert set(own) <= set(words.split("|"))
        assert len(words.split("|")) <= WORDS_SHOWN
        assert {int(answer[-3:]) // 10 for answer in answer_ids} == {(BUS, TEETH, DOGS).index(own)}


def test_the_order_of_rows_and_of_ids_changes_nothing(subjects: Candidates) -> None:
    table = three_subjects().sample(frac=1, random_state=3)
    again = found(table)
    pd.testing.assert_frame_equal(again.table, subjects.table)
    pd.testing.assert_frame_equal(again.members, subjects.members)


def test_the_declared_seed_draws_the_subsamples() -> None:
    table = answers(*about(BUS), *about(TEETH), *about(DOGS)[:5], *[f"{one} e tram" for one in DOGS])
    first, other = (found(table, replace(RULES, seed=seed)).table for seed in (1, 2))
    assert list(first["by_chance"]) != list(other["by_chance"])


def test_below_the_named_number_of_answers_with_words_none_is_looked_for() -> None:
    enough = [*about(BUS), *about(TEETH), *about(DOGS)]
    assert len(enough) == FEWEST_FOR_THEMES
    few = found(answers(*enough[:-1], *["e poi"] * 20))
    assert not few.looked_for
    assert few.table.empty
    assert (few.n_answers, few.n_with_words) == (FEWEST_FOR_THEMES + 19, FEWEST_FOR_THEMES - 1)
    assert found(answers(*enough)).looked_for


def test_only_the_answers_of_these_ids_are_looked_at() -> None:
    table = three_subjects()
    without_dogs = [answer for answer in table["answer_id"] if not 20 <= int(answer[-3:]) < 30]
    everything = pd.concat([table, answers(*about(BUS), people=lambda n: n + 500)])
    few = candidates(read_words(everything, LEXICONS), without_dogs, consents(everything), RULES)
    assert few.n_answers == 26
    assert not few.looked_for


def test_two_voices_are_no_theme_however_much_they_write() -> None:
    chatty = answers(
        *about(BUS),
        *about(TEETH),
        *about(DOGS),
        people=lambda n: n if n < 20 else 20 + n % (FEWEST_PARTICIPANTS - 1),
    )
    result = found(chatty)
    assert tells_of(result, BUS)
    assert not tells_of(result, DOGS)


def of_dogs(table: pd.DataFrame) -> pd.Series:
    return table["contribution_id"].str[1:].astype(int).between(20, 29)


def one_campaign(table: pd.DataFrame, members: pd.Series) -> pd.DataFrame:
    """The answers in which a person confirmed that these are copies."""
    people = table.loc[members, "contribution_id"].unique()
    return one_voice(
        table, pd.DataFrame({"cluster": "k1", "contribution_id": people, "kind": "campaign"}, dtype="str")
    )


def test_copies_confirmed_by_a_person_are_one_voice() -> None:
    table = three_subjects()
    assert tells_of(found(table), DOGS)
    campaign = found(one_campaign(table, of_dogs(table)))
    assert tells_of(campaign, BUS)
    assert not tells_of(campaign, DOGS)


def test_organisations_that_send_the_same_campaign_are_one_voice_whatever_their_groups() -> None:
    table = three_subjects()
    five = [f"circolo {int(person[1:]) % 5}" for person in table["contribution_id"]]
    table = table.assign(unit=table["unit"].mask(of_dogs(table), pd.Series(five, index=table.index)))
    assert tells_of(found(table), DOGS)
    assert not tells_of(found(one_campaign(table, of_dogs(table))), DOGS)


def test_an_organisation_is_one_voice_and_several_are_as_many() -> None:
    table = three_subjects().assign(group="abitanti")
    one = found(table.assign(unit=table["unit"].mask(of_dogs(table), "canile")))
    assert tells_of(one, BUS)
    assert not tells_of(one, DOGS)
    of_three = pd.Series([f"canile {int(person[1:]) % 3}" for person in table["contribution_id"]])
    assert tells_of(found(table.assign(unit=table["unit"].mask(of_dogs(table), of_three))), DOGS)


# The words told


def silenced(table: pd.DataFrame, *words: str) -> list[str]:
    """The ids of the answers that have one of these words."""
    return [
        answer
        for answer, text in zip(table["answer_id"], table["text"], strict=True)
        if any(word in text for word in words)
    ]


def test_a_word_that_only_answers_to_be_counted_have_is_told_nowhere() -> None:
    table = three_subjects()
    silent = silenced(table, "cucciolo")
    result = found(table, silent=silent)
    of_these = result.table[[bool(set(words.split("|")) & {*DOGS}) for words in result.table["words"]]]
    assert of_these["n_answers"].tolist() == [10]
    assert {*DOGS} - set(of_these["words"].item().split("|")) == {"cucciolo"}
    assert "cucciolo" not in of_these["candidate"].item()
    assert tells_of(found(table, silent=silent[1:]), ("cucciolo",))


def test_a_candidate_of_answers_only_to_be_counted_stands_without_a_word() -> None:
    table = three_subjects()
    result = found(table, silent=silenced(table, *DOGS))
    wordless = result.table[result.table["candidate"] == WORDLESS]
    assert wordless[["words", "n_participants"]].to_numpy().tolist() == [["", 10]]
    assert not tells_of(result, DOGS)


def test_a_word_of_one_voice_is_not_told_however_often_it_says_it() -> None:
    table = three_subjects()
    says_it = table["text"].str.contains("veterinario")
    by_one = table.assign(contribution_id=table["contribution_id"].mask(says_it, "c099"))
    assert tells_of(found(by_one), ("cani",))
    assert not tells_of(found(by_one), ("veterinario",))
    by_two = by_one["contribution_id"].mask(table["answer_id"] == silenced(table, "veterinario")[0], "c098")
    assert tells_of(found(by_one.assign(contribution_id=by_two)), ("veterinario",))


def test_a_word_is_told_as_those_write_it_who_may_be_quoted() -> None:
    table = three_subjects()
    shouted = table.assign(text=table["text"].mask(of_dogs(table), table["text"].str.upper()))
    first = shouted["answer_id"][of_dogs(shouted)].iloc[0]
    told = [
        ("Servono cani e guinzaglio e recinto" if one == first else text)
        for one, text in zip(shouted["answer_id"], shouted["text"], strict=True)
    ]
    silent = [one for one in shouted["answer_id"][of_dogs(shouted)] if one != first]
    result = found(shouted.assign(text=told), silent=silent)
    assert tells_of(result, ("cani",))
    assert not tells_of(result, ("CANI",))


def test_words_dealt_by_chance_make_nothing_to_trust() -> None:
    random = np.random.Generator(np.random.PCG64(5))
    words = random.permutation(
        [w for of in (BUS, TEETH, DOGS) for text in about(of) for w in text.split()[1::2]]
    )
    table = answers(*[" ".join(three) for three in words.reshape(-1, 3)])
    assert set(found(table).table["trust"]) <= {"not_to_trust"}


def test_progress_is_told_from_none_to_all() -> None:
    table = three_subjects()
    told: list[tuple[int, int]] = []
    candidates(
        read_words(table, LEXICONS),
        list(table["answer_id"]),
        consents(table),
        RULES,
        on_step=lambda done, of: told.append((done, of)),
    )
    assert [done for done, _ in told] == list(range(told[-1][1] + 1))


def test_a_word_that_only_one_answer_has_is_compared_with_nothing() -> None:
    corpus = read_words(answers("tram corse", "tram nebbia", "sole"), LEXICONS)
    counts = word_counts(corpus, np.arange(3))
    rows, columns = weighted(counts, least_answers(3))
    assert [corpus.vocabulary[column] for column in columns] == ["tram"]
    assert np.diff(rows.indptr).tolist() == [1, 1, 0]


def test_dealing_anew_keeps_how_often_every_word_stands_and_leaves_what_was_counted() -> None:
    counts = word_counts(read_words(three_subjects(), LEXICONS), np.arange(36))
    before = counts.toarray()
    dealt = dealt_anew(counts, np.random.Generator(np.random.PCG64(1)))
    assert dealt.sum(axis=0).tolist() == counts.sum(axis=0).tolist()
    assert (counts.toarray() == before).all()
    assert (dealt.toarray() != before).any()


# What was set aside, and what is shown


def test_a_candidate_of_mostly_the_same_answers_stays_set_aside(subjects: Candidates) -> None:
    candidate = subjects.table["candidate"].iloc[0]
    its = subjects.answers_of(candidate)
    assert set_aside_before(subjects, [its[:6]]) == {candidate}
    assert set_aside_before(subjects, [its[:5]]) == set()
    assert set_aside_before(subjects, [[*its, *[f"x{n}" for n in range(7)]]]) == set()


def test_five_answers_are_of_different_people_and_first_of_different_groups() -> None:
    table = pd.DataFrame(
        {
            "answer_id": list("abcdefgh"),
            "contribution_id": ["1", "1", "2", "3", "4", "5", "6", "7"],
            "group": ["x", "y", "x", "x", "x", "x", "x", "y"],
        }
    )
    assert typical(list("abcdefgh"), table) == ["a", "c", "d", "e", "h"]
    assert typical(list("abz"), table) == ["a"]
    assert typical([], table) == []


# Reading in place of counting


def test_answers_alike_are_read_together_and_none_is_left_out() -> None:
    table = answers(*about(BUS)[:4], "Nebbia", *about(TEETH)[:3], "", "il campanile")
    order = alike_together(read_words(table, LEXICONS), list(table["answer_id"]))
    assert sorted(order["answer_id"]) == sorted(table["answer_id"])
    assert list(order["heap"]) == [1, 1, 1, 1, 2, 2, 2, 0, 0, 0]
    assert {int(answer[-3:]) for answer in order["answer_id"][:4]} == {0, 1, 2, 3}
    assert order["answer_id"].iloc[-1].endswith("g008")


@pytest.mark.parametrize("n", [0, 1, 2])
def test_a_reading_list_of_hardly_any(n: int) -> None:
    table = answers(*["Più tram"] * n)
    order = alike_together(read_words(table, LEXICONS), list(table["answer_id"]))
    assert list(order["heap"]) == [[], [0], [1, 1]][n]


def test_the_reading_list_does_not_depend_on_the_order_of_rows() -> None:
    table = three_subjects()
    ids = list(table["answer_id"])
    order = alike_together(read_words(table, LEXICONS), ids)
    again = alike_together(read_words(table.sample(frac=1, random_state=1), LEXICONS), ids[::-1])
    pd.testing.assert_frame_equal(order, again)


def test_a_long_reading_list_is_made_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.text.alike_together.AT_ONCE", 10)
    table = three_subjects()
    order = alike_together(read_words(table, LEXICONS), list(table["answer_id"]))
    assert sorted(order["answer_id"]) == sorted(table["answer_id"])
    for _, heap in order[order["heap"] > 0].groupby("heap"):
        assert len({int(answer[-3:]) // 10 for answer in heap["answer_id"]}) == 1


# Confirmed themes, counted again


def themes(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [(theme, f"Tema {theme}", "", objective, answer) for theme, objective, answer in rows],
        columns=["theme", "label", "description", "objective", "answer_id"],
        dtype="str",
    )


def said() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("a1", "p1", "scuole", "what"),
            ("a2", "p1", "scuole", "who"),
            ("a3", "p2", "abitanti", "what"),
            ("a4", "p3", "altrove", "what"),
            ("a5", "p4", "abitanti", ""),
        ],
        columns=["answer_id", "contribution_id", "group", "guiding_question"],
        dtype="str",
    )


CODINGS = pd.DataFrame({"answer_id": ["a2"], "objective": ["listen"]})


def test_a_theme_counts_its_participants_once_and_the_groups_of_the_plan() -> None:
    confirmed = themes(
        ("t1", "", "a1"), ("t1", "", "a2"), ("t1", "", "a4"), ("t2", "listen", "a3"), ("t3", "", "gone")
    )
    table = count_themes(confirmed, said(), GROUPS)
    assert list(table.itertuples(index=False, name=None)) == [
        ("t1", "Tema t1", "", "", 3, 2, 1),
        ("t2", "Tema t2", "", "listen", 1, 1, 1),
    ]
    by_group = themes_by_group(confirmed, said(), GROUPS, 1)
    assert list(by_group.itertuples(index=False, name=None)) == [
        ("t1", "scuole", 2, 1),
        ("t1", "non_indicato", 1, 1),
        ("t2", "abitanti", 1, 1),
    ]


def test_no_theme_is_a_table_without_rows() -> None:
    assert count_themes(themes(), said(), GROUPS).empty
    assert themes_by_group(themes(), said(), GROUPS, 1).empty


def test_what_is_left_has_neither_objective_nor_theme() -> None:
    left = of_neither(said(), CODINGS, themes(("t1", "", "a3")))
    assert list(left["answer_id"]) == ["a1", "a4", "a5"]


def test_a_group_of_too_few_who_answered_is_not_listed_under_a_theme() -> None:
    everyone = themes(*[("t1", "", answer) for answer in said()["answer_id"]])
    told = themes_by_group(everyone, said(), GROUPS, 2)
    assert list(told.itertuples(index=False, name=None)) == [("t1", "abitanti", 2, 2)]
    few_of_many = themes_by_group(themes(("t1", "", "a3")), said(), GROUPS, 2)
    assert list(few_of_many.itertuples(index=False, name=None)) == [("t1", "abitanti", 1, 1)]


def test_corpora_without_words_have_no_candidates() -> None:
    empty: Corpus = read_words(answers("", "e poi"), LEXICONS)
    assert candidates(empty, list(empty.answers["answer_id"]), {}, RULES).table.empty
