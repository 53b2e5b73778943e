"""What is printed for a room: a poster for its door, and a card for each table.

Each is one HTML file of A4 pages that asks no other place for anything and runs no script: a browser shows
and prints it.
"""

from __future__ import annotations

import base64
import functools
from collections.abc import Mapping
from pathlib import Path

import jinja2
from markupsafe import Markup

from consultation.language import Language
from consultation.workshop import Workshop
from pages.frame.qr import picture

_TEMPLATES = Path(__file__).parent / "templates"
_FONTS = Path(__file__).parent.parent.parent / "static" / "fonts"
_WEIGHTS = (400, 700)
_ON_A_PAGE = 4  # cards
# how long a table's name may be for each size of its letters; above the last, the smallest
_SIZES = {"huge": 3, "large": 9, "medium": 18}


def poster(workshop: Workshop, consultation: str, link: str, language: Language) -> str:
    """One page for the door of `workshop`, in the consultation of that title: what one does there, the code,
    the address and the word.
    """
    shown = {"workshop": workshop, "consultation": consultation, "way": _way(link)}
    return _page("poster.html", language.say("Poster"), language, **shown)


def table_cards(workshop: Workshop, links: Mapping[str, str], language: Language) -> str:
    """A card for each table, four on a page, to be cut along the lines; `links` are by the tables' words.

    Raises `ValueError` for a workshop without tables.
    """
    if not workshop.tables:
        raise ValueError("a workshop without tables has no cards")
    cards = [
        {"label": t.label, "size": _size(t.label), "word": t.word, "way": _way(links[t.word])}
        for t in workshop.tables
    ]
    pages = [cards[i : i + _ON_A_PAGE] for i in range(0, len(cards), _ON_A_PAGE)]
    return _page("table_cards.html", language.say("Table cards"), language, workshop=workshop, pages=pages)


def _way(link: str) -> dict[str, str]:
    """The code of a link, and the link as one types it: only what is not https is spelled out."""
    return {"code": Markup(picture(link)), "address": link.removeprefix("https://")}


def _size(label: str) -> str:
    return next((size for size, most in _SIZES.items() if len(label) <= most), "small")


def _page(template: str, kind: str, language: Language, **shown: object) -> str:
    say = language.say
    words = {
        "call": say("Have your say with your phone"),
        "what": say("Point the camera at the code, rate the objectives and write what you think."),
        "code": say("The code to point a phone's camera at"),
        "address": say("or open this address"),
        "word": say("the word of this invitation"),
        "promise": say("No account, and nobody asks your name."),
    }
    hint = say("Print these pages on A4, at their real size.")
    page = _environment().get_template(template)
    return page.render(language=language.code, kind=kind, hint=hint, words=words, style=_style(), **shown)


@functools.cache
def _style() -> Markup:
    """The sheet's own style, with the typeface in it."""
    faces = (
        "@font-face { font-family: 'Titillium Web'; font-weight: "
        f"{weight}; src: url(data:font/woff2;base64,{_font(weight)}) format('woff2'); }}"
        for weight in _WEIGHTS
    )
    return Markup("\n".join([*faces, (_TEMPLATES / "sheet.css").read_text(encoding="utf-8")]))


def _font(weight: int) -> str:
    return base64.b64encode((_FONTS / f"titillium-web-{weight}.woff2").read_bytes()).decode()


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
