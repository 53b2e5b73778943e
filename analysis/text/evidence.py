"""What of a table tells the languages of its answers.

Most of it stands in each answer, but two things lie in the table as a whole: the language that most of its
words tell, and the words that clear answers of a language share. Of a table that is read in parts both are
added up first (`evidence_in`, `whole_evidence`), since a part must not decide for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.text.folding import folded
from analysis.text.languages import answer_languages, clearly_told, usual_language
from analysis.text.lemmas import plain_form
from analysis.text.lexicon import Lexicon
from analysis.text.scanning import Scanned, scanned

_SHARED = 2  # clear answers in which a word stands before it speaks for their language


@dataclass(frozen=True)
class PartEvidence:
    """What one part tells, by language: integers only, which add up whatever the order of the parts.

    `telling`: how many words are function words of that language and of no other one known. `clear`: for
    each word written in an answer clearly of that language, in how many of those (1, or 2 for more).
    """

    telling: Mapping[str, int]
    clear: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class WholeEvidence:
    """What the parts tell together: the `usual` language, and the words that are `familiar` in each."""

    usual: str
    familiar: Mapping[str, frozenset[str]]


def evidence_in(texts: Sequence[str], lexicons: Mapping[str, Lexicon]) -> PartEvidence:
    """What these `texts` tell of their languages."""
    known = sorted(lexicons)
    found = scanned(texts)
    telling, answer_of = _telling_counts(found, len(texts), lexicons)
    clear = clearly_told(telling, np.diff(found.bounds))
    written = {}
    for place, language in enumerate(known):
        first, last = _first_and_last(found, answer_of, clear, place)
        written[language] = {
            found.surfaces[form]: 1 if first[form] == last[form] else _SHARED
            for form in np.flatnonzero(last >= 0).tolist()
        }
    return PartEvidence(dict(zip(known, telling.sum(axis=0).tolist(), strict=True)), written)


def whole_evidence(parts: Iterable[PartEvidence]) -> WholeEvidence:
    """All `parts` together, in whatever order and however the table was cut."""
    telling: dict[str, int] = {}
    clear: dict[str, dict[str, int]] = {}
    for part in parts:
        for language, n in part.telling.items():
            telling[language] = telling.get(language, 0) + n
        for language, written in part.clear.items():
            of = clear.setdefault(language, {})
            for surface, n in written.items():
                of[surface] = of.get(surface, 0) + n
    known = sorted(telling)
    return WholeEvidence(
        usual_language([telling[language] for language in known], known),
        {
            language: frozenset(surface for surface, n in written.items() if n >= _SHARED)
            for language, written in clear.items()
        },
    )


def languages_told(
    declared: Sequence[str],
    texts: Sequence[str],
    found: Scanned,
    lexicons: Mapping[str, Lexicon],
    whole: WholeEvidence | None = None,
) -> list[str]:
    """The language of each answer; one that is not known is that of most of the table.

    `whole` is what the table tells of which `texts` are a part; without it they are all of it.
    """
    known = sorted(lexicons)
    n_words = np.diff(found.bounds)
    telling, answer_of = _telling_counts(found, len(texts), lexicons)
    clear = clearly_told(telling, n_words)
    familiar = np.zeros((len(texts), len(known)))
    for place, language in enumerate(known):
        if whole:
            shared = np.array([surface in whole.familiar[language] for surface in found.surfaces], dtype=bool)
        else:
            first, last = _first_and_last(found, answer_of, clear, place)
            shared = first != last
        known_words = np.bincount(answer_of[shared[found.forms]], minlength=len(texts))
        familiar[:, place] = known_words / np.maximum(n_words, 1)
    forms = [name[:2].lower() for name in declared]
    return answer_languages(texts, telling, n_words, forms, known, familiar, whole.usual if whole else None)


def _telling_counts(
    found: Scanned, n_texts: int, lexicons: Mapping[str, Lexicon]
) -> tuple[np.ndarray, np.ndarray]:
    """Texts × known languages, how many words tell each; and the number of the text of every word."""
    known = sorted(lexicons)
    told = _telling(found.surfaces, lexicons, known)[found.forms]
    answer_of = np.repeat(np.arange(n_texts, dtype=np.int32), np.diff(found.bounds))
    columns = [np.bincount(answer_of[told == place], minlength=n_texts) for place in range(len(known))]
    return np.column_stack(columns), answer_of


def _first_and_last(
    found: Scanned, answer_of: np.ndarray, clear: np.ndarray, language: int
) -> tuple[np.ndarray, np.ndarray]:
    """The first and the last clear answer of a language in which each surface stands, -1 for none.

    A word of one answer alone may be in another language: the two are the same then.
    """
    mine = clear[answer_of] == language
    forms, answers = found.forms[mine], answer_of[mine]
    first, last = np.full((2, len(found.surfaces)), -1, dtype=np.int32)
    last[forms] = answers  # of several the one written last stays
    first[forms[::-1]] = answers[::-1]
    return first, last


def _telling(surfaces: Sequence[str], lexicons: Mapping[str, Lexicon], known: Sequence[str]) -> np.ndarray:
    """For each surface that is a function word of one language only, the number of that; -1 for others."""
    telling = np.full(len(surfaces), -1, dtype=np.int8)
    for number, surface in enumerate(surfaces):
        of = [
            place
            for place, language in enumerate(known)
            if folded(plain_form(surface, language)) in lexicons[language].function_words
        ]
        if len(of) == 1:
            telling[number] = of[0]
    return telling
