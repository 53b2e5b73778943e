"""Guessing a workshop's word is slow for whoever guesses, and not for a room that comes in."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from consultation.errors import TooManyGuesses
from consultation.language import Language
from consultation.stores import Store
from consultation.workshop import Table, Workshop
from pages.frame import guesses as guessing
from pages.frame.guesses import (
    LONGEST_WAIT,
    MOST_FAILURES,
    MOST_FAILURES_OF_ALL,
    SPACING,
    WINDOW_OF_ALL,
    WORD_WINDOW,
    Guesses,
)

IT = Language("it").say
WORKSHOP = Workshop("KMPQRS", "milano-welfare", "Municipio 4", tables=(Table("TABAAA", "1"),))


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guesses(clock: Clock) -> Guesses:
    return Guesses(clock)


def fail(guesses: Guesses, times: int, word: str = "") -> None:
    """Fail with one word, or with as many words."""
    for number in range(times):
        guesses.failed(word or f"WRONG{number}")


def besieged(guesses: Guesses) -> None:
    """So many failures that tries are spaced."""
    fail(guesses, MOST_FAILURES_OF_ALL + 1)


def test_a_word_may_fail_ten_times_in_ten_minutes(guesses: Guesses, clock: Clock) -> None:
    assert (MOST_FAILURES, WORD_WINDOW) == (10, 600)
    fail(guesses, 1, "SBAGLI")
    clock.now += 60
    fail(guesses, MOST_FAILURES - 1, "SBAGLI")
    assert guesses.ask("SBAGLI") == 0
    guesses.failed("sba-gli")  # the same word, otherwise typed
    with pytest.raises(TooManyGuesses):
        guesses.ask("SBAGLI")
    assert guesses.ask("ALTRA") == 0  # the room itself is not shut out
    clock.now += WORD_WINDOW - 60  # the first is ten minutes old
    assert guesses.ask("SBAGLI") == 0


def test_a_word_that_leads_somewhere_after_all_is_forgiven(guesses: Guesses) -> None:
    fail(guesses, MOST_FAILURES + 1, "KMPQRS")
    guesses.found("KMPQRS")
    assert guesses.ask("KMPQRS") == 0
    guesses.failed("KMPQRS")  # its workshop was removed: it is a word like others again
    fail(guesses, MOST_FAILURES, "KMPQRS")
    with pytest.raises(TooManyGuesses):
        guesses.ask("KMPQRS")


def test_failures_from_before_a_word_led_somewhere_count_no_more(guesses: Guesses) -> None:
    for _ in range(10):
        guesses.failed("KMPQRS")
    guesses.found("KMPQRS")
    guesses.failed("KMPQRS")  # its workshop was removed
    assert guesses.ask("KMPQRS") == 0


def test_after_sixty_failures_in_a_minute_five_words_a_second_can_be_tried(
    guesses: Guesses, clock: Clock
) -> None:
    assert (MOST_FAILURES_OF_ALL, WINDOW_OF_ALL, SPACING) == (60, 60, 0.2)
    fail(guesses, MOST_FAILURES_OF_ALL)
    assert [guesses.ask(f"W{n}") for n in range(3)] == [0, 0, 0]
    guesses.failed("ONEMORE")
    waits = [guesses.ask(f"W{n}") for n in range(11)]
    assert waits == pytest.approx([n * 0.2 for n in range(11)])
    clock.now += 1.0
    assert guesses.ask("LATER") == pytest.approx(11 * 0.2 - 1)
    clock.now += WINDOW_OF_ALL
    assert guesses.ask("CALM") == 0
    assert guesses.ask("CALMER") == 0


def test_nobody_waits_for_more_than_twenty_seconds(guesses: Guesses, clock: Clock) -> None:
    besieged(guesses)
    assert LONGEST_WAIT == 20
    for number in range(100):
        assert guesses.ask(f"W{number}") == pytest.approx(number / 5)
    clock.now -= 0.1
    for _ in range(3):  # being refused takes nobody's turn
        with pytest.raises(TooManyGuesses):
            guesses.ask("ONEMORE")
    clock.now += 0.2
    assert guesses.ask("ONEMORE") == pytest.approx(19.9)


@given(st.lists(st.floats(0, 1.5), min_size=20, max_size=120))
def test_no_second_sees_more_than_five_words_tried_while_words_fail(pauses: list[float]) -> None:
    clock = Clock()
    guesses = Guesses(clock)
    besieged(guesses)
    tried = []
    for number, pause in enumerate(pauses):
        clock.now += pause
        besieged(guesses)  # others go on
        try:
            tried.append(clock.now + guesses.ask(f"W{number}"))
        except TooManyGuesses:
            continue
    assert tried == sorted(tried)
    assert all(later - first >= 1 - 1e-6 for first, later in zip(tried, tried[5:], strict=False))


def test_right_and_wrong_words_wait_alike_until_they_were_found(guesses: Guesses) -> None:
    besieged(guesses)
    first, second = guesses.ask("KMPQRS"), guesses.ask("WRONG")
    assert second - first == pytest.approx(SPACING)
    guesses.found("KMPQRS")
    assert [guesses.ask("kmpqrs ") for _ in range(80)] == [0] * 80  # a room
    assert guesses.ask("OTHER") == pytest.approx(2 * SPACING)  # which takes nobody's turn


def test_memory_is_bounded(guesses: Guesses) -> None:
    for number in range(5000):
        guesses.failed(f"A{number}")
        guesses.found(f"B{number}")
    fail(guesses, 100, "C" * 1000)
    kept = vars(guesses)
    assert len(kept["_failures"]) == 4096
    assert len(kept["_found"]) == 1000
    assert len(kept["_failures_of_all"]) == 61
    assert max(map(len, kept["_failures"])) == 20
    assert max(map(len, kept["_failures"].values())) == 11
    assert MOST_FAILURES_OF_ALL + WORD_WINDOW / SPACING < 4096  # none that counts is pushed out


def asking() -> None:
    """A page that is asked for an invitation."""
    import streamlit as st

    from pages.frame.guesses import look_up
    from pages.frame.problems import told

    with told():
        invited = look_up(st.session_state["word"])
        st.text(f"{invited.workshop.title} {invited.table}" if invited else "nowhere")


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What the page slept, in place of sleeping."""
    seconds: list[float] = []
    monkeypatch.setattr(guessing, "time", SimpleNamespace(sleep=seconds.append))
    return seconds


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch, clock: Clock, store: Store, slept: list[float]) -> Guesses:
    """What the page's process has tried, beside a store with one workshop."""
    guesses = Guesses(clock)
    monkeypatch.setattr(guessing, "GUESSES", guesses)
    store.add_workshop(WORKSHOP)
    return guesses


