"""Voting on a phone: nothing is given beyond the budget, nothing cut, and nothing kept after the closing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from consultation import tables
from consultation.ballot import BallotKind, Vote
from consultation.codes import new_return_code
from consultation.contribution import Contribution, Rating
from consultation.language import Language
from consultation.stores import Store
from consultation.workshop import Workshop
from pages.facilitator.vote_results import result
from pages.frame.rooms import live
from tests.conftest import PROJECT
from tests.in_the_room import (
    MILAN,
    NOON,
    TABLE,
    WORD,
    act,
    keys,
    press,
    say,
    told,
    words,
    workshop_in,
)
from tests.test_pages_stakeholder import in_memory

IT, COUNT = Language("it").say, Language("it").count
VOTE, ANSWER = "pages/stakeholder/vote.py", "pages/stakeholder/answer.py"
ITEMS = ["solitudini-1", "solitudini-2", "Una panchina"]


@pytest.fixture
def workshop(store: Store) -> Workshop:
    return workshop_in(store)


def opened(
    store: Store, kind: BallotKind = "dots", items: Sequence[str] = ITEMS, budget: int = 3, cap: int = 2
) -> None:
    act(store, lambda at: at.open_ballot(kind, "Da dove cominciamo?", items, budget, cap))


def booth(word: str = WORD) -> AppTest:
    """The page of votes, with a phone that has just come in."""
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20)
    app.query_params["workshop"] = word
    return app.run().switch_page(VOTE).run()


def come_in(group: str = "cittadini", word: str = WORD) -> AppTest:
    app = booth(word)
    app.radio[0].set_value(group)
    return press(app, "continue")


def tap(app: AppTest, ending: str, value: object) -> AppTest:
    """One tap on a field of a vote."""
    control = next(group for group in app.button_group if str(group.key).endswith(ending))
    return control.set_value(value).run()


def dots(app: AppTest, *given: int) -> AppTest:
    for n, value in enumerate(given):
        tap(app, f"vote/b1/{n}", value)
    return app


def choose(app: AppTest, points: int, item: str | None, ballot: str = "b1") -> AppTest:
    """An item of the list for so many points."""
    field = next(one for one in app.selectbox if str(one.key).endswith(f"vote/{ballot}/{points}"))
    return (field.select(item) if item else field.set_value(None)).run()


def votes(store: Store) -> list[Vote]:
    return list(store.votes(WORD))


def given(store: Store) -> list[tuple[tuple[str, int], ...]]:
    return [vote.points for vote in votes(store)]


# Who votes


def test_the_group_is_asked_once_and_is_not_guessed(store: Store, workshop: Workshop) -> None:
    opened(store)
    app = booth()
    assert app.radio[0].value is None
    press(app, "continue")
    assert told(app) == IT("Choose whom you speak from: the first list on this page.")
    app.radio[0].set_value("sanita")
    press(app, "continue")
    assert not app.radio
    press(dots(app, 1), "send-vote-b1")
    opened(store)
    app.run()
    assert not app.radio
    press(app, "send-vote-b2")
    assert [(vote.ballot, vote.group) for vote in votes(store)] == [("b1", "sanita"), ("b2", "sanita")]
    assert len({vote.voter for vote in votes(store)}) == 1
    app.switch_page(ANSWER).run()
    assert app.radio[0].value == "sanita"  # nor again where one answers


def test_whoever_has_answered_is_not_asked_and_votes_as_the_same_person(
    store: Store, workshop: Workshop
) -> None:
    act(store, lambda at: at.open_round(1))
    opened(store)
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20)
    app.query_params["workshop"] = TABLE
    app.run()
    app.radio[0].set_value("terzo_settore")
    app.radio[1].set_value("counted_only")
    press(app, "continue")
    app.text_area[0].set_value("Le panchine.")
    press(app, "send")
    app.switch_page(VOTE).run()
    assert not app.radio
    press(dots(app, 2), "send-vote-b1")
    (contribution,) = store.came(WORD)
    assert [(vote.voter, vote.group) for vote in votes(store)] == [(contribution.id, "terzo_settore")]


def test_a_vote_is_held_in_a_workshop_only(store: Store) -> None:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20).run().switch_page(VOTE).run()
    assert IT("A vote is held in a workshop: type its word.") in words(app)
    assert app.text_input(key="typed-word").value == ""


# Dots


def test_dots_are_given_up_to_the_budget_and_taken_back(store: Store, workshop: Workshop) -> None:
    opened(store)
    app = come_in()
    assert COUNT("**{n} dot left**", "**{n} dots left**", 3) in words(app)
    dots(app, 2, 1, 1)
    assert COUNT("Take back {n} dot.", "Take back {n} dots.", 1) in told(app)
    press(app, "send-vote-b1")
    over = IT("You have {budget} dots and gave {given}. To take back: {over}.", budget=3, given=4, over=1)
    assert over in told(app)
    assert votes(store) == []
    assert COUNT("Take back {n} dot.", "Take back {n} dots.", 1) in told(app)  # nothing chosen is lost
    tap(app, "vote/b1/0", None)  # a second tap takes it back
    assert COUNT("**{n} dot left**", "**{n} dots left**", 1) in words(app)
    press(app, "send-vote-b1")
    assert given(store) == [(("solitudini-2", 1), ("Una panchina", 1))]


def test_no_field_offers_more_than_the_cap(store: Store, workshop: Workshop) -> None:
    opened(store)
    app = come_in()
    offered = [group.options for group in app.button_group if "vote/b1" in str(group.key)]
    assert offered == [["0", "1", "2"]] * 3
    opened(store, budget=20, cap=12)
    app.run()
    assert [(field.min, field.max) for field in app.number_input] == [(0, 12)] * 3


def test_a_vote_is_kept_shown_again_and_changed_until_it_is_closed(store: Store, workshop: Workshop) -> None:
    opened(store)
    app = come_in()
    press(dots(app, 2, 1), "send-vote-b1")
    assert [str(success.value) for success in app.success] == [
        IT("Your vote is kept. You can change it until the vote is closed.")
    ]
    values = [group.value for group in app.button_group if "vote/b1" in str(group.key)]
    assert values == [2, 1, 0]
    press(dots(app, 0, 1, 2), "send-vote-b1")
    assert given(store) == [(("solitudini-2", 1), ("Una panchina", 2))]
    act(store, lambda at: at.close_ballot("b1"))
    app.run()
    assert titles(app) == [IT("The vote is closed. Thank you.")]
    assert not told(app)
    assert "send-vote-b1" not in keys(app)


def test_giving_nothing_is_abstaining(store: Store, workshop: Workshop) -> None:
    opened(store)
    press(come_in(), "send-vote-b1")
    assert given(store) == [()]


@pytest.mark.parametrize("undone", [False, True])
def test_a_vote_closed_while_somebody_chooses_is_told_and_not_kept(
    store: Store, workshop: Workshop, undone: bool
) -> None:
    opened(store)
    app = dots(come_in(), 2)
    act(store, (lambda at: at.undo()) if undone else (lambda at: at.close_ballot("b1")))
    press(app, "send-vote-b1")
    assert told(app) == (
        IT("This vote is there no more: wait for the facilitator.")
        if undone
        else IT("This vote was closed before you sent it: it takes no more votes.")
    )
    assert votes(store) == []
    app.run()
    assert not told(app)  # once


def test_one_closed_among_several_is_told_and_the_others_go_on(store: Store, workshop: Workshop) -> None:
    opened(store)
    opened(store)
    app = come_in()
    act(store, lambda at: at.close_ballot("b1"))
    press(app, "send-vote-b1")
    assert told(app) == IT("This vote was closed before you sent it: it takes no more votes.")
    press(app, "send-vote-b2")
    assert not told(app)
    assert [vote.ballot for vote in votes(store)] == ["b2"]


def test_a_voter_whose_contribution_was_erased_is_told(store: Store, workshop: Workshop) -> None:
    opened(store)
    app = come_in()
    press(dots(app, 2), "send-vote-b1")
    (vote,) = votes(store)
    say(store, vote.voter, "Le panchine.")
    store.erase(vote.voter, NOON)
    press(dots(app, 1), "send-vote-b1")
    assert told(app)
    assert votes(store) == []


# Points


def test_points_go_to_one_item_each(store: Store, workshop: Workshop) -> None:
    opened(store, "points", budget=3)
    app = come_in()
    choose(app, 3, "Una panchina")
    plan = store.consultation(MILAN).plan
    choose(app, 2, plan.objectives["solitudini-1"].title.it)
    press(app, "send-vote-b1")
    assert given(store) == [(("solitudini-1", 2), ("Una panchina", 3))]
    choose(app, 1, "Una panchina")
    twice = IT("This one has points already: choose another for {n}.", n=1)
    assert told(app) == twice
    press(app, "send-vote-b1")
    assert told(app) == f"{twice} {twice}"  # at the field, and at the button
    assert given(store) == [(("solitudini-1", 2), ("Una panchina", 3))]  # nothing is cut to make it fit
    choose(app, 3, None)
    press(app, "send-vote-b1")
    assert given(store) == [(("solitudini-1", 2), ("Una panchina", 1))]


# A second round


def rated(value: int) -> tuple[Rating, ...]:
    return (Rating("solitudini-1", "urgency", value), Rating("protezione-1", "urgency", 2))


def come_back(store: Store, contribution: Contribution) -> AppTest:
    """The author of a contribution, with the code that was given for it."""
    code = new_return_code()
    store.add(contribution, return_code=code)
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20).run()
    app.switch_page("pages/stakeholder/mine.py").run()
    app.text_input(key="typed-code").set_value(code)
    press(app, "open-code")
    press(app, "go-on")
    return app.switch_page(VOTE).run()


def test_a_second_round_is_paired_with_the_first_of_the_same_person(store: Store, workshop: Workshop) -> None:
    opened(store, "ratings", ["solitudini-1"])
    one = Contribution("c1", 1, MILAN, "cittadini", "counted_only", NOON, workshop=WORD, ratings=rated(2))
    app = come_back(store, one)
    assert not app.radio  # the code knows from where one speaks
    tap(app, "vote/b1/solitudini-1/urgency", "5")
    press(app, "send-vote-b1")
    for _ in range(2):  # with whom they are enough for a result
        stranger = come_in("sanita")
        tap(stranger, "vote/b1/solitudini-1/urgency", "?")
        press(stranger, "send-vote-b1")
    seen = live(workshop)
    second = tables.second_ratings(seen.votes, seen.room.ballots["b1"].ballot)
    by_person = second.set_index("contribution_id")["value"]
    assert by_person["c1"] == 5
    assert by_person.isna().sum() == 2
    assert store.contribution("c1") == one  # what was rated first stays
    basis = result(seen, seen.room.ballots["b1"].ballot, Language("en")).reading.basis
    assert "people who rated: 1 in the first round, 1 in the second" in basis


def test_what_was_given_is_found_again_by_its_code(store: Store, workshop: Workshop) -> None:
    opened(store)
    opened(store, "points", budget=2)
    opened(store, "ratings", ["solitudini-1"])
    one = Contribution("c1", 1, MILAN, "cittadini", "counted_only", NOON, workshop=WORD, ratings=rated(2))
    app = come_back(store, one)
    press(dots(app, 2), "send-vote-b1")
    press(choose(app, 2, "Una panchina", "b2"), "send-vote-b2")
    press(tap(app, "vote/b3/solitudini-1/importance", "4"), "send-vote-b3")
    again = come_back(store, replace(one, version=2, ratings=rated(3)))
    values = {str(group.key).partition("vote/")[2]: group.value for group in again.button_group}
    assert (values["b1/0"], values["b1/1"]) == (2, 0)
    assert values["b3/solitudini-1/importance"] == "4"
    assert values["b3/solitudini-1/urgency"] is None  # a second round begins with nothing of the first
    assert [field.value for field in again.selectbox] == ["Una panchina", None]
    assert [again.button(key=f"send-vote-b{n}").label for n in (1, 2, 3)] == [IT("Change my vote")] * 3


def test_two_open_votes_may_ask_about_the_same_objective(store: Store, workshop: Workshop) -> None:
    for _ in range(2):
        opened(store, "ratings", ["solitudini-1"])
    app = come_in()
    assert not told(app)
    assert {"send-vote-b1", "send-vote-b2"} <= keys(app)


# The next person


def test_the_next_person_finds_the_vote_and_nothing_of_the_last(store: Store, workshop: Workshop) -> None:
    opened(store)
    app = booth(TABLE)
    app.text_input[0].set_value("Circolo Arci")
    app.radio[0].set_value("sanita")
    press(app, "continue")
    press(dots(app, 2, 1), "send-vote-b1")
    assert votes(store)[0].unit == "Circolo Arci"
    app.session_state["opened_code"] = "a code typed under “My contribution”"
    press(app, "finish")
    assert "Circolo" not in in_memory(app)
    assert (app.radio[0].value, app.text_input[0].value) == (None, "")
    assert not app.success
    assert "opened_code" not in app.session_state
    app.radio[0].set_value("cittadini")
    press(app, "continue")
    assert [group.value for group in app.button_group if "vote/b1" in str(group.key)] == [0, 0, 0]
    press(dots(app, 1), "send-vote-b1")
    assert {(vote.group, vote.points[0][1]) for vote in votes(store)} == {("sanita", 2), ("cittadini", 1)}


def test_a_page_that_is_loaded_again_is_still_in_its_room(store: Store, workshop: Workshop) -> None:
    opened(store)
    assert booth(TABLE).query_params["workshop"] == TABLE


def test_between_votes_one_waits_and_is_told_of_a_trial(store: Store, workshop: Workshop) -> None:
    app = booth()
    assert titles(app) == [IT("No vote is open yet")]
    assert not app.radio
    store.add_consultation(replace(store.consultation(MILAN), stage="draft", pilot=True))
    opened(store)
    assert IT("Trial: the opening will erase what is sent.") in words(app.run())
    app.radio[0].set_value("cittadini")
    press(press(app, "continue"), "send-vote-b1")
    assert given(store) == [()]
    seen = store.consultation(MILAN)
    store.change(seen, replace(seen, pilot=False), NOON)
    press(app, "send-vote-b1")
    assert told(app) == IT("This consultation is in preparation: nobody can vote in it yet.")


def titles(app: AppTest) -> list[str]:
    return [str(title.value).replace("\\", "") for title in app.title]
