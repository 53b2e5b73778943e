"""Units of the field: words that say one thing only together, like "terzo settore", read as one word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from analysis.text.lexicon import Lexicon

if TYPE_CHECKING:
    from analysis.text.corpus import Corpus


def merged_units(corpus: Corpus, lexicons: Mapping[str, Lexicon]) -> Corpus:
    """`corpus` with the words of each unit of its answer's language joined into one word.

    The longest unit counts where several stand; the words of a unit follow each other with only blanks
    between. `surfaces` and `vocabulary` stay sorted.
    """
    heads, lengths, names = _places(corpus, lexicons)
    if not len(heads):
        return corpus
    order = np.argsort(heads)
    heads, lengths, names = heads[order], lengths[order], names[order]
    last = heads + lengths - 1
    kept = np.ones(len(corpus.keys), dtype=bool)
    for step in range(1, int(lengths.max())):
        kept[(heads + step)[lengths > step]] = False

    ends = corpus.ends.copy()
    ends[heads] = corpus.ends[last]
    answer_of, texts = corpus.answer_of, corpus.answers["text"].tolist()
    written = [
        texts[answer][start:end]
        for answer, start, end in zip(answer_of[heads], corpus.starts[heads], ends[heads], strict=True)
    ]
    surfaces, forms = _with_new(corpus.surfaces, corpus.forms, heads, written)
    vocabulary, keys = _with_new(corpus.vocabulary, corpus.keys, heads, list(names))
    content = corpus.content.copy()
    content[heads] = True
    for number in np.unique(keys[heads]):  # a unit may be one of the words of the question
        if any(vocabulary[number] in lexicon.question_words for lexicon in lexicons.values()):
            content[heads[keys[heads] == number]] = False
    counts = np.bincount(answer_of[kept], minlength=len(corpus.answers))
    return replace(
        corpus,
        bounds=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        starts=corpus.starts[kept],
        ends=ends[kept],
        forms=forms[kept],
        keys=keys[kept],
        content=content[kept],
        joined=corpus.joined[kept],
        surfaces=surfaces,
        vocabulary=vocabulary,
    )


def _places(corpus: Corpus, lexicons: Mapping[str, Lexicon]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where units stand: position of their first word, number of words, key."""
    heads, lengths, names = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)], []
    for language, lexicon in sorted(lexicons.items()):
        taken = ~(corpus.answers["language"] == language).to_numpy()[corpus.answer_of]
        for unit, name in sorted(lexicon.units.items(), key=lambda known: (-len(known[0]), known[0])):
            found = _standing(corpus, unit, taken)
            for step in range(len(unit)):
                taken[found + step] = True
            heads.append(found)
            lengths.append(np.full(len(found), len(unit)))
            names.extend([name] * len(found))
    return np.concatenate(heads), np.concatenate(lengths), np.array(names, dtype=object)


def _standing(corpus: Corpus, unit: Sequence[str], taken: np.ndarray) -> np.ndarray:
    """Where the words of `unit` follow each other and none is `taken`; places do not overlap."""
    numbers = [corpus.key_number.get(key, -1) for key in unit]
    if min(numbers) < 0:
        return np.zeros(0, dtype=np.int64)
    found = np.flatnonzero(corpus.keys == numbers[0])
    found = found[found + len(unit) <= len(corpus.keys)]
    found = found[~taken[found]]
    for step, number in enumerate(numbers[1:], 1):
        place = found + step
        found = found[(corpus.keys[place] == number) & corpus.joined[place] & ~taken[place]]
    if (np.diff(found) < len(unit)).any():
        apart: list[int] = []
        for place in found.tolist():
            if not apart or place - apart[-1] >= len(unit):
                apart.append(place)
        return np.array(apart, dtype=np.int64)
    return np.asarray(found)


def _with_new(
    known: Sequence[str], numbers: np.ndarray, places: np.ndarray, names: Sequence[str]
) -> tuple[tuple[str, ...], np.ndarray]:
    """`known` and `numbers` (into it) with these `names` at these `places`, sorted again."""
    every = sorted(set(known) | set(names))
    number_of = {name: number for number, name in enumerate(every)}
    moved = np.array([number_of[name] for name in known], dtype=np.int32)
    fresh = moved[numbers] if len(known) else numbers.copy()
    fresh[places] = [number_of[name] for name in names]
    return tuple(every), fresh
