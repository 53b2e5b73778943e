"""The key under which a word is counted: its headword, without accents and capitals.

Headwords come from simplemma's dictionary, mended by the lexicon (0.917 right on Italian content words
without the mends). Feminine people and qualities share the key of the masculine where the lexicon says
so; what is shown is always the commonest form people wrote, never the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from analysis.text.folding import folded
from analysis.text.tokens import APOSTROPHES

if TYPE_CHECKING:  # a lexicon asks this module for the keys of its units
    from analysis.text.lexicon import Lexicon

_VOWELS = frozenset("aeiou")
_MOST_STEPS = 3
_SHORTEST_STEM = 2  # letters before an ending: behind fewer it is mostly the word itself


def plain_form(surface: str, language: str) -> str:
    """A token in lower case as a dictionary would list it: `dell'` → dell, `on-line` → online.

    An inclusive ending is read as the plural in Italian: `ragazz*`, `ragazzə` → ragazzi.
    """
    form = surface.casefold()
    for apostrophe in APOSTROPHES[1:]:
        form = form.replace(apostrophe, "'")
    form = form.removesuffix("'s").strip("'")
    for hyphen in "-‐‑":
        form = form.replace(hyphen, "")
    if form.endswith(("*", "ə")):
        form = form[:-1]
        if language == "it" and form and form[-1] not in _VOWELS:
            form += "i"
    return form


def keys(surfaces: Iterable[str], lexicon: Lexicon) -> dict[str, str]:
    """The key of each different surface. A function word is its own key, folded."""
    return {surface: _key(plain_form(surface, lexicon.language), lexicon) for surface in set(surfaces)}


def _key(form: str, lexicon: Lexicon) -> str:
    """The headword's headword, and so on: else a plural noun (`consumi` → consumo) and its
    singular, which the dictionary takes for a verb (`consumo` → consumare), would part.
    """
    from simplemma import lemmatize  # its dictionaries take memory that participants' pages do not need

    overrides = lexicon.lemma_overrides
    if folded(form) in lexicon.function_words:
        return folded(form)
    for _ in range(_MOST_STEPS):
        if folded(form) in overrides:
            return overrides[folded(form)]
        headword = lemmatize(form, lang=lexicon.language).casefold()
        if headword == form:
            headword = _by_ending(form, lexicon.endings)
        if headword == form:
            break
        form = headword
    return folded(form)


def _by_ending(form: str, endings: Mapping[str, str]) -> str:
    for start in range(_SHORTEST_STEM, len(form)):
        if form[start:] in endings:
            return form[:start] + endings[form[start:]]
    return form
