"""Preparing: nothing is lost, nothing overwritten, and what cannot be taken back is asked twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from consultation.ballot import Ballot, Vote
from consultation.contribution import Contribution, Rating, Reply
from consultation.edition import Place, inviting, reworded
from consultation.errors import BrokenDates
from consultation.language import Language, Wording
from consultation.occasion import Consultation
from consultation.opening import EXAMPLE
from consultation.permissions import Role
from consultation.plan import Plan
from consultation.steps import Note, OpenBallot, OpenRound, Step
from consultation.stores import Store
from consultation.stores.sql import SqlStore
from consultation.workshop import Round, Table, Workshop
from pages.facilitator.prepare_dates import moment
from pages.frame.sitemap import PREPARE
from pages.frame.staff_link import PARAMETER, STAFF_LINK
from tests.conftest import PROJECT

MILAN = "milano-welfare"
DRAFT = "prova"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
IT = Language("it").say
COUNT = Language("it").count
EVENING = Workshop(
    "KMPQRS", DRAFT, "Una sera", (Round("solitudini"), Round("protezione")), (Table("TAVUNA", "Tavolo 1"),)
)


def come(*roles: Role) -> AppTest:
    """The page, in a browser of somebody who has these roles."""
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=20)
    if roles:
        link = STAFF_LINK.invite(set(roles), "http://localhost:8501")
        app.query_params[PARAMETER] = link.partition(f"?{PARAMETER}=")[2]
    return app.run().switch_page(PREPARE).run()


@pytest.fixture
def draft(store: Store, milan: Plan) -> Consultation:
    """A draft beside the shipped consultations, with a workshop in two rounds."""
    kept = Consultation(DRAFT, milan, "draft", pilot=True)
    store.add_consultation(kept)
    store.add_workshop(EVENING)
    return kept


@pytest.fixture
def app(store: Store, draft: Consultation) -> AppTest:
    """A facilitator's page, at the draft."""
    return at(come("facilitator"), DRAFT)


def at(app: AppTest, consultation: str, part: str = "stage") -> AppTest:
    app.session_state["consultation"] = consultation
    app.run()
    return app.segmented_control(key="typed/prepare-part").set_value(part).run()


