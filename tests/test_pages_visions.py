"""The page of visions and services: what groups share first, each in its own words, and nothing dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analysis.text.service_lists import WANTS
from consultation.contribution import Consent, Contribution, Reply
from consultation.plan import Plan, read_plan
from consultation.stores.sql import SqlStore
from pages.analyst.results import results
from pages.analyst.service_reading import found_mentions, services_table
from pages.analyst.vision_reading import found_visions, visions_table
from tests.test_pages_analyst import (
    HERE,
    IT,
    PAYLOADS,
    example,
    open_page,
    prose,
    put,
    quoted,
    said,
    shipped,
    sound,
    store,
    titles,
    valdombra,
)

__all__ = ["example", "shipped", "store", "valdombra"]  # fixtures

PAGE = "pages/analyst/visions.py"
BENCHES = "Panchine e fontane nei cortili, ovunque."


@pytest.fixture(scope="session")
def asking(valdombra: Plan) -> Plan:
    """A plan whose first question asks for visions and whose second is about services."""
    visions = valdombra.source.replace('it = "Che cosa vorresti trovare?"', 'it = "Che cosa vedi?"')
    first = visions.replace('id = "desideri"\n', 'id = "desideri"\nreads_as = "visions"\n')
    return read_plan(first.replace('id = "ostacoli"\n', 'id = "ostacoli"\nreads_as = "services"\n'))


def people(plan: Plan, *, consent: Consent = "quotable_with_group") -> list[Contribution]:
    """Twelve of two groups: each group's first two share a vision and a service, the others stand alone."""
    alone = ["treno", "mare", "nuvola", "gatto", "pane", "vento", "sasso", "fiore", "luna", "chiave"]
    shared = [
        (BENCHES, "Vorremmo aprire uno sportello qui."),
        ("Fontane nei cortili, con panchine.", "Non chiudete lo sportello!"),
    ]
    texts = [*shared, *((f"Un {word} rosso {word}.", f"Parlo del {word}.") for word in alone)]
    return [
        said(i, ("scuole", "abitanti")[i % 2], *pair, plan=plan, consent=consent)
        for i, pair in enumerate(texts)
    ]


def test_a_vision_that_two_groups_hold_is_told_with_an_answer_of_each(store: SqlStore, asking: Plan) -> None:
    put(store, asking, *people(asking))
    app = open_page(PAGE)
    assert sound(app)
    assert app.get("vega_lite_chart")
    assert IT.count("one vision is shared by groups", "{n} visions are shared by groups", 1).lower() in (
        titles(app).lower()
    )
    assert "cortili · fontane · panchine" in [text.lower() for text in quoted(app)]
    assert "[Panchine] e [fontane] nei [cortili], ovunque." in quoted(app)
    assert "[Fontane] nei [cortili], con [panchine]." in quoted(app)
    both = IT.say("Held by: {groups}.", groups="Scuole e Abitanti")
    assert both.lower() in prose(app).lower()


def test_answers_near_no_other_are_all_there(store: SqlStore, asking: Plan) -> None:
    put(store, asking, *people(asking))
    app = open_page(PAGE)
    told = " ".join(one.value for one in app.header)
    assert IT.count("One answer is near no other", "{n} answers are near no other", 10) in told
    assert sum(text.startswith("Un ") for text in quoted(app)) == 10


def test_a_group_is_not_named_against_an_authors_wish_nor_where_it_is_small(
    store: SqlStore, asking: Plan
) -> None:
    anonymous = [replace(one, consent="quotable_anonymous") for one in people(asking)]
    librarian = said(40, "librerie", BENCHES, "Lo sportello.", plan=asking)
    put(store, asking, *anonymous, librarian)
    told = prose(open_page(PAGE))
    for group in ("scuole", "abitanti", "librerie"):
        assert f"— {asking.groups[group].label.it}" not in told
    assert IT.say("The groups are not named: they are small, or their authors did not want it.") in told


