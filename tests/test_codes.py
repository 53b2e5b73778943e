"""Return codes and invitations: hard to guess, easy to type, kept only under a seal."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.codes import (
    RETURN_CODE_SIGNS,
    SIGNS,
    new_invitation,
    new_return_code,
    sealed,
    spelled,
)

SECRET = b"s" * 32
CODES = st.text(st.sampled_from(SIGNS), min_size=RETURN_CODE_SIGNS, max_size=RETURN_CODE_SIGNS)


def test_a_return_code_has_at_least_80_random_bits_in_groups_of_four() -> None:
    assert len(set(SIGNS)) == len(SIGNS)
    assert RETURN_CODE_SIGNS * math.log2(len(SIGNS)) >= 80
    codes = {new_return_code() for _ in range(300)}
    assert len(codes) == 300
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [4] * 5
        assert set("".join(groups)) <= set(SIGNS)
    assert {sign for code in codes for sign in code} == {*SIGNS, "-"}


def test_no_sign_may_be_taken_for_another() -> None:
    assert not set(SIGNS) & set("0O1IL")


def test_an_invitation_is_six_letters_that_can_be_called_out() -> None:
    words = {new_invitation() for _ in range(100)}
    assert len(words) > 95
    assert all(len(word) == 6 and word.isalpha() and word.isupper() for word in words)
    assert len(new_invitation(9)) == 9


@given(CODES)
def test_a_seal_does_not_mind_how_the_code_is_typed(code: str) -> None:
    grouped = "-".join(code[i : i + 4] for i in range(0, len(code), 4))
    assert sealed(grouped, SECRET) == sealed(f"  {grouped.lower().replace('-', ' ')}\n", SECRET)


@given(CODES, CODES)
def test_another_code_has_another_seal(one: str, other: str) -> None:
    assert (sealed(one, SECRET) == sealed(other, SECRET)) == (one == other)


def test_a_seal_needs_its_secret_and_hides_the_code() -> None:
    code = "7KQM-XW4D-9PAB-CDEF-GHJK"
    assert sealed(code, SECRET) != sealed(code, b"t" * 32)
    assert len(sealed(code, SECRET)) == 64
    assert "7kqm" not in sealed(code, SECRET)


@pytest.mark.parametrize(
    ("typed", "same"), [("mun4-b", "MUN4B"), (" Mun 4 B ", "MUN4B"), ("perù", "PERÙ"), ("-- !", ""), ("", "")]
)
def test_a_word_is_compared_by_its_letters_and_digits(typed: str, same: str) -> None:
    assert spelled(typed) == same
