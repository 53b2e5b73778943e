"""The page of words: four ways of looking, small groups protected, and what is left out of every count."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
from pages.analyst import word_findings, words_in_context
from pages.analyst.results import results
from pages.analyst.word_findings import key_typed
from pages.analyst.words_in_context import in_one
from pages.frame.staff_link import STAFF_LINK
from pages.frame.store import forget
from tests.conftest import PROJECT
from tests.test_pages_analyst import (
    AT,
    HERE,
    PAYLOADS,
    PLAIN,
    elements,
    held_of,
    open_page,
    people,
    prose,
    put,
    quoted,
    said,
    sound,
    titles,
)

WORDS = "pages/analyst/words.py"
IT = Language("it")


@pytest.fixture(scope="module")
def plan() -> Plan:
    """A plan of another shape than Milan's: 4 groups, 2 strategic and 3 guiding questions."""
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


def as_staff(capsys: pytest.CaptureFixture[str]) -> AppTest:
    STAFF_LINK.announce("http://localhost:8501")
    token = re.findall(r"\?staff=(\S+)", capsys.readouterr().out)[-1]
    return open_page(WORDS, token=token)


def part(app: AppTest, name: str) -> AppTest:
    return app.segmented_control(key=f"words-{HERE}").set_value(name).run()


def compare(app: AppTest, kind: str) -> AppTest:
    return app.segmented_control(key=f"compare-{HERE}").set_value(kind).run()


def drawn(app: AppTest) -> int:
    return len(app.get("vega_lite_chart"))


def side(app: AppTest) -> Any:
    """The choice of the first side."""
    return next(box for box in app.selectbox if str(box.key).startswith("side-"))


def many(plan: Plan) -> list[Contribution]:
    """Twelve schools who speak of opening hours in one way, twelve inhabitants of children."""
    texts = ("orario lungo e domenica aperta", "bambini, favole e genitori")
    return [
        said(i, group, text, plan=plan)
        for i, (group, text) in enumerate(zip(["scuole", "abitanti"] * 12, texts * 12, strict=True))
    ]


# ── four ways of looking ──────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["used", "together", "compared", "context"])
def test_every_part_has_a_finding_and_says_what_is_left_out(name: str, store: SqlStore, plan: Plan) -> None:
    put(store, plan, *many(plan))
    app = part(open_page(WORDS), name)
    assert sound(app)
    assert IT.say("Words left out") in [header.value for header in app.header]


def test_words_of_the_same_answers_are_drawn_and_listed(store: SqlStore, plan: Plan) -> None:
    put(store, plan, *many(plan))
    app = part(open_page(WORDS), "together")
    assert drawn(app) == 1
    groups = [set(words.split(", ")) for words in app.dataframe[0].value.iloc[:, 1]]
    assert {"bambini", "favole", "genitori"} in groups
    app.selectbox(key=f"typed/pick-word-together-{HERE}").select("favola").run()
    assert IT.count("{n} answer uses it", "{n} answers use it", 12) in [one.value for one in app.header]
    assert all("[favole]" in text for text in quoted(app))


def test_words_that_never_meet_again_are_no_network(store: SqlStore, plan: Plan) -> None:
    put(store, plan, *(said(i, "scuole", f"parola{'abcdefghil'[i]} sola", plan=plan) for i in range(10)))
    app = part(open_page(WORDS), "together")
    assert sound(app)
    assert drawn(app) == 0
    assert titles(app) == IT.say(
        "No two of the most used words stand together more often than chance would have it."
    ).rstrip(".")


# ── two sides ─────────────────────────────────────────────────────────────


def test_a_group_is_set_against_all_the_others(store: SqlStore, plan: Plan) -> None:
    put(store, plan, *many(plan))
    app = part(open_page(WORDS), "compared")
    assert side(app).value == "scuole"
    assert drawn(app) == 1
    table = app.dataframe[0].value
    assert set(table.iloc[:, 0]) == {"orario", "lungo", "domenica", "aperta", "bambini", "favole", "genitori"}
    assert table.iloc[0, 1] == 12
    assert table.iloc[-1, 2] == 12
    assert IT.number(7) in titles(app)


def test_two_groups_are_never_one_and_the_same(store: SqlStore, plan: Plan) -> None:
    put(store, plan, *many(plan), *(said(100 + i, "librerie", "Libri e orario", plan=plan) for i in range(5)))
    app = compare(part(open_page(WORDS), "compared"), "pair")
    first, second = (box for box in app.selectbox if str(box.key).startswith("side-"))
    assert set(first.options) - set(second.options) == {plan.groups[str(first.value)].label.it}
    assert sound(app)


