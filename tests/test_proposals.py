"""What counting proposes: by which words, for which answers, and when it rather says nothing."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from analysis.text.corpus import read_words
from analysis.text.deciding import MOST_WORDS
from analysis.text.marks import decided, marked
from analysis.text.phrases import phrases
from analysis.text.proposals import code, codings, score_labels
from analysis.text.seeded_kmeans import Clusters, seeded_kmeans
from consultation import tables
from consultation.language import Language
from consultation.plan import Plan
from consultation.rules import Rules
from tests.conftest import PROJECT, SHARED
from tests.test_words import LEXICONS

RULES = Rules()
OBJECTIVES = pd.DataFrame(
    [
        ("listen", "care", "ascolto|colloquio|presa in carico"),
        ("network", "care", "rete|coordinamento"),
        ("meet", "alone", "cortile|festa|su misura"),
        ("visit", "alone", "volontario|medico di base"),
    ],
    columns=["objective", "strategic_question", "seeds"],
)


def answers(*said: tuple[str, str] | tuple[str, str, str]) -> pd.DataFrame:
    """Answers of (strategic question, text, author's tags); each by another person."""
    return pd.DataFrame(
        [
            (f"a{n:02}", f"p{n}", question, text, "it", "".join(tags))
            for n, (question, text, *tags) in enumerate(said)
        ],
        columns=["answer_id", "contribution_id", "strategic_question", "text", "language", "objectives"],
    )


def coded(table: pd.DataFrame, objectives: pd.DataFrame = OBJECTIVES, rules: Rules = RULES) -> pd.DataFrame:
    return code(read_words(table, LEXICONS), objectives, LEXICONS, rules)


def only(table: pd.DataFrame, answer: str = "a00") -> list[tuple[str, str]]:
    """The objectives of one answer, with their deciding words."""
    rows = table[table["answer_id"] == answer]
    return list(zip(rows["objective"], rows["words"], strict=True))


def test_a_seed_in_any_form_is_recognised_and_shown_as_written() -> None:
    assert only(coded(answers(("care", "Servono colloqui!")))) == [("listen", "colloqui")]


def test_an_answer_like_none_gets_nothing() -> None:
    table = coded(answers(("care", "Il tempo passa"), ("care", ""), ("care", "e poi")))
    assert table.empty
    assert list(table.columns) == ["answer_id", "objective", "basis", "score", "margin", "words"]


def test_a_long_answer_speaks_of_that_of_which_it_has_more_than_of_the_rest() -> None:
    """Twelve objectives, of which one text has a word of each, and one of a single one twice."""
    many = pd.DataFrame([(f"o{n:02}", "", word) for n, word in enumerate(TWELVE)], columns=OBJECTIVES.columns)
    said = answers(("", " ".join(TWELVE)), ("", f"{TWELVE[0]} e poi {TWELVE[0]}"), *[("", w) for w in TWELVE])
    table = coded(said, many)
    assert only(table, "a00") == []
    assert [objective for objective, _ in only(table, "a01")] == ["o00"]


TWELVE = [
    "cortile",
    "festa",
    "volontario",
    "ascolto",
    "rete",
    "sportello",
    "biblioteca",
    "mensa",
    "asilo",
    "parco",
    "teatro",
    "orto",
]


@pytest.mark.parametrize("n", [0, 1, 3])
def test_few_answers_are_enough(n: int) -> None:
    table = coded(answers(*[("care", "Più ascolto")] * n))
    assert list(table["objective"]) == ["listen"] * n
    assert table["score"].between(0, 1).all()


def test_without_objectives_nothing_is_proposed() -> None:
    assert coded(answers(("care", "Più ascolto")), OBJECTIVES.head(0)).empty


def test_an_objective_without_seeds_is_never_proposed() -> None:
    bare = OBJECTIVES.assign(seeds="")
    assert coded(answers(("care", "Più ascolto"), ("care", "ascolto"))).shape[0] == 2
    assert coded(answers(("care", "Più ascolto"), ("care", "ascolto")), bare).empty


def test_only_the_objectives_of_its_own_question() -> None:
    said = "Una festa nel cortile, più ascolto"
    assert [objective for objective, _ in only(coded(answers(("care", said))))] == ["listen"]
    assert [objective for objective, _ in only(coded(answers(("alone", said))))] == ["meet"]


@pytest.mark.parametrize("question", ["", "of another plan"])
def test_all_objectives_where_the_question_is_not_known(question: str) -> None:
    found = only(coded(answers((question, "Una festa nel cortile, più ascolto"))))
    assert [objective for objective, _ in found] == ["meet", "listen"]  # two words against one: best first


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("La presa in carico", [("listen", "presa in carico")]),
        ("Prendere in carico", [("listen", "Prendere in carico")]),
        ("Una presa, il carico", []),
        ("Un carico preso", []),
    ],
)
def test_a_phrase_counts_as_a_whole(text: str, found: list[tuple[str, str]]) -> None:
    assert only(coded(answers(("care", text)))) == found


