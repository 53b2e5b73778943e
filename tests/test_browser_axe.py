"""What axe-core finds on our pages by the rules of WCAG 2, levels A and AA: nothing serious or critical."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from consultation.ballot import vote
from consultation.conducting import Conducting
from consultation.edition import copied
from consultation.language import Wording
from consultation.moderated import moderation
from consultation.occasion import Consultation
from consultation.room import Room
from consultation.shipped import open_shipped, shipped_plan
from consultation.steps import VIEWS, Step, View
from consultation.stores import Store
from consultation.workshop import Round, Table, Workshop
from tests.browsing import PATIENCE, SAY, Person
from tests.serving import Served

pytestmark = pytest.mark.browser

expect.set_options(timeout=PATIENCE)

PLAN = shipped_plan()
WORD, NEXT_WORD = "KMPQRS", "TAVPLW"
BALLOT = ("Orari serali", "Uno sportello in ogni quartiere", "Una casa della comunità")
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}


def act(store: Store, word: str, *does: Callable[[Conducting], Step]) -> None:
    """What a facilitator does in the workshop of this word."""
    for make in does:
        workshop, steps = store.workshop(word), store.steps(word)
        assert workshop is not None
        plan = store.consultation(workshop.consultation).plan
        room = Room.after(workshop, steps)
        store.act(word, make(Conducting(room, plan, datetime.now(UTC))), room.number)


def fill(store: Store) -> None:
    """A workshop that has come a long way, and a draft on trial with a workshop that has not begun."""
    milan = store.consultation(PLAN.id)
    rounds = (Round("protezione", (), 20), Round("solitudini", ("visioni",), 10))
    held = Workshop(WORD, PLAN.id, "Dergano, sabato mattina", tables=(Table("TAVAAA", "Tavolo 1"),))
    store.add_workshop(held.with_rounds(rounds, milan))
    said = [
        replace(one, id=f"r-{one.id}", consultation=PLAN.id, workshop=WORD, channel="workshop")
        for one in store.contributions("esempio")
    ]
    now = datetime.now(UTC)
    long = replace(
        said[0].replies[0], text="GLI SPORTELLI di quartiere ci conoscono da sempre, MA SONO MENO. " * 9
    )
    said += [
        replace(said[0], id=f"long-{n}", at=now, consent="quotable_anonymous", replies=(long,))
        for n in range(4)
    ]
    store.add(*said)
    answers = [(one.answer_id(reply), reply.text) for one in said for reply in one.replies]
    for n, (answer, text) in enumerate((*answers[:40], *answers[-4:])):
        store.moderate(PLAN.id, moderation(answer, text, now, "off_topic" if n == 3 else None), 0)
    act(
        store,
        WORD,
        lambda at: at.open_round(1),
        lambda at: at.note("harvest", "Orari serali già da settembre"),
        lambda at: at.open_ballot("dots", "Da dove si comincia?", BALLOT, 3, 2),
    )
    workshop = store.workshop(WORD)
    assert workshop is not None
    ballot = Room.after(workshop, store.steps(WORD)).ballots["b1"].ballot
    for one in said[:8]:
        store.vote(vote(PLAN, ballot, WORD, one.id, one.group, "", now, {BALLOT[0]: 2, BALLOT[1]: 1}))
    act(
        store,
        WORD,
        lambda at: at.close_ballot("b1"),
        lambda at: at.reveal_ballot("b1"),
        lambda at: at.open_ballot("dots", "Che cosa dopo?", BALLOT, 3, 2),
    )
    draft = Consultation("bozza", copied(PLAN, "bozza", Wording("Una bozza", "A draft")), "draft", pilot=True)
    store.add_consultation(draft)
    beginning = Workshop(NEXT_WORD, "bozza", "Bovisa", tables=(Table("TAVBBB", "Tavolo 1"),))
    store.add_workshop(beginning.with_rounds(rounds, draft))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("axe") / "store.sqlite"


@pytest.fixture(scope="module")
def filled(path: Path) -> Iterator[Store]:
    opened = open_shipped(path)
    fill(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def served(path: Path, filled: Store) -> Iterator[Served]:
    running = Served(path)
    yield running
    running.process.terminate()
    running.process.wait(20)


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Person]:
    person = Person.with_screen(browser, served.address, 360, 740)
    yield person
    person.context.close()


@pytest.fixture
def staff(browser: Browser, served: Served) -> Iterator[Person]:
    """A laptop that came in by the staff link."""
    person = Person.with_screen(browser, served.address, 1280, 900)
    printed = served.printed.count("?staff=")
    person.page.goto(f"{served.address}/?staff={served.token}")
    person.sees(SAY("You have staff access on this device."))
    served.wait_for("?staff=", printed + 1)
    yield person
    person.context.close()


def clean(person: Person) -> None:
    """Nothing that is seen now is a serious or critical fault."""
    person.still()
    found = Axe().run(person.page, options=OPTIONS).response
    assert len(found["passes"]) > 5  # it has looked at a page, and not at an empty one
    assert [
        f"{fault['id']}: {node['target']} {node['html'][:300]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ] == []


def comes_in(phone: Person, group: str, then: str) -> None:
    phone.sees(SAY("Who is speaking?"))
    phone.chooses(group)
    phone.chooses(SAY("Only count them"))
    phone.presses(SAY("Continue"), then)


def test_what_participants_meet(phone: Person, served: Served) -> None:
    page = phone.page
    page.goto(served.address)
    phone.sees(SAY("Start"))
    clean(phone)
    page.goto(f"{served.address}/r/ZZZZZZ")
    phone.sees(SAY("No workshop has this invitation: check the word you were given."))
    clean(phone)
    page.goto(f"{served.address}/r/{WORD}")
    phone.sees(SAY("Who is speaking?"))
    page.get_by_text(SAY("What we do with your answers and your data")).click()
    phone.sees(SAY("Your data"))
    clean(phone)
    comes_in(phone, "Terzo settore", SAY("Send"))
    clean(phone)
    page.locator(f".st-key-guide-{PLAN.guiding_questions[0].id} textarea").fill(
        "Gli sportelli conoscono tutti"
    )
    phone.presses(SAY("Send"), SAY("Thank you. Your answers are kept."))
    clean(phone)
    phone.presses(SAY("Vote now"), SAY("Send my vote"))
    clean(phone)
    phone.presses(SAY("Send my vote"), SAY("Your vote is kept. You can change it until the vote is closed."))
    clean(phone)
    page.goto(f"{served.address}/r/{NEXT_WORD}")
    comes_in(phone, "Municipi", SAY("Wait a moment"))
    clean(phone)


def test_preparing(staff: Person, served: Served) -> None:
    page = staff.page
    page.goto(f"{served.address}/prepara?consultation=bozza")
    staff.sees(SAY("From when, until when"))
    clean(staff)
    staff.chooses(SAY("Questions and words"))
    staff.sees(SAY("Ask these questions"))
    clean(staff)
    picks(staff, SAY("Question: {title}", title=PLAN.strategic_questions[0].title.it))
    staff.sees(SAY("Keep the words"))
    clean(staff)
    staff.chooses(SAY("Workshops"))
    staff.presses(SAY("Add a round"), SAY("Keep this round"))
    clean(staff)
    staff.presses(SAY("Title…"), SAY("Keep the title"))
    clean(staff)
    page.keyboard.press("Escape")
    staff.chooses(SAY("Invitations"))
    staff.sees(SAY("The poster, to print"))
    clean(staff)
    staff.chooses(SAY("Who is invited to the workshop"))
    page.get_by_text(SAY("Count them from a list (CSV)")).click()
    expect(page.get_by_test_id("stFileUploaderDropzone")).to_be_visible()
    clean(staff)
    staff.presses(SAY("New consultation"), SAY("Begin the draft"))
    clean(staff)


def picks(person: Person, name: str) -> None:
    """Picks this from the last list of the page."""
    person.page.get_by_role("combobox").last.click()
    person.page.get_by_role("option", name=name, exact=True).click()
    person.still()


def test_running_a_workshop(staff: Person, served: Served) -> None:
    page = staff.page
    page.goto(f"{served.address}/prepara?consultation={PLAN.id}")
    staff.sees(SAY("From when, until when"))
    staff.chooses(SAY("Workshops"))
    staff.presses(SAY("Run this workshop"), SAY("Hide everything on the wall"))
    expect(page.locator("svg.marks").first).to_be_visible()
    clean(staff)
    staff.chooses(SAY("Wall"))
    clean(staff)
    page.get_by_role("radio", name=SAY("Moderation")).click()
    page.get_by_role("button", name=SAY("Hide…")).first.click()
    staff.sees(SAY("Why is it hidden?"))
    clean(staff)
    page.keyboard.press("Escape")
    staff.chooses(SAY("Votes"))
    page.get_by_text(SAY("Open a new vote")).click()
    expect(page.locator("[class*='st-key-held-'] svg.marks")).to_be_visible()
    clean(staff)
    staff.chooses(SAY("Minutes"))
    clean(staff)


def test_the_wall(browser: Browser, served: Served, filled: Store) -> None:
    wall = Person.with_screen(browser, served.address, 1920, 1080)
    wall.page.goto(f"{served.address}/muro?workshop={WORD}")
    for view in VIEWS:
        act(filled, WORD, partial(projected, view))
        expect(wall.page.locator(f".st-key-wall-{view}")).to_be_visible()
        if view in ("counts", "words", "map", "vote"):
            expect(wall.page.locator("svg.marks")).to_be_visible()
        clean(wall)
        fits(wall.page)
    wall.context.close()


def projected(view: View, conducting: Conducting) -> Step:
    return conducting.project(view, "b1" if view == "vote" else "")


def fits(page: Page) -> None:
    """A projector has no one to scroll it."""
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollHeight <= e.clientHeight + 1")


@pytest.mark.parametrize("place", ["mappa", "parole"])
def test_what_is_read_from_the_answers(phone: Person, served: Served, place: str) -> None:
    phone.page.goto(f"{served.address}/{place}?consultation=esempio")
    expect(phone.page.locator("[data-testid=stVegaLiteChart]:visible svg").first).to_be_visible()
    clean(phone)
