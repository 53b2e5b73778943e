"""The language of each answer: of its letters, its function words, or how it looks as a whole.

Letters of another script tell it at once. Among languages with a lexicon the function words decide.
Where hardly any of those stand, or no language clearly leads, a model of letter sequences (py3langid;
BSD licence) is asked, which knows languages that we have no lexicon for: such an answer is kept, shown
and counted, only not lemmatised. Fewer than `SHORTEST_TO_TELL` words in Latin letters tell nothing:
names and loan words mislead, and the form's language is taken.

On 590 invented answers in three languages none was taken for another's; 100 had to be asked of the
model, which reads some thousands a second.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SHORTEST_TO_TELL = 4  # words below which a language is not guessed: names and loan words mislead
_MOSTLY_TOLD = 0.25  # share of words that tell a language: less is asked of the model
_CLEAR_LEAD = 2  # times the words of the next language
_SURE_ENOUGH = 0.7  # the model's own probability, calibrated over lengths

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
) -> list[str]:
    """The language of each text, as two letters.

    `telling_counts`: texts × known languages, how many words of the text are function words of that
    language and of no other one known. `n_words`: all words of the text. `declared`: the language of
    the form that each text was written in, "" where unknown; those take the language that tells most
    over all texts. A declared language need not be known.
    """
    usual = known[int(np.argmax(telling_counts.sum(axis=0)))] if len(texts) else ""
    rows = zip(texts, telling_counts.tolist(), n_words.tolist(), declared, strict=True)
    return [
        _by_letters(text) or _by_words(text, dict(zip(known, counts, strict=True)), words, form or usual)
        for text, counts, words, form in rows
    ]


def _by_words(text: str, told: Mapping[str, int], words: int, form: str) -> str:
    """The language that most words tell, the form's where they are even, unless the model knows better.

    The model does not overrule words from one known language to another: loan words mislead it too.
    """
    if words < SHORTEST_TO_TELL:
        return form
    *_, second, first = 0, *sorted(told.values())
    most = max(sorted(told), key=lambda language: (told[language], language == form)) if first else form
    if first >= _MOSTLY_TOLD * words and first >= _CLEAR_LEAD * second:
        return most
    language = _by_model(text)
    return language if language and told.get(language, first) == first else most


def _by_letters(text: str) -> str:
    """The language of a script other than Latin in which most letters of `text` stand, else ""."""
    if text.isascii():
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
