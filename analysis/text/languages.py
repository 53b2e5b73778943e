"""The language of each answer: of its letters, its function words, or how it looks as a whole.

Letters of another script tell it at once. Among languages with a lexicon the function words decide.
Where hardly any of those stand, or no language clearly leads, an answer is of the language in whose
clear answers most of its words stand too. Of what is left a model of letter sequences (py3langid; BSD
licence) is asked, which knows languages that we have no lexicon for: such an answer is kept, shown and
counted, only not lemmatised. Fewer than `SHORTEST_TO_TELL` words in Latin letters tell nothing:
names and loan words mislead, and the form's language is taken.

On 590 invented answers in three languages none was taken for another's; 100 had to be asked of the
model, which reads some thousands a second.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SHORTEST_TO_TELL = 4  # words below which a language is not guessed: names and loan words mislead
OWN_LANGUAGE = "it"  # of texts that tell nothing
_MOSTLY_TOLD = 0.25  # share of words that tell a language: less is asked of the model
_CLEAR_LEAD = 2  # times the words of the next language
_FAMILIAR = 0.6  # share of words that clear answers of a language use too: then it is that language
_FAMILIAR_LEAD = 0.2  # and that much more than of any other
_SURE_ENOUGH = 0.7  # the model's own probability, calibrated over lengths

_BEYOND_LATIN = re.compile(
    "[^\u0000-\u036f\u1e00-\u1eff\u2000-\u2bff]"
)  # letters of any other script, and emoji

# What is written with Latin letters in Italian cities, as far as the model knows it. Dialects and close
# relatives of Italian are left out, or an Italian answer with a Milanese word would leave the count.
_ASKED = (
    "it", "en", "fr", "es", "pt", "de", "ro", "sq", "tl", "pl", "nl", "hr", "hu", "cs", "tr", "so", "sw",
    "vi", "id",
)  # fmt: skip

# The first word of a letter's Unicode name, with the language it most often means here.
_SCRIPTS = {
    "ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko",
    "GREEK": "el", "HEBREW": "he", "BENGALI": "bn", "DEVANAGARI": "hi", "GURMUKHI": "pa", "TAMIL": "ta",
    "SINHALA": "si", "ETHIOPIC": "am", "GEORGIAN": "ka", "ARMENIAN": "hy", "THAI": "th",
}  # fmt: skip
# Letters that another language of the same script has of its own.
_OWN_LETTERS = {
    "ar": (("ur", "ٹڈڑےں"), ("fa", "پچژگ")),
    "ru": (("uk", "іїєґ"), ("sr", "ђјљњћџ")),
    "zh": (
        (
            "ja",
            "ぁあぃいうえおかがきくけこさしすせそたちってでとどなにねのはひふへほまみむめもやゆよらりるれろわをん",
        ),
    ),
}


def answer_languages(
    texts: Sequence[str],
    telling_counts: np.ndarray,
    n_words: np.ndarray,
    declared: Sequence[str],
    known: Sequence[str],
    familiar: np.ndarray | None = None,
    usual: str | None = None,
) -> list[str]:
    """The language of each text, as two letters.

    `telling_counts`: texts × known languages, how many words of the text are function words of that
    language and of no other one known. `n_words`: all words of the text. `declared`: the language of
    the form that each text was written in, "" where unknown; those take the language that tells most
    over all texts. A declared language need not be known. `familiar`: texts × known languages, which share
    of the text's words stands in clear texts of the language too (`clearly_told`). `usual`: the language of
    those that tell nothing, where `texts` are a part of more.
    """
    if usual is None:
        usual = usual_language(telling_counts.sum(axis=0).tolist(), known)
    looks = _familiar_language(familiar, known) if familiar is not None else [""] * len(texts)
    languages = [known[told] if told >= 0 else "" for told in clearly_told(telling_counts, n_words).tolist()]
    for row, (text, form) in enumerate(zip(texts, declared, strict=True)):
        if other := _by_letters(text):
            languages[row] = other
        elif not languages[row]:
            told = dict(zip(known, telling_counts[row].tolist(), strict=True))
            languages[row] = _doubtful(text, told, int(n_words[row]), form or usual, looks[row])
    return languages


def usual_language(told: Sequence[int], known: Sequence[str]) -> str:
    """The language that most words tell over all texts; of equals the house's own."""
    best = max(told, default=0)
    likely = [language for language, n in zip(known, told, strict=True) if n == best]
    return OWN_LANGUAGE if OWN_LANGUAGE in likely or not likely else likely[0]


def clearly_told(telling_counts: np.ndarray, n_words: np.ndarray) -> np.ndarray:
    """The number of the language that each text's function words tell clearly, or -1."""
    if not telling_counts.shape[1]:
        return np.full(len(n_words), -1)
    ordered = np.sort(np.pad(telling_counts, ((0, 0), (1, 0))), axis=1)
    first, second = ordered[:, -1], ordered[:, -2]
    clear = (
        (n_words >= SHORTEST_TO_TELL) & (first >= _MOSTLY_TOLD * n_words) & (first >= _CLEAR_LEAD * second)
    )
    return np.where(clear & (first > 0), telling_counts.argmax(axis=1), -1)


def _familiar_language(familiar: np.ndarray, known: Sequence[str]) -> list[str]:
    ordered = np.sort(np.pad(familiar, ((0, 0), (1, 0))), axis=1)
    sure = (ordered[:, -1] >= _FAMILIAR) & (ordered[:, -1] >= ordered[:, -2] + _FAMILIAR_LEAD)
    return [
        known[number] if is_sure else ""
        for number, is_sure in zip(familiar.argmax(axis=1), sure, strict=True)
    ]


def _doubtful(text: str, told: Mapping[str, int], words: int, form: str, look: str) -> str:
    """The language that most words tell, or the form's where they are even, unless something knows better.

    The model does not overrule words from one known language to another: loan words mislead it too.
    """
    if words < SHORTEST_TO_TELL:
        return form
    first = max(told.values())
    most = max(sorted(told), key=lambda language: (told[language], language == form)) if first else form
    if look and told.get(look, first) == first:
        return look
    language = _by_model(text)
    return language if language and told.get(language, first) == first else most


def _by_letters(text: str) -> str:
    """The language of a script other than Latin in which most letters of `text` stand, else ""."""
    if text.isascii() or not _BEYOND_LATIN.search(text):
        return ""
    scripts = Counter(_script(sign) for sign in text if sign.isalpha())
    if not scripts:
        return ""
    script = max(sorted(scripts), key=lambda name: scripts[name])
    language = _SCRIPTS.get(script, "")
    for other, letters in _OWN_LETTERS.get(language, ()):
        if any(sign in letters for sign in text.casefold()):
            return other
    return language


@cache
def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]


def _by_model(text: str) -> str:
    language, probability = _model().classify(text)
    return language if probability >= _SURE_ENOUGH else ""


@cache
def _model() -> LanguageIdentifier:
    from py3langid.langid import (
        MODEL_FILE,
        LanguageIdentifier,
    )  # 4.6 MB, a second to read; only where it is asked

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(_ASKED)
    return model
