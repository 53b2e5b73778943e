"""What an analyst meets: the finding first, the words behind it, and no more than the figures carry."""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import altair as alt
import pytest
from streamlit.testing.v1 import AppTest

from analysis.charts.coverage_map import coverage_map
from analysis.findings import find
from analysis.sentences import how_resampled
from analysis.sentences.figures import joined
from analysis.views import VIEWS, priorities_view
from consultation import tables
from consultation.codebook import Codebook
from consultation.contribution import DIMENSIONS, Consent, Contribution, Rating, Reply
from consultation.language import Language
from consultation.occasion import Consultation, Stage
from consultation.plan import Plan, load_plan, read_plan
from consultation.rules import GREATEST_SEED, Rules
from consultation.shipped import open_shipped
from consultation.stores.addresses import VARIABLE
from consultation.stores.sql import SqlStore
from pages.analyst import downloads, pictures
from pages.analyst.maps import Chosen
from pages.analyst.results import MOST_KEPT, Desk, Key, Results, only, results, shipped_lexicons
from pages.analyst.results import desk as findings_desk
from pages.analyst.uses import desk as uses_desk
from pages.analyst.uses import uses
from pages.frame.plain import plain
from pages.frame.staff_link import STAFF_LINK
from pages.frame.store import Reading, forget
from tests.conftest import PROJECT

MAP, COVERAGE, WORDS, ANSWERS = PAGES = [
    f"pages/analyst/{name}.py" for name in ("priority_map", "coverage", "words", "contributions")
]
HERE = "prova"
AT = datetime(2026, 11, 1, 10, tzinfo=UTC)
IT = Language("it")
PAYLOADS = (
    "![pixel](http://evil.example/p.png) orario",
    "<img src=x onerror=alert(1)> domenica",
    '=IMPORTXML("http://evil.example") sera',
    "[link](http://evil.example) $$x$$ :red[orario] # turni",
)


@pytest.fixture(scope="session")
def valdombra() -> Plan:
    """A plan of another shape than Milan's: 2 strategic questions, 5 objectives, 3 guiding questions."""
    (path,) = (PROJECT / "tests" / "plans").glob("*.toml")
    return load_plan(path)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as it is after its first start, with the example."""
    path = tmp_path_factory.mktemp("shipped") / "store.sqlite"
    open_shipped(path).close()
    return path


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlStore]:
    """The store that the app uses in this test, empty."""
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv(VARIABLE, str(path))
    opened = SqlStore(path)
    yield opened
    opened.close()


@pytest.fixture
def example(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app's store holds what a newcomer meets."""
    path = tmp_path / "store.sqlite"
    shutil.copy(shipped, path)
    monkeypatch.setenv(VARIABLE, str(path))


def said(
    number: int,
    group: str,
    *texts: str,
    rated: int | None = 4,
    consent: Consent = "quotable_with_group",
    plan: Plan,
) -> Contribution:
    """One participant: each text under another guiding question of the first area, every rating alike."""
    area = plan.strategic_questions[0].id
    return Contribution(
        id=f"c{number:03}",
        version=1,
        consultation=HERE,
        group=group,
        consent=consent,
        at=AT,
        replies=tuple(
            Reply(area, guide.id, text) for guide, text in zip(plan.guiding_questions, texts, strict=False)
        ),
        ratings=tuple(
            Rating(objective, dimension, min(5, rated + number % 2))
            for objective in plan.objectives
            for dimension in DIMENSIONS
        )
        if rated
        else (),
    )


def people(plan: Plan, *, rated: bool = True) -> list[Contribution]:
    """Twelve participants of two groups: schools speak of opening hours, inhabitants of children."""
    texts = {
        "scuole": "Servono la domenica e un orario di sera, perché di giorno è chiuso.",
        "abitanti": "I bambini dell'asilo vogliono le favole, e i genitori anche.",
    }
    return [
        said(i, group, text, rated=(3 if rated else None), plan=plan)
        for i, (group, text) in enumerate(list(texts.items()) * 6)
    ]


def put(store: SqlStore, plan: Plan, *contributions: Contribution, invented: bool = True) -> None:
    store.add_consultation(Consultation(HERE, plan, "open", invented=invented))
    if contributions:
        store.add(*contributions)


def open_page(script: str, *, token: str = "") -> AppTest:
    app = AppTest.from_file(PROJECT / "streamlit_app.py", default_timeout=60)
    app.query_params["consultation"] = HERE
    if token:
        app.query_params["staff"] = token
    app.run()
    return app.switch_page(script).run()


