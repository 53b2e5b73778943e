"""What is printed for a room: readable, whole in itself, and safe whatever a workshop is called."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from playwright.sync_api import Browser

from consultation.language import Language
from consultation.workshop import LONGEST_TABLE, LONGEST_TITLE, Table, Workshop
from pages.facilitator.posters import poster, table_cards
from pages.frame.qr import picture

IT, EN = Language("it"), Language("en")
LINK = "https://ascolta.example/r/KMPQRS"
HOSTILE = "<script>alert(1)</script><img src=http://evil.example/x> {{ 7*7 }} & “Perché è così”"
WORKSHOP = Workshop("KMPQRS", "c", "Municipio 4, sera")
A4 = (595, 842)  # points


class Read(HTMLParser):
    """The tags of a page with what they ask for, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.asked: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asked += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action")]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.words += data


def with_tables(*labels: str) -> tuple[Workshop, dict[str, str]]:
    tables = [Table(f"TAB{chr(65 + n // 23)}{chr(65 + n % 23)}A", label) for n, label in enumerate(labels)]
    return WORKSHOP.with_tables(tables), {t.word: f"http://192.168.1.7:8501/r/{t.word}" for t in tables}


def test_a_poster_has_the_code_the_address_and_the_word() -> None:
    page = poster(WORKSHOP, "Nuovo Piano del Welfare di Milano", LINK, IT)
    words = Read(page).words
    for shown in ("Nuovo Piano del Welfare di Milano", "Municipio 4, sera", "K M P Q R S"):
        assert shown in words
    assert "ascolta.example/r/KMPQRS" in words
    assert "https://" not in words  # a phone adds it
    assert picture(LINK) in page


def test_a_poster_speaks_the_language_that_was_asked_for() -> None:
    promise = "No account, and nobody asks your name."
    for language in (IT, EN):
        page = poster(WORKSHOP, "Piano", LINK, language)
        assert f'<html lang="{language.code}">' in page
        assert language.say(promise) in Read(page).words


def test_every_table_has_its_card_with_its_own_code() -> None:
    workshop, links = with_tables(*(f"Tavolo {n}" for n in range(1, 7)))
    page = table_cards(workshop, links, IT)
    words = Read(page).words
    for table in workshop.tables:
        assert page.count(picture(links[table.word])) == 1
        assert table.label in words
        assert " ".join(table.word) in words
        assert links[table.word] in words  # on a network without https a phone must be told so
    assert Read(page).tags.count("article") == 6
    assert Read(page).tags.count("section") == 2  # four on a page


def test_a_workshop_without_tables_has_no_cards() -> None:
    with pytest.raises(ValueError, match="without tables"):
        table_cards(WORKSHOP, {}, IT)


def test_titles_are_words_and_nothing_else() -> None:
    workshop = Workshop("KMPQRS", "c", HOSTILE)
    tabled = workshop.with_tables([Table("ABCDEF", "<b>Perché & è</b>")])
    for page in (poster(workshop, HOSTILE, LINK, IT), table_cards(tabled, {"ABCDEF": LINK}, IT)):
        read = Read(page)
        assert HOSTILE in read.words
        assert not {"script", "img", "b", "link", "iframe"} & set(read.tags)
        assert not read.asked
    assert "<b>Perché & è</b>" in Read(table_cards(tabled, {"ABCDEF": LINK}, IT)).words


def test_nothing_outside_is_asked_for() -> None:
    page = poster(WORKSHOP, "Piano", LINK, IT)
    assert "default-src 'none'" in page
    assert set(re.findall(r"url\((\w+:)", page)) == {"data:"}
    assert not re.search(r"@import|<link|javascript:", page)


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """The size of each page, in points."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


@pytest.mark.browser
def test_the_longest_titles_stay_on_their_pages(browser: Browser) -> None:
    longest = Workshop("WWWWWW", "c", ("Incontro lunghissimo " * 9)[:LONGEST_TITLE].strip())
    labels = ["W" * LONGEST_TABLE, "M" * 9, "M" * 18, "100", "Casa della comunità"]
    tabled = longest.with_tables(
        [Table(f"ABCDE{sign}", label) for sign, label in zip("ABCDE", labels, strict=True)]
    )
    address = "https://" + "molto-lungo." * 6 + "example/?workshop="
    links = {t.word: address + t.word for t in tabled.tables}
    page = browser.new_page()
    for document, sheets, smallest in (
        (poster(longest, "Piano di ascolto e di cura " * 12, address + "WWWWWW", IT), 1, 60),
        (table_cards(tabled, links, IT), 2, 40),
    ):
        page.set_content(document)
        page.emulate_media(media="print")
        spilled, narrowest = page.evaluate(
            """() => [
                [...document.querySelectorAll(".sheet, article")].filter(
                    (box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1
                ).length,
                Math.min(...[...document.querySelectorAll(".code")].map((code) => {
                    const box = code.getBoundingClientRect();
                    return Math.min(box.width, box.height);
                })) * 25.4 / 96,
            ]"""
        )
        assert not spilled
        assert narrowest >= smallest  # millimetres, margin of white included
        assert pages_of(page.pdf(prefer_css_page_size=True)) == [A4] * sheets
