"""What a room says: found from it alone, once for each change, and as late as a wall may be."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import altair as alt
import pytest

from analysis.charts.theme import finished
from analysis.sentences import Reading
from consultation.contribution import DIMENSIONS, Rating
from consultation.language import Language
from consultation.stores import Store
from consultation.workshop import Workshop
from pages.facilitator import room_findings as rooms_found
from pages.facilitator.latest import Latest
from pages.facilitator.pictures import picture
from pages.facilitator.room_findings import BEHIND, room_findings, wall_findings
from pages.facilitator.vote_results import contested_here
from pages.frame.rooms import Live, live
from pages.frame.store import forget
from tests.in_the_room import MILAN, NOON, act, read, say, workshop_in

OBJECTIVE = "solitudini-1"
READING = Reading("Titolo", "", "", "", "")


class Clock:
    """A clock that stands still until it is turned."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def workshop(store: Store) -> Workshop:
    return workshop_in(store)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock by which findings are told old; with a memory that holds nothing yet."""
    clock = Clock()
    held: Latest[Any, Any] = Latest(2, clock)
    monkeypatch.setattr(rooms_found, "_findings", lambda _: held)
    return clock


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Live]:
    """What findings were made of, one for each making."""
    made: list[Live] = []
    find = rooms_found._find

    def counted(seen: Live) -> Any:
        made.append(seen)
        return find(seen)

    monkeypatch.setattr(rooms_found, "_find", counted)
    return made


def rates(store: Store, who: str, value: int, minute: int = 0) -> None:
    ratings = tuple(Rating(OBJECTIVE, dimension, value) for dimension in DIMENSIONS)
    say(store, who, "Una panchina.", ratings=ratings, minute=minute)


def n_rated(found: Any) -> int:
    return int(found.ratings.n_rated)


def elsewhere(store: Store, who: str) -> None:
    """Somebody answers the same consultation online."""
    say(store, who, "Da casa.")
    (one,) = [one for one in store.contributions(MILAN) if one.id == who]
    store.add(replace(one, version=2, workshop=""))


def test_words_come_of_what_was_passed_alone(store: Store, workshop: Workshop) -> None:
    """Two who share a word make it one of the room's, unless nobody has passed what they wrote."""
    for n in range(5):
        read(store, say(store, f"p{n}", "Una panchina davanti alla scuola.", minute=n))
    read(store, say(store, "h1", "Una zanzariera davanti alla scuola.", minute=10), "offensive")
    say(store, "u1", "Una zanzariera davanti alla scuola.", minute=11)
    words = room_findings(live(workshop)).words
    assert set(words["n_participants"]) == {5}
    assert "panchina" in set(words["shown"])
    assert not [word for word in words["shown"] if word.startswith("zanzarier")]


def test_however_many_look_it_is_found_once(
    store: Store, workshop: Workshop, clock: Clock, found: list[Live]
) -> None:
    rates(store, "c1", 5)
    with ThreadPoolExecutor(8) as screens:
        seen = list(screens.map(lambda _: room_findings(live(workshop)), range(16)))
    assert len(found) == 1
    assert len({id(one) for one in seen}) == 1


def test_what_happens_outside_the_room_or_in_its_log_is_no_reason_to_find_anew(
    store: Store, workshop: Workshop, clock: Clock, found: list[Live]
) -> None:
    rates(store, "c1", 5)
    first = room_findings(live(workshop))
    elsewhere(store, "online")
    act(store, lambda at: at.open_round(1))
    assert room_findings(live(workshop)) is first
    assert len(found) == 1


def test_what_came_while_it_was_found_is_found_at_the_next_look(
    store: Store, workshop: Workshop, clock: Clock
) -> None:
    """An older picture of the room, asked for after somebody sent: it is kept for what it is."""
    rates(store, "c1", 5)
    older = live(workshop)
    rates(store, "c2", 1)
    assert n_rated(room_findings(older)) == 1
    assert n_rated(room_findings(live(workshop))) == 2


def test_a_rating_changed_is_found_anew(store: Store, workshop: Workshop, clock: Clock) -> None:
    rates(store, "c1", 1)
    first = room_findings(live(workshop))
    rates(store, "c1", 5)
    assert room_findings(live(workshop)) is not first


