"""What a participant meets, driven through its widgets: a word typed is never lost, nor kept twice."""

from __future__ import annotations

import os
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from consultation.contribution import (
    LONGEST_ANSWER,
    LONGEST_ORGANISATION,
    Contribution,
    Part,
    Rating,
    Reply,
    Sending,
    Speaker,
    contribute,
)
from consultation.errors import BrokenContribution, NotOpen, UnknownReturnCode
from consultation.language import Language
from consultation.moderation_words import policy
from consultation.occasion import Consultation
from consultation.opening import EXAMPLE
from consultation.personal_data_words import kinds_named
from consultation.plan import Plan, read_plan
from consultation.shipped import shipped_plan
from consultation.stage import Stage
from consultation.stores import Store
from consultation.stores.addresses import VARIABLE
from consultation.stores.sql import SqlStore
from consultation.workshop import Workshop
from pages.frame import store as keeping
from pages.stakeholder import opened
from pages.stakeholder.occasion import day_and_time
from pages.stakeholder.sending import send
from tests.conftest import PROJECT

MILAN = "milano-welfare"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
IT = Language("it").say
CLOSED = "This question has been closed. What you have begun can still be sent: it is marked as late."
LATE = "This came after the question was closed: it is kept, and marked as late."
TRIAL = "Trial: the opening will erase what is sent."


@pytest.fixture
def app(store: Store) -> AppTest:
    """The app, at its first screen."""
    assert os.environ[VARIABLE]
    return AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20).run()


def tell_who(app: AppTest, group: str = "terzo_settore", consent: str = "quotable_with_group") -> AppTest:
    app.radio[0].set_value(group)
    app.radio[1].set_value(consent)
    return app.button(key="continue").click().run()


def open_form(app: AppTest, question: str = "solitudini") -> AppTest:
    """From the first screen to the form of one strategic question."""
    app.button(key="start").click().run()
    tell_who(app)
    return app.button(key=f"open-{question}").click().run()


def field(app: AppTest, kind: str, ending: str):  # type: ignore[no-untyped-def]
    return next(widget for widget in getattr(app, kind) if str(widget.key).endswith(ending))


def fill(app: AppTest, text: str = "Più luoghi dove incontrarsi.") -> None:
    field(app, "button_group", "rating/solitudini-1/importance").set_value("5")
    field(app, "button_group", "rating/solitudini-1/urgency").set_value("?")
    field(app, "text_area", "text/solitudini/visioni").set_value(text)
    field(app, "button_group", "about/solitudini/visioni").set_value(["solitudini-2"])


def sent(store: Store) -> list[Contribution]:
    return list(store.contributions(MILAN))


def titles(app: AppTest) -> list[str]:
    return [title.value for title in app.title]


def told(app: AppTest) -> str:
    return " ".join(str(error.value).replace("\\", "") for error in app.error)


def texts(app: AppTest) -> list[str]:
    return [str(text.value) for text in app.text]


def test_the_first_screen_says_in_ten_words_what_this_is_and_has_three_doors(app: AppTest) -> None:
    assert len(app.columns) == 3
    assert {"start", "example"} <= {button.key for button in app.button}
    app.button(key="turn_language").click().run()
    assert [len(title.split()) for title in titles(app)] == [10]


def test_a_participant_sends_and_is_thanked_only_after_it_is_kept(app: AppTest, store: Store) -> None:
    open_form(app)
    fill(app)
    assert sent(store) == []
    app.button(key="send").click().run()
    (kept,) = sent(store)
    assert (kept.version, kept.group, kept.consent, kept.channel) == (
        1,
        "terzo_settore",
        "quotable_with_group",
        "online",
    )
    assert kept.replies == (
        Reply("solitudini", "visioni", "Più luoghi dove incontrarsi.", ("solitudini-2",)),
    )
    assert kept.ratings == (
        Rating("solitudini-1", "importance", 5),
        Rating("solitudini-1", "urgency", None),
    )
    assert store.returning(app.code[0].value).id == kept.id