def test_no_file_holds_an_answer_that_is_only_to_be_counted(
    store: SqlStore, asking: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = said(50, "scuole", f"{BENCHES} Segreto.", "Aprire uno sportello segreto.", plan=asking)
    put(store, asking, *people(asking), replace(silent, consent="counted_only"))
    consultation = store.consultation(HERE)
    found = results(consultation)
    visions = visions_table(found, found_visions(found, ("desideri",)))
    services = services_table(found, found_mentions(found))
    assert not any(
        "egreto" in str(cell) for table in (visions, services) for cell in table.to_numpy().ravel()
    )
    assert visions["n_participants"].max() == 3
    assert "contribution_id" not in {*visions, *services}
    assert set(services["wants"]) == {"start", "keep"}
    assert set(services["wants"]) <= set(WANTS)


def test_services_are_told_by_what_is_wanted_and_open_their_answers(store: SqlStore, asking: Plan) -> None:
    put(store, asking, *people(asking))
    app = open_page(PAGE)
    app.button_group[0].set_value("services").run()
    assert sound(app)
    assert "sportello" in titles(app)
    assert app.get("vega_lite_chart")
    app.selectbox(key=f"typed/pick-service-{HERE}").select("sportello").run()
    assert quoted(app) == ["Vorremmo [aprire] uno [sportello] qui.", "[Non chiudete] lo [sportello]!"]
    assert IT.say("To keep") in prose(app)


def test_services_of_one_objective_are_those_of_its_answers(store: SqlStore, asking: Plan) -> None:
    tagged = [
        replace(
            said(60 + i, "scuole", plan=asking),
            replies=(Reply("lettori", "ostacoli", "Aprire la biblioteca.", ("lettori-2",)),),
        )
        for i in range(3)
    ]
    put(store, asking, *people(asking), *tagged)
    app = open_page(PAGE)
    app.button_group[0].set_value("services").run()
    (key,) = [one.key for one in app.selectbox if one.key and "services-objective" in one.key]
    app.selectbox(key=key).select("lettori-2").run()
    assert sound(app)
    assert app.selectbox(key=f"typed/pick-service-{HERE}").options == ["biblioteca"]
    app.selectbox(key=key).select("luoghi-2").run()
    assert sound(app)
    assert not app.get("vega_lite_chart")


def test_few_answers_to_the_question_are_shown_themselves(store: SqlStore, asking: Plan) -> None:
    few = people(asking)[: asking.rules.enough_answers - 1]
    others = [said(70 + i, "scuole", rated=4, plan=asking) for i in range(6)]
    put(store, asking, *few, *others)
    app = open_page(PAGE)
    assert sound(app)
    assert not app.get("vega_lite_chart")
    assert len(quoted(app)) == len(few)
    assert BENCHES in quoted(app)


def test_a_plan_that_names_no_question_lets_one_be_chosen(store: SqlStore, valdombra: Plan) -> None:
    put(store, valdombra, *people(valdombra))
    app = open_page(PAGE)
    assert sound(app)
    (key,) = [one.key for one in app.selectbox if one.key and "question-visions" in one.key]
    app.selectbox(key=key).select("ostacoli").run()
    assert sound(app)
    assert not any("fontane" in text.lower() for text in quoted(app))


def test_nobody_yet(store: SqlStore, asking: Plan) -> None:
    put(store, asking)
    app = open_page(PAGE)
    assert sound(app)
    assert titles(app) == IT.say("Nobody has answered yet")


def test_what_people_type_stays_plain_text(store: SqlStore, asking: Plan) -> None:
    hostile = [
        said(80 + i, "scuole", f"{text} cortile fontana", f"Aprire lo sportello {text}", plan=asking)
        for i, text in enumerate(PAYLOADS)
    ]
    put(store, asking, *people(asking), *hostile)
    app = open_page(PAGE)
    assert sound(app)
    assert "evil.example" not in prose(app)
    app.button_group[0].set_value("services").run()
    app.selectbox(key=f"typed/pick-service-{HERE}").select("sportello").run()
    assert sound(app)
    assert "evil.example" not in prose(app)
    assert any("evil.example" in text for text in quoted(app))


def test_the_example_has_both_parts(example: None) -> None:
    app = open_page(PAGE)
    assert sound(app)
    app.button_group[0].set_value("services").run()
    assert sound(app)
    assert app.get("vega_lite_chart")