def titles(app: AppTest) -> str:
    return " | ".join(_unescaped(one.value) for one in app.title)


def prose(app: AppTest) -> str:
    return " ".join(_unescaped(one.value) for one in app.markdown)


def quoted(app: AppTest) -> list[str]:
    return [str(one.value) for one in app.text]


def _unescaped(text: str) -> str:
    return text.replace("\\", "")


def sound(app: AppTest) -> bool:
    """Nothing went wrong, and there is something to read."""
    return not app.exception and not app.error and bool(app.title)


# ── who may see what ──────────────────────────────────────────────────────


@pytest.mark.parametrize("script", PAGES)
def test_a_visitor_sees_nothing_of_a_real_consultation(script: str, store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra), invented=False)
    app = open_page(script)
    assert [_unescaped(one.value) for one in app.error] == [
        IT.say("This page is for staff. Their link is in the window where Alleanza was started.")
    ]
    assert not app.title
    assert not quoted(app)
    assert not app.dataframe


@pytest.mark.parametrize("script", PAGES)
def test_staff_see_a_real_consultation(
    script: str, store: SqlStore, valdombra: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    put(store, valdombra, *people(valdombra), invented=False)
    STAFF_LINK.announce("http://localhost:8501")
    token = re.findall(r"\?staff=(\S+)", capsys.readouterr().out)[-1]
    assert sound(open_page(script, token=token))


@pytest.mark.parametrize("script", PAGES)
def test_everyone_sees_the_example_marked_as_invented(script: str, example: None) -> None:
    app = open_page(script)
    assert sound(app)
    assert IT.say("Example: every word and every figure here is invented.") in prose(app)


# ── the map ───────────────────────────────────────────────────────────────


def test_the_finding_comes_first_and_its_table_names_every_objective(
    store: SqlStore, valdombra: Plan
) -> None:
    put(store, valdombra, *people(valdombra))
    app = open_page(MAP)
    assert sound(app)
    assert len(app.dataframe[0].value) == len(valdombra.objectives)
    assert IT.count("{n} participant", "{n} participants", 12) in prose(app)


def test_a_chosen_objective_opens_its_words_with_the_deciding_ones_marked(
    store: SqlStore, valdombra: Plan
) -> None:
    put(store, valdombra, *people(valdombra))
    app = open_page(MAP)
    assert not quoted(app)
    app.selectbox(key=f"typed/pick-objective-{HERE}").select("lettori-1").run()
    assert len(quoted(app)) == 6
    assert all("[domenica]" in text.lower() for text in quoted(app))
    assert not any("bambini" in text for text in quoted(app))
    assert any(valdombra.objectives["lettori-1"].title.it in _unescaped(one.value) for one in app.header)


def test_what_is_only_to_be_counted_is_said(store: SqlStore, valdombra: Plan) -> None:
    silent = said(90, "scuole", "Aprite la domenica sera.", consent="counted_only", plan=valdombra)
    put(store, valdombra, *people(valdombra), silent)
    app = open_page(MAP)
    app.selectbox(key=f"typed/pick-objective-{HERE}").select("lettori-1").run()
    heading = " ".join(_unescaped(one.value) for one in app.subheader)
    assert IT.count("{n} of them only to be counted", "{n} of them only to be counted", 1) in heading


def test_the_group_filter_changes_who_is_counted(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra))
    app = open_page(MAP)
    app.multiselect(key=f"groups-{HERE}").select("scuole").run()
    assert IT.count("{n} participant", "{n} participants", 6) in prose(app)
    assert IT.count("{n} participant", "{n} participants", 12) not in prose(app)
    app.selectbox(key=f"typed/pick-objective-{HERE}").select("lettori-1").run()
    # all six of six: Wilson's interval of 90 %
    assert IT.say(
        "{share} of {n} who answered ({low}–{high}%)", share="100%", n="6", low="69", high="100"
    ) in prose(app)


def test_groups_too_small_to_weigh_and_silent_ones_are_named(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra), said(50, "librerie", "Un orario lungo.", plan=valdombra))
    told = prose(open_page(MAP))
    assert f"{valdombra.groups['librerie'].label.it} (1)" in told
    assert IT.say("Nobody has taken part yet for: {groups}.", groups="Volontari della lettura") in told


def test_too_few_answers_are_shown_themselves_without_a_chart(store: SqlStore, valdombra: Plan) -> None:
    few = people(valdombra, rated=False)[: valdombra.rules.enough_answers - 1]
    undecided = [
        replace(said(i, "scuole", plan=valdombra), ratings=(Rating("lettori-1", "urgency", None),))
        for i in range(90, 95)
    ]
    put(store, valdombra, *few, *undecided)
    app = open_page(MAP)
    assert sound(app)
    assert quoted(app) == [reply.text for one in few for reply in one.replies]
    assert not app.get("vega_lite_chart")
    assert IT.number(len(few)) in titles(app)


