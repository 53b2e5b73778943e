"""New themes as people review them: named, changed, undone, counted again at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.sentences.themes_found import standing_told
from consultation.codebook import Codebook
from consultation.contribution import Contribution, Reply
from consultation.language import Language
from consultation.occasion import Consultation
from consultation.plan import Plan, load_plan
from consultation.stores.addresses import VARIABLE
from consultation.stores.sql import SqlStore
from pages.frame.staff_link import STAFF_LINK
from pages.frame.store import forget
from tests.conftest import PROJECT
from tests.test_new_themes import BUS, DOGS, SINGLE, TEETH
from tests.test_new_themes import about as ten_answers
from tests.undoing import undo

THEMES = "pages/analyst/themes.py"
HERE = "temi"
AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
IT = Language("it")
PICK = f"typed/pick-theme-{HERE}"


@pytest.fixture(scope="module")
def valdombra() -> Plan:
    (path,) = (PROJECT / "tests" / "plans").glob("*.toml")
    return load_plan(path)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlStore]:
    """The store that the app uses in this test, empty."""
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv(VARIABLE, str(path))
    opened = SqlStore(path)
    yield opened
    opened.close()


@pytest.fixture
def token(capsys: pytest.CaptureFixture[str]) -> str:
    STAFF_LINK.announce("http://localhost:8501")
    return str(re.findall(r"\?staff=(\S+)", capsys.readouterr().out)[-1])


def put(store: SqlStore, plan: Plan, *texts: str, invented: bool = True, groups: Sequence[str] = ()) -> None:
    """One participant for each text, all under one question, of these groups by turns or of all."""
    area, groups = plan.strategic_questions[0].id, groups or [group.id for group in plan.stakeholder_groups]
    store.add_consultation(Consultation(HERE, plan, "open", invented=invented))
    store.add(
        *[
            Contribution(
                id=f"c{number:03}",
                version=1,
                consultation=HERE,
                group=groups[number % len(groups)],
                consent="quotable_with_group",
                at=AT,
                replies=(Reply(area, plan.guiding_questions[0].id, text),),
                ratings=(),
            )
            for number, text in enumerate(texts)
            if text
        ]
    )


def three_subjects(store: SqlStore, plan: Plan) -> None:
    put(store, plan, *ten_answers(BUS), *ten_answers(TEETH), *ten_answers(DOGS), *SINGLE)


def open_page(token: str = "") -> AppTest:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=120)
    app.query_params["consultation"] = HERE
    if token:
        app.query_params["staff"] = token
    app.run()
    return app.switch_page(THEMES).run()


def codebook(store: SqlStore) -> Codebook:
    return Codebook.after(store.decisions(HERE))


def offered(app: AppTest) -> list[str]:
    """What the list of themes offers: how each is called, and what is told of it."""
    return list(app.selectbox(key=PICK).options)


def candidate_of(app: AppTest, words: tuple[str, ...]) -> str:
    """Opens the candidate about these words; its id."""
    (option,) = [one for one in offered(app) if one.split(",")[0] in words]
    app.selectbox(key=PICK).select(option).run()
    return str(app.selectbox(key=PICK).value)


def confirmed(app: AppTest, words: tuple[str, ...], label: str) -> None:
    """Confirms the candidate about these words."""
    candidate = candidate_of(app, words)
    app.text_input(key=f"typed/label-{candidate}").input(label)
    app.button(key=f"confirm-it-{candidate}").click().run()
    assert not app.exception
    assert not app.error


def changing(app: AppTest, theme: str, way: str) -> None:
    """Opens one of the ways to change the theme that is open."""
    assert app.selectbox(key=PICK).value == theme
    app.radio(key=f"typed/way-{theme}").set_value(way).run()


def titled(app: AppTest) -> str:
    return " ".join(one.value.replace("\\", "") for one in app.title)


def test_candidates_stand_with_their_words_their_stability_and_five_answers(
    store: SqlStore, valdombra: Plan
) -> None:
    three_subjects(store, valdombra)
    app = open_page()
    assert not app.exception
    assert len(offered(app)) == 3
    assert all(standing_told("highly_stable", IT) in option for option in offered(app))
    candidate_of(app, DOGS)
    assert len(app.text) >= 5
    assert all(any(word in one.value for word in DOGS) for one in app.text[:5])


def test_who_may_not_decide_sees_the_theme_without_a_control(store: SqlStore, valdombra: Plan) -> None:
    three_subjects(store, valdombra)
    app = open_page()
    assert candidate_of(app, TEETH)
    assert any(word in one.value for one in app.header for word in TEETH)
    assert len(app.text) >= 5
    assert not app.text_input
    assert not [one for one in app.button if str(one.key).startswith(("confirm", "aside", "do-"))]
    assert not app.radio


def test_a_candidate_is_confirmed_counted_at_once_and_undone(
    store: SqlStore, valdombra: Plan, token: str
) -> None:
    three_subjects(store, valdombra)
    app = open_page(token)
    confirmed(app, DOGS, "Cani in città")
    (theme,) = codebook(store).themes.values()
    assert (theme.id, theme.label, len(theme.members)) == ("t1", "Cani in città", 10)
    assert app.selectbox(key=PICK).value == "t1"
    assert "Cani in città" in offered(app)[0]
    assert standing_told("confirmed", IT) in offered(app)[0]
    assert not [option for option in offered(app) if option.split(",")[0] in DOGS]
    undo(app)
    assert not codebook(store).themes
    assert [option for option in offered(app) if option.split(",")[0] in DOGS]


def test_a_theme_without_a_name_is_not_kept_and_why_is_told(
    store: SqlStore, valdombra: Plan, token: str
) -> None:
    three_subjects(store, valdombra)
    app = open_page(token)
    candidate = candidate_of(app, DOGS)
    app.button(key=f"confirm-it-{candidate}").click().run()
    assert len(app.error) == 1
    assert not codebook(store).history
    assert app.selectbox(key=PICK).value == candidate


def test_set_aside_it_does_not_come_back_and_can_still_be_undone(
    store: SqlStore, valdombra: Plan, token: str
) -> None:
    three_subjects(store, valdombra)
    app = open_page(token)
    candidate = candidate_of(app, BUS)
    app.button(key=f"aside-{candidate}").click().run()
    assert len(offered(app)) == 2
    assert any(set(one.value.split(", ")) >= set(BUS) for one in app.text)
    assert any(one.value == ten_answers(BUS)[0] for one in app.text)  # read among what stands in no theme
    undo(app)
    assert len(offered(app)) == 3


def test_a_theme_is_renamed_linked_and_discarded(store: SqlStore, valdombra: Plan, token: str) -> None:
    three_subjects(store, valdombra)
    app = open_page(token)
    confirmed(app, DOGS, "Cani")

    changing(app, "t1", "rename")
    app.text_input(key="typed/rename-t1-Cani").set_value("Animali").run()
    app.button(key="do-rename-t1").click().run()
    assert codebook(store).themes["t1"].label == "Animali"
    assert "Animali" in offered(app)[0]

    changing(app, "t1", "link")
    objective = next(iter(valdombra.objectives))
    app.selectbox(key="typed/link-t1").set_value(objective).run()
    app.button(key="do-link-t1").click().run()
    assert codebook(store).themes["t1"].objective == objective
    assert not app.error

    changing(app, "t1", "discard")
    app.button(key="do-discard-t1").click().run()
    assert not codebook(store).themes
    assert app.selectbox(key=PICK).value is None


def test_a_theme_is_split_an_answer_moved_and_themes_merged(
    store: SqlStore, valdombra: Plan, token: str
) -> None:
    three_subjects(store, valdombra)
    app = open_page(token)
    confirmed(app, DOGS, "Cani")
    answers = [member.answer for member in codebook(store).themes["t1"].members]

    changing(app, "t1", "split")
    app.text_input(key="typed/split-label-t1").set_value("Veterinari").run()
    for answer in answers[:3]:
        app.checkbox(key=f"split-t1-{answer}").check().run()
    app.checkbox(key=f"split-t1-{answers[0]}").uncheck().run()
    app.button(key="do-split-t1").click().run()
    assert [member.answer for member in codebook(store).themes["t2"].members] == answers[1:3]
    assert len(codebook(store).themes["t1"].members) == 8

    app.selectbox(key=PICK).set_value("t1").run()
    changing(app, "t1", "move")
    app.selectbox(key="typed/answer-t1").set_value(answers[0])
    app.selectbox(key="typed/to-t1").set_value("t2").run()
    app.button(key="do-move-t1").click().run()
    assert codebook(store).theme_of[answers[0]] == "t2"

    changing(app, "t1", "move")
    app.selectbox(key="typed/answer-t1").set_value(answers[3])
    app.selectbox(key="typed/to-t1").set_value(None).run()
    app.button(key="do-move-t1").click().run()
    assert answers[3] not in codebook(store).theme_of

    changing(app, "t1", "merge")
    app.selectbox(key="typed/into-t1").set_value("t2").run()
    app.button(key="do-merge-t1").click().run()
    assert list(codebook(store).themes) == ["t2"]
    assert len(codebook(store).themes["t2"].members) == 9
    assert app.selectbox(key=PICK).value == "t2"
    assert not app.exception


def test_a_theme_that_lost_all_its_answers_can_still_be_opened(
    store: SqlStore, valdombra: Plan, token: str
) -> None:
    three_subjects(store, valdombra)
    app = open_page(token)
    confirmed(app, DOGS, "Cani")
    for member in codebook(store).themes["t1"].members:
        store.erase(member.answer.split("/")[0], AT)
    forget(HERE)
    app.run()
    assert not app.exception
    assert app.selectbox(key=PICK).value == "t1"
    changing(app, "t1", "discard")
    app.button(key="do-discard-t1").click().run()
    assert not codebook(store).themes


def test_no_number_of_a_group_below_the_smallest_cell_is_told(
    store: SqlStore, valdombra: Plan, token: str
) -> None:
    large, small = (group.id for group in valdombra.stakeholder_groups[:2])
    texts = [*ten_answers(BUS), *ten_answers(TEETH), *ten_answers(DOGS), *SINGLE]
    few = valdombra.rules.smallest_cell - 1
    by = [small if len(texts) - few - 10 <= n < len(texts) - 10 else large for n in range(len(texts))]
    put(store, valdombra, *texts, groups=by)  # the few all speak of dogs
    app = open_page(token)
    confirmed(app, DOGS, "Cani")
    names = {group.id: IT.pick(group.label) for group in valdombra.stakeholder_groups}
    tables = [one.value for one in app.dataframe if IT.say("Group") in one.value]
    (by_theme,) = [one for one in tables if IT.say("Participants") in one]
    assert list(by_theme[IT.say("Group")]) == [names[large]]
    (left,) = [one for one in tables if IT.say("Of none") in one]
    told = dict(zip(left[IT.say("Group")], left[IT.say("Of none")], strict=True))
    assert told[names[small]] == IT.say("too few people to tell")
    assert "%" in told[names[large]]


def test_too_few_answers_are_read_and_no_theme_is_looked_for(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *ten_answers(BUS), *ten_answers(TEETH), *ten_answers(DOGS)[:9])
    app = open_page()
    assert not app.exception
    assert "29" in titled(app)
    assert PICK not in [one.key for one in app.selectbox]
    assert all(any(word in one.value for word in (*BUS, *TEETH, *DOGS)) for one in app.text)
    assert len(app.text) == 10


def test_peoples_words_are_no_markdown(store: SqlStore, valdombra: Plan, token: str) -> None:
    payloads = [f"![p](http://evil.example) {text}" for text in ten_answers(DOGS)]
    put(store, valdombra, *ten_answers(BUS), *ten_answers(TEETH), *payloads)
    app = open_page(token)
    (option,) = [one for one in offered(app) if set(DOGS) & set(one.split(" (")[0].split(", "))]
    app.selectbox(key=PICK).select(option).run()
    candidate = app.selectbox(key=PICK).value
    app.text_input(key=f"typed/label-{candidate}").input("![x](http://evil.example)")
    app.button(key=f"confirm-it-{candidate}").click().run()
    changing(app, "t1", "split")
    written = [one.value for one in (*app.markdown, *app.header, *app.title, *app.caption)]
    written += [one.label for one in (*app.checkbox, *app.expander)]
    assert app.checkbox
    assert not [text for text in written if "](http" in text and "\\]\\(" not in text]


def test_a_real_consultation_is_for_staff(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *ten_answers(BUS), invented=False)
    app = open_page()
    assert not app.text
    assert len(app.error) == 1
