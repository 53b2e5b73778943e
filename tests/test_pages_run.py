"""Running a workshop: each press counts once, another's step is never overwritten, hiding is immediate."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from consultation.language import Language
from consultation.moderated import Moderated
from consultation.moderation_words import policy, reason_names
from consultation.personal_data_words import kinds_named
from consultation.stores import Store
from consultation.workshop import Workshop
from pages.facilitator import run_counts, run_moderation
from pages.facilitator.room_minutes import room_minutes
from pages.frame.rooms import live
from pages.frame.staff_link import STAFF_LINK
from tests.in_the_room import (
    MILAN,
    NOON,
    RUN,
    TABLE,
    WORD,
    act,
    everything,
    facilitator,
    give,
    keys,
    part,
    press,
    read,
    room,
    say,
    staff,
    told,
    words,
    workshop_in,
)

IT, COUNT = Language("it").say, Language("it").count
TAKEN = "Somebody else has done something in this workshop meanwhile: look, then go on."
FOR_STAFF = "This page is for staff. Their link is in the window where Alleanza was started."


@pytest.fixture
def workshop(store: Store) -> Workshop:
    return workshop_in(store)


def stages(store: Store) -> list[str]:
    return [state.stage for state in room(store).rounds]


def kinds(store: Store) -> list[str]:
    return [step.kind for step in store.steps(WORD)]


def rounds_offered(app: AppTest) -> set[str]:
    return {key for key in keys(app) if key.endswith(("-1", "-2"))}


# Who may


@pytest.mark.parametrize("roles", [(), ("analyst",)])
def test_neither_a_participant_nor_an_analyst_runs_a_room(
    store: Store, workshop: Workshop, roles: tuple[Any, ...]
) -> None:
    app = staff(*roles).switch_page(RUN).run()
    assert told(app) == IT(FOR_STAFF)
    assert not keys(app) & {"hide-all", "open-round-1"}
    assert workshop.title not in words(app)


def test_pages_of_one_audience_offer_nothing_of_the_others(store: Store, workshop: Workshop) -> None:
    app = facilitator()
    here = {link.proto.page for link in app.get("page_link")}
    assert here == {"", "prepara", "conduci"}
    reading = staff("analyst").switch_page("pages/analyst/contributions.py").run()
    links = {link.proto.page for link in reading.get("page_link")}
    assert {"mappa", "parole", "risposte"} <= links
    assert not links & {"prepara", "conduci", "muro", "vota"}
    assert not keys(reading) & {"hide-all", "open-round-1", "undo-step"}


def test_without_a_workshop_one_is_to_be_prepared(store: Store) -> None:
    app = facilitator()
    assert IT("There is no workshop yet: prepare one, then come back here.") in words(app)
    assert keys(app) >= {"to-prepare"}


def test_among_several_workshops_the_chosen_one_stays(store: Store, workshop: Workshop) -> None:
    store.add_workshop(Workshop("BCDFGH", MILAN, "Municipio 4"))
    app = facilitator()
    (choice,) = [one for one in app.selectbox if str(one.key).startswith("typed/run-")]
    other = next(word for word in ("BCDFGH", WORD) if not str(choice.key).endswith(word))
    choice.select(other).run()
    app.run()
    assert " ".join(other) in words(app)


def test_a_page_that_is_loaded_again_shows_the_same_room(store: Store, workshop: Workshop) -> None:
    store.add_workshop(Workshop("ZZZZZZ", MILAN, "Municipio 4"))
    for word in ("ZZZZZZ", WORD):
        app = staff("facilitator")
        app.query_params["room"] = word
        assert " ".join(word) in words(app.switch_page(RUN).run())


# Rounds


def test_a_round_is_opened_paused_resumed_closed_and_opened_again(store: Store, workshop: Workshop) -> None:
    app = facilitator()
    assert rounds_offered(app) == {"open-round-1", "open-round-2"}
    press(app, "open-round-1")
    assert rounds_offered(app) == {"pause-round-1", "close-round-1", "minute-1", "open-round-2"}
    press(app, "pause-round-1")
    assert rounds_offered(app) == {"open-round-1", "close-round-1", "minute-1", "open-round-2"}
    assert app.button(key="open-round-1").label == IT("Resume round {n}", n=1)
    press(app, "open-round-1")
    press(app, "close-round-1")
    assert app.button(key="open-round-1").label == IT("Open round {n} again", n=1)
    assert stages(store) == ["closed", "draft"]
    press(app, "open-round-1")
    assert stages(store) == ["open", "draft"]
    assert not told(app)


def test_one_minute_more_is_a_minute_and_a_round_without_timer_has_none(
    store: Store, workshop: Workshop
) -> None:
    app = facilitator()
    press(app, "open-round-1")
    before = room(store).rounds[0].ends
    press(app, "minute-1")
    after = room(store).rounds[0].ends
    assert before is not None
    assert after is not None
    assert timedelta(minutes=1) <= after - before < timedelta(minutes=1, seconds=1)
    press(app, "open-round-2")
    assert "minute-2" not in keys(app)
    assert stages(store) == ["open", "open"]  # tables work side by side


def test_a_step_is_undone_and_said_by_its_name(store: Store, workshop: Workshop) -> None:
    app = facilitator()
    assert "undo-step" not in keys(app)
    press(app, "open-round-1")
    assert IT("Undo: {what}", what="").split(":")[0] in app.button(key="undo-step").label
    press(app, "undo-step")
    assert stages(store) == ["draft", "draft"]
    assert "undo-step" not in keys(app)
    assert kinds(store) == ["open_round", "undo"]


def test_who_runs_it_stands_with_each_step(store: Store, workshop: Workshop) -> None:
    app = facilitator()
    app.text_input(key="typed/who-conducts").set_value("Anna")
    press(app, "open-round-1")
    press(part(app, "wall"), "project-counts")
    assert [step.by for step in store.steps(WORD)] == ["Anna", "Anna"]


def test_a_consultation_that_takes_no_answers_is_told_at_once(store: Store, workshop: Workshop) -> None:
    assert not facilitator().warning
    seen = store.consultation(MILAN)
    store.change(seen, replace(seen, stage="paused"), datetime.now(UTC))
    assert len(facilitator().warning) == 1


# Two facilitators


@pytest.mark.parametrize("key", ["open-round-2", "close-round-1", "minute-1", "undo-step"])
def test_a_press_on_an_old_picture_is_told_and_overwrites_nothing(
    store: Store, workshop: Workshop, key: str
) -> None:
    act(store, lambda at: at.open_round(1))
    app = facilitator()
    act(store, lambda at: at.note("harvest", "Di un altro."))
    press(app, key)
    assert told(app) == IT(TAKEN)
    assert kinds(store) == ["open_round", "note"]
    press(app, key)  # the page shows by now what the other has done
    assert not told(app)
    assert len(kinds(store)) == 3


def test_a_round_that_another_has_closed_is_not_opened_by_a_late_press(
    store: Store, workshop: Workshop
) -> None:
    app = facilitator()
    act(store, lambda at: at.open_round(1), lambda at: at.close_round(1))
    press(app, "open-round-1")
    assert told(app) == IT(TAKEN)
    assert stages(store)[0] == "closed"


def test_hiding_waits_for_nobody_and_hiding_twice_shows_nothing(store: Store, workshop: Workshop) -> None:
    act(store, lambda at: at.project("answers"))
    first, second = facilitator(), facilitator()
    act(store, lambda at: at.note("harvest", "Di un altro."))
    press(first, "hide-all")
    assert not told(first)
    assert room(store).projected.view == "nothing"
    press(second, "hide-all")  # on the old picture: where it stood, showing again stands by now
    assert room(store).projected.view == "nothing"
    assert "show-join" in keys(second)
    press(second, "show-join")
    assert room(store).projected.view == "join"


def test_hiding_waits_for_nobody_who_prepares_the_workshop(store: Store, workshop: Workshop) -> None:
    app = facilitator()
    store.change_workshop(workshop, workshop.renamed("Municipio 2, sera"))
    press(app, "hide-all")
    assert not told(app)
    assert room(store).projected.view == "nothing"


def test_the_wall_is_hidden_from_every_part(store: Store, workshop: Workshop) -> None:
    app = facilitator()
    for name in ("now", "wall", "moderation", "votes", "minutes"):
        assert "hide-all" in keys(part(app, name))


# Counts


def silent_under(app: AppTest, question: str) -> list[str]:
    """What a facilitator is to ask for under this strategic question."""
    return [str(text.value) for text in app.text if str(text.value).startswith(f"{question}, ")]


def test_people_silent_questions_and_late_answers_are_counted(store: Store, workshop: Workshop) -> None:
    act(store, lambda at: at.open_round(1))
    one = say(store, "c1", "Le panchine.")
    say(store, "c2", "Le ringhiere.", group="sanita", consent="counted_only")
    store.add(replace(one, version=2, replies=(replace(one.replies[0], late=True),)))
    app = facilitator()
    late = COUNT(
        "1 contribution arrived after a closing: it counts, and is marked",
        "{n} contributions arrived after a closing: they count, and are marked",
        1,
    )
    assert late in [text.value for text in app.text]
    assert "2" in app.header[1].value
    assert not silent_under(app, "Protezione")  # not asked yet, and both groups have answered what was
    act(store, lambda at: at.open_round(2))
    assert len(silent_under(app.run(), "Protezione")) == run_counts.FIRST
    for words_of_people in (b"panchine", b"ringhiere"):
        assert words_of_people not in everything(app)  # counts are no place for words


def test_the_grid_of_every_question_is_drawn_for_whoever_opens_it(store: Store, workshop: Workshop) -> None:
    act(store, lambda at: at.open_round(1))
    say(store, "c1", "Le panchine.")
    app = facilitator()
    assert len(app.get("vega_lite_chart")) == 1
    app.session_state[run_counts.GRID] = True
    assert len(app.run().get("vega_lite_chart")) == 2


def test_before_a_question_is_open_nobody_is_called_silent(store: Store, workshop: Workshop) -> None:
    assert len(facilitator().get("vega_lite_chart")) == 1


# Moderation


def moderated(store: Store) -> Moderated:
    return Moderated.after(store.moderations(MILAN))


def reading(store: Store) -> AppTest:
    return part(facilitator(), "moderation")


def test_whoever_has_ended_their_access_passes_nothing(store: Store, workshop: Workshop) -> None:
    say(store, "c1", "Una risposta.")
    app = reading(store)
    STAFF_LINK.forget(app.session_state["staff_session"])
    press(app, "pass-all" if "pass-all" in keys(app) else next(k for k in keys(app) if k.startswith("pass-")))
    assert store.moderations(MILAN) == []


def test_answers_are_passed_one_by_one_oldest_first_and_the_queue_goes_on(
    store: Store, workshop: Workshop
) -> None:
    said = [say(store, f"c{n:02}", f"Risposta {n}.", minute=30 - n) for n in range(12)]
    app = reading(store)
    shown = [key for key in map(str, (button.key for button in app.button)) if key.startswith("pass-c")]
    assert shown[0] == "pass-c11-solitudini-" + said[0].replies[0].guiding_question
    assert len(shown) == run_moderation.AT_ONCE
    assert "Risposta 1." not in words(app).split("Risposta 2.")[0]
    press(app, shown[0])
    assert not told(app)
    assert moderated(store).shown(said[11], said[11].replies[0])
    assert shown[0] not in keys(app)
    assert len([key for key in keys(app) if key.startswith("pass-c")]) == run_moderation.AT_ONCE
    press(app, "pass-all")
    assert moderated(store).counts()["shown"] == 11
    assert len([key for key in keys(app) if key.startswith("pass-c")]) == 1


def test_answers_that_may_hold_personal_data_say_so_and_are_never_passed_with_the_others(
    store: Store, workshop: Workshop
) -> None:
    said = [say(store, f"c{n}", f"Risposta {n}.", minute=n) for n in range(2)]
    private = say(store, "c9", "Chiamatemi al 333 1234567 o a.b@example.it", minute=9)
    app = reading(store)
    kinds = kinds_named(("phone", "email"), Language("it"))
    assert IT("It may hold personal data: {what}", what=kinds) in [text.value for text in app.text]
    assert words(app).count(IT("It may hold personal data: {what}", what="")) == 1
    one = COUNT(
        "1 answer may hold personal data: it needs a tap of its own.",
        "{n} answers may hold personal data: each needs a tap of its own.",
        1,
    )
    assert one in words(app)
    assert app.button(key="pass-all").label == IT("I have read these {n}: all may be shown", n=2)
    press(app, "pass-all")
    assert all(moderated(store).shown(each, each.replies[0]) for each in said)
    assert moderated(store).standing(private.answer_id(private.replies[0]), private.replies[0].text) is None
    assert "pass-all" not in keys(app)
    press(app, f"pass-c9-solitudini-{private.replies[0].guiding_question}")
    assert moderated(store).shown(private, private.replies[0])
    assert one not in words(app)


def test_an_answer_is_hidden_for_a_reason_and_turned_round(store: Store, workshop: Workshop) -> None:
    one = say(store, "c1", "Il signor Rossi.")
    place = f"c1-solitudini-{one.replies[0].guiding_question}"
    app = reading(store)
    assert app.button(key=f"hide-{place}").disabled  # without a reason there is no hiding
    app.radio(key=f"typed/reason-{place}").set_value("personal_data").run()
    app.text_input(key=f"typed/remark-{place}").set_value("un nome")
    press(app, f"hide-{place}")
    (log,) = store.moderations(MILAN)
    assert (log.reason, log.remark) == ("personal_data", "un nome")
    assert "Rossi" not in words(app)
    turned = next(group for group in app.button_group if group.key == "typed/read-already")
    turned.set_value("hidden").run()
    assert f"{reason_names(Language('it'))['personal_data']} · un nome" in words(app)
    press(app, f"show-{place}")
    assert moderated(store).shown(one, one.replies[0])
    assert moderated(store).counts() == {
        **dict.fromkeys(("personal_data", "offensive", "off_topic", "advertising", "repeated", "other"), 0),
        "shown": 1,
    }


def test_another_reason_needs_a_remark_and_it_is_told_beside_the_answer(
    store: Store, workshop: Workshop
) -> None:
    one = say(store, "c1", "Mah.")
    place = f"c1-solitudini-{one.replies[0].guiding_question}"
    app = reading(store)
    app.radio(key=f"typed/reason-{place}").set_value("other").run()
    press(app, f"hide-{place}")
    assert told(app) == IT("Say in a few words why this answer is hidden: the log shall tell.")
    assert store.moderations(MILAN) == []
    app.text_input(key=f"typed/remark-{place}").set_value("è una prova")
    press(app, f"hide-{place}")
    assert not told(app)
    assert [found.reason for found in store.moderations(MILAN)] == ["other"]


def test_only_what_stood_on_the_screen_is_passed(store: Store, workshop: Workshop) -> None:
    """Answers come in while somebody reads, and authors change theirs."""
    for n in range(3):
        say(store, f"c{n}", f"Risposta {n}.", minute=n)
    app = reading(store)
    unread = say(store, "c9", "Mai letta da nessuno.", minute=40)
    changed = say(store, "c1", "Cambiata dopo.", minute=50)
    press(app, "pass-all")
    assert IT("Its author has changed or taken back this answer meanwhile: read it again.") in told(app)
    for one in (unread, changed):
        assert moderated(store).standing(one.answer_id(one.replies[0]), one.replies[0].text) is None
    assert moderated(store).counts()["shown"] == 2
    assert {"pass-all"} <= keys(app)  # these two, read by now
    press(app, "pass-all")
    assert not told(app)
    assert moderated(store).counts()["shown"] == 4


def test_a_reader_who_comes_second_is_told_and_changes_nothing(store: Store, workshop: Workshop) -> None:
    one = say(store, "c1", "Il signor Rossi.")
    place = f"c1-solitudini-{one.replies[0].guiding_question}"
    app = reading(store)
    app.radio(key=f"typed/reason-{place}").set_value("offensive").run()
    read(store, one)  # another facilitator passes it
    press(app, f"hide-{place}")
    assert told(app)  # it does not stand in the queue any more: whoever hides it must know that it is shown
    assert moderated(store).shown(one, one.replies[0])


def test_an_answer_erased_meanwhile_is_told(store: Store, workshop: Workshop) -> None:
    one = say(store, "c1", "Da dimenticare.")
    app = reading(store)
    store.erase("c1", datetime.now(UTC))
    press(app, f"pass-c1-solitudini-{one.replies[0].guiding_question}")
    assert told(app)
    assert store.moderations(MILAN) == []


def test_the_log_and_the_rules_hold_no_words_of_anybody(
    store: Store, workshop: Workshop, given: dict[str, Any]
) -> None:
    first, second = say(store, "c1", "Segreto di panchina."), say(store, "c2", "Altro segreto.")
    read(store, first)
    read(store, second, "off_topic")
    app = reading(store)
    assert policy(Language("it")) in words(app)
    log = given[f"{MILAN}-moderation.csv"].decode("utf-8-sig")
    assert "panchina" not in log
    assert "segreto" not in log.lower()
    rows = list(csv.DictReader(io.StringIO(log), delimiter=dialect(log)))
    assert [(row["standing"], row["reason"]) for row in rows] == [("shown", ""), ("hidden", "off_topic")]


def test_what_is_to_be_counted_only_waits_for_no_reader(store: Store, workshop: Workshop) -> None:
    say(store, "c1", "Non citatemi.", consent="counted_only")
    app = reading(store)
    assert IT("All answers are read") in words(app)
    assert "Non citatemi." not in words(app)


def test_what_was_read_and_is_to_be_counted_only_by_now_says_so(store: Store, workshop: Workshop) -> None:
    one = say(store, "c1", "Non citatemi.")
    read(store, one, "off_topic")
    store.add(replace(one, version=2, consent="counted_only"))
    app = reading(store)
    app.button_group[-1].set_value("hidden").run()
    assert IT("to be counted only: never shown") in words(app)


# The wall, chosen


def test_what_is_projected_is_chosen_and_stands_there(store: Store, workshop: Workshop) -> None:
    app = part(facilitator(), "wall")
    for view in ("counts", "round", "answers", "words", "map", "nothing", "join"):
        press(app, f"project-{view}")
        assert room(store).projected.view == view
        assert app.button(key=f"project-{view}").disabled
    assert "project-vote" not in keys(app)


def test_only_an_open_or_a_revealed_vote_is_projected(store: Store, workshop: Workshop) -> None:
    act(store, lambda at: at.open_ballot("dots", "Da dove?", ["Qui", "Là"], 1, 1))
    app = part(facilitator(), "wall")
    press(app, "project-b1")
    assert room(store).projected.ballot == "b1"
    act(store, lambda at: at.close_ballot("b1"))
    assert "project-b1" not in keys(app.run())
    act(store, lambda at: at.reveal_ballot("b1"))
    assert "project-b1" in keys(app.run())


# Votes


def results_in(app: AppTest) -> int:
    """How many tables and pictures are shown."""
    return len(app.dataframe) + len(app.get("vega_lite_chart"))


def test_a_vote_is_opened_closed_and_revealed_by_a_tap_of_its_own(store: Store, workshop: Workshop) -> None:
    app = part(facilitator(), "votes")
    app.text_input(key="typed/ask-0").set_value("Da dove cominciamo?")
    app.text_area(key="typed/statements-0-dots").set_value("Qui\n\nLà").run()
    press(app, "open-vote-0")
    assert not told(app)
    ballot = room(store).ballots["b1"].ballot
    assert (ballot.items, ballot.budget, ballot.cap) == (("Qui", "Là"), 2, 2)
    assert app.text_input(key="typed/ask-1").value == ""  # empty for the next
    for voter in ("c1", "c2", "c3"):  # fewer are not told
        give(store, voter, {"Qui": 2})
    app.run()
    assert COUNT("1 person has voted", "{n} people have voted", 3) in words(app)
    for tap in ("close-b1", "reopen-b1", "close-b1"):
        assert results_in(app) == 0
        press(app, tap)
    assert IT("The result is hidden from you, too, until you reveal it.") in words(app)
    assert results_in(app) == 0
    press(app, "reveal-b1")
    assert not keys(app) & {"reopen-b1", "close-b1", "reveal-b1"}
    assert app.dataframe[0].value.iloc[:, 0].tolist() == ["Qui", "Là"]
    assert results_in(app) == 2


def test_a_vote_that_cannot_be_held_is_told_and_nothing_typed_is_lost(
    store: Store, workshop: Workshop
) -> None:
    app = part(facilitator(), "votes")
    app.text_area(key="typed/statements-0-dots").set_value("Qui\nLà").run()
    press(app, "open-vote-0")
    assert told(app)
    assert store.steps(WORD) == []
    assert app.text_area(key="typed/statements-0-dots").value == "Qui\nLà"


# The minutes


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is offered to be taken away, by the name of each file."""
    found: dict[str, Any] = {}

    def button(_label: str, data: Any, file_name: str, **_: object) -> None:
        found[file_name] = data

    monkeypatch.setattr("streamlit.download_button", button)
    return found


