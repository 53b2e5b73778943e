"""Personal data that people write without meaning to: telephones, addresses of mail, codes of a person.

An aid, and no more: it knows numbers and codes by their form, so it never sees a name, a street or an
illness, and now and then takes a protocol number for a telephone. A person always reads, and decides.
What was found is named by its kind alone and never handed on, so that nothing can keep it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Literal, get_args

from phonenumbers import Leniency, PhoneNumberMatcher

Kind = Literal["phone", "email", "fiscal_code", "iban"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_REGION = "IT"  # numbers without a prefix are Italian; with one, those of any country are known
_MAIL = re.compile(r"[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}\b")
# Blanks may stand between its parts. Where two people would have the same code, letters stand for figures.
_FISCAL_CODE = re.compile(
    r"\b[A-Z]{3} ?[A-Z]{3} ?[\dL-NP-V]{2} ?[A-EHLMPRST] ?[\dL-NP-V]{2} ?[A-Z] ?[\dL-NP-V]{3} ?[A-Z]\b",
    re.ASCII | re.IGNORECASE,
)
_IBAN = re.compile(
    r"\b(?:(?:IT|SM) ?\d{2} ?[A-Z](?: ?\d){10}(?: ?[A-Z\d]){12}"  # Italy and San Marino, parted anyhow
    r"|[A-Z]{2}\d{2}(?:[A-Z\d]{11,30}|(?: [A-Z\d]{4}){2,7}(?: [A-Z\d]{1,4})?))\b",  # whole, or in fours
    re.ASCII | re.IGNORECASE,
)
_SHORTEST_IBAN = 15  # signs: Norway's
_ITALIAN_IBAN = 27

# What each sign counts in an odd place, figures and letters alike (Ministerial Decree 23 December 1976).
_ODD = dict(zip("0123456789", (1, 0, 5, 7, 9, 13, 15, 17, 19, 21), strict=True)) | dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23),
        strict=True,
    )
)


def personal_data(text: str) -> tuple[Kind, ...]:
    """The kinds of personal data that seem to be in `text`, each once, in the order of `KINDS`.

    "phone": any valid number, as Google's libphonenumber knows them, read in Italy; "email": by its form;
    "fiscal_code": codice fiscale with its check letter, also where letters stand for figures (omocodia);
    "iban": of any country, with its check figures (ISO 13616, mod 97). Names, streets and conditions of
    health are never found; a number of another sort that could be dialled is taken for a telephone.
    """
    plain = unicodedata.normalize("NFKC", text)
    without_codes, codes = _without(_FISCAL_CODE, _is_fiscal_code, plain)
    # the figures of an account are no telephone
    rest, ibans = _without(_IBAN, _holds_iban, without_codes)
    found: dict[Kind, bool] = {
        "phone": PhoneNumberMatcher(rest, _REGION, leniency=Leniency.VALID).has_next(),
        "email": _MAIL.search(plain) is not None,
        "fiscal_code": codes,
        "iban": ibans,
    }
    return tuple(kind for kind in KINDS if found[kind])


def _without(pattern: re.Pattern[str], is_one: Callable[[str], bool], text: str) -> tuple[str, bool]:
    """`text` with a stroke in place of what `pattern` finds and `is_one` holds for; whether there was any."""
    found = [match for match in pattern.finditer(text) if is_one(match[0])]
    for match in reversed(found):
        text = f"{text[: match.start()]}|{text[match.end() :]}"
    return text, bool(found)


def _is_fiscal_code(written: str) -> bool:
    """Whether the last letter is the one that the fifteen signs before it ask for."""
    code = written.replace(" ", "").upper()
    signs, check = code[:-1], code[-1]
    odd = sum(_ODD[sign] for sign in signs[::2])
    even = sum(int(sign) if sign.isdigit() else ord(sign) - ord("A") for sign in signs[1::2])
    return (odd + even) % 26 == ord(check) - ord("A")


def _holds_iban(written: str) -> bool:
    """Whether it is an IBAN up to its end, or up to a blank: words after it may look like one more part."""
    parts = written.upper().split(" ")
    return any(_is_iban("".join(parts[:n])) for n in range(1, len(parts) + 1))


def _is_iban(signs: str) -> bool:
    italian = signs.startswith(("IT", "SM"))
    if len(signs) < _SHORTEST_IBAN or (italian and len(signs) != _ITALIAN_IBAN):
        return False
    figures = "".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])
    return int(figures) % 97 == 1
