"""What a participant meets in a room: what is open, how long, what comes late, and who comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from consultation.conducting import Conducting
from consultation.contribution import Contribution, Part, Reply, Sending, Speaker
from consultation.errors import NotOpen, TooManyGuesses
from consultation.language import Language
from consultation.room import Room, RoundState
from consultation.steps import Step
from consultation.stores import Store
from consultation.stores.sql import SqlStore
from consultation.workshop import Round, Table, Workshop
from pages.stakeholder import timer
from pages.stakeholder.questions import form_of
from pages.stakeholder.sending import send
from tests.conftest import PROJECT
from tests.test_pages_stakeholder import (
    CLOSED,
    IT,
    LATE,
    MILAN,
    field,
    in_memory,
    sent,
    tell_who,
    titles,
    told,
)

WORD, TABLE = "KMPQRS", "TAVPLW"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
WAIT = "The facilitator has not opened a question yet. Stay here: it opens by itself."
ROUNDS = (
    Round("solitudini", ("visioni",), 7, rated=False),
    Round("protezione", (), 20),
    Round("solitudini", ("risorse",), 0),
)


@pytest.fixture
def workshop(store: Store) -> Workshop:
    """A workshop of three rounds, of which two are about the same strategic question."""
    plain = Workshop(WORD, MILAN, "Municipio 2", tables=(Table(TABLE, "Tavolo 3"),))
    store.add_workshop(plain.with_rounds(ROUNDS, store.consultation(MILAN)))
    found = store.workshop(WORD)
    assert found is not None
    return found


def act(store: Store, *does: Callable[[Conducting], Step], at: datetime | None = None) -> None:
    """What a facilitator does in that workshop."""
    for make in does:
        workshop = store.workshop(WORD)
        assert workshop is not None
        room = Room.after(workshop, store.steps(WORD))
        plan = store.consultation(MILAN).plan
        store.act(WORD, make(Conducting(room, plan, at or datetime.now(UTC))), room.number)


def opening(number: int) -> Callable[[Conducting], Step]:
    return lambda conducting: conducting.open_round(number)


def closing(number: int) -> Callable[[Conducting], Step]:
    return lambda conducting: conducting.close_round(number)


def pausing(number: int) -> Callable[[Conducting], Step]:
    return lambda conducting: conducting.pause_round(number)


def arrive(word: str = WORD) -> AppTest:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20)
    app.query_params["workshop"] = word
    return app.run()


def come_in(word: str = WORD) -> AppTest:
    """Into the room, past the question of who is speaking."""
    return tell_who(arrive(word))


def said(app: AppTest) -> str:
    return " ".join(str(element.value) for element in (*app.markdown, *app.text)).replace("\\", "")


def buttons(app: AppTest) -> list[str]:
    return [str(button.key) for button in app.button]


def boxes(app: AppTest) -> list[str]:
    return [str(box.key).rsplit("/", 1)[1] for box in app.text_area]


def write(app: AppTest, place: str, text: str) -> AppTest:
    field(app, "text_area", f"text/{place}").set_value(text)
    return app.button(key="send").click().run()


def texts(contribution: Contribution) -> list[str]:
    return [reply.text for reply in contribution.replies]


# Where a word leads


def test_the_word_of_a_table_tells_where_one_sits_in_one_line(store: Store, workshop: Workshop) -> None:
    act(store, opening(1))
    app = come_in(TABLE.lower())
    line = IT("Workshop: {title}", title="Municipio 2")
    assert f"{line}\N{NO-BREAK SPACE}· Tavolo 3" in [text.value for text in app.text]
    write(app, "solitudini/visioni", "Le panchine.")
    (kept,) = sent(store)
    assert (kept.workshop, kept.table, kept.channel) == (WORD, "Tavolo 3", "workshop")


def test_a_mistyped_word_stays_to_be_mended_and_leads_on(store: Store, workshop: Workshop) -> None:
    app = arrive("KMPQRT")
    assert told(app) == IT("No workshop has this invitation: check the word you were given.")
    assert app.text_input(key="typed-word").value == "KMPQRT"
    assert f"offer-{MILAN}" in buttons(app)
    app.text_input(key="typed-word").set_value("kmp qrs")
    app.button(key="open-word").click().run()
    assert not told(app)
    assert "Municipio 2" in said(app)
    assert len(app.radio) == 2


def test_the_word_stays_in_the_address_for_a_page_that_is_loaded_again(
    store: Store, workshop: Workshop
) -> None:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20).run()
    app.switch_page("pages/stakeholder/answer.py")
    app.query_params["workshop"] = "KMPQRT"
    app.run()
    assert told(app)
    app.text_input(key="typed-word").set_value(WORD)
    app.button(key="open-word").click().run()
    assert "Municipio 2" in said(app)  # the mended word, not the one that the address held
    kept = app.query_params["workshop"]
    assert kept == WORD
    again = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20)
    again.query_params["workshop"] = kept
    assert "Municipio 2" in said(again.run())


def test_whoever_turns_to_what_is_open_leaves_the_word_behind(store: Store) -> None:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20).run()
    app.switch_page("pages/stakeholder/answer.py")
    app.query_params["workshop"] = "KMPQRT"
    app.run()
    app.button(key=f"offer-{MILAN}").click().run()
    assert not told(app)
    assert len(app.radio) == 2
    assert "workshop" not in app.query_params


def test_too_many_guesses_are_told_where_the_word_is_typed(
    store: Store, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_word: str) -> None:
        raise TooManyGuesses("Very many words are being tried just now: try again in a minute.")

    monkeypatch.setattr("pages.stakeholder.occasion.look_up", refuse)
    app = arrive()
    assert told(app) == IT("Very many words are being tried just now: try again in a minute.")
    assert app.text_input(key="typed-word").value == WORD


def test_a_word_called_out_in_the_room_can_be_typed_on_the_first_screen(
    store: Store, workshop: Workshop
) -> None:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20).run()
    app.text_input(key="typed-word").set_value(WORD.lower())
    app.button(key="open-word").click().run()
    app.switch_page("pages/stakeholder/answer.py").run()  # AppTest forgets that the app has just done so
    assert "Municipio 2" in said(app)


def test_the_workshop_of_a_closed_consultation_says_so_and_what_else_is_open(
    store: Store, workshop: Workshop
) -> None:
    other = replace(store.consultation(MILAN), id="altra")
    store.add_consultation(other)
    store.add_consultation(replace(store.consultation(MILAN), stage="closed"))
    app = arrive()
    assert told(app) == IT("This consultation is not taking answers now: ask who invited you.")
    assert not app.radio
    assert "offer-altra" in buttons(app)


# Rounds


def test_before_anything_is_open_one_waits_and_is_led_in(store: Store, workshop: Workshop) -> None:
    app = come_in()
    assert IT(WAIT) in said(app)
    assert not app.text_area
    act(store, opening(1))
    app.run()
    assert boxes(app) == ["visioni"]
    assert not [b for b in app.button_group if "rating" in str(b.key)]  # this round is not rated


def test_one_open_round_comes_right_after_who(store: Store, workshop: Workshop) -> None:
    act(store, opening(2))
    app = come_in()
    assert titles(app) == ["Protezione"]
    assert len(boxes(app)) == len(store.consultation(MILAN).plan.guides)
    assert [b for b in app.button_group if "rating" in str(b.key)]


def test_of_several_open_rounds_one_chooses(store: Store, workshop: Workshop) -> None:
    act(store, opening(1), opening(2), opening(3))
    app = come_in()
    assert [key for key in buttons(app) if key.startswith("open-")] == [
        "open-solitudini-1",
        "open-protezione-2",
        "open-solitudini-3",
    ]
    app.button(key="open-solitudini-3").click().run()
    assert boxes(app) == ["risorse"]
    app.button(key="back").click().run()  # not straight back into the form
    assert not app.text_area


def test_a_later_round_about_the_same_question_keeps_what_the_first_one_got(
    store: Store, workshop: Workshop
) -> None:
    act(store, opening(1))
    app = come_in()
    write(app, "solitudini/visioni", "Le panchine.")
    act(store, closing(1), opening(3))
    app.run()
    assert "correct" not in buttons(app)
    app.button(key="another").click().run()
    assert boxes(app) == ["risorse"]
    field(app, "button_group", "rating/solitudini-1/urgency").set_value("4")
    write(app, "solitudini/risorse", "Le portinerie.")
    (kept,) = sent(store)
    assert texts(kept) == ["Le panchine.", "Le portinerie."]
    assert [rating.value for rating in kept.ratings] == [4]
    app.button(key="correct").click().run()
    write(app, "solitudini/risorse", "")
    assert texts(sent(store)[0]) == ["Le panchine."]


def test_between_rounds_one_sees_what_is_closed_and_what_was_sent(store: Store, workshop: Workshop) -> None:
    act(store, opening(1))
    app, idle = come_in(), come_in()
    write(app, "solitudini/visioni", "Le panchine.")
    act(store, closing(1))
    idle.run()
    idle.button(key="leave-form").click().run()
    heading = store.consultation(MILAN).plan.guides["visioni"].heading.it
    assert f"**Le solitudini · {heading}**: {IT('closed')}" in said(idle)
    assert IT("you sent something") not in said(idle)
    app.run()
    assert IT("No other question is open now. Stay here: the next one appears by itself.") in said(app)
    assert app.code  # whoever waits here still has the code before their eyes


def test_a_paused_round_and_the_end_of_all_are_told(store: Store, workshop: Workshop) -> None:
    act(store, opening(1), pausing(1))
    app = come_in()
    assert titles(app) == [IT("A short pause")]
    act(store, closing(1), opening(2), closing(2), opening(3), closing(3))
    app.run()
    assert titles(app) == [IT("Every question of this workshop is closed")]
    assert not app.text_area


def test_rounds_that_ask_what_the_plan_asks_no_more_are_left_out(store: Store, workshop: Workshop) -> None:
    act(store, opening(1), opening(2))
    app = come_in()
    assert len([key for key in buttons(app) if key.startswith("open-")]) == 2
    plan = store.consultation(MILAN).plan
    without = replace(plan, guiding_questions=tuple(g for g in plan.guiding_questions if g.id != "visioni"))
    assert form_of(RoundState(ROUNDS[0], 1), without, 1) is None
    whole = form_of(RoundState(ROUNDS[1], 2), without, 1)
    assert whole is not None
    assert "visioni" not in whole.guiding_questions


# Late


def test_what_was_begun_comes_late_and_nobody_begins_after_the_closing(
    store: Store, workshop: Workshop
) -> None:
    act(store, opening(1))
    app = come_in()
    field(app, "text_area", "text/solitudini/visioni").set_value("A metà")
    act(store, closing(1))
    app.run()
    assert [str(warning.value) for warning in app.warning] == [IT(CLOSED)]
    other = come_in()
    assert not other.text_area
    write(app, "solitudini/visioni", "A metà, e finita.")
    (kept,) = sent(store)
    assert [(reply.text, reply.late) for reply in kept.replies] == [("A metà, e finita.", True)]
    assert [str(info.value) for info in app.info] == [IT(LATE)]


def test_a_form_of_a_closed_round_is_late_even_while_another_asks_about_its_question(
    store: Store, workshop: Workshop
) -> None:
    act(store, opening(1))
    app = come_in()
    act(store, closing(1), opening(3))
    write(app, "solitudini/visioni", "Dopo.")
    assert [reply.late for reply in sent(store)[0].replies] == [True]
    app.button(key="another").click().run()
    write(app, "solitudini/risorse", "In tempo.")
    assert [reply.late for reply in sent(store)[0].replies] == [True, False]
    assert not app.info


def test_what_is_half_written_waits_for_whoever_went_on(store: Store, workshop: Workshop) -> None:
    act(store, opening(1))
    app = come_in()
    field(app, "text_area", "text/solitudini/visioni").set_value("A metà")
    act(store, closing(1))
    app.run()
    app.button(key="leave-form").click().run()
    app.button(key="open-solitudini-1").click().run()
    assert field(app, "text_area", "text/solitudini/visioni").value == "A metà"


def test_a_part_that_was_not_begun_is_refused_after_the_closing(store: Store, workshop: Workshop) -> None:
    act(store, opening(1), closing(1))
    part = Part("solitudini", (Reply("solitudini", "visioni", "Tardi."),), (), ("visioni",), rated=False)
    speaker, sending = Speaker("cittadini", workshop=WORD), Sending("c1", MILAN, NOON)
    with pytest.raises(NotOpen):
        send(store, speaker, part, sending, "")
    assert store.contribution("c1") is None
    assert send(store, speaker, part, sending, "", begun_in=1).replies[0].late
    assert send(store, speaker, part, sending, "", begun_in=1).version == 1  # a second tap


# The timer


RUNNING = RoundState(ROUNDS[0], 1, "open", ends=NOON + timedelta(minutes=7))


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(0, "7 minutes"), (1, "7 minutes"), (59, "7 minutes"), (60, "6 minutes"), (360, "1 minute")],
)
def test_minutes_left_are_counted_as_long_as_they_last(seconds: int, minutes: str) -> None:
    assert RUNNING.ends is not None
    sentence = timer.told(RUNNING, NOON + timedelta(seconds=seconds), Language("en"))
    assert sentence == f"{minutes} left (until {RUNNING.ends.astimezone():%H:%M})"


def test_the_last_minute_and_the_end_are_told_and_nothing_closes_by_itself() -> None:
    assert RUNNING.ends is not None
    last = timer.told(RUNNING, NOON + timedelta(minutes=6, seconds=1), Language("it"))
    assert last == IT("Less than a minute left (until {time})", time=f"{RUNNING.ends.astimezone():%H:%M}")
    over = IT("Time is up: the facilitator is about to close.")
    assert timer.told(RUNNING, NOON + timedelta(minutes=7), Language("it")) == over
    assert timer.told(RUNNING, NOON + timedelta(days=1), Language("it")) == over


def test_a_pause_says_so_and_a_round_without_timer_says_nothing() -> None:
    paused = RoundState(ROUNDS[0], 1, "paused", left=120)
    assert timer.told(paused, NOON, Language("en")) == "Paused, with 2 minutes left."
    assert (
        timer.told(replace(paused, left=59), NOON, Language("en")) == "Paused, with less than a minute left."
    )
    for left in (0, None):  # its time was up, or it has no timer
        assert timer.told(replace(paused, left=left), NOON, Language("en")).startswith("Paused: ")
    assert timer.told(replace(RUNNING, ends=None), NOON, Language("it")) == ""
    assert timer.told(RoundState(ROUNDS[0], 1), NOON, Language("it")) == ""


def test_the_time_stands_over_the_form(store: Store, workshop: Workshop) -> None:
    act(store, opening(1))
    app = come_in()
    state = Room.after(workshop, store.steps(WORD)).rounds[0]
    assert timer.told(state, datetime.now(UTC), Language("it")) in said(app)
    act(store, pausing(1))
    app.run()
    paused = Room.after(workshop, store.steps(WORD)).rounds[0]
    assert timer.told(paused, datetime.now(UTC), Language("it")) in said(app)
    assert app.text_area


# Votes, and who comes next


def test_an_open_vote_is_the_way_on_until_one_has_voted(store: Store, workshop: Workshop) -> None:
    act(store, opening(1))
    app = come_in()
    write(app, "solitudini/visioni", "Le panchine.")
    assert "vote-now" not in buttons(app)
    items = ["solitudini-1", "solitudini-2", "protezione-1"]
    act(store, lambda conducting: conducting.open_ballot("dots", "Da dove?", items, 3, 2))
    app.run()
    assert app.button(key="vote-now").proto.type == "primary"
    store.add_consultation(replace(store.consultation(MILAN), stage="closed"))  # it can still decide
    app.run()
    assert "vote-now" in buttons(app)


def test_the_next_person_finds_the_table_and_nothing_of_the_last(store: Store, workshop: Workshop) -> None:
    act(store, opening(1))
    app = come_in(TABLE)
    write(app, "solitudini/visioni", "Le panchine.")
    code = str(app.code[0].value)
    app.button(key="finish").click().run()
    assert [radio.value for radio in app.radio] == [None, None]
    for secret in (code, "panchine"):
        assert secret not in in_memory(app)
    tell_who(app, "cittadini", "counted_only")
    assert field(app, "text_area", "text/solitudini/visioni").value == ""
    write(app, "solitudini/visioni", "Un'altra voce.")
    assert {(c.table, texts(c)[0]) for c in sent(store)} == {
        ("Tavolo 3", "Le panchine."),
        ("Tavolo 3", "Un'altra voce."),
    }


def test_the_code_leads_back_to_the_room_and_the_table_stays(store: Store, workshop: Workshop) -> None:
    act(store, opening(1))
    app = come_in(TABLE)
    write(app, "solitudini/visioni", "Le panchine.")
    code = str(app.code[0].value)
    for at in (TABLE, ""):  # on the same screen, then after a reload elsewhere
        other = arrive(at)
        other.switch_page("pages/stakeholder/mine.py").run()
        other.text_input(key="typed-code").set_value(code)
        other.button(key="open-code").click().run()
        other.button(key="go-on").click().run()
        other.switch_page("pages/stakeholder/answer.py").run()
        other.button(key="open-solitudini-1").click().run()
        assert field(other, "text_area", "text/solitudini/visioni").value.startswith("Le panchine")
        write(other, "solitudini/visioni", f"Le panchine, e {at or 'altro'}.")
    (kept,) = sent(store)
    assert (kept.version, kept.workshop, kept.table) == (3, WORD, "Tavolo 3")


# Light


def test_a_page_that_waits_reads_the_room_only_when_something_changed(
    store: Store, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings: list[str] = []

    def came(self: SqlStore, word: str) -> list[Contribution]:
        readings.append(word)
        return []

    monkeypatch.setattr(SqlStore, "came", came)
    app = come_in()
    for _ in range(3):
        app.run()
    assert readings == [WORD]
    act(store, opening(1))
    app.run()
    assert readings == [WORD, WORD]
