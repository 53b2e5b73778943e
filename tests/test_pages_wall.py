"""The wall: what a facilitator projects, and never a word that nobody has read and passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from consultation.ballot import BallotKind
from consultation.contribution import DIMENSIONS, Rating
from consultation.edition import asking
from consultation.language import Language
from consultation.steps import VIEWS, View
from consultation.stores import Store
from consultation.workshop import LONGEST_TITLE, Workshop
from pages.facilitator.votes_told import votes_told
from pages.facilitator.wall_words import ENOUGH_WORDS, LONGEST_SHOWN, MOST_SHOWN
from pages.frame.rooms import live
from tests.conftest import PROJECT
from tests.in_the_room import (
    MILAN,
    NOON,
    WORD,
    act,
    everything,
    give,
    press,
    read,
    say,
    told,
    words,
    workshop_in,
)

IT, COUNT = Language("it").say, Language("it").count
WALL = "pages/facilitator/wall.py"
SPACED = " ".join(WORD)
SHORT = "Milano al bivio"


@pytest.fixture
def workshop(store: Store) -> Workshop:
    return workshop_in(store)


def wall(word: str = WORD) -> AppTest:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20)
    app.query_params["workshop"] = word
    return app.run().switch_page(WALL).run()


def project(store: Store, view: View, ballot: str = "") -> None:
    act(store, lambda at: at.project(view, ballot))


def titles(app: AppTest) -> list[str]:
    return [str(title.value).replace("\\", "") for title in app.title]


def charts(app: AppTest) -> int:
    return len(app.get("vega_lite_chart"))


def everybody_reads(store: Store, many: int, text: str) -> None:
    """So many people have written this, and it was passed."""
    for n in range(many):
        read(store, say(store, f"p{n}", text, minute=n))


# What is never there


def secrets(store: Store) -> dict[str, bytes]:
    """Answers that nobody may see, one of each kind, among others that may be seen."""
    everybody_reads(store, ENOUGH_WORDS, "Una panchina davanti alla scuola.")
    say(store, "unread", "Una zanzariera davanti alla scuola.", minute=50)
    read(store, say(store, "hidden", "Una tegola davanti alla scuola.", minute=51), "offensive")
    read(store, say(store, "counted", "Una botola davanti alla scuola.", consent="counted_only", minute=52))
    read(store, say(store, "changed", "Una panchina davanti alla scuola.", minute=53))
    say(store, "changed", "Una carrucola davanti alla scuola.", minute=54)
    return {"unread": b"zanzarier", "hidden": b"tegol", "counted": b"botol", "changed": b"carrucol"}


@pytest.mark.parametrize("view", [view for view in VIEWS if view not in ("vote", "counts")])
def test_no_view_sends_a_word_that_was_not_passed(store: Store, workshop: Workshop, view: View) -> None:
    never = secrets(store)
    act(store, lambda at: at.open_round(1))
    if view != "join":  # which it shows as long as nothing was chosen
        project(store, view)
    app = wall()
    sent = everything(app)
    assert not app.exception
    assert not told(app)
    assert {why for why, part in never.items() if part in sent.lower()} == set()
    assert (b"panchin" in sent.lower()) == (view in ("words", "answers"))


@pytest.mark.parametrize("revealed", [False, True])
def test_counts_and_votes_send_no_answer(store: Store, workshop: Workshop, revealed: bool) -> None:
    never = secrets(store)
    project(store, "counts")
    assert not [part for part in never.values() if part in everything(wall()).lower()]
    act(store, lambda at: at.open_ballot("dots", "Da dove?", ["Qui", "Là"], 2, 2))
    for voter in ("unread", "v2", "v3"):
        give(store, voter, {"Qui": 2})
    if revealed:
        act(store, lambda at: at.close_ballot("b1"), lambda at: at.reveal_ballot("b1"))
    project(store, "vote", "b1")
    assert not [part for part in never.values() if part in everything(wall()).lower()]


def test_hiding_everything_leaves_the_title(store: Store, workshop: Workshop) -> None:
    secrets(store)
    for view in ("answers", "nothing"):
        project(store, view)
    app = wall()
    (title,) = titles(app)
    assert title == store.consultation(MILAN).plan.title.it
    assert words(app).strip() == title
    assert not charts(app) + len(app.get("image")) + len(app.button)
    assert SPACED not in words(app)


def test_what_is_hidden_later_leaves_the_wall(store: Store, workshop: Workshop) -> None:
    one = say(store, "c1", "Una panchina.")
    read(store, one)
    project(store, "answers")
    app = wall()
    assert "Una panchina." in words(app)
    read(store, one, "offensive")
    app.run()
    assert b"panchina" not in everything(app)
    assert titles(app) == [IT("No answer has been read yet")]


# Each view


def test_until_something_is_chosen_the_wall_says_how_to_join(store: Store, workshop: Workshop) -> None:
    say(store, "c1", "Una panchina.", "Una scala.")
    app = wall()
    assert titles(app) == [IT("Take part with your phone")]
    assert words(app).count(SPACED) == 2  # in the head, and large
    assert f"?workshop={WORD}" in words(app)
    assert len(app.get("image")) == 1
    one = COUNT("{n} person has answered", "{n} people have answered", 1)
    assert f"{one} · {COUNT('{n} answer', '{n} answers', 2)}" in words(app)


def test_the_question_stands_there_with_its_time(store: Store, workshop: Workshop) -> None:
    project(store, "round")
    assert titles(wall()) == [IT("No question is open now")]
    act(store, lambda at: at.open_round(1), at=datetime.now(UTC) - timedelta(minutes=8))
    app = wall()
    plan = store.consultation(MILAN).plan
    assert plan.questions["solitudini"].title.it in words(app)
    assert plan.guides["visioni"].question.it in words(app)
    assert plan.guides["risorse"].question.it not in words(app)  # which this round does not ask
    assert IT("Time is up") in words(app)
    act(store, lambda at: at.pause_round(1))
    assert IT("Paused at {time}", time="0:00") in words(app.run())
    act(store, lambda at: at.open_round(2))
    for title in ("Le solitudini", "Protezione"):
        assert title in words(app.run())


def test_a_round_about_a_question_that_the_plan_asks_no_more_is_passed_over(
    store: Store, workshop: Workshop
) -> None:
    plan = store.consultation(MILAN).plan
    act(store, lambda at: at.open_round(1), lambda at: at.open_round(2))
    project(store, "round")
    less = asking(plan, set(plan.questions) - {"solitudini"}, set(plan.guides) - {"visioni"})
    store.add_consultation(replace(store.consultation(MILAN), plan=less))
    app = wall()
    assert not app.exception
    assert plan.questions["protezione"].title.it in words(app)
    assert plan.questions["solitudini"].title.it not in words(app)


def test_in_every_other_view_the_time_stands_in_the_head(store: Store, workshop: Workshop) -> None:
    act(store, lambda at: at.open_round(1), at=datetime.now(UTC) - timedelta(minutes=8))
    for view in ("join", "counts", "answers", "words", "map"):
        if view != "join":
            project(store, view)
        assert IT("Time is up") in words(wall()), view


def test_the_last_answers_stand_there_without_their_authors(store: Store, workshop: Workshop) -> None:
    everybody_reads(store, MOST_SHOWN + 1, "Una panchina.")
    long = "parola " * LONGEST_SHOWN
    read(store, say(store, "z1", long, minute=40))
    project(store, "answers")
    app = wall()
    shown = [str(text.value) for text in app.text]
    for author in ("cittadini", store.consultation(MILAN).plan.groups["cittadini"].label.it, "p4"):
        assert author not in words(app)
    assert shown.count("Una panchina.") == MOST_SHOWN - 1
    (cut,) = [text for text in shown if text.startswith("parola")]
    assert len(cut) <= LONGEST_SHOWN + 2
    assert cut.endswith("parola …")
    assert COUNT("1 answer read", "{n} answers read", MOST_SHOWN + 2) in shown


def test_the_answers_read_last_stand_first_whenever_they_were_sent(store: Store, workshop: Workshop) -> None:
    sent = [say(store, f"c{n}", f"Risposta {n}.", minute=n) for n in range(MOST_SHOWN + 1)]
    for minute, one in enumerate(reversed(sent)):
        read(store, one, minute=minute)
    project(store, "answers")
    shown = [str(text.value) for text in wall().text if str(text.value).startswith("Risposta")]
    assert shown == [f"Risposta {n}." for n in range(MOST_SHOWN)]


def test_several_answers_of_one_author_never_stand_side_by_side(store: Store, workshop: Workshop) -> None:
    one = say(store, "c1", "Risposta prima.", "Risposta seconda.", "Risposta terza.")
    for place in (0, 2, 1):
        read(store, one, place=place, minute=place)
    read(store, say(store, "c2", "Risposta altrui."), minute=1)
    project(store, "answers")
    shown = [str(text.value) for text in wall().text if str(text.value).startswith("Risposta")]
    assert shown == ["Risposta terza.", "Risposta altrui."]


def test_what_looks_like_marks_is_shown_as_it_was_written(store: Store, workshop: Workshop) -> None:
    odd = "<b>Grassetto</b> ![x](http://altrove.example/x.png) $x$ :smile:"
    read(store, say(store, "c1", odd))
    project(store, "answers")
    assert odd in [text.value for text in wall().text]


def test_words_wait_for_five_people_and_a_word_of_one_person_is_not_shown(
    store: Store, workshop: Workshop
) -> None:
    everybody_reads(store, ENOUGH_WORDS - 1, "Una panchina.")
    # the fifth person's answer waits: who only wrote is not counted
    fifth = say(store, "q1", "Una panchina e una carrucola.", minute=40)
    project(store, "words")
    app = wall()
    assert not charts(app)
    assert b"panchin" not in everything(app)
    read(store, fifth)
    app.run()
    assert charts(app) == 1
    assert b"panchin" in everything(app)
    assert b"carrucol" not in everything(app)


def test_words_that_nobody_shares_make_no_picture(store: Store, workshop: Workshop) -> None:
    for n, word in enumerate(("panchina", "scuola", "carrucola", "botola", "tegola")):
        read(store, say(store, f"p{n}", f"Una {word}.", minute=n))
    project(store, "words")
    app = wall()
    assert not app.exception
    assert not told(app)
    assert not charts(app)
    assert titles(app) == [IT("No word is shared by two of you yet")]


def test_several_answers_of_one_person_are_one_person(store: Store, workshop: Workshop) -> None:
    one = say(store, "p0", *["Una panchina."] * ENOUGH_WORDS)
    for place in range(len(one.replies)):
        read(store, one, place=place)
    project(store, "words")
    assert titles(wall()) == [IT("The words come when a few more people have written")]


def test_the_map_comes_when_enough_have_rated(store: Store, workshop: Workshop) -> None:
    project(store, "map")
    plan = store.consultation(MILAN).plan
    for n, group in enumerate([*list(plan.groups)[:3]] * 5):
        ratings = tuple(
            Rating(objective, dimension, 1 + (n + place) % 5)
            for place, objective in enumerate(plan.objectives)
            for dimension in DIMENSIONS
        )
        say(store, f"r{n:02}", "Una zanzariera.", group=group, ratings=ratings)
    app = wall()
    assert charts(app) == 1
    assert b"zanzarier" not in everything(app)


def test_before_anybody_has_rated_there_is_no_map(store: Store, workshop: Workshop) -> None:
    project(store, "map")
    app = wall()
    assert titles(app) == [IT("The map comes when enough of you have rated")]
    assert not charts(app)


# Votes


def test_an_open_vote_shows_only_how_many_have_voted(store: Store, workshop: Workshop) -> None:
    act(store, lambda at: at.open_ballot("dots", "Da dove?", ["Panchine", "Scale"], 2, 2))
    give(store, "c1", {"Panchine": 2})
    project(store, "vote", "b1")
    app = wall()
    for tap in (None, lambda at: at.close_ballot("b1")):
        if tap:
            act(store, tap)
        app.run()
        assert titles(app) == ["Da dove?"]
        assert COUNT("1 person has voted", "{n} people have voted", 1) in words(app)
        assert not charts(app)
        assert b"Panchine" not in everything(app)
    assert IT("The vote is closed.") in words(app)


def test_a_revealed_vote_shows_its_tally_and_hiding_it_again_takes_it_away(
    store: Store, workshop: Workshop
) -> None:
    act(store, lambda at: at.open_ballot("dots", "Da dove?", ["Panchine", "Scale"], 2, 2))
    for voter in ("c1", "c2", "c3"):
        give(store, voter, {"Panchine": 2})
    act(store, lambda at: at.close_ballot("b1"), lambda at: at.reveal_ballot("b1"))
    project(store, "vote", "b1")
    app = wall()
    assert charts(app) == 1
    assert "“Panchine”" in titles(app)[0]
    act(store, lambda at: at.undo(), lambda at: at.undo())  # the projecting, then the revealing
    project_nothing_of_it = wall()
    assert not charts(project_nothing_of_it)
    assert b"Panchine" not in everything(project_nothing_of_it)


@pytest.mark.parametrize("kind", ["dots", "points"])
def test_what_fewer_than_the_smallest_group_voted_is_told_nowhere(
    store: Store, workshop: Workshop, kind: BallotKind
) -> None:
    least = store.consultation(MILAN).rules.smallest_group
    act(store, lambda at: at.open_ballot(kind, "Da dove?", ["Panchine", "Scale"], 2, 2))
    votes = [{"Panchine": 2, "Scale": 1}] * least if kind == "points" else [{"Panchine": 2}] * least
    for n, points in enumerate(votes[:-1]):
        give(store, f"c{n}", points)
    act(store, lambda at: at.close_ballot("b1"), lambda at: at.reveal_ballot("b1"))
    project(store, "vote", "b1")
    app = wall()
    assert not charts(app)
    assert b"Panchine" not in everything(app)
    few = IT("Too few votes to tell their result: at least {n} are needed.", n=least)
    assert few in words(app)
    assert COUNT("1 person has voted", "{n} people have voted", least - 1) in words(app)
    (minuted,) = votes_told(live(workshop), Language("it"))
    assert minuted.sentences == (few,)
    assert (minuted.n_voters, minuted.table.iloc[:, 1].unique().tolist()) == (least - 1, [IT("not told")])


def test_a_vote_that_nobody_gave_has_no_tally(store: Store, workshop: Workshop) -> None:
    act(
        store,
        lambda at: at.open_ballot("points", "In che ordine?", ["Panchine", "Scale"], 2),
        lambda at: at.close_ballot("b1"),
        lambda at: at.reveal_ballot("b1"),
        lambda at: at.project("vote", "b1"),
    )
    app = wall()
    assert not charts(app)
    assert COUNT("1 person has voted", "{n} people have voted", 0) in words(app)


# Where it leads


def test_a_word_that_leads_nowhere_is_told_and_can_be_mended(store: Store, workshop: Workshop) -> None:
    app = wall("KMPQRT")
    assert told(app) == IT("No workshop has this invitation: check the word you were given.")
    assert app.text_input(key="typed-word").value == "KMPQRT"
    app.text_input(key="typed-word").set_value(WORD.lower())
    press(app, "open-word")
    assert not told(app)
    assert SPACED in words(app)
    assert app.query_params["workshop"] == WORD.lower()  # a page that is loaded again is still this wall


def test_without_a_word_one_is_asked_for(store: Store, workshop: Workshop) -> None:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20).run().switch_page(WALL).run()
    assert not told(app)
    assert app.text_input(key="typed-word").value == ""


def test_the_wall_has_nothing_to_click_and_needs_no_link_of_staff(store: Store, workshop: Workshop) -> None:
    app = wall()
    assert not [*app.button, *app.get("page_link")]


def test_a_trial_says_so_and_its_opening_empties_the_wall(store: Store, workshop: Workshop) -> None:
    trial = replace(store.consultation(MILAN), stage="draft", pilot=True)
    store.add_consultation(trial)
    read(store, say(store, "c1", "Una panchina."))
    project(store, "answers")
    app = wall()
    banner = IT("Trial: the opening will erase what is sent.")
    assert banner in words(app)
    assert "Una panchina." in words(app)
    seen = store.consultation(MILAN)
    store.change(seen, replace(seen, stage="open"), NOON)
    app.run()
    assert banner not in words(app)
    assert b"panchina" not in everything(app)
    assert titles(app) == [IT("Take part with your phone")]


def test_a_workshop_renamed_is_renamed_on_the_wall(store: Store, workshop: Workshop) -> None:
    app = wall()
    long = "Municipio 2, " * 20
    store.change_workshop(workshop, workshop.renamed(long[:LONGEST_TITLE]))
    assert long[:LONGEST_TITLE].strip() in words(app.run())