def test_another_strategic_question_joins_the_same_contribution(app: AppTest, store: Store) -> None:
    open_form(app)
    fill(app)
    app.button(key="send").click().run()
    app.button(key="another").click().run()
    app.button(key="open-protezione").click().run()
    field(app, "text_area", "text/protezione/risorse").set_value("Le biblioteche.")
    app.button(key="send").click().run()
    (kept,) = sent(store)
    assert kept.version == 2
    assert [reply.text for reply in kept.replies] == ["Le biblioteche.", "Più luoghi dove incontrarsi."]


def test_sending_the_same_again_keeps_one_version(app: AppTest, store: Store) -> None:
    open_form(app)
    fill(app)
    app.button(key="send").click().run()
    app.button(key="correct").click().run()
    app.button(key="send").click().run()
    (kept,) = sent(store)
    assert [version.version for version in store.versions(kept.id)] == [1]


def test_too_long_an_answer_is_told_and_stays_in_its_box(app: AppTest, store: Store, milan: Plan) -> None:
    open_form(app)
    fill(app, "a" * (LONGEST_ANSWER + 1))
    app.button(key="send").click().run()
    assert str(LONGEST_ANSWER)[-3:] in told(app)
    assert told(app).startswith(f"**{milan.guides['visioni'].question.it}**")
    field(app, "text_area", "text/solitudini/risorse").set_value("b" * (LONGEST_ANSWER + 2))
    app.button(key="send").click().run()
    assert len(app.error) == 2
    assert f"**{milan.guides['risorse'].question.it}**" in told(app)
    assert len(field(app, "text_area", "text/solitudini/visioni").value) == LONGEST_ANSWER + 1
    assert field(app, "button_group", "rating/solitudini-1/importance").value == "5"
    assert sent(store) == []


SEEMS = (
    "There seems to be {what}: other people may read it. It is you who decides: this check is only an aid, "
    "and may be wrong."
)
PHONE = IT(SEEMS, what=kinds_named(("phone",), Language("it")))


def warned(app: AppTest) -> list[str]:
    return [str(warning.value).replace("\\", "") for warning in app.warning]


def test_a_telephone_number_is_asked_about_once_and_sent_all_the_same(app: AppTest, store: Store) -> None:
    open_form(app)
    fill(app, "Chiamatemi al 333 1234567.")
    app.button(key="send").click().run()
    assert sent(store) == []
    assert PHONE in warned(app)
    assert not any("333" in warning for warning in warned(app))
    assert field(app, "text_area", "text/solitudini/visioni").value == "Chiamatemi al 333 1234567."
    assert field(app, "button_group", "rating/solitudini-1/importance").value == "5"
    app.button(key="send").click().run()  # a second tap on the same button is no answer
    assert sent(store) == []
    app.button(key="send-visioni").click().run()
    (kept,) = sent(store)
    assert [reply.text for reply in kept.replies] == ["Chiamatemi al 333 1234567."]
    assert len(kept.ratings) == 2
    app.button(key="correct").click().run()
    assert not warned(app)
    app.button(key="send").click().run()  # the same text: asked about already
    assert "another" in {button.key for button in app.button}


def test_whoever_corrects_goes_on_writing_and_is_asked_again_only_about_what_is_left(
    app: AppTest, store: Store
) -> None:
    open_form(app)
    fill(app, "Chiamatemi al 333 1234567.")
    app.button(key="send").click().run()
    app.button(key="correct-visioni").click().run()
    assert not warned(app)
    assert field(app, "text_area", "text/solitudini/visioni").value == "Chiamatemi al 333 1234567."
    app.button(key="send").click().run()
    assert PHONE in warned(app)
    field(app, "text_area", "text/solitudini/visioni").set_value("Scrivetemi in portineria.").run()
    assert warned(app) == [IT("Nothing of that kind seems to be in it any more.")]
    app.button(key="send").click().run()
    assert [reply.text for reply in sent(store)[0].replies] == ["Scrivetemi in portineria."]