def test_nothing_is_drawn_of_a_handful_of_people(store: SqlStore, valdombra: Plan) -> None:
    four = [said(50 + i, "librerie", f"Un orario lungo, {i}.", plan=valdombra) for i in range(4)]
    put(store, valdombra, *people(valdombra), *four)
    app = open_page(MAP)
    app.multiselect(key=f"groups-{HERE}").select("librerie").run()
    assert len(quoted(app)) == 4
    assert not app.get("vega_lite_chart")
    assert not app.dataframe


def test_ratings_make_a_map_however_little_is_written(store: SqlStore, valdombra: Plan) -> None:
    silent = [said(i, group, plan=valdombra) for i, group in enumerate(["scuole", "abitanti"] * 3)]
    put(store, valdombra, *silent)
    app = open_page(MAP)
    assert sound(app)
    assert app.get("vega_lite_chart")
    app.button_group[0].set_value("themes").run()
    assert titles(app) == IT.say("There are no answers here yet.").rstrip(".")
    assert not app.get("vega_lite_chart")


def test_ratings_too_few_in_every_group_are_said_to_be_what_is_missing(
    store: SqlStore, valdombra: Plan
) -> None:
    strict = read_plan(valdombra.source.replace("smallest_group = 2", "smallest_group = 4"))
    silent = [said(i, group, plan=strict) for i, group in enumerate(["scuole", "abitanti", "librerie"] * 3)]
    put(store, strict, *silent)
    app = open_page(MAP)
    assert sound(app)
    assert IT.number(4) in titles(app)
    assert titles(app) != IT.say("There are no answers here yet.").rstrip(".")
    assert not app.get("vega_lite_chart")


def test_how_the_intervals_were_made_is_said(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra)[:6])
    app = open_page(MAP)
    assert how_resampled(True, 81, valdombra.rules, IT) in prose(app)
    store.add(*people(valdombra)[6:])
    app.run()
    assert how_resampled(False, 500, valdombra.rules, IT) in prose(app)


def test_groups_of_few_raters_are_named(store: SqlStore, valdombra: Plan) -> None:
    def of(first: int, group: str, raters: int) -> list[Contribution]:
        """Four who write, of whom only some rate."""
        return [
            said(first + i, group, "Un orario lungo.", rated=4 if i < raters else None, plan=valdombra)
            for i in range(4)
        ]

    put(store, valdombra, *of(10, "scuole", 4), *of(20, "abitanti", 2), *of(30, "librerie", 1))
    told = prose(open_page(MAP))
    labels = {group: valdombra.groups[group].label.it for group in ("abitanti", "librerie")}
    for sentence in (
        IT.say(
            "Only two voices each have rated for {groups}: their part of every interval is rough.",
            groups=labels["abitanti"],
        ),
        IT.say(
            "Too few to weigh in need and feasibility: those who rated for {groups}.",
            groups=f"{labels['librerie']} (1)",
        ),
    ):
        assert sentence in told


def test_without_ratings_the_map_is_of_what_people_speak_of(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra, rated=False))
    app = open_page(MAP)
    assert sound(app)
    assert app.get("vega_lite_chart")
    assert not app.get("button_group")  # no map to choose
    assert len(app.dataframe[0].value.columns) == 5


@pytest.mark.parametrize("script", [MAP, COVERAGE, WORDS])
def test_an_empty_consultation_says_calmly_what_to_do(script: str, store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra)
    app = open_page(script)
    assert titles(app) == IT.say("Nobody has answered yet")
    assert not app.error


def test_groups_from_which_nothing_came_say_so(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra))
    app = open_page(MAP)
    app.multiselect(key=f"groups-{HERE}").select("volontari").run()
    assert titles(app) == IT.say("Nobody has answered from here yet")


def test_an_answer_that_arrives_is_there_at_the_next_look(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra))
    app = open_page(MAP)
    store.add(said(70, "scuole", "Aprite anche di domenica.", plan=valdombra))
    app.run()
    assert IT.count("{n} participant", "{n} participants", 13) in prose(app)


def test_figures_of_a_handful_of_people_cannot_be_taken_away(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra), said(50, "librerie", "Un orario lungo.", plan=valdombra))
    app = open_page(MAP)
    assert len(app.get("download_button")) == 7
    app.multiselect(key=f"groups-{HERE}").select("scuole").select("abitanti").run()
    assert app.get("vega_lite_chart")
    assert not app.get("download_button")  # the difference would be one person


