"""Texts as sets of short runs of characters: how much of its wording one shares with another.

A text is compared as it is read aloud, not as it is set: case, punctuation, symbols and width of blanks
say nothing. The runs of five characters of what is left are its set; runs hold across words, so a word
dropped or inflected costs a few of them and a moved paragraph hardly any.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from analysis.strata import Floats

Ints = npt.NDArray[np.int64]

RUN = 5  # characters
_VARIANTS = range(0xFE00, 0xFE10)  # they say how a sign is drawn
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_LARGEST = 2**62


def normalised(texts: Sequence[str]) -> list[str]:
    """Each text in NFKC and without case, its letters, digits and accents alone, one blank between words.

    Marks that are written on a letter (Arabic and Hindi vowels) stay with it; invisible signs vanish.
    """
    plain = [unicodedata.normalize("NFKC", text).casefold() for text in texts]
    plain = [text if text.isascii() else unicodedata.normalize("NFKC", text) for text in plain]
    signs = {ord(sign): _kept(sign) for sign in set().union(*plain)}
    return [" ".join(text.translate(signs).split()) for text in plain]


def _kept(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf" or ord(sign) in _VARIANTS:
        return ""
    return sign if kind[0] in "LMN" else " "


def words_in(text: str) -> int:
    """How many words a normalised text has; of a script written without blanks, two signs count as one."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def shingle_sets(texts: Sequence[str], run: int = RUN) -> sparse.csr_array:
    """A row per text, a column per run of `run` characters that occurs, 1 where the text has it.

    The rarest runs stand first. Runs are told apart exactly, in any script, by what they are and not by a
    hash of it. A text shorter than a run has an empty row. Holds some 60 bytes per character for a moment.
    """
    signs = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    alphabet = np.flatnonzero(np.bincount(signs))
    letter = np.zeros(int(alphabet.max(initial=0)) + 1, dtype=np.int32)
    letter[alphabet] = np.arange(len(alphabet))
    letters = letter[signs]
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    runs = np.maximum(lengths - run + 1, 0)
    of = np.repeat(np.arange(len(texts)), runs)
    first = np.arange(len(of)) + np.repeat((np.cumsum(lengths) - lengths) - (np.cumsum(runs) - runs), runs)
    codes, bound = letters[first].astype(np.int64), len(alphabet)
    for place in range(1, run):
        if bound * len(alphabet) > _LARGEST:
            codes, found = pd.factorize(codes)
            bound = len(found)
        codes = codes * len(alphabet) + letters[first + place]
        bound *= len(alphabet)
    numbers, found = pd.factorize(codes)
    rarest = np.lexsort((found, np.bincount(numbers)))
    place_of = np.empty(len(found), dtype=np.int64)
    place_of[rarest] = np.arange(len(found))
    cells = np.sort(of * len(found) + place_of[numbers])  # np.unique hashes them, ten times slower
    cells = cells[np.diff(cells, prepend=-1) > 0]
    row, column = np.divmod(cells, max(1, len(found)))
    ends = np.searchsorted(row, np.arange(len(texts) + 1))
    narrow = sparse.get_index_dtype(maxval=max(len(cells), len(found)))
    ones = np.ones(len(cells), dtype=np.int32)
    shape = (len(texts), len(found))
    return sparse.csr_array((ones, column.astype(narrow), ends.astype(narrow)), shape=shape)


def sizes_of(sets: sparse.csr_array) -> Ints:
    """How many runs each text has."""
    return np.asarray(np.diff(sets.indptr), dtype=np.int64)


def shared(sets: sparse.csr_array, left: Ints, right: Ints) -> Ints:
    """How many runs each text of `left` has in common with its partner in `right` (numbers of rows)."""
    return np.asarray(sets[left].multiply(sets[right]).sum(axis=1), dtype=np.int64)


def jaccard(sets: sparse.csr_array, left: Ints, right: Ints, common: Ints | None = None) -> Floats:
    """Of the runs that either of two texts has, the share that both have, 0 to 1; neither may be empty."""
    both = shared(sets, left, right) if common is None else common
    sizes = sizes_of(sets)
    index: Floats = both / (sizes[left] + sizes[right] - both)
    return index