def ask(word: str) -> AppTest:
    app = AppTest.from_function(asking, default_timeout=20)
    app.session_state["word"] = word
    return app.run()


def test_a_word_leads_to_its_workshop_and_its_table(tried: Guesses, slept: list[float]) -> None:
    assert ask("kmp qrs").text[0].value == "Municipio 4"
    assert ask("TABAAA").text[0].value == "Municipio 4 1"
    assert ask("WRONG").text[0].value == "nowhere"
    assert not slept


def test_a_page_that_runs_again_is_no_new_try(tried: Guesses) -> None:
    app = ask("WRONG")
    for _ in range(MOST_FAILURES + 5):
        app.run()
    assert app.text[0].value == "nowhere"
    assert len(vars(tried)["_failures_of_all"]) == 1
    for _ in range(MOST_FAILURES):
        app = ask("WRONG")  # another device each
    refused = ask("WRONG")
    assert not refused.text
    assert refused.error


def test_the_first_of_a_room_makes_way_for_all_its_tables(
    tried: Guesses, slept: list[float], store: Store
) -> None:
    besieged(tried)
    tried.ask("SOMEBODY")
    assert ask("KMPQRS").text
    assert slept == pytest.approx([SPACING])
    assert ask("TABAAA").text
    assert ask("KMPQRS").text
    assert len(slept) == 1
    store.add_workshop(replace(WORKSHOP, word="NEWAAA", tables=()))
    assert ask("NEWAAA").text
    assert slept == pytest.approx([SPACING, 2 * SPACING])