@pytest.mark.parametrize(
    ("text", "objectives"),
    [("Aiuti su misura", ["meet"]), ("La misura è colma", []), ("I medici di base", ["visit"])],
)
def test_a_phrase_of_one_content_word_needs_its_function_word(text: str, objectives: list[str]) -> None:
    assert [objective for objective, _ in only(coded(answers(("alone", text))))] == objectives


def test_seeds_are_read_in_every_language() -> None:
    assert phrases("volunteers", LEXICONS) == {("volunteers",), ("volunteer",)}
    assert phrases("su misura", LEXICONS) >= {("su", "misura")}
    assert phrases("fiume di parole", LEXICONS) >= {("fiume", "parola")}
    assert phrases(" 104 ", LEXICONS) == set()


def test_words_learnt_from_others_help() -> None:
    """No seed stands in the last answer, yet it says what the others say beside a seed."""
    others = [("care", f"colloquio psicologa {word}") for word in ("lunedì", "martedì", "giovedì")]
    network = [("care", f"rete parrocchia {word}") for word in ("lunedì", "martedì", "giovedì")]
    table = coded(answers(*others, *network, ("care", "una psicologa")))
    assert only(table, "a06") == [("listen", "psicologa")]


def test_a_stray_seed_does_not_prove_itself() -> None:
    """One seed among many words of nobody else: an answer is not compared with itself."""
    text = " ".join(f"parola{first}{second}" for first in "xyzwvk" for second in "xyzwvk") + " rete"
    table = coded(answers(("care", text)), rules=replace(RULES, assign_at_least=0.0))
    assert 0 < table["score"].item() < 0.2


def test_the_threshold_is_the_declared_one() -> None:
    said = answers(("care", "Una rete di coordinamento con ascolto"), ("care", "ascolto e basta"))
    everything = coded(said, rules=replace(RULES, assign_at_least=0.0))
    assert (everything["score"] > 0).all()
    for least in (0.2, 0.5, 0.9):
        kept = coded(said, rules=replace(RULES, assign_at_least=least))
        assert kept["score"].tolist() == [score for score in everything["score"] if score >= least]


def test_the_authors_word_stands_alone() -> None:
    table = coded(answers(("care", "Più ascolto", "network|listen"), ("care", "Coordinamento")))
    own = table[table["answer_id"] == "a00"].drop(columns="margin")
    assert list(own.itertuples(index=False, name=None)) == [
        ("a00", "listen", "author", 1.0, "ascolto"),
        ("a00", "network", "author", 1.0, ""),
    ]
    assert list(table[table["answer_id"] == "a01"]["basis"]) == ["proposed"]


def test_a_tag_that_is_no_objective_is_passed_over() -> None:
    table = coded(answers(("care", "Più ascolto", "gone")))
    assert list(table["basis"]) == ["proposed"]


def test_tags_stand_where_no_word_can_be_compared() -> None:
    table = coded(answers(("care", "…", "network")))
    assert list(table.drop(columns="margin").itertuples(index=False, name=None)) == [
        ("a00", "network", "author", 1.0, "")
    ]


def test_tagged_answers_teach() -> None:
    """What one author tagged finds another answer that says the same, without any seed."""
    table = coded(
        answers(
            ("care", "La saletta condominiale", "network"),
            ("care", "saletta condominiale"),
            ("care", "ascolto"),
        )
    )
    assert only(table, "a01") == [("network", "condominiale|saletta")]
    untaught = coded(
        answers(("care", "La saletta condominiale"), ("care", "saletta aperta"), ("care", "ascolto"))
    )
    assert only(untaught, "a01") == []


@given(st.permutations(range(8)), st.permutations(range(4)))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_changes_nothing(order: list[int], order_of_objectives: list[int]) -> None:
    said = answers(
        ("care", "Ascolto e rete tra i servizi"),
        ("care", "rete, rete, rete di quartiere"),
        ("", "festa in cortile con i volontari del quartiere"),
        ("alone", "volontari nel cortile", "visit|meet"),
        ("alone", "la festa dei volontari"),
        ("", ""),
        ("care", "coordinamento dei servizi di quartiere"),
        ("", "una rete di volontari per l'ascolto"),
    )
    first = coded(said).to_csv()
    assert coded(said.iloc[order], OBJECTIVES.iloc[order_of_objectives]).to_csv() == first


def test_a_seed_that_nobody_says_changes_nothing() -> None:
    said = answers(("care", "Più ascolto in rete"), ("care", "coordinamento"), ("alone", "feste"))
    more = OBJECTIVES.assign(seeds=OBJECTIVES["seeds"] + "|zanzibar|numero verde")
    assert coded(said, more).to_csv() == coded(said).to_csv()