def test_each_answer_is_asked_about_and_nothing_is_sent_before_all_are_decided(
    app: AppTest, store: Store, milan: Plan
) -> None:
    open_form(app)
    fill(app, "Chiamatemi al 333 1234567.")
    field(app, "text_area", "text/solitudini/risorse").set_value("Il mio IBAN: IT60X0542811101000000123456")
    app.button(key="send").click().run()
    assert {"send-visioni", "send-risorse"} <= {button.key for button in app.button}
    assert milan.guides["risorse"].question.it in warned(app)[-1]
    app.button(key="send-visioni").click().run()
    assert sent(store) == []
    assert PHONE not in warned(app)
    app.button(key="send-risorse").click().run()
    assert len(sent(store)[0].replies) == 2


def test_what_is_allowed_is_the_text_that_was_seen(app: AppTest, store: Store) -> None:
    open_form(app)
    fill(app, "Chiamatemi al 333 1234567.")
    app.button(key="send").click().run()
    app.button(key="send-visioni").click().run()
    app.button(key="correct").click().run()
    field(app, "text_area", "text/solitudini/visioni").set_value("Chiamatemi al 333 7654321.")
    app.button(key="send").click().run()
    assert PHONE in warned(app)
    assert [reply.text for reply in sent(store)[0].replies] == ["Chiamatemi al 333 1234567."]


def test_an_empty_form_is_not_sent(app: AppTest, store: Store) -> None:
    open_form(app)
    app.button(key="send").click().run()
    assert told(app) == IT("Nothing to send yet: rate at least one objective or write one answer.")
    assert sent(store) == []


@pytest.mark.parametrize("missing", [0, 1])
def test_group_and_consent_are_asked_for_and_nothing_else_is_lost(app: AppTest, missing: int) -> None:
    app.button(key="start").click().run()
    assert [radio.value for radio in app.radio] == [None, None]  # nothing is chosen for anybody
    values = ["cittadini", "counted_only"]
    app.radio[1 - missing].set_value(values[1 - missing])
    app.text_input[0].set_value("Comitato di via Padova")
    app.button(key="continue").click().run()
    assert len(app.error) == 1
    assert app.text_input[0].value == "Comitato di via Padova"
    app.radio[missing].set_value(values[missing])
    app.button(key="continue").click().run()
    assert not app.error
    assert not app.radio


def test_too_long_a_name_is_told_and_stays_in_its_box(app: AppTest) -> None:
    app.button(key="start").click().run()
    app.text_input[0].set_value("x" * (LONGEST_ORGANISATION + 1))
    tell_who(app)
    assert str(LONGEST_ORGANISATION) in told(app)
    assert app.text_input[0].value == "x" * (LONGEST_ORGANISATION + 1)
    counted_as_it_is_kept = " x\u200d" + "x" * (LONGEST_ORGANISATION - 2) + "\x07 "
    app.text_input[0].set_value(counted_as_it_is_kept)
    app.button(key="continue").click().run()
    assert not app.error
    assert not app.radio


def test_what_is_typed_survives_other_pages_and_the_other_language(app: AppTest) -> None:
    open_form(app)
    fill(app)
    app.button(key="back").click().run()
    app.switch_page("pages/stakeholder/mine.py").run()
    app.button(key="turn_language").click().run()
    app.switch_page("pages/stakeholder/answer.py").run()
    app.button(key="open-solitudini").click().run()
    assert titles(app) == ["Loneliness"]
    assert field(app, "text_area", "text/solitudini/visioni").value == "Più luoghi dove incontrarsi."
    assert field(app, "button_group", "rating/solitudini-1/urgency").value == "?"
    assert field(app, "button_group", "about/solitudini/visioni").value == ["solitudini-2"]
    app.button(key="turn_language").click().run()
    assert titles(app) == ["Le solitudini"]
    assert field(app, "button_group", "about/solitudini/visioni").value == ["solitudini-2"]


def test_a_reminder_stands_above_every_text_box(app: AppTest, milan: Plan) -> None:
    open_form(app)
    reminder = IT("Do not write names, contact details or health conditions, yours or other people's.")
    assert [m.value for m in app.markdown].count(reminder) == len(app.text_area) == len(milan.guides)