# ── the other maps, and other choices ─────────────────────────────────────


def opposed(plan: Plan) -> list[Contribution]:
    """Six of each of two groups; schools find the last objective unimportant, inhabitants the first."""
    first, *_, last = plan.objectives
    ratings = {
        (group, objective): 1 if (group, objective) in (("scuole", last), ("abitanti", first)) else 4
        for group in ("scuole", "abitanti")
        for objective in plan.objectives
    }
    return [
        replace(
            said(i, group, "Servono la domenica e un orario di sera.", plan=plan),
            ratings=tuple(
                Rating(objective, dimension, ratings[group, objective] + (i // 2) % 2)
                for objective in plan.objectives
                for dimension in DIMENSIONS
            ),
        )
        for i, group in enumerate(["scuole", "abitanti"] * 6)
    ]


@pytest.mark.parametrize("name", VIEWS)
def test_every_map_is_drawn_with_its_finding_figures_and_words(
    name: str, store: SqlStore, valdombra: Plan
) -> None:
    put(store, valdombra, *opposed(valdombra))
    app = open_page(MAP)
    app.segmented_control(key=f"map-{HERE}").set_value(name).run()
    assert sound(app)
    assert len(app.get("vega_lite_chart")) == 2  # one for a wide screen, one for a phone
    n = IT.count("{n} participant", "{n} participants", 12)
    if name == "pattern":  # each side says its own
        n = IT.say("{group}: {number} ratings per objective", group="Scuole", number="6")
    assert n in prose(app)
    app.selectbox(key=f"typed/pick-objective-{HERE}").select("lettori-1").run()
    assert not app.exception
    assert any(valdombra.objectives["lettori-1"].title.it in _unescaped(one.value) for one in app.header)


def test_an_opened_objective_shows_its_tier_and_each_group(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *opposed(valdombra))
    app = open_page(MAP)
    app.selectbox(key=f"typed/pick-objective-{HERE}").select("lettori-1").run()
    assert IT.say("at least one group rates it of little importance") in prose(app)
    assert len(app.get("vega_lite_chart")) == 3


def test_other_choices_are_told_as_a_trial_and_one_button_goes_back(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra))
    app = open_page(MAP)
    declared = prose(app)
    trial = IT.say("A trial, not the declared rules: {changes}.", changes="").split(":")[0]
    assert trial not in declared
    app.radio(key=f"typed/try-weights-{HERE}-0").set_value("one_person_one_voice").run()
    app.radio(key=f"typed/try-lines-{HERE}-0").set_value("scale").run()
    app.number_input(key=f"typed/try-seed-{HERE}-0").set_value(11).run()
    assert trial in prose(app)
    assert IT.say("every person weighs the same") in prose(app)
    against = IT.say(
        "Against the declared rules (likeness of the order τ = {tau}): {changes}.", tau="", changes=""
    )
    assert against.split("(")[0] in prose(app)
    app.button(key=f"typed/try-back-{HERE}-0").click().run()
    assert sound(app)
    assert trial not in prose(app)
    assert not [one for one in app.button if "try-back" in str(one.key)]


def test_the_greatest_seed_that_may_be_declared_can_be_tried(store: SqlStore, valdombra: Plan) -> None:
    plan = read_plan(valdombra.source.replace("seed = 7", f"seed = {GREATEST_SEED}"))
    put(store, plan, *people(plan))
    app = open_page(MAP)
    assert sound(app)
    assert app.number_input(key=f"typed/try-seed-{HERE}-0").value == GREATEST_SEED


def test_a_visitor_may_try_other_rules_and_not_declare_them(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra))
    app = open_page(MAP)
    app.radio(key=f"typed/try-lines-{HERE}-0").set_value("scale").run()
    assert IT.say("Declare these rules for everyone") not in [one.label for one in app.button]