def tap(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def keys(app: AppTest) -> set[str]:
    return {str(button.key) for button in app.button}


def problems(app: AppTest) -> str:
    return " ".join(str(error.value).replace("\\", "") for error in app.error)


def done(app: AppTest) -> str:
    return " ".join(str(success.value).replace("\\", "") for success in app.success)


def words(app: AppTest) -> str:
    """Everything that is written on the page."""
    elements = [*app.markdown, *app.text, *app.subheader, *app.header, *app.info, *app.warning]
    return " ".join(str(element.value).replace("\\", "") for element in elements)


def said(name: str = "c1", where: str = DRAFT, **more: object) -> Contribution:
    return Contribution(
        name, 1, where, "municipi", "quotable_with_group", NOON,
        replies=(Reply("solitudini", "visioni", "Più luoghi."),),
        ratings=(Rating("solitudini-1", "urgency", 5),),
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def tried_out(store: Store) -> None:
    """Two contributions, one of them in the workshop, with a vote and a note."""
    store.add(said(), said("c2", workshop=EVENING.word))
    uno = Ballot("b1", "dots", "Da dove?", ("uno", "due"), 1, 1)
    store.act(EVENING.word, Step(OpenBallot(uno), NOON), 0)
    store.vote(Vote(EVENING.word, "b1", "c2", "municipi", "", NOON, (("uno", 1),)))
    store.act(EVENING.word, Step(Note("harvest", "Provato."), NOON), 1)


# ── who comes here ────────────────────────────────────────────────────────


@pytest.mark.parametrize("roles", [(), ("participant",), ("analyst",)])
def test_who_does_not_prepare_is_told_so_and_sees_nothing(store: Store, roles: tuple[Role, ...]) -> None:
    """Not the example either, whose every other page is open."""
    app = come(*roles)
    assert problems(app) == IT(
        "This page is for staff. Their link is in the window where Alleanza was started."
    )
    assert not app.title
    assert not [*app.selectbox, *app.text_input, *app.segmented_control]


def test_a_facilitator_meets_no_control_of_an_analyst(app: AppTest) -> None:
    pages = {link.proto.page for link in app.get("page_link")}
    assert pages == {"", "prepara", "conduci"}


def test_the_example_is_looked_at_and_not_changed(app: AppTest) -> None:
    for part in ("stage", "questions", "workshops", "invitations"):
        shown = at(app, EXAMPLE, part)
        assert not shown.exception
        assert keys(shown) <= {"turn_language", "new"}
        fields = [*shown.text_area, *shown.checkbox, *shown.number_input]
        assert all(field.disabled for field in fields)


def test_what_is_prepared_first_is_something_that_can_be_changed(store: Store, draft: Consultation) -> None:
    store.add(said("e1", EXAMPLE))  # answered last
    app = come("facilitator")
    assert app.selectbox[0].value in (MILAN, DRAFT)


# ── a new consultation ────────────────────────────────────────────────────


def begin(app: AppTest, source: str, title: str) -> AppTest:
    tap(app, "new")
    app.selectbox(key="typed/new-source").set_value(source).run()
    app.text_input(key="typed/new-it").set_value(title).run()
    return app


def test_a_new_consultation_begins_as_a_draft_under_an_id_of_its_own(app: AppTest, store: Store) -> None:
    for fresh in ("la-citta-che-viene", "la-citta-che-viene-2"):
        begin(app, f"plan/{MILAN}", "La città che viene")
        app.text_input(key="typed/new-en").set_value("The city to come").run()
        tap(app, "begin-draft")
        assert IT("The draft is begun. Look through what it asks under “Questions and words”.") in done(app)
        made = store.consultation(fresh)
        assert (made.stage, made.pilot, made.id) == ("draft", False, made.plan.id)
        assert made.plan.title == Wording("La città che viene", "The city to come")
        assert app.selectbox[0].value == fresh  # and it is the one looked at


def test_a_copy_asks_in_the_words_of_now_and_invites_nobody_yet(
    app: AppTest, store: Store, draft: Consultation
) -> None:
    mended = reworded(draft.plan, {Place("guide", "visioni", "heading"): Wording("Che cosa vedi")})
    store.change(draft, draft.reworded(inviting(mended, {"municipi": 9})), NOON)
    tap(begin(app, f"consultation/{DRAFT}", "Di nuovo"), "begin-draft")
    made = store.consultation("di-nuovo").plan
    assert made.guides["visioni"].heading == Wording("Che cosa vedi")
    assert made.groups["municipi"].invited is None


def test_a_plan_file_that_is_none_is_told_and_the_title_stays(
    app: AppTest, store: Store, milan: Plan
) -> None:
    begin(app, "file", "Da un file")
    assert IT("Choose the plan file first.") in problems(tap(app, "begin-draft"))
    for broken, told in ((b"id = 3", "strategic_questions"), ("città".encode("latin-1"), "piano.toml")):
        app.file_uploader(key="new-file").set_value(("piano.toml", broken, "text/plain")).run()
        assert told in problems(tap(app, "begin-draft"))
        assert app.text_input(key="typed/new-it").value == "Da un file"
    good = b"\xef\xbb\xbf" + milan.source.encode()
    app.file_uploader(key="new-file").set_value(("piano.toml", good, "text/plain")).run()
    tap(app, "begin-draft")
    assert store.consultation("da-un-file").plan.questions == milan.questions


def test_without_a_title_nothing_is_begun(app: AppTest, store: Store) -> None:
    before = store.consultations()
    assert problems(tap(begin(app, f"plan/{MILAN}", "  "), "begin-draft"))
    assert problems(tap(begin(tap(app, "no-new"), f"plan/{MILAN}", "x" * 201), "begin-draft"))
    assert store.consultations() == before


# ── its stage ─────────────────────────────────────────────────────────────


def test_opening_a_draft_asks_again_and_says_what_it_erases(app: AppTest, store: Store) -> None:
    tried_out(store)
    tap(app.run(), "stage-open")
    assert store.consultation(DRAFT).stage == "draft"
    assert COUNT("1 contribution", "{n} contributions", 2) in words(app)
    assert COUNT("1 vote", "{n} votes", 1) in words(app)
    tap(app, f"no-stage-{DRAFT}")
    assert len(store.contributions(DRAFT)) == 2
    tap(tap(app, "stage-open"), f"yes-stage-{DRAFT}")
    assert store.consultation(DRAFT).stage == "open"
    assert not store.contributions(DRAFT)
    assert not store.steps(EVENING.word)
    assert not store.votes(EVENING.word)
    assert not app.error


def test_a_closing_by_accident_is_taken_back_and_nothing_is_lost(app: AppTest, store: Store) -> None:
    store.add(said("m", MILAN))
    at(app, MILAN)
    tap(app, "stage-closed")
    assert store.consultation(MILAN).stage == "closed"
    assert IT("Open it again: people can answer").partition(":")[0] in done(app)
    tap(app, "stage-open")
    assert store.consultation(MILAN).stage == "open"
    tap(tap(app, "stage-paused"), "stage-open")
    assert store.consultation(MILAN).stage == "open"
    assert len(store.contributions(MILAN)) == 1


def test_ending_a_trial_keeps_what_was_said_in_it(app: AppTest, store: Store) -> None:
    tried_out(store)
    tap(app, "trial")
    assert not store.consultation(DRAFT).pilot
    assert len(store.contributions(DRAFT)) == 2
    tap(app, "trial")
    assert store.consultation(DRAFT).pilot


def test_whoever_taps_on_an_old_picture_changes_nothing(app: AppTest, store: Store) -> None:
    """Somebody else has closed it; a pause would open a way back that nobody meant."""
    at(app, MILAN)
    seen = store.consultation(MILAN)
    store.change(seen, replace(seen, stage="closed"), NOON)
    tap(app, "stage-paused")
    assert IT(
        "Somebody else has changed the consultation meanwhile: look at it again, then make your change."
    ) in problems(app)
    assert store.consultation(MILAN).stage == "closed"
    assert "stage-open" in keys(app)  # and now it is shown as it is


# ── its dates ─────────────────────────────────────────────────────────────


def date(app: AppTest, bound: str, day: str, hour: str) -> None:
    app.radio(key=f"typed/dates/{DRAFT}/{bound}").set_value(True).run()
    app.text_input(key=f"typed/dates/{DRAFT}/{bound}-day").set_value(day).run()
    app.text_input(key=f"typed/dates/{DRAFT}/{bound}-hour").set_value(hour).run()


def test_dates_are_kept_as_moments_of_this_computers_clock_and_taken_away_again(
    app: AppTest, store: Store
) -> None:
    date(app, "opens", "1/3/2027", "9")
    date(app, "closes", "14.3.2027", "18.30")
    tap(app, "keep-dates")
    kept = store.consultation(DRAFT)
    assert kept.opens == datetime(2027, 3, 1, 9).astimezone()
    assert kept.closes == datetime(2027, 3, 14, 18, 30).astimezone()
    assert app.text_input(key=f"typed/dates/{DRAFT}/closes-day").value == "14/03/2027"
    app.radio(key=f"typed/dates/{DRAFT}/opens").set_value(False).run()
    tap(app, "keep-dates")
    assert store.consultation(DRAFT) == replace(kept, opens=None)


@pytest.mark.parametrize(("day", "hour"), [("31/2/2027", "9:00"), ("domani", "9:00"), ("1/3/2027", "25:00")])
def test_a_day_that_is_none_is_told_and_stays_in_its_field(
    app: AppTest, store: Store, day: str, hour: str
) -> None:
    date(app, "closes", day, hour)
    tap(app, "keep-dates")
    assert day in problems(app)
    assert app.text_input(key=f"typed/dates/{DRAFT}/closes-day").value == day
    assert store.consultation(DRAFT).closes is None


def test_it_does_not_close_before_it_opens(app: AppTest, store: Store) -> None:
    date(app, "opens", "2/3/2027", "9:00")
    date(app, "closes", "1/3/2027", "9:00")
    assert IT("It would close before it opens: choose a later closing day.") in problems(
        tap(app, "keep-dates")
    )


def test_what_a_second_editor_typed_stays_and_is_kept_at_the_next_tap(
    app: AppTest, store: Store, draft: Consultation
) -> None:
    date(app, "closes", "1/3/2027", "9:00")
    store.change(draft, draft.between(NOON, None), NOON)
    assert problems(tap(app, "keep-dates"))
    assert store.consultation(DRAFT).closes is None
    assert app.text_input(key=f"typed/dates/{DRAFT}/closes-day").value == "1/3/2027"
    tap(app, "keep-dates")
    kept = store.consultation(DRAFT)
    assert (kept.opens, kept.closes) == (NOON, datetime(2027, 3, 1, 9).astimezone())


def test_a_change_of_ones_own_elsewhere_is_nobody_elses(app: AppTest, store: Store) -> None:
    date(app, "closes", "1/3/2027", "9:00")
    tap(tap(app, "trial"), "keep-dates")
    assert not app.error
    assert store.consultation(DRAFT).closes is not None


def test_an_open_consultation_past_its_end_says_that_it_takes_no_answers(app: AppTest, store: Store) -> None:
    seen = store.consultation(MILAN)
    now = datetime.now(UTC)
    for opens, closes in ((None, now - timedelta(days=1)), (now + timedelta(days=1), None)):
        changed = replace(seen, opens=opens, closes=closes)
        store.change(seen, changed, NOON)
        seen = changed
        assert len(at(app, MILAN).warning) == 1


@pytest.mark.parametrize("hour", ["9", "9:00", "09.00", " 9,00 "])
def test_hours_are_read_as_people_write_them(hour: str) -> None:
    assert moment(" 1-3-2027", hour) == datetime(2027, 3, 1, 9).astimezone()


@pytest.mark.parametrize(
    ("day", "hour"), [("", ""), ("1/3/27", "9"), ("0/1/2027", "9"), ("1/1/2027", "9:60")]
)
def test_what_is_no_moment_is_refused(day: str, hour: str) -> None:
    with pytest.raises(BrokenDates):
        moment(day, hour)


# ── its words ─────────────────────────────────────────────────────────────

HEADING = Place("guide", "visioni", "heading")


def field(place: Place, code: str = "it", where: str = DRAFT) -> str:
    return "typed/words/" + "/".join((where, *place, code))


def at_words(app: AppTest, part: str, where: str = DRAFT) -> AppTest:
    at(app, where, "questions")
    box = next(box for box in app.selectbox if str(box.key).startswith("typed/words-part"))
    return box.set_value(part).run()


def write(app: AppTest, key: str, text: str) -> None:
    fields = [*app.text_input, *app.text_area]
    next(one for one in fields if one.key == key).set_value(text).run()


def written(app: AppTest, key: str) -> object:
    return next(one.value for one in [*app.text_input, *app.text_area] if one.key == key)


def test_one_part_of_the_plan_is_on_the_screen_at_a_time(app: AppTest) -> None:
    at_words(app, "question/solitudini")
    shown = {str(one.key) for one in [*app.text_input, *app.text_area] if "words/" in str(one.key)}
    assert field(Place("question", "solitudini", "title")) in shown
    assert field(Place("objective", "solitudini-1", "short"), "en") in shown
    assert not [key for key in shown if "protezione" in key or "/guide/" in key]


def test_typed_words_stay_through_other_parts_until_they_are_kept(app: AppTest, store: Store) -> None:
    at_words(app, "guide")
    write(app, field(HEADING), "Che cosa vedi")
    at_words(at(app, DRAFT, "workshops"), "plan")
    assert COUNT("1 text is changed and not kept yet: {what}.", "", 1, what="")[:20] in words(app)
    tap(app, "keep-words")
    assert store.consultation(DRAFT).plan.guides["visioni"].heading.it == "Che cosa vedi"


def test_whoever_takes_part_in_the_same_tab_empties_no_words_of_the_plan(
    app: AppTest, store: Store, milan: Plan
) -> None:
    at_words(app, "guide")
    write(app, field(HEADING), "Che cosa vedi")
    at(app, DRAFT)
    for name in [name for name in app.session_state if name.startswith("typed/words/")]:
        del app.session_state[name]  # as beginning a new contribution does
    at_words(app, "guide")
    assert written(app, field(HEADING)) == milan.guides["visioni"].heading.it
    assert written(app, field(HEADING, "en")) == milan.guides["visioni"].heading.en
    assert store.consultation(DRAFT).plan == milan
    assert IT("The words are as they were: there was nothing to keep.") in done(tap(app, "keep-words"))


def test_words_let_go_are_those_that_stand(app: AppTest, store: Store, milan: Plan) -> None:
    at_words(app, "guide")
    write(app, field(HEADING), "Che cosa vedi")
    tap(app, "leave-words")
    assert written(app, field(HEADING)) == milan.guides["visioni"].heading.it
    tap(app, "keep-words")
    assert store.consultation(DRAFT).wording == 1


@pytest.mark.parametrize("text", ["", "x" * 201])
def test_words_that_do_not_fit_are_told_and_stay_in_their_field(
    app: AppTest, store: Store, text: str
) -> None:
    at_words(app, "guide")
    write(app, field(HEADING), text)
    assert problems(tap(app, "keep-words"))
    assert written(app, field(HEADING)) == text
    assert store.consultation(DRAFT).wording == 1


def test_after_the_opening_words_are_mended_and_every_version_is_told(app: AppTest, store: Store) -> None:
    store.add(said("m", MILAN))
    app.text_input(key="typed/who-conducts").set_value("Anna *R*").run()
    at_words(app, "guide", MILAN)
    assert "typed/words-part-milano-welfare-False" in {str(box.key) for box in app.selectbox}
    write(app, field(HEADING, where=MILAN), "Che cosa *vedi*")
    tap(app, "keep-words")
    kept = store.consultation(MILAN)
    assert (kept.wording, kept.stage) == (2, "open")
    assert [version.by for version in store.wordings(MILAN)] == ["", "Anna *R*"]
    assert [reply.wording for one in store.contributions(MILAN) for reply in one.replies] == [1]
    assert IT("It is: {text}", text="Che cosa *vedi*") in words(app)
    assert "Anna *R*" in words(app)


def test_versions_that_changed_no_word_are_not_listed(
    app: AppTest, store: Store, draft: Consultation
) -> None:
    store.change(draft, draft.reworded(inviting(draft.plan, {"municipi": 3})), NOON)
    at_words(app, "guide")
    assert not app.expander


def test_of_two_who_mend_different_words_both_are_kept(
    app: AppTest, store: Store, draft: Consultation
) -> None:
    at_words(app, "guide")
    write(app, field(HEADING), "Che cosa vedi")
    other = Place("guide", "visioni", "question")
    store.change(draft, draft.reworded(reworded(draft.plan, {other: Wording("Che cosa c'è?")})), NOON)
    assert written(app.run(), field(HEADING)) == "Che cosa vedi"
    assert problems(tap(app, "keep-words"))
    assert store.consultation(DRAFT).plan.guides["visioni"].heading == draft.plan.guides["visioni"].heading
    assert written(app, field(HEADING)) == "Che cosa vedi"
    assert written(app, field(other)) == "Che cosa c'è?"  # what was not typed here shows what is kept
    tap(app, "keep-words")
    kept = store.consultation(DRAFT).plan.guides["visioni"]
    assert (kept.heading.it, kept.question.it) == ("Che cosa vedi", "Che cosa c'è?")


def test_of_two_who_mend_the_same_words_the_second_is_told_which(
    app: AppTest, store: Store, draft: Consultation
) -> None:
    at_words(app, "guide")
    write(app, field(HEADING), "Il mio")
    store.change(draft, draft.reworded(reworded(draft.plan, {HEADING: Wording("Il loro")})), NOON)
    tap(app, "keep-words")
    assert IT("Guiding question {mark}: heading", mark=1) in problems(app)
    assert written(app, field(HEADING)) == "Il mio"
    assert store.consultation(DRAFT).plan.guides["visioni"].heading.it == "Il loro"


# ── what it asks ──────────────────────────────────────────────────────────


def untick(app: AppTest, *names: str) -> AppTest:
    at_words(app, "asked")
    for name in names:
        app.checkbox(key=f"typed/asked/{DRAFT}/{name}").set_value(False).run()
    return tap(app, "keep-asked")


def test_asking_fewer_erases_the_trial_only_after_asking_and_takes_rounds_away(
    app: AppTest, store: Store
) -> None:
    tried_out(store)
    untick(app, "question/solitudini")
    assert COUNT("1 contribution", "{n} contributions", 2) in words(app)
    assert "solitudini" in store.consultation(DRAFT).plan.questions
    tap(app, f"no-asked-{DRAFT}")
    assert len(store.contributions(DRAFT)) == 2
    tap(tap(app, "keep-asked"), f"yes-asked-{DRAFT}")
    assert "solitudini" not in store.consultation(DRAFT).plan.questions
    assert not store.contributions(DRAFT)
    assert not store.steps(EVENING.word)
    kept = store.workshop(EVENING.word)
    assert kept is not None
    assert kept.rounds == (Round("protezione"),)
    assert EVENING.title in done(app)  # it is said which workshop lost a round
    assert not app.exception


def test_asking_fewer_is_done_at_once_where_nothing_is_lost_and_can_be_taken_back(
    app: AppTest, store: Store
) -> None:
    untick(app, "question/opportunita", "guide/visioni")
    kept = store.consultation(DRAFT).plan
    assert "opportunita" not in kept.questions
    assert "visioni" not in kept.guides
    app.checkbox(key=f"typed/asked/{DRAFT}/guide/visioni").set_value(True).run()
    tap(app, "keep-asked")
    assert "visioni" in store.consultation(DRAFT).plan.guides


def test_nothing_can_be_asked_of_nobody(app: AppTest, store: Store, milan: Plan) -> None:
    untick(app, *(f"question/{question}" for question in milan.questions))
    assert IT("Ask at least one strategic question and one guiding question.") in problems(app)
    assert store.consultation(DRAFT).plan == milan


def test_what_an_open_consultation_asks_cannot_be_chosen_any_more(app: AppTest) -> None:
    at(app, MILAN, "questions")
    assert not app.checkbox


# ── its workshops ─────────────────────────────────────────────────────────


def at_workshops(app: AppTest) -> AppTest:
    return at(app, DRAFT, "workshops")


def evening(store: Store) -> Workshop:
    kept = store.workshop(EVENING.word)
    assert kept is not None
    return kept


@pytest.mark.parametrize("title", ["", "   ", "x" * 121])
def test_a_workshop_needs_a_title_of_bounded_length(app: AppTest, store: Store, title: str) -> None:
    at_workshops(app).text_input(key="typed/workshop-title").set_value(title).run()
    tap(app, "make-workshop")
    assert "120" in problems(app)
    assert app.text_input(key="typed/workshop-title").value == title
    assert list(store.workshops(DRAFT)) == [EVENING]


def test_a_workshop_is_made_opened_and_run(app: AppTest, store: Store) -> None:
    at_workshops(app).text_input(key="typed/workshop-title").set_value("Municipio 4, *sera*").run()
    tap(app, "make-workshop")
    made = next(w for w in store.workshops(DRAFT) if w.word != EVENING.word)
    assert made.title == "Municipio 4, *sera*"
    assert made.word in done(app)
    assert app.text_input(key="typed/workshop-title").value == ""
    assert app.selectbox(key=f"typed/choose-workshop-{made.word}").value == made.word
    app.button(key="run-this").click().run()
    assert not app.exception
    assert "Municipio 4, *sera*" in [title.value.replace("\\", "") for title in app.title]


def test_a_round_is_added_changed_moved_and_taken_away(app: AppTest, store: Store) -> None:
    tap(at_workshops(app), "add-round")
    new = f"typed/round/{EVENING.word}/0"
    assert app.selectbox(key=f"{new}/question").value == "pluralita"  # the first that no round asks
    app.number_input(key=f"{new}/minutes").set_value(0).run()
    app.checkbox(key=f"{new}/rated").set_value(False).run()
    app.checkbox(key=f"{new}/guide/visioni").set_value(False).run()
    tap(app, "keep-round")
    added = evening(store).rounds[2]
    assert (added.strategic_question, added.minutes, added.rated) == ("pluralita", 0, False)
    assert "visioni" not in added.guiding_questions
    tap(app, "up-round-3")
    assert evening(store).rounds[1] == added
    tap(app, "write-round-2")
    app.checkbox(key=f"typed/round/{EVENING.word}/2/guide/visioni").set_value(True).run()
    tap(app, "keep-round")
    assert evening(store).rounds[1] == replace(added, guiding_questions=())  # all of them: none is named
    tap(app, "remove-round-2")
    assert evening(store) == EVENING


def test_a_round_asks_something_in_words(app: AppTest, store: Store, milan: Plan) -> None:
    tap(at_workshops(app), "write-round-1")
    for guide in milan.guides:
        app.checkbox(key=f"typed/round/{EVENING.word}/1/guide/{guide}").set_value(False).run()
    tap(app, "keep-round")
    assert IT("Choose at least one guiding question for this round.") in problems(app)
    assert evening(store) == EVENING


def test_a_round_that_has_begun_stays_also_for_whoever_has_not_seen_it_begin(
    app: AppTest, store: Store
) -> None:
    at_workshops(app)
    store.act(EVENING.word, Step(OpenRound(1, 0), NOON), 0)
    tap(app, "remove-round-1")
    assert problems(app)
    assert evening(store) == EVENING
    assert not keys(app) & {"remove-round-1", "write-round-1", "down-round-1"}
    assert "remove-round-2" in keys(app)


def test_a_round_written_while_another_was_added_is_kept_in_its_place(app: AppTest, store: Store) -> None:
    tap(at_workshops(app), "write-round-2")
    app.number_input(key=f"typed/round/{EVENING.word}/2/minutes").set_value(45).run()
    theirs = replace(EVENING, rounds=(Round("pluralita"), *EVENING.rounds))
    store.change_workshop(EVENING, theirs)
    tap(app, "keep-round")
    assert IT(
        "Somebody else has changed the workshop meanwhile: look at it again, then make your change."
    ) in problems(app)
    assert evening(store) == theirs
    assert app.number_input(key=f"typed/round/{EVENING.word}/3/minutes").value == 45
    tap(app, "keep-round")
    assert evening(store).rounds == (*theirs.rounds[:2], replace(theirs.rounds[2], minutes=45))


def test_a_round_that_somebody_else_took_away_can_still_be_kept_as_a_new_one(
    app: AppTest, store: Store
) -> None:
    tap(at_workshops(app), "write-round-1")
    app.number_input(key=f"typed/round/{EVENING.word}/1/minutes").set_value(45).run()
    store.change_workshop(EVENING, replace(EVENING, rounds=(Round("pluralita"),)))
    assert problems(tap(app, "keep-round"))
    tap(app, "keep-round")
    assert evening(store).rounds == (Round("pluralita"), Round("solitudini", minutes=45))


def test_the_title_of_a_workshop_is_mended(app: AppTest, store: Store) -> None:
    at_workshops(app).text_input(key=f"typed/title/{EVENING.word}/title").set_value("Un pomeriggio").run()
    tap(app, "keep-title")
    assert evening(store) == replace(EVENING, title="Un pomeriggio")


def tables(app: AppTest, count: int) -> AppTest:
    app.number_input(key=f"typed/tables/{EVENING.word}/count").set_value(count).run()
    return tap(app, "keep-tables")


def test_tables_get_names_and_words_that_are_free_and_keep_those_they_have(
    app: AppTest, store: Store
) -> None:
    tables(at_workshops(app), 3)
    kept = evening(store).tables
    assert kept[0] == EVENING.tables[0]
    assert [table.label for table in kept[1:]] == [f"{IT('Table')} {n}" for n in (2, 3)]
    assert len({EVENING.word, *(table.word for table in kept)}) == 4
    app.text_input(key=f"typed/tables/{EVENING.word}/{kept[1].word}").set_value("Giovani").run()
    tap(app, "keep-tables")
    assert [table.label for table in evening(store).tables][1] == "Giovani"
    app.text_input(key=f"typed/tables/{EVENING.word}/{kept[2].word}").set_value("giovani").run()
    assert "giovani" in problems(tap(app, "keep-tables"))
    assert app.text_input(key=f"typed/tables/{EVENING.word}/{kept[2].word}").value == "giovani"


def test_tables_are_taken_away_only_after_asking_for_their_cards_may_be_printed(
    app: AppTest, store: Store
) -> None:
    tables(at_workshops(app), 3)
    first, second, third = evening(store).tables
    tables(app, 2)
    assert len(evening(store).tables) == 3
    tap(app, f"yes-tables-{EVENING.word}")
    assert evening(store).tables == (first, second)
    tap(tap(app, f"remove-table-{first.word}"), f"yes-table-{first.word}")
    assert evening(store).tables == (second,)
    assert store.invited(third.word) is None


def test_tables_named_while_another_was_added_keep_the_name(app: AppTest, store: Store) -> None:
    at_workshops(app).text_input(key=f"typed/tables/{EVENING.word}/TAVUNA").set_value("Giovani").run()
    theirs = replace(EVENING, tables=(*EVENING.tables, Table("TAVDUE", "Tavolo 2")))
    store.change_workshop(EVENING, theirs)
    assert problems(tap(app, "keep-tables"))
    assert evening(store) == theirs
    tap(app, "keep-tables")
    assert [table.label for table in evening(store).tables] == ["Giovani", "Tavolo 2"]


# ── whom it invites ───────────────────────────────────────────────────────


def at_invitations(app: AppTest, part: str) -> AppTest:
    at(app, DRAFT, "invitations")
    return app.segmented_control(key="typed/invitations-part").set_value(part).run()


def test_people_join_by_code_link_and_word_and_papers_are_there_to_print(app: AppTest) -> None:
    at_invitations(app, "join")
    assert EVENING.word in [text.value for text in app.text]
    papers = app.get("download_button")
    assert [one.proto.label for one in papers] == [
        IT("The poster, to print"),
        IT("The cards for the tables, to print"),
    ]
    assert all(one.proto.url and not one.proto.deferred_file_id for one in papers)  # there before the press
    assert not app.exception


def test_the_invited_are_counted_for_the_workshop_and_for_the_consultation(
    app: AppTest, store: Store
) -> None:
    store.add(said(), said("c2", workshop=EVENING.word))
    at_invitations(app, "workshop")
    app.number_input(key=f"typed/invited/{EVENING.word}/municipi").set_value(4).run()
    tap(app, f"keep-typed/invited/{EVENING.word}/place")
    assert evening(store).invited == (("municipi", 4),)
    assert any("25%" in str(text.value) for text in app.text)
    at_invitations(app, "consultation")
    app.number_input(key=f"typed/invited/{DRAFT}/municipi").set_value(4).run()
    tap(app, f"keep-typed/invited/{DRAFT}/place")
    assert store.consultation(DRAFT).plan.groups["municipi"].invited == 4
    assert any("50%" in str(text.value) for text in app.text)
    app.number_input(key=f"typed/invited/{DRAFT}/municipi").set_value(None).run()
    tap(app, f"keep-typed/invited/{DRAFT}/place")
    assert store.consultation(DRAFT).plan.groups["municipi"].invited is None


def give(app: AppTest, where: str, content: bytes) -> AppTest:
    uploader = next(
        one for one in app.file_uploader if str(one.key).startswith(f"typed/invited/{where}/list")
    )
    uploader.set_value(("elenco.csv", content, "text/csv")).run()
    return tap(app, f"count-typed/invited/{where}/list")


def test_a_list_of_people_leaves_its_counts_and_nobodys_name(app: AppTest, store: SqlStore) -> None:
    people = (
        "nome;Gruppo;e-mail\nBeatrice Zani;Municipi;bz@example.org\nUgo Zani;municipi;\nPia Rho;sindacati;\n"
    )
    at_invitations(app, "workshop")
    give(app, EVENING.word, people.encode())
    assert app.number_input(key=f"typed/invited/{EVENING.word}/municipi").value == 2
    assert not evening(store).invited  # looked at first
    tap(app, f"keep-typed/invited/{EVENING.word}/place")
    assert evening(store).invited == (("municipi", 2), ("sindacati", 1))
    kept = repr(app.session_state.to_dict())
    everything = kept + Path(store.database.name).read_bytes().decode("latin-1") + words(app) + done(app)
    assert "Zani" not in everything
    assert "elenco.csv" not in kept


def test_a_list_by_group_is_added_up_and_its_other_rows_are_told(app: AppTest, store: Store) -> None:
    at_invitations(app, "consultation")
    give(app, DRAFT, b"group,invited\nmunicipi,12\nMUNICIPI,3\nmarziani,4\nsindacati,molti\n")
    assert app.number_input(key=f"typed/invited/{DRAFT}/municipi").value == 15
    assert COUNT("1 row could not be read:", "{n} rows could not be read:", 2) in done(app)
    assert "marziani" in done(app)


@pytest.mark.parametrize("content", [b"", b"nome,settore\nUgo,municipi\n", b"PK\x03\x04xl/"])
def test_a_list_that_cannot_be_counted_is_told_by_its_own_name(app: AppTest, content: bytes) -> None:
    at_invitations(app, "workshop")
    give(app, EVENING.word, content)
    assert "elenco.csv" in problems(app)
    assert "/tmp" not in problems(app)