def dialect(text: str) -> str:
    return csv.Sniffer().sniff(text.splitlines()[0], ",;").delimiter


def test_notes_are_taken_where_they_were_said_and_one_is_undone(store: Store, workshop: Workshop) -> None:
    app = part(facilitator(), "minutes")
    app.text_area(key="typed/note-0").set_value("Le panchine servono.")
    app.radio(key="typed/section").set_value("decision")
    app.selectbox(key="typed/note-table").select("Tavolo 3")
    press(app, "add-note-0")
    ((_, note),) = room(store).notes
    assert (note.section, note.text, note.table) == ("decision", "Le panchine servono.", "Tavolo 3")
    assert app.text_area(key="typed/note-1").value == ""
    assert "Le panchine servono." in words(app)
    press(app, "undo-step")
    assert room(store).notes == ()
    assert "Le panchine servono." not in words(app)


def test_a_note_refused_stays_in_its_field(store: Store, workshop: Workshop) -> None:
    app = part(facilitator(), "minutes")
    act(store, lambda at: at.open_round(1))
    app.text_area(key="typed/note-0").set_value("Le panchine servono.")
    press(app, "add-note-0")
    assert told(app) == IT(TAKEN)
    assert app.text_area(key="typed/note-0").value == "Le panchine servono."
    press(app, "add-note-0")
    assert [note.text for _, note in room(store).notes] == ["Le panchine servono."]
    press(app, "add-note-1")
    assert told(app) == IT("Nothing to note yet: write a sentence.")


