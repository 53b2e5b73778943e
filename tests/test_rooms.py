"""A workshop as it stands this moment: one reading for all, and no step on an old picture."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from consultation.contribution import Contribution
from consultation.language import Language
from consultation.stores import Store
from consultation.stores.sql import SqlStore
from consultation.workshop import Workshop
from pages.frame.rooms import Rooms, live
from pages.frame.staff_link import STAFF_LINK
from pages.frame.store import forget
from tests.in_the_room import MILAN, NOON, WORD, act, give, kept, press, read, room, say, told, workshop_in

TAKEN = "Somebody else has done something in this workshop meanwhile: look, then go on."
NOT_OPEN = "This is not open to you: come in by the staff link, which Alleanza prints when it starts."


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of the workshops whose contributions were read, one for each reading."""
    found: list[str] = []
    reading = SqlStore.came

    def came(self: SqlStore, word: str) -> Sequence[Contribution]:
        found.append(word)
        return reading(self, word)

    monkeypatch.setattr(SqlStore, "came", came)
    return found


def test_a_hundred_screens_are_one_reading(store: Store, readings: list[str]) -> None:
    rooms, workshop = Rooms(store), workshop_in(store)
    with ThreadPoolExecutor(20) as screens:
        seen = list(screens.map(lambda _: rooms.live(workshop), range(100)))
    assert readings == [WORD]
    assert len({id(one) for one in seen}) == 1


def test_whatever_happens_in_it_is_seen_at_the_next_look(store: Store, readings: list[str]) -> None:
    rooms, workshop = Rooms(store), workshop_in(store)
    rooms.live(workshop)
    said = say(store, "c1", "Le panchine.")
    assert rooms.live(workshop).came == (said,)
    act(store, lambda at: at.open_ballot("dots", "Da dove?", ["Qui", "Là"], 1, 1))
    assert list(rooms.live(workshop).room.ballots) == ["b1"]
    give(store, "c1", {"Qui": 1})
    assert [vote.voter for vote in rooms.live(workshop).votes] == ["c1"]
    read(store, said)
    assert rooms.live(workshop).moderated.shown(said, said.replies[0])
    seen = store.consultation(MILAN)
    store.change(seen, replace(seen, closes=NOON), NOON)
    assert rooms.live(workshop).consultation.closes == NOON
    store.change_workshop(kept(store), kept(store).renamed("Altrove"))
    assert rooms.live(workshop).workshop.title == "Altrove"
    assert len(readings) == 7
    rooms.live(workshop)
    assert len(readings) == 7


def test_what_happens_in_another_workshop_is_not_read(store: Store, readings: list[str]) -> None:
    rooms, workshop = Rooms(store), workshop_in(store)
    other = Workshop("BCDFGH", MILAN, "Municipio 4")
    store.add_workshop(other)
    rooms.live(workshop)
    rooms.live(other)
    act(store, lambda at: at.open_round(1))
    rooms.live(other)
    assert readings == [WORD, "BCDFGH"]


def test_the_workshop_looked_at_longest_ago_leaves_first(store: Store, readings: list[str]) -> None:
    rooms, first = Rooms(store), workshop_in(store)
    others = [Workshop(f"BCDFG{a}{b}", MILAN, "Altrove") for a in "HJKMNPQR" for b in "HJKMNPQ"][:50]
    for other in others:
        store.add_workshop(other)
    for workshop in (first, *others[:49], first, others[49]):
        rooms.live(workshop)
    readings.clear()
    rooms.live(first)
    assert readings == []
    rooms.live(others[0])
    assert readings == [others[0].word]


def test_what_was_erased_is_in_no_memory(store: Store) -> None:
    workshop = workshop_in(store)
    say(store, "erased", "Parole da dimenticare.")
    assert live(workshop) is live(workshop)
    store.erase("erased", NOON + timedelta(minutes=1))
    forget(MILAN)
    gc.collect()
    remembered = [one for one in gc.get_objects() if isinstance(one, Contribution) and one.id == "erased"]
    assert remembered == []
    assert live(workshop).came == ()


# Steps


def conducting() -> None:
    """A page on which rounds are opened and the first is closed."""
    import streamlit as st

    from pages.frame.rooms import live, shown, step
    from pages.frame.store import store

    workshop = store().workshop("KMPQRS")
    assert workshop is not None
    seen = live(workshop)
    for number in (1, 2):
        if st.button("open", key=f"open-{number}"):
            step(seen, lambda at, number=number: at.open_round(number))  # type: ignore[misc]
    if st.button("hide", key="hide"):
        step(seen, lambda at: at.project("nothing"), after=seen.room.number)
    shown(seen)


def page(*, staff: bool = True) -> AppTest:
    app = AppTest.from_function(conducting, default_timeout=20)
    token = STAFF_LINK.invite(["facilitator"], "http://localhost").rpartition("=")[2]
    if staff:
        app.session_state["staff_session"] = STAFF_LINK.redeem(token)
    return app.run()


def opened(store: Store) -> list[int]:
    return [state.number for state in room(store).open_rounds()]


def test_a_step_on_an_old_picture_is_told_and_overwrites_nothing(store: Store) -> None:
    workshop_in(store)
    app = page()
    act(store, lambda at: at.note("harvest", "Di un altro."))
    press(app, "open-1")
    assert told(app) == Language("it").say(TAKEN)
    assert [step.kind for step in store.steps(WORD)] == ["note"]
    press(app, "open-1")  # having looked
    assert not told(app)
    assert opened(store) == [1]


def test_a_press_on_rounds_in_another_order_is_told_and_opens_nothing(store: Store) -> None:
    workshop = workshop_in(store)
    app = page()
    store.change_workshop(workshop, replace(workshop, rounds=workshop.rounds[::-1]))
    press(app, "open-1")
    assert told(app) == Language("it").say(
        "The workshop has been prepared otherwise meanwhile: look at it again, then press once more."
    )
    assert opened(store) == []
    press(app, "open-1")  # having looked
    assert opened(store) == [1]


def test_two_taps_of_one_person_are_two_steps(store: Store) -> None:
    workshop_in(store)
    app = page()
    app.button(key="open-1").click()
    app.button(key="open-2").click().run()
    assert not told(app)
    assert opened(store) == [1, 2]


def test_what_is_done_in_a_hurry_waits_for_nobody(store: Store) -> None:
    workshop_in(store)
    app = page()
    act(store, lambda at: at.project("answers"))
    press(app, "hide")
    assert not told(app)
    assert room(store).projected.view == "nothing"


def test_who_may_not_run_it_does_nothing(store: Store) -> None:
    workshop_in(store)
    app = page(staff=False)
    press(app, "open-1")
    assert told(app) == Language("it").say(NOT_OPEN)
    assert store.steps(WORD) == []