def reviewed(*rows: tuple[str, str, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["answer_id", "objective", "holds"])


def test_what_a_reviewer_says_stands_beside_the_proposals() -> None:
    said = answers(("care", "Più ascolto"), ("care", "Il tempo passa"), ("care", "ascolto"), ("care", "rete"))
    table = code(
        read_words(said, LEXICONS),
        OBJECTIVES,
        LEXICONS,
        RULES,
        reviewed(("a01", "network", True), ("a02", "listen", False), ("a03", "", True)),
    )
    found = list(zip(table["answer_id"], table["objective"], table["basis"], strict=True))
    assert found == [("a00", "listen", "proposed"), ("a01", "network", "reviewed")]


def test_a_reviewer_does_not_take_away_what_the_author_said() -> None:
    said = answers(("care", "Più ascolto", "network"))
    reviews = reviewed(("a00", "network", False), ("a00", "listen", True), ("zz", "listen", True))
    table = code(read_words(said, LEXICONS), OBJECTIVES, LEXICONS, RULES, reviews)
    assert list(zip(table["objective"], table["basis"], strict=True)) == [
        ("listen", "reviewed"),
        ("network", "author"),
    ]


def test_the_margin_is_how_far_the_next_objective_lies_behind() -> None:
    said = answers(("care", "ascolto, ascolto e colloquio; poi la rete"), ("care", "Più ascolto"))
    table = coded(said, rules=replace(RULES, assign_at_least=0.0))
    both = table[table["answer_id"] == "a00"]
    assert both["margin"].iloc[0] == pytest.approx(both["score"].iloc[0] - both["score"].iloc[1], abs=2e-6)
    assert both["margin"].iloc[1] == pytest.approx(-both["margin"].iloc[0], abs=2e-6)
    alone = coded(answers(("care", "Più ascolto"), ("care", "ascolto")))
    assert alone["margin"].tolist() == alone["score"].tolist()


def coded_many(n: int) -> pd.DataFrame:
    """`n` tagged answers that say seeds of the network when they mean to listen, and one untagged."""
    said = [
        ("care", "Una saletta", "network") if n % 2 else ("care", "Coordinamento in rete", "listen")
        for n in range(n)
    ]
    table = answers(*said, ("care", "La saletta"))
    return table.assign(answer_id=[f"a{n:03}" for n in range(n + 1)])


def test_from_three_hundred_coded_answers_a_model_takes_over_where_it_is_better() -> None:
    corpus = read_words(coded_many(320), LEXICONS)
    found = codings(corpus, OBJECTIVES, LEXICONS, RULES)
    assert found.lessons["n_coded"].tolist() == [320, 0, 320, 0]  # by name: listen, meet, network, visit
    ways = dict(zip(found.lessons["objective"], found.lessons["way"], strict=True))
    assert ways["network"] == "linear"
    assert ways["meet"] == "seeds"
    own = found.table[found.table["answer_id"] == "a320"]
    assert list(zip(own["objective"], own["basis"], strict=True)) == [("network", "learned")]
    assert own["score"].iloc[0] >= 0.5


def test_with_fewer_coded_answers_seeds_decide() -> None:
    found = codings(read_words(coded_many(298), LEXICONS), OBJECTIVES, LEXICONS, RULES)
    assert set(found.lessons["way"]) == {"seeds"}
    assert found.lessons["precision_of_model"].isna().all()
    assert "learned" not in set(found.table["basis"])


@given(st.lists(st.text(alphabet="aei rtsc.'|\n", max_size=40), max_size=6))
@settings(max_examples=40, deadline=None)
def test_deciding_words_stand_in_their_answer(texts: list[str]) -> None:
    said = answers(*(("", f"{text} ascolto, la rete del cortile {text}") for text in texts))
    text_of = dict(zip(said["answer_id"], said["text"], strict=True))
    table = coded(said)
    for answer_id, joined in zip(table["answer_id"], table["words"], strict=True):
        words = joined.split("|")
        assert 1 <= len(words) <= MOST_WORDS
        assert all(word in text_of[answer_id] for word in words)
        assert len(marked(text_of[answer_id], words)) >= 1


def clusters(seed: int) -> Clusters:
    """Twelve random rows around three random seeds, one of them empty; some rows empty or given."""
    generator = np.random.default_rng(seed)

    def unit(rows: np.ndarray) -> np.ndarray:
        length = np.sqrt((rows**2).sum(axis=1, keepdims=True))
        return np.asarray(rows / np.where(length > 0, length, 1))

    rows = unit(generator.random((12, 9)) * (generator.random((12, 9)) < 0.4))
    seeds = unit(generator.random((3, 9)) * (generator.random((3, 9)) < 0.4) * np.array([[1], [1], [0]]))
    allowed = generator.random((12, 3)) < 0.8
    given_labels = [[0], [1, 2], [2], *([[]] * 9)]
    return seeded_kmeans(csr_matrix(rows), seeds, allowed, given_labels)


@pytest.mark.parametrize("seed", range(8))
def test_scores_are_cosines_with_centres_made_without_the_row(seed: int) -> None:
    """The closed form against the definition, one row and one label at a time."""
    found = clusters(seed)
    rows = found.rows.toarray()
    assert found.members[:3].tolist() == [[1, 0, 0], [0, 1, 1], [0, 0, 1]]
    for row in range(12):
        for label in range(3):
            others = sum(
                (found.members[other, label] * rows[other] for other in range(12) if other != row),
                np.zeros(9),
            )
            length = np.linalg.norm(others)
            centre = found.seeds[label] + (others / length if length > 1e-9 else 0)
            length = np.linalg.norm(centre)
            expected = rows[row] @ centre / length if length > 1e-9 else 0.0
            assert found.scores()[row, label] == pytest.approx(expected, abs=1e-8)
            parts = found.parts(np.array([row]), np.array([label])).sum()
            assert parts == pytest.approx(expected * length, abs=1e-7)


@pytest.mark.parametrize(
    ("text", "words", "places"),
    [
        ("Più ascolto, più Ascolto.", ["ascolto"], ["ascolto", "Ascolto"]),
        ("ascoltoso dall'ascolto", ["ascolto"], ["ascolto"]),
        ("la presa in carico, presa e carico", ["carico", "presa in carico"], ["presa in carico", "carico"]),
        ("presa in\ncarico", ["presa in carico"], []),
        ("casa. Popolare", ["casa popolare"], []),
        ("casa  popolare", ["casa popolare"], ["casa  popolare"]),
        ("la citta' di tutti", ["citta"], ["citta"]),
        ("<b>rete</b> *rete*", ["rete"], ["rete", "rete"]),
        ("rete", [], []),
        ("rete", ["", "…"], []),
        ("", ["rete"], []),
    ],
)
def test_marks_are_whole_words_where_they_stand(text: str, words: list[str], places: list[str]) -> None:
    assert [text[start:end] for start, end in marked(text, words)] == places


@given(st.text(alphabet="ab' .-\n", max_size=40), st.lists(st.text(alphabet="ab' -", max_size=8), max_size=4))
def test_marks_are_sorted_and_never_overlap(text: str, words: list[str]) -> None:
    places = marked(text, words)
    assert all(start < end <= len(text) for start, end in places)
    assert all(left[1] <= right[0] for left, right in pairwise(places))
    assert marked(text, list(reversed(words))) == places


def test_the_example_is_recognised_better_than_by_chance(milan: Plan) -> None:
    """Without their authors' tags, two first proposals of three are what the author meant."""
    table = pd.read_csv(PROJECT / "data" / "example" / "answers.csv", dtype="str", keep_default_na=False)
    objectives = tables.objectives(milan, Language("it"))
    first = coded(table.assign(objectives=""), objectives, milan.rules).drop_duplicates("answer_id")
    meant = dict(zip(table["answer_id"], table["objectives"], strict=True))
    tagged = [row for row in first.itertuples() if meant[row.answer_id]]
    right = sum(row.objective in meant[row.answer_id].split("|") for row in tagged)
    assert len(tagged) >= 60
    assert right / len(tagged) >= 0.6


def test_the_theme_benchmark_keeps_its_level() -> None:
    script = SHARED / "data" / "theme_benchmark.py"
    if not script.is_file():
        pytest.skip("the shared data are not here")
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location("theme_benchmark", script)
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    labels = tomllib.loads((Path(script).parent / "iniziative-seeds.toml").read_text(encoding="utf-8"))
    texts = benchmark.texts()
    said = answers(*(("", text) for _, text, _ in texts))
    words = {label: entry["words"] for label, entry in labels.items()}
    scores = score_labels(read_words(said, LEXICONS), words, LEXICONS)
    table = (
        scores.pivot(index="answer_id", columns="label", values="score").reindex(said["answer_id"]).fillna(0)
    )
    precisions, of_ten = [], []
    for label in labels:
        order = table[label].argsort(kind="stable")[::-1]
        hits = np.array([label in texts[position][2] for position in order])
        precisions.append((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean())
        of_ten.append(hits[:10].mean())
    assert np.mean(precisions) >= 0.70
    assert np.mean(of_ten) >= 0.86


def test_only_what_counting_proposed_has_deciding_words_and_only_the_weightiest() -> None:
    words = "uno|due|tre|quattro|cinque"
    assert decided("author", words) == []
    assert decided("proposed", words) == ["uno", "due", "tre", "quattro"]
    assert decided("proposed", "") == []
