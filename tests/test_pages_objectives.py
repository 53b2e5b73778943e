"""Where an analyst teaches counting: other words seen before they are kept, judgements that hold at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from consultation.codebook import Codebook
from consultation.contribution import Contribution
from consultation.language import Language
from consultation.plan import Plan, load_plan
from consultation.stores.addresses import VARIABLE
from consultation.stores.sql import SqlStore
from pages.frame.staff_link import STAFF_LINK
from tests.conftest import PROJECT
from tests.test_pages_analyst import HERE, open_page, prose, put, quoted, said, sound, titles
from tests.undoing import undo

PAGE = "pages/analyst/objectives.py"
IT = Language("it")
SAY, COUNT = IT.say, IT.count
YOUNG = "lettori-3"  # of which inhabitants speak: "bambini", "asilo", "favole", "genitori"

Staff = Callable[[], AppTest]


@pytest.fixture(scope="session")
def valdombra() -> Plan:
    (path,) = (PROJECT / "tests" / "plans").glob("*.toml")
    return load_plan(path)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlStore]:
    """The store that the app uses in this test, empty and with an identity of its own."""
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv(VARIABLE, str(path))
    opened = SqlStore(path)
    yield opened
    opened.close()


@pytest.fixture
def staff(store: SqlStore, valdombra: Plan, capsys: pytest.CaptureFixture[str]) -> Staff:
    """Opens the page at the objective about the young, as whoever came in by the staff link."""
    put(store, valdombra, *everyone(valdombra))

    def open_it() -> AppTest:
        STAFF_LINK.announce("http://localhost:8501")
        token = re.findall(r"\?staff=(\S+)", capsys.readouterr().out)[-1]
        return chosen(open_page(PAGE, token=token))

    return open_it


def everyone(plan: Plan) -> list[Contribution]:
    """Six schools on opening hours, six inhabitants on children, and three who speak of something else."""
    texts = {
        "scuole": "Servono la domenica e un orario di sera, perché di giorno è chiuso.",
        "abitanti": "I bambini dell'asilo vogliono le favole in corridoio, e i genitori un pianoforte.",
    }
    heard = [said(n, group, text, plan=plan) for n, (group, text) in enumerate(list(texts.items()) * 6)]
    return [*heard, *(said(20 + n, "abitanti", "Manca un cinema grande.", plan=plan) for n in range(3))]


def chosen(app: AppTest, objective: str = YOUNG) -> AppTest:
    return app.selectbox(key=f"typed/pick-recognised-{HERE}").select(objective).run()


def codebook(store: SqlStore) -> Codebook:
    return Codebook.after(store.decisions(HERE))


def chips(app: AppTest, name: str = "chips") -> Any:
    (found,) = [group for group in app.button_group if str(group.key).startswith(f"{name}-")]
    return found


def shown(pills: Any) -> list[str]:
    return [option.replace("\\", "") for option in pills.options]


def take_out(app: AppTest, *words: str) -> None:
    """Taps on words that are chosen."""
    chips(app).set_value([word for word in chips(app).value if word not in words]).run()


def press(app: AppTest, label: str) -> AppTest:
    """Presses the first button of this label."""
    return next(button for button in app.button if button.label == SAY(label)).click().run()


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def headings(app: AppTest) -> str:
    return " | ".join(one.value.replace("\\", "") for one in [*app.header, *app.subheader])


def proposes(now: int, then: int) -> str:
    return SAY("Answers that counting proposes: {now} now, {then} with these words.", now=now, then=then)


def to_check(n: int) -> str:
    return COUNT("{n} answer to check", "{n} answers to check", n)


# ── seed words ────────────────────────────────────────────────────────────


def test_the_finding_comes_first_and_nothing_is_checked_before_anybody_reads(staff: Staff) -> None:
    app = staff()
    assert sound(app)
    told = SAY(
        "nobody has checked any of the {total} objectives yet: what counting proposes is only proposed",
        total=5,
    )
    assert titles(app) == told[0].upper() + told[1:]
    assert len(app.dataframe[0].value) == 5
    assert to_check(6) in headings(app)


def test_each_word_tells_how_many_answers_hold_it_and_silent_ones_are_folded_away(staff: Staff) -> None:
    app = staff()
    assert shown(chips(app)) == ["bambini (6)", "asilo (6)", "favole (6)", "genitori (6)"]
    assert shown(chips(app, "silent")) == ["pediatra (0)"]
    folded = COUNT("{n} word that nobody says", "{n} words that nobody says", 1)
    assert folded in [one.label for one in app.expander]


def test_what_other_words_would_change_is_seen_before_they_are_kept_and_undone_afterwards(
    staff: Staff, store: SqlStore
) -> None:
    app = staff()
    assert proposes(6, 0) not in prose(app)
    take_out(app, "bambini", "asilo", "favole", "genitori")
    assert sound(app)
    assert proposes(6, 0) in prose(app)
    assert [one.label for one in app.expander if "esc" in one.label or "leave" in one.label] == [
        COUNT("{n} answer leaves", "{n} answers leave", 6)
    ]
    assert to_check(6) in headings(app)
    assert not codebook(store).history

    press(app, "Keep these words")
    assert sound(app)
    assert codebook(store).seeds == {YOUNG: ("pediatra",)}
    assert to_check(0) in headings(app)
    assert SAY("Not kept yet: only you see it.") not in prose(app)

    undo(app)
    assert codebook(store).seeds == {}
    assert to_check(6) in headings(app)
    assert SAY("Not kept yet: only you see it.") not in prose(app)


def test_typed_words_are_added_each_once_and_may_be_left_again(staff: Staff, store: SqlStore) -> None:
    app = staff()
    (field,) = [one for one in app.text_input if str(one.key).startswith("add-")]
    field.set_value(" Teatro ,cinema;  BAMBINI, sala  studio")
    press(app, "Add")
    added = ["Teatro", "cinema", "sala studio"]
    assert {*chips(app).value} == {"bambini", "asilo", "favole", "genitori", *added}
    shared = SAY(
        "Also of {objective}: {words}. They do not tell these two apart.",
        objective="U1 Dare spazio a chi studia e a chi si incontra",
        words="sala studio",
    )
    assert shared in prose(app)
    press(app, "Back to those in use")
    assert not {*added} & {*chips(app).value}
    assert SAY("Not kept yet: only you see it.") not in prose(app)
    assert not codebook(store).history


def test_a_word_tied_to_the_objective_is_added_by_a_tap(staff: Staff) -> None:
    app = staff()
    hint = next(button for button in app.button if button.label.startswith("\\+ "))
    word = hint.label.replace("\\", "")[2:].rsplit(" (", 1)[0]
    assert word in ("corridoio", "pianoforte")
    hint.click().run()
    assert word in chips(app).value
    assert hint.label not in labels(app)


def test_no_words_at_all_are_refused_in_words(staff: Staff, store: SqlStore) -> None:
    app = staff()
    chips(app).set_value([]).run()
    chips(app, "silent").set_value([]).run()
    assert not app.error
    press(app, "Keep these words")
    assert len(app.error) == 1
    assert not codebook(store).history
    press(app, "Those of the plan")
    assert len([*chips(app).value, *chips(app, "silent").value]) == 5


def test_words_with_signs_are_shown_as_they_are_written(staff: Staff) -> None:
    app = staff()
    (field,) = [one for one in app.text_input if str(one.key).startswith("add-")]
    field.set_value("![x](http://evil.example), :red[a] $$x$$")
    press(app, "Add")
    assert sound(app)
    assert "![x](http://evil.example)" in chips(app).value
    assert not [option for option in chips(app).options if "![" in option]
    assert not [one for one in app.markdown if "![x](http" in one.value]


# ── judgements ────────────────────────────────────────────────────────────


def precision(right: int, judged: int) -> str:
    return SAY("{right} of {judged}", right=right, judged=judged)


def test_what_is_judged_changes_the_precision_and_the_codings_and_leaves_the_queue(
    staff: Staff, store: SqlStore
) -> None:
    app = staff()
    first = next(str(button.key) for button in app.button if button.label == SAY("Right"))
    press(app, "Right")
    assert sound(app)
    assert to_check(5) in headings(app)
    assert precision(1, 1) in prose(app)
    assert first not in [button.key for button in app.button]
    press(app, "Wrong")
    assert to_check(4) in headings(app)
    assert precision(1, 2) in prose(app)
    numbers = app.dataframe[0].value
    reviewed = numbers.columns[2]
    assert numbers[reviewed].sum() == 1
    assert [*numbers.iloc[2, 1:5]] == [0, 1, 0, 4]
    assert sorted(coding.holds for coding in codebook(store).codings.values()) == [False, True]


def test_of_no_objective_counts_as_a_wrong_proposal_and_as_an_answer_of_none(
    staff: Staff, store: SqlStore
) -> None:
    app = staff()
    press(app, "Of no objective")
    assert sound(app)
    assert precision(0, 1) in prose(app)
    assert to_check(5) in headings(app)
    assert len(codebook(store).of_none) == 1
    assert tuple(codebook(store).checks(YOUNG)) == (0, 1)


def test_other_words_begin_with_no_check(staff: Staff) -> None:
    app = staff()
    press(app, "Right")
    assert precision(1, 1) in prose(app)
    take_out(app, "asilo", "genitori")
    press(app, "Keep these words")
    assert sound(app)
    assert precision(1, 1) not in prose(app)
    assert SAY("Right so far: {precision}", precision=SAY("not checked")) in prose(app)


def test_a_judgement_can_be_turned_later(staff: Staff, store: SqlStore) -> None:
    app = staff()
    press(app, "Right")
    press(app, "It is wrong")
    assert sound(app)
    assert [coding.holds for coding in codebook(store).codings.values()] == [False]
    assert precision(0, 1) in prose(app)


def test_they_can_be_read_in_other_orders(staff: Staff) -> None:
    app = staff()
    order = app.button_group(key=f"typed/order-{HERE}")
    for chosen_order in ("least_sure", "by_chance"):
        order.set_value(chosen_order).run()
        assert sound(app)
        assert labels(app).count(SAY("Right")) == 6


# ── who decides, and what is of none ──────────────────────────────────────


def test_a_visitor_sees_everything_without_the_controls(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *everyone(valdombra))
    app = chosen(open_page(PAGE))
    assert sound(app)
    assert to_check(6) in headings(app)
    assert "bambini (6)" in prose(app)
    assert len(quoted(app)) == 6
    assert all("[bambini]" in text for text in quoted(app))
    keys = [str(button.key) for button in app.button]
    assert not [key for key in keys if key.startswith(("right-", "keep-", "hint-", "undo-", "again-"))]
    assert not [group for group in app.button_group if str(group.key).startswith("chips-")]
    assert not app.text_input


def test_what_speaks_of_none_is_told_by_question_and_by_group(staff: Staff) -> None:
    app = staff()
    heading = COUNT(
        "One answer of {total} speaks of none of these objectives ({share})",
        "{n} answers of {total} speak of none of these objectives ({share})",
        3,
        total=15,
        share=SAY("{number}%", number=20),
    )
    assert heading in headings(app)
    by_group = next(table.value for table in app.dataframe if SAY("Group") in table.value.columns)
    assert [cell.split(" (")[0] for cell in by_group[SAY("Of none")]] == [
        SAY("{number} of {total}", number=0, total=6),
        SAY("{number} of {total}", number=3, total=9),
    ]


def test_few_answers_are_read_not_drawn(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *everyone(valdombra)[:3])
    app = open_page(PAGE)
    assert sound(app)
    assert len(quoted(app)) == 3
    assert not app.dataframe


def test_nobody_yet_is_told(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra)
    assert titles(open_page(PAGE)) == SAY("Nobody has answered yet")
