"""Personal data in what people write: published codes and numbers are found, years and sums are not."""

from __future__ import annotations

import string
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.language import Language
from consultation.personal_data import KINDS, Kind, personal_data
from consultation.personal_data_words import kinds_named
from tests.conftest import PROJECT

CALL_ME = (
    "Chiamatemi al 02 88451234 o al 333 1234567 oppure +39 347 765 4321; CAP 20121, anno 2025, euro 3.500.000"
)


def test_a_text_without_any_has_none() -> None:
    assert personal_data("") == ()
    assert (
        personal_data("Più luoghi dove incontrarsi: dal 2025 al 2027, dalle 10.30 alle 18, a 20121 Milano")
        == ()
    )


@pytest.mark.parametrize(
    "number",
    [
        *("02 88451234", "333 1234567", "+39 347 765 4321", "340 98 76 543", "800 123 456"),
        *("(02) 8845 1234", "0039 333 1234567", "333/1234567", "333.1234567", "+40 21 312 3456"),
        "333\u00a01234567",
        "３３３１２３４５６７",
    ],
)
def test_italian_numbers_are_found_without_a_prefix_and_foreign_ones_with_theirs(number: str) -> None:
    assert personal_data(f"Chiamatemi: {number}, grazie") == ("phone",)


def test_numbers_in_a_sentence_are_found_and_its_post_code_year_and_money_are_not() -> None:
    assert personal_data(CALL_ME) == ("phone",)
    rest = CALL_ME
    for number in ("02 88451234", "333 1234567", "+39 347 765 4321"):
        rest = rest.replace(number, "…")
    assert personal_data(rest) == ()
    assert personal_data("3.500.000") == ()


def test_a_number_that_could_be_dialled_is_taken_for_one_though_it_is_a_protocol() -> None:
    """Known and told: this is why a person decides."""
    assert personal_data("protocollo 0123456789") == ("phone",)


@pytest.mark.parametrize(
    "mail", ["mario.rossi@example.it", "M_R+casa@posta.comune.milano.it", "zoé@città.it"]
)
def test_an_address_of_mail_is_one_finding(mail: str) -> None:
    assert personal_data(f"Scrivetemi a {mail}.") == ("email",)


@pytest.mark.parametrize("text", ["@comunemilano", "a @ b", "5 € @ pezzo", "mario.rossi@", "mario@casa"])
def test_a_sign_at_alone_is_no_address(text: str) -> None:
    assert personal_data(text) == ()


@pytest.mark.parametrize(
    "code",
    [
        "CCCFBA85D03L219P",
        "CCCFBA85D03L21VE",  # omocodia: a letter in place of the last figure
        "RSSMRA80A01F205X",
        "rssmra80a01f205x",
        "RSS MRA 80A01 F205X",
    ],
)
def test_fiscal_codes_with_their_check_letter_are_found(code: str) -> None:
    assert personal_data(f"Il mio codice è {code}.") == ("fiscal_code",)


@pytest.mark.parametrize(
    "code", ["CCCFBA85D03L219Q", "RSSMRA80A01F205Y", "XRSSMRA80A01F205X", "RSSMRA80A01F205"]
)
def test_what_has_another_check_letter_or_length_is_no_fiscal_code(code: str) -> None:
    assert personal_data(code) == ()


@given(st.sampled_from(string.ascii_uppercase))
def test_one_check_letter_in_twenty_six_is_right(letter: str) -> None:
    assert (personal_data(f"RSSMRA80A01F205{letter}") == ("fiscal_code",)) == (letter == "X")


@pytest.mark.parametrize(
    "account",
    [
        "IT60X0542811101000000123456",
        "it60x0542811101000000123456",
        "IT60 X054 2811 1010 0000 0123 456",
        "IT 60 X 05428 11101 000000123456",
        "GB82 WEST 1234 5698 7654 32",
        "DE89370400440532013000",
        "BE68 5390 0754 7034",
        "NO9386011117947",
    ],
)
def test_accounts_are_found_however_they_are_parted_and_their_figures_are_no_telephone(account: str) -> None:
    assert personal_data(f"Versate su {account}") == ("iban",)
    assert personal_data(f"Versate su {account} ogni mese, grazie") == ("iban",)


@pytest.mark.parametrize(
    "account", ["IT60X0542811101000000123457", "GB82WEST12345698765433", "IT60X054281110100"]
)
def test_an_account_with_a_wrong_check_is_none(account: str) -> None:
    assert "iban" not in personal_data(account)


def test_each_kind_is_named_once_in_one_order() -> None:
    text = f"{CALL_ME} IT60X0542811101000000123456 RSSMRA80A01F205X a@b.it c@d.it"
    assert personal_data(text) == KINDS == ("phone", "email", "fiscal_code", "iban")


@given(st.text(max_size=300))
def test_any_text_is_read_and_nothing_of_it_is_handed_on(text: str) -> None:
    found = personal_data(text)
    assert list(found) == [kind for kind in KINDS if kind in found]


@given(st.lists(st.text("abcdefghilmnopqrstuvz", min_size=1, max_size=16), max_size=40))
def test_words_alone_are_no_telephone_no_mail_and_no_account(words: list[str]) -> None:
    assert set(personal_data(" ".join(words))) <= {"fiscal_code"}


@pytest.mark.parametrize("sign", ["a", "1 ", "a@", "it60 ", "IT60X05428", "a.", "+39 ", "("])
def test_the_longest_text_that_is_taken_is_read_at_once(sign: str) -> None:
    begun = time.perf_counter()
    personal_data(sign * (20_000 // len(sign)))
    assert time.perf_counter() - begun < 1


def test_every_kind_has_its_name_in_a_sentence() -> None:
    reader = Language("en")
    assert kinds_named(KINDS, reader) == "a telephone number, an e-mail address, a fiscal code, an IBAN"
    kinds: tuple[Kind, ...] = ("iban",)
    assert kinds_named(kinds, reader) == "an IBAN"


def test_nothing_heavy_comes_with_it() -> None:
    """Participants' pages import it."""
    code = (
        "import sys\n"
        "from consultation import personal_data\n"
        "print(sorted({'nltk', 'sklearn', 'scipy', 'pandas'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"