def test_declared_rules_hold_for_everyone_and_every_map_prints_them(
    store: SqlStore, valdombra: Plan, capsys: pytest.CaptureFixture[str]
) -> None:
    put(store, valdombra, *people(valdombra), invented=False)
    STAFF_LINK.announce("http://localhost:8501")
    app = open_page(MAP, token=re.findall(r"\?staff=(\S+)", capsys.readouterr().out)[-1])
    app.radio(key=f"typed/try-lines-{HERE}-0").set_value("scale").run()
    (declare,) = [one for one in app.button if one.label == IT.say("Declare these rules for everyone")]
    declare.click().run()
    assert app.error  # a change without a reason is none
    (reason,) = [one for one in app.text_input if one.label == IT.say("Why the rules change")]
    reason.set_value("Lo chiede [il tavolo](http://example.org) :red[tecnico]")
    (declare,) = [one for one in app.button if one.label == IT.say("Declare these rules for everyone")]
    declare.click().run()
    assert sound(app)
    assert store.consultation(HERE).rules.lines == "scale"
    told = " ".join(one.value for one in app.markdown)
    assert plain("Lo chiede [il tavolo](http://example.org) :red[tecnico]") in told
    trial = IT.say("A trial, not the declared rules: {changes}.", changes="").split(":")[0]
    assert trial not in prose(app)


def test_what_other_choices_would_change_stands_below(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *opposed(valdombra))
    app = open_page(MAP)
    assert IT.say("What other choices would change") in [one.value for one in app.header]
    (lines,) = [one.value for one in app.dataframe if IT.say("If instead") in one.value]
    assert IT.say("Every person weighs the same") in list(lines[IT.say("If instead")])
    assert IT.say("no campaign was confirmed") in prose(app)


def test_who_took_part_stands_on_the_page_of_the_map(store: SqlStore, valdombra: Plan) -> None:
    invited = valdombra.source.replace('id = "volontari"', 'id = "volontari"\ninvited = 30')
    plan = read_plan(invited.replace('id = "scuole"', 'id = "scuole"\ninvited = 12'))
    put(store, plan, *people(plan))
    app = open_page(MAP)
    told = prose(app)
    assert IT.say("{group} ({n} invited)", group=plan.groups["volontari"].label.it, n="30") in told
    (by_group,) = [one.value for one in app.dataframe if IT.say("Response") in one.value]
    assert by_group.set_index(IT.say("Group"))[IT.say("Response")][plan.groups["scuole"].label.it] == "50%"


# ── the other pages ───────────────────────────────────────────────────────


def test_silent_cells_are_named_in_words(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra))
    told = prose(open_page(COVERAGE))
    for question, guides in (
        ("Lettori", ["Ostacoli", "Aiuti"]),
        ("Luoghi", ["Desideri", "Ostacoli", "Aiuti"]),
    ):
        sentence = IT.say(
            "Nobody has answered under {question}: {guides}.", question=question, guides=joined(guides, IT)
        )
        assert sentence in told


def test_a_table_of_its_cells_stands_beside_the_coverage_map(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra))
    counts, _ = (frame.value for frame in open_page(COVERAGE).dataframe)
    assert list(counts.columns[1:]) == ["Lettori", "Luoghi"]
    assert counts.iloc[:, 0].tolist() == ["Desideri", "Ostacoli", "Aiuti"]
    assert counts["Lettori"].tolist()[1:] == [0, 0]
    assert counts["Lettori"].iloc[0] > 0


def test_a_chosen_cell_opens_its_answers_of_the_chosen_group(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra))
    app = open_page(COVERAGE)
    app.selectbox(key=f"coverage-group-{HERE}").select("scuole")
    app.selectbox(key=f"typed/pick-cell-{HERE}").select("lettori/desideri").run()
    assert len(quoted(app)) == 6
    assert not any("bambini" in text for text in quoted(app))


def test_participation_lists_every_group_with_its_voices(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra))
    _, table = open_page(COVERAGE).dataframe
    assert list(table.value.iloc[:, 1]) == [6, 0, 0, 6]


def test_a_chosen_word_opens_the_answers_in_all_its_forms(store: SqlStore, valdombra: Plan) -> None:
    other = said(60, "scuole", "Le domeniche sono lunghe.", plan=valdombra)
    put(store, valdombra, *people(valdombra), other)
    app = open_page(WORDS)
    assert sound(app)
    app.selectbox(key=f"typed/pick-word-{HERE}").select("domenica").run()
    assert len(quoted(app)) == 7
    assert all("[domeni" in text for text in quoted(app))


def test_answers_are_found_by_question_group_and_words(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra), said(60, "librerie", "È più caro.", plan=valdombra))
    app = open_page(ANSWERS)
    app.text_input(key=f"search-{HERE}").set_value("e piu").run()
    assert quoted(app) == ["È più caro."]
    app.text_input(key=f"search-{HERE}").set_value("").run()
    app.selectbox(key=f"only-group-{HERE}").select("abitanti").run()
    assert len(quoted(app)) == 6
    app.text_input(key=f"search-{HERE}").set_value("domenica").run()
    assert not quoted(app)


# ── people's words are plain text ─────────────────────────────────────────

