"""What every page shares: words stay plain, consent is kept, and nobody reads a traceback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from consultation.contribution import Contribution, Reply
from consultation.language import Language
from consultation.occasion import Consultation
from consultation.plan import Plan
from consultation.stores.addresses import VARIABLE
from consultation.stores.sql import SqlStore
from pages.frame.plain import plain
from pages.frame.quotes import PER_PAGE, bracketed
from pages.frame.store import Readings

IT = Language("it").say
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://example.org/x.png)",
        "[here](http://example.org)",
        "<img src=x>",
        "**bold** _thin_ `code` ~~gone~~",
        "# heading",
        "1. one",
        "$E=mc^2$ :red[red]",
    ],
)
def test_markdown_shows_as_it_is_written(text: str) -> None:
    assert MarkdownIt().render(plain(text)).count("<") == 2  # one paragraph and nothing in it
    assert "<p>" in MarkdownIt().render(plain(text))


def test_only_signs_are_escaped() -> None:
    assert plain("Perché no? È così") == "Perché no\\? È così"


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Più sportelli aperti la sera.", ["sportelli", "sera"], "Più [sportelli] aperti la [sera]."),
        ("Più sportelli.", [], "Più sportelli."),
        ("Il numero verde non risponde", ["numero verde"], "Il [numero verde] non risponde"),
        ("Sportelli, e sportellino", ["sportelli"], "[Sportelli], e sportellino"),
    ],
)
def test_deciding_words_stand_between_brackets(text: str, words: list[str], shown: str) -> None:
    assert bracketed(text, words) == shown


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=3))
def test_brackets_are_all_that_is_added(text: str, words: list[str]) -> None:
    shown = bracketed(text, words)
    assert [c for c in shown if c not in "[]"] == [c for c in text if c not in "[]"]


def quoting() -> None:
    """A page that lists the answers it finds in the session."""
    import streamlit as st

    from pages.frame.quotes import quotes

    quotes(st.session_state["answers"], st.session_state["looked_at"], key="listed")


def answers(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["group", "text", "consent"])


@pytest.fixture
def list_answers(
    milan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[pd.DataFrame, bool], AppTest]:
    """Lists answers of a consultation with five people of the third sector and one of the unions."""
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv(VARIABLE, str(path))

    def listed(table: pd.DataFrame, invented: bool) -> AppTest:
        store = SqlStore(path)
        consultation = Consultation("c", milan, "open", invented=invented)
        store.add_consultation(consultation)
        groups = ["terzo_settore"] * milan.rules.smallest_cell + ["sindacati"]
        store.add(
            *(
                Contribution(f"p{n}", 1, "c", group, "quotable_with_group", NOON)
                for n, group in enumerate(groups)
            )
        )
        store.close()
        app = AppTest.from_function(quoting, default_timeout=20)
        app.session_state["answers"] = table
        app.session_state["looked_at"] = consultation
        return app.run()

    return listed


def signed(app: AppTest) -> list[str]:
    return [str(m.value) for m in app.markdown if str(m.value).startswith("— ")]


def test_a_group_is_named_only_if_its_author_lets_it_and_it_is_large(
    list_answers: Callable[[pd.DataFrame, bool], AppTest],
) -> None:
    table = answers(
        ("terzo_settore", "uno", "quotable_with_group"),
        ("terzo_settore", "due", "quotable_anonymous"),
        ("sindacati", "tre", "quotable_with_group"),
    )
    app = list_answers(table, True)
    assert [text.value for text in app.text] == ["uno", "due", "tre"]
    assert signed(app) == ["— Terzo settore"]


def test_what_is_only_to_be_counted_is_marked(
    list_answers: Callable[[pd.DataFrame, bool], AppTest],
) -> None:
    app = list_answers(answers(("terzo_settore", "uno", "counted_only")), True)
    badge = IT("Only to be counted: do not quote")
    assert [text.value for text in app.text] == ["uno"]
    assert any(badge in str(m.value) for m in app.markdown)


def test_a_visitor_reads_no_words_of_a_real_consultation(
    list_answers: Callable[[pd.DataFrame, bool], AppTest],
) -> None:
    app = list_answers(answers(("terzo_settore", "uno", "quotable_with_group")), False)
    assert not app.text
    assert app.info[0].value == IT("The words themselves are for staff.")


def test_words_are_never_markdown_and_long_lists_are_paged(
    list_answers: Callable[[pd.DataFrame, bool], AppTest],
) -> None:
    rows = [("sindacati", f"![{n}](http://example.org/x.png)", "quotable_with_group") for n in range(25)]
    app = list_answers(answers(*rows), True)
    assert [text.value for text in app.text] == [text for _, text, _ in rows[:PER_PAGE]]
    assert not [m for m in app.markdown if "example.org" in str(m.value)]


def test_erased_words_leave_the_memory_with_the_next_reader(milan: Plan, tmp_path: Path) -> None:
    store = SqlStore(tmp_path / "store.sqlite")
    store.add_consultation(Consultation("c", milan, "open"))
    said = Contribution(
        "p", 1, "c", "cittadini", "counted_only", NOON, replies=(Reply("solitudini", "visioni", "Segreto"),)
    )
    store.add(said)
    readings = Readings(store)
    first = readings.of("c")
    assert first == (said,)
    assert readings.of("c") is first  # nothing changed: not read again
    store.erase("p", NOON)
    assert readings.of("c") == ()
    assert "Segreto" not in repr(vars(readings))
    store.close()


def failing() -> None:
    """A page with a fault in it, after something was shown."""
    import streamlit as st

    from consultation.errors import NotOpen
    from pages.frame.problems import calm, told

    with told():
        raise NotOpen("This consultation is not taking answers now: ask who invited you.")
    with calm():
        raise RuntimeError("a secret of the machine")
    st.text("the page goes on")


def test_people_read_a_sentence_and_the_log_the_rest(caplog: pytest.LogCaptureFixture) -> None:
    app = AppTest.from_function(failing).run()
    shown = [str(error.value).replace("\\", "") for error in app.error]
    assert shown == [
        IT("This consultation is not taking answers now: ask who invited you."),
        IT("Something went wrong on our side. What you sent before is kept: try again."),
    ]
    assert not app.exception
    assert app.text[0].value == "the page goes on"
    assert "a secret of the machine" in caplog.text