def test_an_invitation_leads_to_its_workshop(store: Store) -> None:
    store.add_workshop(Workshop("KMPQRS", MILAN, "Municipio 2"))
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20)
    app.query_params["workshop"] = "kmpqrs"
    app.run()
    assert any("Municipio 2" in text for text in texts(app))
    tell_who(app)
    app.button(key="open-solitudini").click().run()
    fill(app)
    app.button(key="send").click().run()
    (kept,) = sent(store)
    assert (kept.channel, kept.workshop) == ("workshop", "KMPQRS")


def test_an_unknown_invitation_is_told_and_the_open_consultation_offered(store: Store) -> None:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20)
    app.query_params["workshop"] = "NOPE"
    app.run()
    assert told(app) == IT("No workshop has this invitation: check the word you were given.")
    assert not app.radio
    app.button(key=f"offer-{MILAN}").click().run()
    assert len(app.radio) == 2


def test_when_nothing_is_open_that_is_said(store: Store) -> None:
    store.add_consultation(replace(store.consultation(MILAN), stage="closed"))
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20).run()
    assert "start" not in {button.key for button in app.button}
    app.switch_page("pages/stakeholder/answer.py").run()
    assert told(app) == IT("No consultation is open at present: come back when you are invited.")
    assert not app.radio


@pytest.mark.parametrize("stage", ["paused", "closed"])
def test_what_was_begun_before_the_closing_is_kept_as_late(app: AppTest, store: Store, stage: Stage) -> None:
    open_form(app)
    fill(app)
    store.add_consultation(replace(store.consultation(MILAN), stage=stage))
    app.run()
    assert field(app, "text_area", "text/solitudini/visioni").value == "Più luoghi dove incontrarsi."
    assert [str(warning.value) for warning in app.warning] == [IT(CLOSED)]
    app.button(key="send").click().run()
    (kept,) = sent(store)
    assert {r.late for r in kept.replies} | {r.late for r in kept.ratings} == {True}
    assert store.returning(app.code[0].value).id == kept.id
    assert [str(info.value) for info in app.info] == [IT(LATE)]
    assert not {"another", "correct"} & {button.key for button in app.button}  # nothing can be begun now


def test_what_was_begun_can_be_finished_even_by_whoever_went_back(app: AppTest, store: Store) -> None:
    open_form(app)
    fill(app)
    app.button(key="back").click().run()
    app.button(key="open-protezione").click().run()
    app.button(key="back").click().run()
    store.add_consultation(replace(store.consultation(MILAN), stage="closed"))
    app.run()
    assert told(app) == IT("This consultation is not taking answers now: ask who invited you.")
    ways = [str(button.key) for button in app.button if str(button.key).startswith("open-")]
    assert ways == ["open-solitudini"]  # nothing stands in the other form
    app.button(key="open-solitudini").click().run()
    app.button(key="send").click().run()
    assert sent(store)[0].replies[0].late


def test_nothing_is_begun_in_a_closed_consultation(app: AppTest, store: Store) -> None:
    app.button(key="start").click().run()
    store.add_consultation(replace(store.consultation(MILAN), stage="closed"))
    app.run()
    assert not app.radio
    assert told(app) == IT("No consultation is open at present: come back when you are invited.")


def test_an_answer_is_tied_to_the_words_that_were_read(app: AppTest, store: Store) -> None:
    open_form(app)
    fill(app)
    before = store.consultation(MILAN)
    question = before.plan.guides["visioni"].question.it
    mended = read_plan(before.plan.source.replace(question, "Come la vedete?"))
    store.change(before, before.reworded(mended), NOON)
    app.run()
    assert f"**{question}**" in [str(m.value).replace("\\", "") for m in app.markdown]
    app.button(key="send").click().run()
    assert {r.wording for r in sent(store)[0].replies} == {1}
    app.button(key="another").click().run()
    app.button(key="open-protezione").click().run()
    assert "**Come la vedete?**" in [str(m.value).replace("\\", "") for m in app.markdown]
    field(app, "text_area", "text/protezione/visioni").set_value("Da vicino.")
    app.button(key="send").click().run()
    assert [r.wording for r in sent(store)[0].replies] == [2, 1]


# A trial, and dates