PLAIN = {"text", "arrow_data_frame", "selectbox"}


def elements(app: AppTest) -> Iterator[tuple[str, str]]:
    """The kind and the whole content of each element of the page."""
    for one in app.main:
        proto = getattr(one, "proto", None)
        if proto is not None:
            yield one.type, str(proto)


@pytest.mark.parametrize("script", PAGES)
def test_what_people_write_is_never_markup(script: str, store: SqlStore, valdombra: Plan) -> None:
    hostile = [said(200 + i, "scuole", text, plan=valdombra) for i, text in enumerate(PAYLOADS)]
    put(store, valdombra, *people(valdombra)[:4], *hostile)
    app = open_page(script)
    choices = {
        MAP: (f"typed/pick-objective-{HERE}", "lettori-1"),
        COVERAGE: (f"typed/pick-cell-{HERE}", "lettori/desideri"),
        WORDS: (f"typed/pick-word-{HERE}", "orario"),
    }
    if script in choices:
        key, value = choices[script]
        app.selectbox(key=key).select(value).run()
    shown = " ".join(quoted(app))
    assert "evil" in shown  # it is there, as text
    for kind, content in elements(app):
        if kind not in PLAIN:
            assert not re.search(r"evil\.example|<img|IMPORTXML\(|:red\[", content), kind


# ── results and choices ───────────────────────────────────────────────────


def found_in(plan: Plan, contributions: list[Contribution], stage: Stage = "closed") -> Results:
    """Results as a page has them, without a page."""
    findings = find(
        tables.answers(contributions),
        tables.ratings(contributions),
        tables.objectives(plan, IT),
        tables.groups(plan, IT),
        tables.guiding_questions(plan, IT),
        shipped_lexicons(),
        plan.rules,
    )
    consultation = Consultation(HERE, plan, stage, invented=True)
    return Results(
        consultation,
        Key(HERE, "1", (), consultation.rules),
        Reading("1", "1", tuple(contributions), Codebook.after([])),
        findings,
        0.0,
        IT,
    )


@pytest.mark.usefixtures("store")
def test_a_phrase_opens_only_the_answers_where_it_stands_together(valdombra: Plan) -> None:
    texts = ["Una sala studio aperta.", "La sala è per lo studio.", "Lo studio in una sala."]
    found = found_in(valdombra, [said(i, "scuole", text, plan=valdombra) for i, text in enumerate(texts)])
    assert list(uses(found, "sala studio")["text"]) == texts[:1]
    assert list(uses(found, "sala studio")["words"]) == ["sala studio"]


def test_the_page_to_take_away_holds_only_what_may_be_quoted(valdombra: Plan) -> None:
    secret = said(90, "scuole", "Segretissimo, la domenica sera.", consent="counted_only", plan=valdombra)
    found = found_in(valdombra, [*people(valdombra), secret])
    view = priorities_view(found.subject)
    assert view is not None
    page = downloads.page_of(found, view).decode()
    assert "Servono la" in page
    assert "Segretissimo" not in page


@pytest.mark.usefixtures("store")
def test_the_name_of_a_file_says_a_trial_and_a_choice_of_groups(valdombra: Plan) -> None:
    whole = found_in(valdombra, people(valdombra))
    declared = whole.consultation.rules

    def named(groups: tuple[str, ...], rules: Rules) -> str:
        key = Key(HERE, "1", groups, rules)
        return downloads.whose_figures(Results(whole.consultation, key, whole.read, whole.findings, 0.0, IT))

    assert named((), declared) == HERE
    assert named(("scuole",), declared) == f"{HERE}-scuole"
    assert named(("scuole",), replace(declared, seed=declared.seed + 1)) == f"{HERE}-trial-scuole"


def key(consultation: str = HERE, revision: str = "1", *groups: str) -> Key:
    return Key(consultation, revision, groups, Rules())


class Revisions:
    """In place of the store: every consultation is at the revision `now`."""

    def __init__(self, now: str) -> None:
        self.now = now

    def __call__(self, _consultation: str) -> str:
        return self.now


def test_the_desk_makes_each_thing_once_however_many_wait() -> None:
    desk: Desk[str] = Desk(Revisions("1"))
    made = []
    may_go_on = threading.Event()

    def make() -> str:
        may_go_on.wait(5)
        made.append("x")
        return "found"

    asking = [threading.Thread(target=lambda: desk.of(key(), make)) for _ in range(4)]
    for thread in asking:
        thread.start()
    may_go_on.set()
    for thread in asking:
        thread.join()
    assert made == ["x"]