def test_the_minutes_are_not_made_before_somebody_takes_them(
    store: Store, workshop: Workshop, given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = room_minutes(live(workshop), NOON, Language("it")).file_name
    monkeypatch.delattr("pages.facilitator.run_minutes.room_minutes")
    assert not part(facilitator(), "minutes").exception
    assert list(given) == [f"{made}.docx", f"{made}.csv"]


def test_people_are_counted_by_eye_and_none_is_not_zero(store: Store, workshop: Workshop) -> None:
    app = part(facilitator(), "minutes")
    press(app, "keep-present")
    assert told(app) == IT("Nobody is counted yet: say how many people of one group are here.")
    app.number_input(key=f"typed/present-{WORD}-cittadini").set_value(12)
    app.number_input(key=f"typed/present-{WORD}-sanita").set_value(0)
    press(app, "keep-present")
    assert room(store).present == {"cittadini": 12, "sanita": 0}


def test_the_two_files_hold_what_was_done_said_and_voted(
    store: Store, workshop: Workshop, given: dict[str, Callable[[], bytes]]
) -> None:
    act(
        store,
        lambda at: at.open_round(1),
        lambda at: at.note("decision", "Si comincia da qui."),
        lambda at: at.open_ballot("dots", "Da dove?", ["Qui", "Là"], 1, 1),
        lambda at: at.open_ballot("dots", "E poi?", ["Su", "Giù"], 1, 1),
    )
    give(store, "c1", {"Qui": 1})
    give(store, "c1", {"Giù": 1}, "b2")
    act(store, lambda at: at.close_ballot("b1"), lambda at: at.reveal_ballot("b1"))
    say(store, "c1", "Parole di una persona.")
    part(facilitator(), "minutes")
    names = [name.rpartition(".") for name in given]
    assert [ending for *_, ending in names] == ["docx", "csv"]
    assert names[0][0] == names[1][0]
    document, table = (make() for make in given.values())
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        written = file.read("word/document.xml").decode()
    for text in (written, table.decode("utf-8-sig")):
        for told_there in ("Municipio 2", "Si comincia da qui.", "Da dove?", "E poi?", "Le solitudini"):
            assert told_there in text
        assert "Giù" not in text  # not revealed: not told
        assert "Parole di una persona" not in text
        assert TABLE not in text
    act(store, lambda at: at.note("harvest", "Arrivata dopo."))
    assert "Arrivata dopo." in next(iter(list(given.values())[1:]))().decode("utf-8-sig")