def test_a_wall_is_behind_for_a_while_and_the_minutes_never_are(
    store: Store, workshop: Workshop, clock: Clock, found: list[Live]
) -> None:
    for n in range(4):
        rates(store, f"c{n}", 5)
    first = wall_findings(live(workshop))
    for n in range(4, 8):
        clock.seconds += BEHIND / 5
        rates(store, f"c{n}", 1)
        assert wall_findings(live(workshop)) is first
    assert len(found) == 1
    contested_here(live(workshop))
    assert [len(seen.came) for seen in found] == [4, 8]
    assert n_rated(wall_findings(live(workshop)).thing) == 8
    rates(store, "c8", 1)
    clock.seconds += BEHIND
    assert n_rated(wall_findings(live(workshop)).thing) == 9


@pytest.mark.parametrize("change", ["hidden", "changed", "wording"])
def test_a_wall_is_not_behind_with_what_may_be_shown_no_more(
    store: Store, workshop: Workshop, clock: Clock, change: str
) -> None:
    one = say(store, "c1", "Una zanzariera.")
    read(store, one)
    assert len(wall_findings(live(workshop)).thing.words)
    if change == "hidden":
        read(store, one, "offensive")
    elif change == "changed":
        say(store, "c1", "Una tegola.", minute=1)
    else:
        seen = store.consultation(MILAN)
        store.change(seen, replace(seen, closes=NOON + timedelta(days=9)), NOON)
        assert len(wall_findings(live(workshop)).thing.words)  # a date changes nothing in it
        return
    assert wall_findings(live(workshop)).thing.words.empty


def test_of_each_workshop_only_the_latest_is_held(store: Store, workshop: Workshop) -> None:
    held: Latest[int, str] = Latest(2)
    seen = live(workshop)
    for mark in (1, 2):
        held.of(seen, mark, lambda mark=mark: str(mark))  # type: ignore[misc]
    assert [one.mark for one in held._held.values()] == [2]
    for about in ("a", "b"):
        held.of(seen, 1, lambda: "", about=about)
    assert [key.about for key in held._held] == ["a", "b"]  # two at most: the oldest has left


def erased(store: Store, who: str) -> None:
    store.erase(who, NOON)
    forget(MILAN)


@pytest.mark.parametrize("when", ["before it is asked for", "while it is made"])
def test_what_was_erased_is_held_no_more(store: Store, workshop: Workshop, when: str) -> None:
    """Findings, pictures: a thing that was made of somebody's words does not outlive them."""
    held: Latest[str, str] = Latest(2)
    say(store, "c1", "Una zanzariera.")
    seen = live(workshop)

    def make() -> str:
        if when == "while it is made":
            erased(store, "c1")
        return "zanzariera"

    if when == "before it is asked for":
        erased(store, "c1")
    assert held.of(seen, seen.pulse, make).thing == "zanzariera"
    assert not held._held


def test_an_erasure_empties_what_is_held_of_that_consultation(store: Store, workshop: Workshop) -> None:
    say(store, "c1", "Una zanzariera.")
    read(store, store.contribution("c1"))  # type: ignore[arg-type]
    seen = live(workshop)
    first, drawn = room_findings(seen), picture(seen, "map", Language("it"), draw)
    assert room_findings(seen) is first
    assert picture(seen, "map", Language("it"), draw) is drawn
    forget("biblioteche")
    assert room_findings(seen) is first
    erased(store, "c1")
    assert room_findings(seen) is not first
    assert picture(seen, "map", Language("it"), draw) is not drawn


# Pictures


def draw() -> tuple[Reading, alt.LayerChart]:
    chart = alt.Chart(alt.InlineData(values=[{"n": 1}])).mark_bar().encode(alt.X("n:Q"))
    return READING, finished([chart], READING, "wall", 100)


def test_a_picture_is_drawn_once_for_all_until_something_changes(store: Store, workshop: Workshop) -> None:
    times: list[str] = []

    def drawing(view: str) -> Callable[[], tuple[Reading, alt.LayerChart]]:
        def counted() -> tuple[Reading, alt.LayerChart]:
            times.append(view)
            return draw()

        return counted

    def look(view: str, code: str = "it", mark: str | None = None) -> str:
        return picture(live(workshop), view, Language(code), drawing(view), mark).name

    names = {look(view) for _ in range(3) for view in ("map", "vote b1")}
    assert times == ["map", "vote b1"]
    assert len(names) == 1  # the same picture has the same name, or it would flicker
    look("map", "en")
    assert len(times) == 3
    act(store, lambda at: at.open_round(1))
    look("map")
    assert len(times) == 4
    look("words", mark="one")
    act(store, lambda at: at.open_round(2))
    look("words", mark="one")
    assert len(times) == 5
    look("words", mark="two")
    assert len(times) == 6
