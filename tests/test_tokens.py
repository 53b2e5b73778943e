"""Words as they stand: elision, accents typed as apostrophes, and what is no word at all."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.tokens import Token, neighbours, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Ascolto.", ["Ascolto"]),
        ("dell'educazione", ["dell'", "educazione"]),
        ("Dell’educazione", ["Dell’", "educazione"]),
        ("L'«autonomia»", ["L", "autonomia"]),
        ("c'è un po' d'ansia", ["c'", "è", "un", "po", "d'", "ansia"]),
        ("la citta' perche' e' bella", ["la", "citta", "perche", "e", "bella"]),
        ("e'importante", ["e'", "importante"]),
        ("'ascolto' e ‘cura’", ["ascolto", "e", "cura"]),
        ("socio-sanitario, e-mail", ["socio-sanitario", "e-mail"]),
        ("a - b -c", ["a", "b", "c"]),
        ("e/o operatori/operatrici", ["e", "o", "operatori", "operatrici"]),
        ("ragazz* e tuttə, **grassetto**", ["ragazz*", "e", "tuttə", "grassetto"]),
        ("nel 2020, 1.000,50 euro alle 10:30", ["nel", "euro", "alle"]),
        ("h24, covid-19, 25enne", ["h24", "covid-19", "25enne"]),
        ("vedi https://www.comune.milano.it/x?y=z, grazie", ["vedi", "grazie"]),
        ("comune.milano.it o info@casa.org o @handle", ["o", "o"]),
        ("subito.Com'è finita", ["subito", "Com'", "è", "finita"]),
        ("chiamare [telefono] o [link]", ["chiamare", "o"]),
        ("bello 😀bello👍🏽", ["bello", "bello"]),
        ("perche\u0301 no", ["perche\u0301", "no"]),
        ("people's workers' don't", ["people's", "workers", "don't"]),
        ("___ 123 ---", []),
        ("正義 и школа", ["正義", "и", "школа"]),
    ],
)
def test_words_as_they_stand(text: str, words: list[str]) -> None:
    assert [token.surface for token in tokens(text)] == words


@given(st.text(alphabet=st.sampled_from("aAèb'’-. @1_*[]\n\u0301😀/:w"), max_size=60) | st.text(max_size=60))
def test_offsets_point_into_the_text_as_it_was_given(text: str) -> None:
    found = tokens(text)
    assert all(text[token.start : token.end] == token.surface for token in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(any(sign.isalpha() for sign in token.surface) for token in found)


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("presa carico", True),
        ("d'attesa", True),
        ("citta' bella", True),
        ("casa, popolare", False),
        ("casa. Popolare", False),
        ("casa\npopolare", False),
        ("casa 😀 popolare", False),
        ("legge 104 casa", False),
    ],
)
def test_punctuation_and_line_ends_part_neighbours(text: str, together: bool) -> None:
    found = tokens(text)
    assert neighbours(text, found[0], found[1]) is together


@pytest.mark.parametrize("piece", ["a", "a.", "a-", "a@", "a'", "@", "x.it", "www.", "a_", "1.", "["])
def test_no_text_takes_forever(piece: str) -> None:
    """Patterns that look ahead can be made to count for hours; this is a hundred thousand signs."""
    start = time.process_time()
    tokens(piece * (100_000 // len(piece)))
    assert time.process_time() - start < 5


def test_a_token_is_its_place_and_its_signs() -> None:
    assert tokens("  Rete!") == [Token(2, 6, "Rete")]
