"""All the words of many texts, in columns, a chunk of texts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from analysis.text.tokens import BETWEEN_NEIGHBOURS, spans

TEXTS_AT_ONCE = 20_000  # a few megabytes of text: what is only needed while scanning stays small
_PART = (
    "\n\x00\n"  # between two texts of a chunk: no word holds it, and no two words are neighbours across it
)
_BLANKS = np.array(sorted(ord(sign) for sign in BETWEEN_NEIGHBOURS), dtype=np.uint32)


class Scanned(NamedTuple):
    """Words of texts; columns as in `analysis.text.corpus.Corpus`."""

    bounds: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    forms: np.ndarray
    joined: np.ndarray
    surfaces: tuple[str, ...]


class _Chunk(NamedTuple):
    counts: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    forms: np.ndarray
    joined: np.ndarray


def scanned(texts: Sequence[str]) -> Scanned:
    """The words of `texts`, as `analysis.text.tokens.tokens` finds them in each."""
    numbers: dict[str, int] = {}
    chunks = [
        _chunk(texts[first : first + TEXTS_AT_ONCE], numbers)
        for first in range(0, max(len(texts), 1), TEXTS_AT_ONCE)
    ]
    counts, starts, ends, forms, joined = (np.concatenate(column) for column in zip(*chunks, strict=True))
    met = list(numbers)
    order = sorted(range(len(met)), key=met.__getitem__)
    rank = np.empty(len(met), dtype=np.int32)
    rank[order] = np.arange(len(met), dtype=np.int32)
    return Scanned(
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        starts,
        ends,
        rank[forms],
        joined,
        tuple(met[number] for number in order),
    )


def _chunk(texts: Sequence[str], numbers: dict[str, int]) -> _Chunk:
    """The words of a few texts; `numbers` gives each new surface the next number."""
    whole = _PART.join(texts)
    found = spans(whole)
    starts = np.array([start for start, _ in found], dtype=np.int64)
    ends = np.array([end for _, end in found], dtype=np.int64)
    forms = np.array(
        [numbers.setdefault(whole[start:end], len(numbers)) for start, end in found], dtype=np.int32
    )
    lengths = np.array([len(text) + len(_PART) for text in texts], dtype=np.int64)
    begins = np.concatenate([[0], np.cumsum(lengths)])
    text_of = np.searchsorted(begins, starts, side="right") - 1
    offsets = begins[text_of]
    return _Chunk(
        np.bincount(text_of, minlength=len(texts)).astype(np.int64),
        (starts - offsets).astype(np.int32),
        (ends - offsets).astype(np.int32),
        forms,
        _joined(whole, starts, ends),
    )


def _joined(whole: str, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Whether nothing but blanks and apostrophes stands between each word and the one before it."""
    signs = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    parting = np.concatenate([[0], np.cumsum(~np.isin(signs, _BLANKS))])
    joined = np.zeros(len(starts), dtype=bool)
    joined[1:] = parting[starts[1:]] == parting[ends[:-1]]
    return joined