def on_trial(store: Store) -> Consultation:
    """A draft on trial beside the open consultation."""
    trial = replace(store.consultation(MILAN), id="prova", stage="draft", pilot=True)
    store.add_consultation(trial)
    return store.consultation("prova")


def banners(app: AppTest) -> list[str]:
    return [
        str(m.value).replace("\\", "") for m in app.markdown if IT(TRIAL) in str(m.value).replace("\\", "")
    ]


def test_a_trial_says_so_on_every_page_and_takes_answers(app: AppTest, store: Store) -> None:
    on_trial(store)
    app.button(key="start").click().run()
    assert not banners(app)  # a passer-by is led to what is really open
    app.query_params["consultation"] = "prova"
    app.switch_page("pages/stakeholder/answer.py").run()
    assert len(banners(app)) == 1
    tell_who(app)
    app.button(key="open-solitudini").click().run()
    fill(app)
    app.button(key="send").click().run()
    assert len(banners(app)) == 1
    assert len(store.contributions("prova")) == 1
    open_mine(app, str(app.code[0].value))
    assert len(banners(app)) == 1


def test_questions_that_a_trial_changes_meanwhile_are_not_sent_and_nothing_is_lost(
    app: AppTest, store: Store
) -> None:
    before = on_trial(store)
    app.query_params["consultation"] = "prova"
    app.switch_page("pages/stakeholder/answer.py").run()
    tell_who(app)
    app.button(key="open-solitudini").click().run()
    fill(app)
    fewer = read_plan(before.plan.source.replace('id = "visioni"', 'id = "visioni"\nasked = false'))
    store.add_consultation(before.reworded(fewer))  # what was tried stays
    app.button(key="send").click().run()
    changed = "The questions were changed while you were writing: go back to them, and open this one again."
    assert told(app) == IT(changed)
    assert field(app, "text_area", "text/solitudini/visioni").value == "Più luoghi dove incontrarsi."
    app.button(key="back").click().run()
    app.button(key="open-solitudini").click().run()
    assert not [box for box in app.text_area if str(box.key).endswith("visioni")]
    app.button(key="send").click().run()
    assert [c.ratings[0].value for c in store.contributions("prova")] == [5]


def test_before_it_opens_the_day_is_told_and_nothing_can_be_begun(app: AppTest, store: Store) -> None:
    opens = datetime(2999, 5, 3, 7, 30, tzinfo=UTC)
    store.add_consultation(replace(store.consultation(MILAN), opens=opens))
    app.run()
    assert "start" not in {button.key for button in app.button}
    when = day_and_time(opens)
    assert IT("It opens on {day} at {time}.", **when) in [
        str(m.value).replace("\\", "") for m in app.markdown
    ]
    app.switch_page("pages/stakeholder/answer.py").run()
    assert IT("This consultation opens on {day} at {time}: come back then.", **when) in told(app)
    assert not app.radio


def test_the_first_screen_says_until_when(app: AppTest, store: Store) -> None:
    closes = datetime(2999, 5, 3, 7, 30, tzinfo=UTC)
    store.add_consultation(replace(store.consultation(MILAN), closes=closes))
    app.run()
    until = IT("Open until {day} at {time}.", **day_and_time(closes))
    assert until in [str(m.value).replace("\\", "") for m in app.markdown]


# What is promised


def promised(store: Store, promise: str, privacy: str) -> None:
    """The open consultation with these texts in its plan; "" leaves one out."""
    head, _, rest = shipped_plan().source.partition("[promise]")
    body = rest[rest.index("[[strategic_questions]]") :]
    texts = {"promise": promise, "privacy": privacy}
    said = "".join(f'{key} = {{ it = """{text}""" }}\n' for key, text in texts.items() if text)
    store.add_consultation(replace(store.consultation(MILAN), plan=read_plan(f"{head}\n{said}\n{body}")))