@pytest.mark.parametrize("kind", ["strategic_question", "guiding_question"])
def test_answers_to_a_question_are_set_against_the_others(kind: str, store: SqlStore, plan: Plan) -> None:
    two = [said(i, "scuole", "Orario lungo", "Mancano soldi", plan=plan) for i in range(12)]
    put(store, plan, *two)
    app = compare(part(open_page(WORDS), "compared"), kind)
    assert not app.exception
    if kind == "guiding_question":
        assert list(app.dataframe[0].value.iloc[:, 1]) == [12, 12, 0, 0]
    else:  # everybody has answered in one area: there is nothing to set it against
        assert not app.dataframe
        assert IT.number(plan.rules.smallest_cell) in prose(app)


@pytest.mark.parametrize(("n", "offered"), [(4, False), (5, True)])
def test_a_group_of_few_is_not_compared(n: int, offered: bool, store: SqlStore, plan: Plan) -> None:
    few = [said(100 + i, "librerie", "Libri usati", plan=plan) for i in range(n)]
    put(store, plan, *many(plan), *few)
    label = plan.groups["librerie"].label.it
    app = part(open_page(WORDS), "compared")
    assert (label in side(app).options) == offered
    assert (label in side(compare(app, "pair")).options) == offered


def test_a_group_is_not_compared_where_the_rest_are_few(store: SqlStore, plan: Plan) -> None:
    put(store, plan, *many(plan)[0::2], *(said(100 + i, "abitanti", "Favole", plan=plan) for i in range(4)))
    app = part(open_page(WORDS), "compared")
    assert not app.dataframe
    assert IT.number(plan.rules.smallest_cell) in prose(app)


def typing(app: AppTest, word: str) -> None:
    """What a browser does with a word that is not among those to choose from."""
    box = app.selectbox(key=f"context-{HERE}")
    box.options.append(word)
    box.select(word).run()


# ── where a word stands ───────────────────────────────────────────────────


def test_a_chosen_word_shows_all_its_places(store: SqlStore, plan: Plan) -> None:
    put(store, plan, *many(plan), said(90, "scuole", "Le domeniche, tutte le domeniche!", plan=plan))
    app = part(open_page(WORDS), "context")
    app.selectbox(key=f"context-{HERE}").select("domenica").run()
    lines = app.dataframe[0].value
    assert list(lines.iloc[:, 1]).count("domenica") == 12
    assert list(lines.iloc[:, 1]).count("domeniche") == 2
    assert IT.count("{n} place", "{n} places", 14) in prose(app)
    assert not quoted(app)


@pytest.mark.parametrize(("typed", "n"), [("i bambini", 12), ("BAMBINO", 12), ("castello", 0), ("!!", 0)])
def test_a_word_may_be_typed_in_any_of_its_forms(typed: str, n: int, store: SqlStore, plan: Plan) -> None:
    put(store, plan, *many(plan))
    app = part(open_page(WORDS), "context")
    typing(app, typed)
    assert sound(app)
    assert (len(app.dataframe[0].value) if app.dataframe else 0) == n
    assert typed in titles(app)


def test_a_line_opens_its_whole_answer(store: SqlStore, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    put(store, plan, *many(plan), said(90, "scuole", "Prima frase. Serve la domenica. Poi altro.", plan=plan))
    app = part(open_page(WORDS), "context")
    app.selectbox(key=f"context-{HERE}").select("domenica").run()
    rows = app.dataframe[0].value
    (at,) = (place for place, left in enumerate(rows.iloc[:, 0]) if left.startswith("Prima frase"))

    def chosen(_rows: object, *, key: str = "", **_options: object) -> dict[str, Any]:
        return {"selection": {"rows": [at] if key.startswith("lines-narrow-") else []}}

    monkeypatch.setattr("streamlit.dataframe", chosen)
    app.run()
    assert quoted(app) == ["Prima frase. Serve la [domenica]. Poi altro."]


def test_what_is_only_to_be_counted_has_no_line_for_whoever_may_not_read_it(
    store: SqlStore, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = said(90, "scuole", "Segreta domenica", consent="counted_only", plan=plan)
    put(store, plan, *many(plan), hidden)
    monkeypatch.setattr(words_in_context, "may_read_uncited", lambda *_: False)
    app = part(open_page(WORDS), "context")
    app.selectbox(key=f"context-{HERE}").select("domenica").run()
    assert len(app.dataframe[0].value) == 12
    assert "Segreta" not in app.dataframe[0].value.to_csv()
    assert IT.count("{n} participant", "{n} participants", 13).split()[0] in titles(app)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("… uno due tre quattro cinque", "rete", "di case …"), "… quattro cinque [rete] di case …"),
        (("la", "rete", ", poi"), "la [rete], poi"),
        (("L'", "anziana", ""), "L'[anziana]"),
        (("", "rete", "(tra) enti"), "[rete] (tra) enti"),
    ],
)
def test_on_a_telephone_the_word_stands_near_the_beginning(line: tuple[str, str, str], told: str) -> None:
    assert in_one(*line) == told