def test_those_who_wait_are_given_what_was_made_though_it_is_old_by_now() -> None:
    revisions = Revisions("1")
    desk: Desk[str] = Desk(revisions)
    made = []
    begun, may_go_on = threading.Event(), threading.Event()

    def make() -> str:
        made.append("x")
        begun.set()
        assert may_go_on.wait(5)
        revisions.now = "2"
        return "found"

    asking = [threading.Thread(target=lambda: desk.of(key(), make)) for _ in range(4)]
    for thread in asking:
        thread.start()
    assert begun.wait(5)
    while desk._turns[key()].present < len(asking):
        time.sleep(0.001)
    may_go_on.set()
    for thread in asking:
        thread.join()
    assert made == ["x"]


def test_another_consultation_does_not_wait_behind_a_long_job() -> None:
    desk: Desk[str] = Desk(Revisions("1"))
    begun, may_go_on = threading.Event(), threading.Event()

    def long() -> str:
        begun.set()
        assert may_go_on.wait(5)
        return "long"

    first = threading.Thread(target=lambda: desk.of(key(), long))
    first.start()
    assert begun.wait(5)
    second = threading.Thread(target=lambda: desk.of(key("other"), lambda: "short"))
    second.start()
    second.join(2)
    assert desk.held(key("other")) is not None
    may_go_on.set()
    first.join()