def test_the_promise_begins_in_plain_view_and_goes_on_behind_one_tap(app: AppTest, store: Store) -> None:
    promised(
        store, "Leggiamo *tutto* in 3.5 giorni. Poi rispondiamo.\n\nA decidere è il Comune.", "Niente nomi."
    )
    app.button(key="start").click().run()
    (more,) = app.expander
    inside = [str(m.value).replace("\\", "") for m in more.markdown]
    assert inside == ["Poi rispondiamo.", "A decidere è il Comune.", f"**{IT('Your data')}**", "Niente nomi."]
    assert r"Leggiamo \*tutto\* in 3\.5 giorni\." in [str(m.value) for m in app.markdown]  # plain text


def test_without_promise_and_privacy_nothing_is_said(app: AppTest, store: Store) -> None:
    promised(store, "", "")
    app.button(key="start").click().run()
    assert not app.expander
    promised(store, "Leggiamo tutto.", "")
    app.run()
    assert not app.expander


def test_the_policy_stands_beside_the_consent(app: AppTest) -> None:
    app.button(key="start").click().run()
    assert policy(Language("it")) in [str(m.value).replace("\\", "") for m in app.markdown]


def test_the_example_door_takes_one_click(app: AppTest) -> None:
    app.button(key="example").click().run()
    assert app.session_state["consultation"] == EXAMPLE
    invented = IT("Example: every word and every figure here is invented.")
    assert any(str(m.value).replace("\\", "") == invented for m in app.markdown)


def sent_code(app: AppTest, text: str = "Più luoghi dove incontrarsi.") -> str:
    open_form(app)
    fill(app, text)
    app.button(key="send").click().run()
    return str(app.code[0].value)


def open_mine(app: AppTest, code: str) -> AppTest:
    app.switch_page("pages/stakeholder/mine.py").run()
    app.text_input(key="typed-code").set_value(code)
    return app.button(key="open-code").click().run()


def test_the_code_reads_back_what_was_said_as_plain_text(app: AppTest) -> None:
    words = "**Attenti** ![x](http://example.org/x.png) $E=mc^2$"
    open_mine(app, sent_code(app, words).lower().replace("-", " "))
    assert words in texts(app)
    assert not [m for m in app.markdown if "example.org" in str(m.value)]


def test_another_device_goes_on_with_what_was_sent(app: AppTest, store: Store) -> None:
    code = sent_code(app)
    other = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20).run()
    open_mine(other, code)
    other.button(key="go-on").click().run()
    other.switch_page("pages/stakeholder/answer.py").run()  # AppTest forgets that the app has just done so
    other.button(key="open-solitudini").click().run()
    box = field(other, "text_area", "text/solitudini/visioni")
    assert box.value == "Più luoghi dove incontrarsi."
    assert field(other, "button_group", "rating/solitudini-1/urgency").value == "?"
    box.set_value("Più luoghi, e più tempo.")
    other.button(key="send").click().run()
    assert other.code[0].value == code
    (kept,) = sent(store)
    assert (kept.version, kept.replies[0].text) == (2, "Più luoghi, e più tempo.")


def test_erasing_asks_once_more_and_forgets_everything(app: AppTest, store: Store) -> None:
    code = sent_code(app)
    open_mine(app, code)
    app.button(key="erase").click().run()
    app.button(key="keep").click().run()
    assert len(sent(store)) == 1
    app.button(key="erase").click().run()
    app.button(key="erase-for-good").click().run()
    assert sent(store) == []
    assert store.erased(MILAN) == 1
    assert app.success
    with pytest.raises(UnknownReturnCode):
        store.returning(code)
    app.switch_page("pages/stakeholder/answer.py").run()  # a new beginning, not the erased draft
    assert len(app.radio) == 2


def in_memory(app: AppTest) -> str:
    """Everything the tab still holds, the values of its widgets too."""
    kept = app.session_state._state._state  # also what a page does not show just now
    return repr([getattr(kept, field.name) for field in fields(kept)])


