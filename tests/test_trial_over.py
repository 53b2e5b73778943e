"""What somebody began in a trial ends with it: nothing of it is kept, it is told, and they begin anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from consultation.ballot import vote
from consultation.conducting import Conducting
from consultation.contribution import Part, Reply, Sending, Speaker
from consultation.edition import asking
from consultation.errors import ErasedContribution
from consultation.language import Language
from consultation.occasion import Consultation
from consultation.plan import Plan
from consultation.room import Room
from consultation.steps import Step
from consultation.stores import Store
from consultation.stores.sql import SqlStore
from consultation.workshop import Round, Workshop
from pages.frame.sitemap import ANSWER, VOTE
from pages.stakeholder.sending import send
from tests.conftest import PROJECT

TRIED = "prova"
WORD = "KMPQRS"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OVER = Language("it").say("The trial is over: what you sent in it was erased. Begin again.")


@pytest.fixture
def trial(store: Store, milan: Plan) -> Workshop:
    """A workshop with one open round and one open vote, in a draft on trial."""
    tried = Consultation(TRIED, milan, "draft", pilot=True)
    store.add_consultation(tried)
    workshop = Workshop(WORD, TRIED, "Una sera").with_rounds((Round("solitudini"),), tried)
    store.add_workshop(workshop)
    begin(store)
    return workshop


def begin(store: Store) -> None:
    conduct(store, lambda at: at.open_round(1))
    conduct(store, lambda at: at.open_ballot("dots", "Da dove si comincia?", ["Casa", "Scuola"], 2, 2))


def conduct(store: Store, make: Callable[[Conducting], Step]) -> None:
    workshop, plan = store.workshop(WORD), store.consultation(TRIED).plan
    assert workshop is not None
    room = Room.after(workshop, store.steps(WORD))
    store.act(WORD, make(Conducting(room, plan, datetime.now(UTC))), room.number)


def change(store: Store, **changed: Any) -> None:
    seen = store.consultation(TRIED)
    store.change(seen, replace(seen, **changed), NOON)


def come(page: str) -> AppTest:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20)
    app.query_params["workshop"] = WORD
    return app.run().switch_page(page).run()


def at_the_form() -> AppTest:
    app = come(ANSWER)
    tell_who(app)
    answer(app).set_value("Solo per prova.")
    return app


def tell_who(app: AppTest) -> None:
    app.radio[0].set_value("terzo_settore")
    app.radio[1].set_value("counted_only")
    app.button(key="continue").click().run()


def answer(app: AppTest):  # type: ignore[no-untyped-def]
    return next(area for area in app.text_area if str(area.key).endswith("text/solitudini/visioni"))


def told(app: AppTest) -> list[str]:
    return [str(error.value).replace("\\", "") for error in app.error]


def test_a_form_begun_on_trial_is_not_sent_after_the_opening(store: Store, trial: Workshop) -> None:
    app = at_the_form()
    change(store, stage="open")
    begin(store)
    app.button(key="send").click().run()
    assert told(app) == [OVER]
    assert list(store.contributions(TRIED)) == []
    tell_who(app)  # at once, and from the beginning
    assert not told(app)
    assert not answer(app).value
    answer(app).set_value("Davvero.")
    app.button(key="send").click().run()
    assert [reply.text for one in store.contributions(TRIED) for reply in one.replies] == ["Davvero."]


def test_what_was_sent_on_trial_is_not_sent_again_after_the_opening(store: Store, trial: Workshop) -> None:
    app = at_the_form()
    app.button(key="send").click().run()
    (tried,) = store.contributions(TRIED)
    change(store, stage="open")
    begin(store)
    app.run()
    assert told(app) == [OVER]
    tell_who(app)
    answer(app).set_value("Davvero.")
    app.button(key="send").click().run()
    (kept,) = store.contributions(TRIED)
    assert (kept.id != tried.id, kept.version) == (True, 1)


@pytest.mark.parametrize("again", [False, True], ids=["first", "once more"])
def test_a_sending_that_waits_for_the_opening_is_not_kept(
    store: Store, trial: Workshop, again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page looked while it was still a trial; the store was busy erasing it."""
    app = at_the_form()
    if again:
        app.button(key="send").click().run()
        app.button(key="correct").click().run()
        answer(app).set_value("Ancora per prova.")
    adds = SqlStore.add

    def waits(self: SqlStore, *sent: Any, **named: Any) -> None:
        monkeypatch.setattr(SqlStore, "add", adds)
        change(store, stage="open")
        adds(self, *sent, **named)

    monkeypatch.setattr(SqlStore, "add", waits)
    app.button(key="send").click().run()
    assert told(app) == [OVER]
    assert list(store.contributions(TRIED)) == []
    assert "start-anew" in {button.key for button in app.button}
    assert "draft" not in app.session_state


def test_asking_less_ends_what_was_begun_too(store: Store, trial: Workshop, milan: Plan) -> None:
    app = at_the_form()
    change(store, plan=asking(milan, ["solitudini"], list(milan.guides)))
    app.button(key="send").click().run()
    assert told(app) == [OVER]
    assert list(store.contributions(TRIED)) == []


def test_the_dots_of_a_trial_are_not_those_of_the_vote_that_follows(store: Store, trial: Workshop) -> None:
    """Votes are numbered from one again, and may be about the same things."""
    app = come(VOTE)
    app.radio[0].set_value("terzo_settore")
    app.button(key="continue").click().run()
    app.button_group[0].set_value(2).run()
    app.button(key="send-vote-b1").click().run()
    assert len(store.votes(WORD)) == 1
    change(store, stage="open")
    begin(store)
    app.run()
    assert told(app) == [OVER]
    app.radio[0].set_value("terzo_settore")
    app.button(key="continue").click().run()
    assert [group.value for group in app.button_group] == [0, 0]
    assert list(store.votes(WORD)) == []


def test_whoever_had_begun_nothing_is_told_nothing(store: Store, trial: Workshop) -> None:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20).run()
    change(store, stage="open")
    app.query_params["workshop"] = WORD
    app.switch_page(ANSWER).run()
    assert not told(app)


def test_a_second_device_of_the_trial_sends_nothing_either(
    store: Store, trial: Workshop, milan: Plan
) -> None:
    part = Part("solitudini", (Reply("solitudini", "visioni", "Per prova."),))
    speaker, sending = Speaker("terzo_settore", workshop=WORD), Sending("c1", TRIED, NOON)
    send(store, speaker, part, sending, "", begun_in=1)
    change(store, stage="open")
    with pytest.raises(ErasedContribution):
        send(store, speaker, part, sending, "", begun_in=1)
    begin(store)
    now = replace(sending, id="c2", erased_trials=1)
    assert send(store, speaker, part, now, "", begun_in=1).version == 1
    on = Room.after(trial, store.steps(WORD)).ballots["b1"].ballot
    cast = vote(milan, on, WORD, "c1", "terzo_settore", "", NOON, {"Casa": 2})
    with pytest.raises(ErasedContribution):
        store.vote(cast, 0)
    assert [one.id for one in store.contributions(TRIED)] == ["c2"]