def test_a_job_that_fails_leaves_the_desk_as_it_was() -> None:
    desk: Desk[str] = Desk(Revisions("1"))
    with pytest.raises(ZeroDivisionError):
        desk.of(key(), lambda: str(1 // 0))
    assert not desk._turns
    assert desk.of(key(), lambda: "found").found == "found"
    assert not desk._turns


def test_the_desk_forgets_what_was_found_before_a_change() -> None:
    revisions = Revisions("1")
    desk: Desk[str] = Desk(revisions)
    desk.of(key(revision="1"), lambda: "old")
    desk.of(key("other", "1"), lambda: "another's")
    revisions.now = "2"
    desk.of(key(revision="2"), lambda: "new")
    assert desk.held(key(revision="1")) is None
    assert desk.held(key("other", "1")) is not None


def test_what_was_begun_before_an_erasure_is_not_kept() -> None:
    revisions = Revisions("1")
    desk: Desk[str] = Desk(revisions)

    def make() -> str:
        revisions.now = "2"  # something is erased meanwhile
        desk.forget(HERE)
        return "erased words"

    assert desk.of(key(revision="1"), make).found == "erased words"
    assert desk.held(key(revision="1")) is None


def test_erased_words_leave_every_desk_at_once(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra))
    app = open_page(MAP)
    app.switch_page(WORDS).run()
    app.selectbox(key=f"typed/pick-word-{HERE}").select("domenica").run()
    desks = (findings_desk(), pictures.desk(), uses_desk())
    assert all(held_of(desk) for desk in desks)
    store.erase("c000", AT)
    forget(HERE)
    assert not any(held_of(desk) for desk in desks)


def test_a_picture_of_declared_rules_is_no_picture_of_the_same_rules_as_a_trial(
    store: SqlStore, valdombra: Plan
) -> None:
    """Whoever has not seen a declaration yet draws no note; whoever has is not given that picture."""
    put(store, valdombra, *people(valdombra))
    earlier = store.consultation(HERE)
    later = earlier.declared(replace(earlier.rules, lines="scale"), AT, "Per confronto")
    unaware = results(earlier)
    trial = only((), results(later), earlier.rules)
    assert trial.key == unaware.key

    def drawn(found: Results) -> alt.LayerChart:
        return pictures.picture(found, "map", lambda: alt.LayerChart(layer=[], title=list(found.basis.notes)))

    assert drawn(unaware) is drawn(unaware)
    assert drawn(unaware).title == []
    assert len(drawn(trial).title) == 2


def test_no_two_pairs_of_groups_are_one_picture() -> None:
    one, other = (Chosen("pattern", pair=pair) for pair in (("a", "b-c"), ("a-b", "c")))
    assert one.key != other.key


def test_what_a_map_stands_on_is_told_without_reading_the_answers_again(
    store: SqlStore, valdombra: Plan
) -> None:
    put(store, valdombra, *people(valdombra))
    found = results(store.consultation(HERE))
    assert found.basis.n_answers == len(people(valdombra))
    assert "answers" not in vars(found)


def held_of(desk: Desk[Any]) -> list[Key]:
    return [one for one in desk._kept if one.consultation == HERE]


def test_an_answer_that_arrives_while_groups_are_counted_has_its_coding_at_the_next_look(
    store: SqlStore, valdombra: Plan
) -> None:
    put(store, valdombra, *people(valdombra))
    consultation = store.consultation(HERE)
    everyone = results(consultation)
    store.add(said(70, "scuole", "Aprite anche di domenica.", plan=valdombra))
    found = only(("scuole",), everyone)
    assert found.key.revision == everyone.key.revision
    assert found.findings.n_contributions == len(found.answers) == 6
    later = only(("scuole",), results(consultation))
    assert later.findings.n_contributions == 7
    coded = set(later.findings.codings["answer_id"])
    assert set(later.answers.loc[later.answers["contribution_id"] == "c070", "answer_id"]) <= coded


def test_the_desk_is_bounded_and_keeps_what_is_looked_at() -> None:
    desk: Desk[int] = Desk(Revisions("1"))
    for number in range(MOST_KEPT + 3):
        desk.of(key(HERE, "1", str(number)), lambda: 0)
        desk.held(key(HERE, "1", "0"))
    kept = [n for n in range(MOST_KEPT + 3) if desk.held(key(HERE, "1", str(n)))]
    assert len(kept) == MOST_KEPT
    assert 0 in kept


def arriving(found: object, reading: bool) -> None:
    """A page that watches, and counts how often it was made."""
    import streamlit

    from pages.analyst.arrivals import watch

    streamlit.session_state["made"] = streamlit.session_state.get("made", 0) + 1
    watch(found, reading=reading)  # type: ignore[arg-type]


@pytest.mark.parametrize(("reading", "buttons", "made"), [(True, 1, 1), (False, 0, 2)])
def test_news_waits_for_whoever_reads_and_comes_by_itself_otherwise(
    reading: bool, buttons: int, made: int, valdombra: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = iter(["2", "1"])  # something has arrived; after that, nothing
    monkeypatch.setattr("pages.analyst.arrivals.revision", lambda _: next(marks, "1"))
    found = found_in(valdombra, people(valdombra), stage="open")
    app = AppTest.from_function(arriving, args=(found, reading)).run()
    assert not app.exception
    assert len(app.button) == buttons
    assert app.session_state["made"] == made


def test_nobody_watches_a_consultation_that_is_closed(
    valdombra: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("pages.analyst.arrivals.revision", asked.append)
    found = found_in(valdombra, people(valdombra), stage="closed")
    assert not AppTest.from_function(arriving, args=(found, False)).run().exception
    assert not asked


def test_a_cell_of_the_coverage_map_can_be_chosen(valdombra: Plan) -> None:
    found = found_in(valdombra, people(valdombra))
    drawn = coverage_map(
        found.findings.coverage, found.objectives, found.guiding_questions, found.basis, IT
    ).to_dict()
    assert [param["select"]["fields"] for param in drawn["params"] if param["name"] == "cell"] == [["cell"]]
    cells = {row.get("cell") for rows in drawn["datasets"].values() for row in rows} - {None}
    assert cells == {f"{q}/{g}" for q in valdombra.questions for g in valdombra.guides}


def picking() -> None:
    """A page with a chart and its twin; what was clicked stands in the session as `clicked`."""
    import altair
    import pandas
    import streamlit

    from pages.analyst.picking import Pick

    pick = Pick("it")
    chart = altair.LayerChart(layer=[altair.Chart(pandas.DataFrame({"x": [1]})).mark_point()])
    pick.chart(chart, "map", "")
    streamlit.text(pick.selectbox("Choose", ["a", "b"], str.upper, ""))


class Clicks:
    """In place of a browser: what is chosen in each chart, by its key."""

    def __init__(self) -> None:
        self.now: dict[str, str] = {}
        self.last = ""

    def chart(self, _picture: alt.LayerChart, *, key: str, **_options: object) -> dict[str, object]:
        self.last = key
        chosen = self.now.get(key)
        return {"selection": {"objective": [{"objective": chosen}] if chosen else []}}


def test_whichever_was_used_last_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    clicks = Clicks()
    monkeypatch.setattr("streamlit.altair_chart", clicks.chart)
    app = AppTest.from_function(picking).run()
    assert quoted(app) == [""]
    clicks.now[clicks.last] = "a"
    assert quoted(app.run()) == ["a"]
    assert app.selectbox[0].value == "a"
    app.selectbox[0].select("b").run()
    assert quoted(app) == ["b"]
    app.run()
    assert quoted(app) == ["b"]
    clicks.now[clicks.last] = "a"  # the same point again, now in a chart that has forgotten it
    assert quoted(app.run()) == ["a"]
    clicks.now[clicks.last] = ""
    assert quoted(app.run()) == [""]
