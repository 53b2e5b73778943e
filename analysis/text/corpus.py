"""The answers, read once into columns: what words, pairs and proposals are all computed from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analysis.text.evidence import WholeEvidence, languages_told
from analysis.text.folding import folded
from analysis.text.lemmas import keys, plain_form
from analysis.text.lexicon import Lexicon
from analysis.text.scanning import Scanned, scanned
from analysis.text.units import merged_units

SHORTEST_UNKNOWN = 4  # letters below which a word of a language without lexicon holds a sentence together


@dataclass(frozen=True, eq=False)
class Corpus:
    """All answers in the order of their ids, and all their words in a row.

    `answers` has a row per answer: `answer_id`, `contribution_id`, `unit`, `group`, `strategic_question`,
    `guiding_question`, `objectives` (the author's own tags, joined by |), `language` and `text`, each ""
    where it is not known. The words of answer i stand at the positions `bounds[i]` to `bounds[i + 1]` of the
    columns: `starts` and `ends` (offsets in its text), `forms` (the word as written, in `surfaces`), `keys`
    (the headword under which it is counted, in `vocabulary`), `content` (it is no function word, nor one
    of the question) and `joined` (only blanks stand between it and the word before). A unit of several
    words, like "terzo settore", is one word. `surfaces` and `vocabulary` are sorted.
    """

    answers: pd.DataFrame
    bounds: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    forms: np.ndarray
    keys: np.ndarray
    content: np.ndarray
    joined: np.ndarray
    surfaces: tuple[str, ...]
    vocabulary: tuple[str, ...]

    @cached_property
    def answer_of(self) -> np.ndarray:
        """The number of the answer in which each word stands."""
        return np.repeat(np.arange(len(self.answers), dtype=np.int32), np.diff(self.bounds))

    @cached_property
    def runs(self) -> np.ndarray:
        """The number of the run in which each word stands: words with only blanks between them."""
        return np.cumsum(~self.joined, dtype=np.int64)

    @cached_property
    def contribution_of(self) -> np.ndarray:
        """The number of the contribution of each answer."""
        return np.unique(self.answers["contribution_id"].to_numpy(), return_inverse=True)[1].astype(np.int32)

    @cached_property
    def key_number(self) -> Mapping[str, int]:
        """Where each key stands in `vocabulary`."""
        return {key: number for number, key in enumerate(self.vocabulary)}


ANSWERS = [
    "answer_id",
    "contribution_id",
    "unit",
    "group",
    "strategic_question",
    "guiding_question",
    "objectives",
    "language",
    "text",
]


def read_words(
    answers: pd.DataFrame, lexicons: Mapping[str, Lexicon], whole: WholeEvidence | None = None
) -> Corpus:
    """The words of every answer in the `answers` table, whatever the order of its rows.

    Each answer is read by the lexicon of its `language`, or of most of the table where that is unknown,
    unless its function words are mostly those of another: people answer an Italian form in English, and
    tables brought from elsewhere name no language. An answer in a language without lexicon is kept: its
    words are counted as they are written. `whole` is what a larger table tells of which `answers` are a part;
    then they are read as they would be in it. Raises `ValueError` when there is no lexicon, or one of
    `answer_id`, `contribution_id` and `text` is missing.
    """
    if not lexicons:
        raise ValueError("no lexicon: words of no language can be read")
    if missing := {"answer_id", "contribution_id", "text"} - set(answers.columns):
        raise ValueError(f"the table of answers has no column {', '.join(sorted(missing))}")
    table = _in_order(answers)
    texts = table["text"].tolist()
    found = scanned(texts)
    languages = languages_told(table["language"].tolist(), texts, found, lexicons, whole)
    table["language"] = pd.Series(languages, dtype="str")
    return merged_units(_keyed(table, found, languages, lexicons), lexicons)


def _in_order(answers: pd.DataFrame) -> pd.DataFrame:
    table = answers.reindex(columns=ANSWERS).fillna("").astype("str")
    by = "answer_id" if table["answer_id"].is_unique else ANSWERS
    return table.sort_values(by, kind="stable", ignore_index=True)


def _keyed(
    table: pd.DataFrame, found: Scanned, languages: Sequence[str], lexicons: Mapping[str, Lexicon]
) -> Corpus:
    """Every word under the key that it has in the language of its answer."""
    names, language_of = np.unique(np.asarray(languages, dtype=object), return_inverse=True)
    n_surfaces = len(found.surfaces)
    pairs = np.repeat(language_of, np.diff(found.bounds)) * n_surfaces + found.forms
    met = np.bincount(pairs, minlength=len(names) * n_surfaces) > 0
    different, where = np.flatnonzero(met), (np.cumsum(met) - 1)[pairs]
    key_of: list[str] = []
    content = np.zeros(len(different), dtype=bool)
    for number, name in enumerate(names):
        mine = different[different // max(n_surfaces, 1) == number] % max(n_surfaces, 1)
        begin = len(key_of)
        for place, (key, tells) in enumerate(
            _read([found.surfaces[surface] for surface in mine], lexicons.get(str(name)))
        ):
            key_of.append(key)
            content[begin + place] = tells
    vocabulary, number_of = np.unique(np.asarray(key_of, dtype=object), return_inverse=True)
    return Corpus(
        table,
        found.bounds,
        found.starts,
        found.ends,
        found.forms,
        number_of.astype(np.int32)[where] if len(where) else np.zeros(0, dtype=np.int32),
        content[where],
        found.joined,
        found.surfaces,
        tuple(str(key) for key in vocabulary),
    )


def _read(surfaces: Sequence[str], lexicon: Lexicon | None) -> Iterator[tuple[str, bool]]:
    """The key of each surface, and whether it says something by itself."""
    if lexicon is None:
        for surface in surfaces:
            key = folded(plain_form(surface, ""))
            yield key, not key.isascii() or len(key) >= SHORTEST_UNKNOWN
        return
    key_of = keys(surfaces, lexicon)
    silent = lexicon.function_words | lexicon.question_words
    for surface in surfaces:
        key = key_of[surface]
        yield key, len(key) > 1 and key not in silent