def test_closing_leaves_nothing_to_whoever_takes_part_next(app: AppTest, store: Store) -> None:
    code = sent_code(app)
    for _ in range(2):  # with the draft of the sending, then with the one that correcting makes
        open_mine(app, code)
        app.button(key="go-on").click().run()
        app.switch_page("pages/stakeholder/answer.py").run()
        app.button(key="open-solitudini").click().run()
        assert field(app, "text_area", "text/solitudini/visioni").value == "Più luoghi dove incontrarsi."
        app.switch_page("pages/stakeholder/mine.py").run()
        app.button(key="close").click().run()
        for secret in (code, "Più luoghi"):
            assert secret not in in_memory(app)
        app.switch_page("pages/stakeholder/answer.py").run()
        assert [radio.value for radio in app.radio] == [None, None]


@pytest.mark.parametrize("read_back", [False, True])
def test_finishing_makes_room_for_the_next_person_at_the_table(
    app: AppTest, store: Store, read_back: bool
) -> None:
    app.button(key="start").click().run()
    app.text_input[0].set_value("Comitato di via Padova")
    tell_who(app)
    app.button(key="open-solitudini").click().run()
    fill(app)
    app.button(key="send").click().run()
    code = str(app.code[0].value)
    if read_back:
        open_mine(app, code)
        app.switch_page("pages/stakeholder/answer.py").run()
    app.button(key="finish").click().run()
    assert [radio.value for radio in app.radio] == [None, None]
    assert app.text_input[0].value == ""
    for secret in (code, "Più luoghi", "via Padova"):
        assert secret not in in_memory(app)
    tell_who(app, "cittadini", "counted_only")
    app.button(key="open-solitudini").click().run()
    assert field(app, "text_area", "text/solitudini/visioni").value == ""
    fill(app, "Un'altra voce.")
    app.button(key="send").click().run()
    assert sorted(c.replies[0].text for c in sent(store)) == [
        "Più luoghi dove incontrarsi.",
        "Un'altra voce.",
    ]
    assert app.code[0].value != code


@pytest.mark.parametrize("finished", [True, False])
def test_the_first_screen_asks_whose_contribution_it_is(app: AppTest, store: Store, finished: bool) -> None:
    open_form(app)
    fill(app)
    if finished:
        app.button(key="send").click().run()
    else:
        app.button(key="back").click().run()
    app.switch_page("pages/stakeholder/welcome.py").run()
    assert "start" not in {button.key for button in app.button}
    app.button(key="go-on-here").click().run()
    app.switch_page("pages/stakeholder/answer.py").run()
    assert not app.radio
    assert bool(app.code) == finished
    app.switch_page("pages/stakeholder/welcome.py").run()
    app.button(key="start-new").click().run()
    app.switch_page("pages/stakeholder/answer.py").run()
    assert [radio.value for radio in app.radio] == [None, None]
    assert "Più luoghi" not in in_memory(app)
    app.switch_page("pages/stakeholder/welcome.py").run()
    assert "start" in {button.key for button in app.button}