# ── words left out ────────────────────────────────────────────────────────


def left_out(app: AppTest, name: str) -> Any:
    return next(one for one in app.multiselect if str(one.key).startswith(f"left-out-{name}-"))


def counted(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value.iloc[:, 0])


def test_whoever_only_reads_sees_what_is_left_out_and_changes_nothing(store: SqlStore, plan: Plan) -> None:
    put(store, plan, *people(plan))
    app = open_page(WORDS)
    assert not [one for one in app.multiselect if str(one.key).startswith("left-out")]
    assert f"{IT.say('Words of the question')}: {IT.say('none')}" in prose(app)


def test_a_word_of_the_question_leaves_every_count_at_once_and_comes_back(
    store: SqlStore, plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    put(store, plan, *many(plan), invented=False)
    app = as_staff(capsys)
    assert "domenica" in counted(app)
    left_out(app, "question").select("domenica").run()
    assert not app.exception
    assert "domenica" not in counted(app)
    assert "orario" in counted(app)
    decided = Codebook.after(store.decisions(HERE))
    assert decided.question_words.added == {"domenica"}
    assert left_out(app, "question").value == ["domenica"]
    left_out(app, "question").unselect("domenica").run()
    assert "domenica" in counted(app)
    assert Codebook.after(store.decisions(HERE)).question_words.added == frozenset()


def test_a_small_word_can_be_counted_and_left_out_again(
    store: SqlStore, plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    put(store, plan, *(said(i, "scuole", "Non senza libri", plan=plan) for i in range(12)), invented=False)
    app = as_staff(capsys)
    assert counted(app) == ["libri"]
    left_out(app, "counted").select("senza").run()
    assert counted(app) == ["libri", "senza"]
    left_out(app, "counted").unselect("senza").run()
    assert counted(app) == ["libri"]
    assert not left_out(app, "function").value


def test_another_word_can_be_left_out_with_all_its_forms(
    store: SqlStore, plan: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    put(store, plan, *many(plan), said(90, "scuole", "Tante domeniche", plan=plan), invented=False)
    app = as_staff(capsys)
    left_out(app, "function").select("domenica").run()
    assert not {"domenica", "domeniche"} & set(counted(app))


# ── safe and small ────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["together", "compared", "context"])
def test_what_people_write_is_never_markup(name: str, store: SqlStore, plan: Plan) -> None:
    hostile = [said(200 + i, "scuole", text, plan=plan) for i, text in enumerate(PAYLOADS)]
    put(store, plan, *many(plan), *hostile)
    app = part(open_page(WORDS), name)
    if name == "context":
        typing(app, "orario")
        assert "evil" in app.dataframe[0].value.to_csv()
        typing(app, ":red[x] ![y](http://evil.example)")
    assert sound(app)
    for kind, content in elements(app):
        if kind not in PLAIN | {"dataframe"}:
            assert not re.search(r"!\[pixel|!\[y\]|<img|IMPORTXML\(|:red\[", content), kind


def test_too_few_answers_are_shown_themselves(store: SqlStore, plan: Plan) -> None:
    put(store, plan, *many(plan)[: plan.rules.enough_answers - 1])
    app = part(open_page(WORDS), "compared")
    assert drawn(app) == 0
    assert len(quoted(app)) == plan.rules.enough_answers - 1


def test_erased_words_leave_what_was_found_of_them(store: SqlStore, plan: Plan) -> None:
    put(store, plan, *many(plan))
    app = part(open_page(WORDS), "together")
    part(app, "compared")
    desks = (word_findings.tables(), word_findings.networks())
    assert all(held_of(desk) for desk in desks)
    store.erase("c000", AT)
    forget(HERE)
    assert not any(held_of(desk) for desk in desks)


def test_a_typed_phrase_is_found_by_the_words_it_holds(store: SqlStore, plan: Plan) -> None:
    put(store, plan, *many(plan))
    found = results(store.consultation(HERE))
    assert key_typed(found, "un orario lungo") == "orario lungo"
    assert key_typed(found, "lungo orario") == ""
