"""A workshop from its making to its minutes: a facilitator, three phones and a wall at the same time."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, TimeoutError, expect

from consultation.ballot import LONGEST_ITEM
from consultation.language import Language
from consultation.shipped import open_shipped, shipped_plan
from tests.browsing import COUNT, PATIENCE, SAY, Person
from tests.serving import Served

pytestmark = pytest.mark.browser

expect.set_options(timeout=PATIENCE)

PLAN = shipped_plan()
ENGLISH = Language("en")
ASKED = PLAN.strategic_questions[0]
ASKED_NEXT = PLAN.strategic_questions[1]
GUIDE = PLAN.guiding_questions[0]
GROUPS = ("Terzo settore", "Municipi", "Cittadine e cittadini")
WORDS = (
    "Gli sportelli di quartiere conoscono le persone: ![x](http://altrove.example/x.png)",
    "La signora Bianchi del terzo piano ha bisogno di aiuto",
    "Il medico di base vede tutto prima degli altri",
)
STATEMENTS = ("Uno sportello in ogni quartiere", "Orari serali", "Una casa della comunità")
NOTE = "Il tavolo 2 chiede orari serali già da settembre"
INVITED = "group;invited\nTerzo settore;8\nMunicipi;4\nCittadine e cittadini;20\n"


@dataclass
class Gathering:
    """Everybody in the room, and the words by which it is joined."""

    served: Served
    store: Path
    facilitator: Person
    phones: list[Person]
    wall: Person
    word: str = ""
    table_word: str = ""

    @property
    def everybody(self) -> list[Person]:
        return [self.facilitator, *self.phones, self.wall]


@pytest.fixture
def room(browser: Browser, tmp_path: Path) -> Iterator[Gathering]:
    store = tmp_path / "store.sqlite"
    open_shipped(store).close()
    served = Served(store)

    def person(width: int, height: int) -> Person:
        return Person.with_screen(browser, served.address, width, height)

    gathering = Gathering(
        served, store, person(1280, 900), [person(360, 740) for _ in range(3)], person(1920, 1080)
    )
    yield gathering
    for somebody in gathering.everybody:
        somebody.context.close()
    gathering.served.process.terminate()
    gathering.served.process.wait(20)


def test_a_workshop_is_prepared_run_seen_voted_in_and_told(room: Gathering) -> None:
    prepare(room)
    join(room)
    answer_the_first_round(room)
    what_was_not_read_is_not_on_the_wall(room)
    read_and_reveal(room)
    vote(room)
    the_wall_outlives_the_server(room)
    tell(room)
    assert [wrong for person in room.everybody for wrong in person.wrong] == []


def prepare(room: Gathering) -> None:
    """A draft from the plan, a workshop with two rounds, two tables and a list of those invited; opened."""
    who = room.facilitator
    page = who.page
    page.goto(f"{room.served.address}/?staff={room.served.token}")
    who.sees(SAY("You have staff access on this device."))
    page.goto(f"{room.served.address}/prepara")
    who.presses(SAY("New consultation"), SAY("A new consultation"))
    who.fills(SAY("Title in Italian"), "Il quartiere Dergano")
    who.presses(
        SAY("Begin the draft"),
        SAY("The draft is begun. Look through what it asks under “Questions and words”."),
    )

    who.chooses(SAY("Workshops"))
    who.fills(SAY("Its title: where and when, so that you tell it from others"), "Dergano, sabato mattina")
    made = SAY("Made. Its word is {word}: how people join is under “Invitations”.", word="|").split("|")[0]
    who.presses(SAY("Make the workshop and its word"), made)
    for question in (ASKED, ASKED_NEXT):
        who.presses(SAY("Add a round"), SAY("Keep this round"))
        if question is ASKED:
            who.fills(SAY("Minutes (0: no timer)"), "10")
        who.presses(SAY("Keep this round"), SAY("Add a round"))
        expect(page.get_by_role("heading", name=question.title.it)).to_be_visible()
    who.fills(SAY("How many tables"), "2")
    who.presses(SAY("Keep the tables"), COUNT("The workshop has 1 table.", "The workshop has {n} tables.", 2))
    room.word = "".join(who.sees(SAY("Word: {word}", word="")).inner_text().split(":")[-1].split())
    table = page.get_by_label(SAY("Name of the table with the word {word}", word=""))
    room.table_word = str(table.first.get_attribute("aria-label")).split()[-1]
    who.scrolls_nowhere_sideways()

    who.chooses(SAY("Invitations"))
    who.scrolls_nowhere_sideways()
    who.chooses(SAY("Who is invited to the workshop"))
    page.get_by_text(SAY("Count them from a list (CSV)")).click()
    page.locator("input[type=file]").set_input_files(
        {"name": "invitati.csv", "mimeType": "text/csv", "buffer": INVITED.encode()}
    )
    who.presses(SAY("Count the list"), "32")
    told = COUNT("Kept: 1 person was invited.", "Kept: {n} people were invited.", 32)
    who.presses(SAY("Keep these numbers"), told)

    who.chooses(SAY("Consultation"))
    who.presses(SAY("Open the collection: people can answer"), SAY("Yes, open it"))
    who.presses(SAY("Yes, open it"), SAY("It is open. You can pause or close it at any time."))
    who.scrolls_nowhere_sideways()
    who.chooses(SAY("Workshops"))
    who.presses(SAY("Run this workshop"), SAY("Hide everything on the wall"))
    who.scrolls_nowhere_sideways()


def join(room: Gathering) -> None:
    """By the short link, by the link of a table, by the word as it is called out; then all wait."""
    address, (first, second, third), wall = room.served.address, room.phones, room.wall
    wall.page.goto(f"{address}/muro?workshop={room.word}")
    first.page.goto(f"{address}/r/{room.word}")
    second.page.goto(f"{address}/r/{room.table_word.lower()}")
    third.page.goto(address)
    wall.sees(SAY("Take part with your phone"))
    third.fills(SAY("Your invitation: the word you were given"), " ".join(room.word.lower()))
    third.presses(SAY("Go to the workshop"), SAY("Who is speaking?"))
    second.sees(SAY("{table} 1", table=SAY("Table")))
    for phone, group in zip(room.phones, GROUPS, strict=True):
        comes_in(phone, group)
        phone.sees(SAY("The facilitator has not opened a question yet. Stay here: it opens by itself."))
        phone.hits_everything()


def comes_in(phone: Person, group: str) -> None:
    phone.sees(SAY("Who is speaking?"))
    phone.chooses(group)
    phone.page.get_by_text(SAY("Quote them, saying my group"), exact=True).click()
    phone.hits_everything()
    phone.presses(SAY("Continue"), SAY("Wait a moment"))


def answer_the_first_round(room: Gathering) -> None:
    """Two send while it is open; one had begun, and sends after it was closed."""
    who, (first, second, third) = room.facilitator, room.phones
    who.presses(SAY("Open round {n}: people can answer", n=1), SAY("Pause"))
    for phone in room.phones:
        expect(phone.page.get_by_role("heading", name=ASKED.title.it, exact=True)).to_be_visible()
    for phone, words in zip(room.phones, WORDS, strict=True):
        writes(phone, words)
    for phone in (first, second):
        phone.hits_everything()
        phone.presses(SAY("Send"), SAY("Thank you. Your answers are kept."))
        phone.sees_not(SAY("This came after the question was closed: it is kept, and marked as late."))
        phone.hits_everything()

    who.presses(SAY("Close round {n}: no new answer can begin", n=1), SAY("Open round {n} again", n=1))
    third.sees(
        SAY("This question has been closed. What you have begun can still be sent: it is marked as late.")
    )
    third.presses(SAY("Send"), SAY("Thank you. Your answers are kept."))
    third.sees(SAY("This came after the question was closed: it is kept, and marked as late."))
    late = COUNT(
        "1 contribution arrived after a closing: it counts, and is marked",
        "{n} contributions arrived after a closing: they count, and are marked",
        1,
    )
    who.sees(late)
    who.scrolls_nowhere_sideways()


def writes(phone: Person, words: str) -> None:
    objective = phone.page.locator(f".st-key-objective-{ASKED.objectives[0].id}")
    for row in range(3):
        phone.chooses("4", objective.get_by_role("radiogroup").nth(row))
    field = phone.page.locator(f".st-key-guide-{GUIDE.id} textarea")
    field.fill(words)
    field.blur()
    phone.still()


def what_was_not_read_is_not_on_the_wall(room: Gathering) -> None:
    """Counts by default; of what people wrote nothing, even when answers are to be shown."""
    who, wall = room.facilitator, room.wall
    wall.sees(COUNT("{n} person has answered", "{n} people have answered", 3))
    says_nobodys_words(wall.page)
    who.chooses(SAY("Wall"))
    who.presses(SAY("Who has answered"), SAY("{view} (on the wall now)", view=SAY("Who has answered")))
    expect(wall.page.locator(".st-key-wall-counts svg.marks")).to_be_visible()
    says_nobodys_words(wall.page)
    wall.scrolls_nowhere_sideways()
    shown = SAY("Answers that were read")
    who.presses(shown, SAY("{view} (on the wall now)", view=shown))
    wall.sees(SAY("No answer has been read yet"))
    says_nobodys_words(wall.page)


def says_nobodys_words(page: Page) -> None:
    said = page.locator("body").inner_text()
    assert not [words for words in WORDS if words[:12] in said]


def read_and_reveal(room: Gathering) -> None:
    """One answer is passed, one hidden for a reason, one left unread; then everything is hidden."""
    who, wall = room.facilitator, room.wall
    page = who.page
    who.chooses(COUNT("Moderation: {n} to read", "Moderation: {n} to read", 3))
    who.scrolls_nowhere_sideways()

    def card(words: str) -> Locator:
        return page.locator("[class*='st-key-read-']").filter(has_text=words)

    passed, hidden, unread = (card(words[:20]) for words in WORDS)
    expect(unread.get_by_text(SAY("arrived after the closing"))).to_be_visible()
    who.taps(
        passed.get_by_role("button", name=SAY("May be shown")),
        lambda ms: expect(passed).to_have_count(0, timeout=ms),
    )
    who.still()
    who.taps(
        hidden.get_by_role("button", name=SAY("Hide…")),
        lambda ms: expect(page.get_by_text(SAY("Why is it hidden?"))).to_be_visible(timeout=ms),
    )
    who.chooses(SAY("personal data"), page.get_by_test_id("stPopoverBody"))
    who.taps(
        page.get_by_role("button", name=SAY("Hide it: it still counts")),
        lambda ms: expect(hidden).to_have_count(0, timeout=ms),
    )
    who.still()
    expect(unread).to_be_visible()

    wall.sees(WORDS[0])
    says_only_what_was_passed(wall.page)
    wall.scrolls_nowhere_sideways()
    who.presses(SAY("Hide everything on the wall"), SAY("The wall is hidden: show how to join"))
    wall.sees_not(WORDS[0])
    expect(wall.page.locator(".st-key-wall-nothing")).to_be_visible()
    assert wall.page.get_by_test_id("stMain").inner_text().strip() == "Il quartiere Dergano"


def says_only_what_was_passed(page: Page) -> None:
    said = page.locator("body").inner_text()
    assert [words for words in WORDS if words[:12] in said] == [WORDS[0]]


def vote(room: Gathering) -> None:
    """Three vote, one of them the next person at a device; nobody sees a tally until it is revealed."""
    who, wall, (first, second, third) = room.facilitator, room.wall, room.phones
    who.chooses(SAY("Votes"))
    who.fills(SAY("What you ask the room"), "Da dove si comincia?")
    who.fills(
        SAY("Or statements of the room, one a line (up to {n} characters each)", n=LONGEST_ITEM),
        "\n".join(STATEMENTS),
    )
    opened = SAY("Close the vote: nobody can vote any more")
    who.presses(SAY("Open the vote: people can vote now"), opened)
    who.scrolls_nowhere_sideways()

    the_next_person_finds_nothing(third)
    third.page.get_by_role("link", name=SAY("Vote"), exact=True).click()
    third.sees(SAY("Who is voting?"))
    third.chooses(GROUPS[2])
    third.hits_everything()
    third.presses(SAY("Continue"), SAY("Send my vote"))
    for phone in (first, second):
        phone.presses(SAY("Vote now"), SAY("Send my vote"))
    for phone, given in zip(room.phones, ((2, 0, 0), (1, 1, 0), (2, 0, 0)), strict=True):
        for statement, dots in zip(STATEMENTS, given, strict=True):
            if dots:
                phone.chooses(str(dots), phone.page.get_by_role("radiogroup", name=statement))
        phone.hits_everything()
        phone.presses(
            SAY("Send my vote"), SAY("Your vote is kept. You can change it until the vote is closed.")
        )

    voted = COUNT("1 person has voted", "{n} people have voted", 3)
    who.sees(voted)
    the_tally_is_hidden(room)
    who.presses(opened, SAY("Closed by mistake: open it again"))
    first.sees(SAY("The vote is closed. Thank you."))
    who.presses(SAY("Closed by mistake: open it again"), opened)
    first.sees(SAY("Change my vote"))
    the_tally_is_hidden(room)

    who.chooses(SAY("Wall"))
    open_vote = SAY("The vote “{title}”: how many have voted", title="Da dove si comincia?")
    project = who.page.get_by_role("button", name=open_vote)
    who.taps(project, lambda ms: expect(project).to_be_disabled(timeout=ms))
    wall.sees(voted)
    the_tally_is_hidden(room)
    who.chooses(SAY("Votes"))
    who.presses(opened, SAY("Reveal the result to everyone"))
    wall.sees(SAY("The vote is closed."))
    the_tally_is_hidden(room)
    who.presses(SAY("Reveal the result to everyone"), who.page.locator("[class*='st-key-held-'] svg.marks"))
    expect(wall.page.locator(".st-key-wall-vote svg.marks")).to_be_visible()
    wall.sees(STATEMENTS[0])
    wall.scrolls_nowhere_sideways()
    who.scrolls_nowhere_sideways()

    undo = who.page.get_by_role("button", name=re.compile(re.escape(SAY("Undo: {what}", what=""))))
    who.taps(
        undo,
        lambda ms: expect(who.page.get_by_text(SAY("Reveal the result to everyone"))).to_be_visible(
            timeout=ms
        ),
    )
    wall.sees(SAY("The vote is closed."))
    the_tally_is_hidden(room)
    who.presses(SAY("Reveal the result to everyone"), who.page.locator("[class*='st-key-held-'] svg.marks"))
    expect(wall.page.locator(".st-key-wall-vote svg.marks")).to_be_visible()


def the_tally_is_hidden(room: Gathering) -> None:
    for person in (room.facilitator, room.wall):
        expect(person.page.locator("svg.marks")).to_have_count(0)
        assert STATEMENTS[0] not in person.page.locator("body").inner_text()


def the_next_person_finds_nothing(phone: Person) -> None:
    """What somebody wrote, chose and was given is gone from a device that another takes over."""
    page = phone.page
    code = page.locator(".st-key-return-code code").inner_text().strip()
    phone.presses(SAY("Finish: someone else can answer now"), SAY("Who is speaking?"))
    expect(page.locator(".st-key-return-code")).to_have_count(0)
    expect(page.locator("[role=radio][aria-checked=true], input[type=radio]:checked")).to_have_count(0)
    said = page.locator("body").inner_text()
    assert code not in said
    assert WORDS[2] not in said


def the_wall_outlives_the_server(room: Gathering) -> None:
    """The process dies and is started again: the wall says so in our words, and goes on without a reload."""
    wall = room.wall
    wall.page.evaluate("window.neverLoadedAgain = true")
    room.served.process.kill()
    room.served.process.wait(20)
    app = wall.page.locator(".stApp[data-test-connection-state=PINGING_SERVER]")
    expect(app).to_be_visible()
    assert "riprende da solo" in app.evaluate("e => getComputedStyle(e, '::after').content")
    expect(wall.page.locator("[role=dialog]:visible")).to_have_count(0)
    room.served = Served(room.store, "--port", str(room.served.port))
    expect(app).to_have_count(0)
    expect(wall.page.locator(".st-key-wall-vote svg.marks")).to_be_visible()
    expect(wall.page.locator("[role=dialog]:visible")).to_have_count(0)
    assert wall.page.evaluate("window.neverLoadedAgain")


def tell(room: Gathering) -> None:
    """A note, then the minutes as a document and as a table."""
    who = room.facilitator
    page = who.page
    page.goto(f"{room.served.address}/?staff={room.served.token}")
    who.sees(SAY("You have staff access on this device."))
    page.goto(f"{room.served.address}/conduci")
    who.sees(SAY("Hide everything on the wall"))
    who.chooses(SAY("Minutes"))
    who.fills(SAY("Note"), NOTE)
    who.presses(SAY("Add to the minutes"), page.get_by_test_id("stText").filter(has_text=NOTE))
    who.scrolls_nowhere_sideways()

    document = Document(io.BytesIO(downloaded(page, SAY("The minutes (Word)"))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    told = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert SAY("Agenda") in told
    holds(told, room, Language("it"))

    # a reader of the other language gets the other minutes
    who.presses("English", ENGLISH.say("Hide everything on the wall"))
    table = downloaded(page, ENGLISH.say("The minutes as a table (CSV)")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {"agenda", "attendance", "votes", "harvest"} <= {row["section"] for row in rows}
    assert ENGLISH.say("Workshop") in [row["item"] for row in rows]
    holds(table, room, ENGLISH)


def holds(minutes: str, room: Gathering, reader: Language) -> None:
    """What was asked, who took part, what was voted and noted; no way in, and nothing that anybody wrote."""
    assert reader.pick(ASKED.title) in minutes
    assert reader.pick(PLAN.groups["terzo_settore"].label) in minutes
    assert STATEMENTS[0] in minutes
    assert NOTE in minutes
    assert room.word not in minutes
    assert not [words for words in WORDS if words[:12] in minutes]


def downloaded(page: Page, name: str) -> bytes:
    """The file behind this button; who sees that nothing comes presses again."""
    button = page.get_by_role("button", name=name, exact=True)
    try:
        with page.expect_download(timeout=10_000) as download:
            button.click()
    except TimeoutError:
        with page.expect_download(timeout=PATIENCE) as download:
            button.click()
    return Path(download.value.path()).read_bytes()