def test_erasing_leaves_nothing_in_the_memory_of_the_process(
    app: AppTest, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_of: list[str] = []
    monkeypatch.setattr(keeping, "_FORGETTING", [])
    keeping.on_forget(told_of.append)
    open_mine(app, sent_code(app))
    readings = keeping._opened(keeping.address())[1]
    assert "Più luoghi" in repr(readings.of(MILAN))
    app.button(key="erase").click().run()
    assert told_of == []
    app.button(key="erase-for-good").click().run()
    assert "Più luoghi" not in repr(vars(readings))
    assert told_of == [MILAN]
    assert "Più luoghi" not in in_memory(app)


def test_what_was_erased_on_another_device_is_not_sent_again(app: AppTest, store: Store) -> None:
    sent_code(app)
    (kept,) = sent(store)
    app.button(key="another").click().run()
    app.button(key="open-protezione").click().run()
    store.erase(kept.id, NOON)
    field(app, "text_area", "text/protezione/risorse").set_value("Le biblioteche.")
    app.button(key="send").click().run()
    assert IT("This contribution was erased, so nothing can be added to it: start a new one.") in told(app)
    assert kept.id not in told(app)
    assert sent(store) == []
    assert "start-anew" in {button.key for button in app.button}
    assert "draft" not in app.session_state
    assert "biblioteche" not in in_memory(app)


def links(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def test_whoever_reloads_is_led_back_by_the_code(app: AppTest) -> None:
    asked = IT("Already sent something? Go on with your code.")
    app.button(key="start").click().run()
    assert links(app).count(asked) == 1
    tell_who(app)
    app.button(key="back-to-who").click().run()
    assert asked not in links(app)  # nobody who is known needs it
    app.button(key="continue").click().run()
    app.button(key="open-solitudini").click().run()
    fill(app)
    app.button(key="send").click().run()
    need = IT("If you reload or close this page you will need it.")
    assert any(str(m.value).endswith(need) for m in app.markdown)


def steps(app: AppTest) -> list[str]:
    return [html.proto.body for html in app.get("html") if 'data-step="' in html.proto.body]


def test_each_step_begins_at_the_top_once(app: AppTest) -> None:
    app.button(key="start").click().run()
    (asking,) = steps(app)
    app.button(key="continue").click().run()  # told what is missing: the page stays where it is
    assert steps(app) == [asking]
    tell_who(app)
    (choosing,) = steps(app)
    app.button(key="open-solitudini").click().run()
    (one,) = steps(app)
    app.button(key="back").click().run()
    app.button(key="open-protezione").click().run()
    assert len({asking, choosing, one, *steps(app)}) == 4


def test_wrong_codes_get_one_answer_that_comes_ever_later(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("pages.stakeholder.opened.sleep", pauses.append)
    answers = {told(open_mine(app, code)) for code in ("", "AAAA", "7KQM-XW4D-7KQM-XW4D-7KQM", "'; --")}
    assert len(answers) == 1
    assert pauses == sorted(set(pauses))
    assert max(opened.pause_after(n) for n in range(1000)) <= opened.LONGEST_PAUSE


class MeanwhileElsewhere(SqlStore):
    """A store in which another device sends right after each of our first readings."""

    def __init__(self, path: str, others: list[Contribution]) -> None:
        super().__init__(path)
        self.others = others

    def contribution(self, contribution_id: str) -> Contribution | None:
        found = super().contribution(contribution_id)
        if self.others:
            self.add(self.others.pop(0))
        return found


def part(question: str, text: str) -> Part:
    return Part(question, (Reply(question, "visioni", text),))


@pytest.fixture
def sending() -> Sending:
    return Sending("c1", MILAN, NOON)


def test_two_devices_that_meet_lose_nothing(store: SqlStore, milan: Plan, sending: Sending) -> None:
    speaker = Speaker("cittadini", "counted_only")
    other = contribute(milan, speaker, part("protezione", "Dal computer."), sending)
    meeting = MeanwhileElsewhere(store.database.name, [other])
    kept = send(meeting, speaker, part("solitudini", "Dal telefono."), sending, "")
    assert kept.version == 2
    assert [reply.text for reply in kept.replies] == ["Dal computer.", "Dal telefono."]
    assert store.contribution("c1") == kept
    meeting.close()


def test_a_second_tap_keeps_nothing_new(store: Store, sending: Sending) -> None:
    speaker = Speaker("cittadini", "counted_only")
    said = part("solitudini", "Una volta.")
    first = send(store, speaker, said, sending, "")
    later = replace(sending, at=datetime(2026, 11, 22, 12, 0, 9, tzinfo=UTC))
    assert send(store, speaker, said, later, "") == first
    assert len(store.versions("c1")) == 1


def test_a_change_of_consent_alone_is_kept(store: Store, sending: Sending) -> None:
    said = part("solitudini", "Una volta.")
    send(store, Speaker("cittadini", "quotable_with_group"), said, sending, "")
    assert send(store, Speaker("cittadini", "counted_only"), said, sending, "").version == 2


def test_nothing_is_kept_of_a_sending_that_fails(store: Store, sending: Sending) -> None:
    speaker = Speaker("cittadini", "counted_only")
    with pytest.raises(BrokenContribution):
        send(store, speaker, part("solitudini", "x" * (LONGEST_ANSWER + 1)), sending, "")
    with pytest.raises(NotOpen):
        send(store, speaker, part("solitudini", "x"), replace(sending, consultation=EXAMPLE), "")
    assert store.contribution("c1") is None
