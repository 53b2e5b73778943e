"""The whole story in a real browser, on a phone and on a laptop: from a sent answer to a point on the map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, expect

from consultation.contribution import Contribution
from consultation.language import Language
from consultation.shipped import open_shipped, shipped_plan
from tests.serving import Served

SIZES = {
    "phone": ViewportSize(width=360, height=740),
    "laptop": ViewportSize(width=1366, height=900),
}
WORDS = "Il portinaio se ne accorge prima di tutti: ![x](http://altrove.example/x.png) <b>ascoltiamolo</b>"
SAY = Language("it").say

pytestmark = pytest.mark.browser

expect.set_options(timeout=20_000)  # ms: what will come comes later where other work goes on


def without_words(contribution: Contribution, consultation: str) -> Contribution:
    """Somebody who only rated, in another consultation."""
    return replace(contribution, id=f"r-{contribution.id}", consultation=consultation, replies=())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app, with ratings in the open consultation so that its map can be drawn."""
    path = tmp_path_factory.mktemp("browser") / "store.sqlite"
    store, plan = open_shipped(path), shipped_plan()
    store.add(*(without_words(c, plan.id) for c in store.contributions("esempio") if c.ratings))
    store.close()
    running = Served(path)
    yield running
    running.process.terminate()
    running.process.wait(20)


@pytest.fixture(params=list(SIZES))
def context(request: pytest.FixtureRequest, browser: Browser, served: Served) -> Iterator[BrowserContext]:
    """A browser of one size; a request to any other host fails the test."""
    outside: list[str] = []

    def watch(asked: Request) -> None:
        if not asked.url.startswith((served.address, "data:", "blob:", served.address.replace("http", "ws"))):
            outside.append(asked.url)

    opened = browser.new_context(viewport=SIZES[request.param], locale="it-IT")
    opened.on("request", watch)
    yield opened
    opened.close()
    assert outside == []


def no_sideways_scrolling(page: Page) -> None:
    main = page.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1")


def at_the_top(page: Page, heading: str) -> None:
    """The step with this heading is shown, and from its beginning."""
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.locator("[data-stale=true]")).to_have_count(0)
    assert page.get_by_test_id("stMain").evaluate("e => e.scrollTop") == 0


def answer(page: Page, served: Served) -> str:
    """Sends one contribution, with a double tap; the return code that came with the thanks."""
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    page.goto(served.address)
    page.get_by_role("button", name=SAY("Start")).click()
    page.get_by_text("Terzo settore", exact=True).click()
    page.get_by_text(SAY("Quote them, saying my group"), exact=True).click()
    no_sideways_scrolling(page)
    page.get_by_role("button", name=SAY("Continue")).click()
    at_the_top(page, SAY("What do you want to speak about?"))
    page.locator(".st-key-open-protezione button").click()
    at_the_top(page, shipped_plan().questions["protezione"].title.it)

    objective = page.locator(".st-key-objective-protezione-2")
    objective.scroll_into_view_if_needed()
    for row in range(3):
        tap = objective.get_by_role("radiogroup").nth(row).get_by_text("5", exact=True)
        tap.click()
        box = tap.locator("xpath=ancestor-or-self::button").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 43.5
    no_sideways_scrolling(page)

    guide = page.locator(".st-key-guide-visioni")
    guide.locator("textarea").fill(WORDS)
    guide.get_by_text("Intercettare presto", exact=True).click()
    page.locator(".st-key-send button").dblclick()
    at_the_top(page, SAY("Thank you. Your answers are kept."))
    assert refused == []
    return page.locator(".st-key-return-code code").inner_text().strip()


def test_from_a_sent_answer_to_a_point_on_the_map(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    code = answer(page, served)

    page.goto(f"{served.address}/il-mio-contributo")
    page.get_by_role("textbox").fill(code)
    page.locator(".st-key-open-code button").click()
    expect(page.get_by_text(WORDS)).to_be_visible()

    page.goto(f"{served.address}/mappa?consultation=milano-welfare")
    expect(page.get_by_text(SAY("Example: every word and every figure here is invented."))).to_be_visible()

    page.goto(f"{served.address}/?staff={served.token}")
    page.goto(f"{served.address}/mappa?consultation=milano-welfare")
    expect(page.locator("h1")).not_to_be_empty()
    chart = page.locator("[data-testid=stVegaLiteChart]:visible")
    expect(chart).to_have_count(1)
    expect(chart.get_by_text("P2 Intercettare presto").first).to_be_visible()
    no_sideways_scrolling(page)
    touch(page, "Intercettare presto")
    seen = page.get_by_test_id("stText").filter(has_text="altrove.example").first
    expect(seen).to_be_visible()
    brackets = str.maketrans("", "", "[]")
    assert seen.inner_text().translate(brackets) == WORDS.translate(brackets)


def touch(page: Page, name: str) -> None:
    """Clicks the point of an objective on the chart that is shown, as a reader would."""
    marks = page.locator("[data-testid=stVegaLiteChart]:visible [role=graphics-symbol]")
    point = marks.and_(page.locator(f"[aria-label*='{name}']")).last
    point.click(force=True)


def test_a_visitor_reaches_a_full_map_in_one_click(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.goto(served.address)
    page.get_by_role("button", name=SAY("Open the map")).click()
    expect(page.get_by_text(SAY("Example: every word and every figure here is invented."))).to_be_visible()
    expect(page.locator("[data-testid=stVegaLiteChart]:visible svg").first).to_be_visible()
    no_sideways_scrolling(page)
    assert page.evaluate("document.documentElement.lang") == "it"


def test_a_visitor_without_the_link_sees_nothing_real(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.goto(f"{served.address}/risposte?consultation=milano-welfare")
    expect(page.get_by_text(SAY("Example: every word and every figure here is invented."))).to_be_visible()
    expect(page.get_by_text("se ne accorge prima")).to_have_count(0)


def to_its_end(page: Page) -> None:
    """The whole page of the map is there: before that it still moves under a finger."""
    expect(page.get_by_role("button", name=SAY("The figures (CSV)"))).to_be_visible()
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def choose(page: Page, name: str) -> None:
    """Chooses one of a few, as a person does: who sees that a tap was lost on a moving page taps again."""
    radio = page.get_by_role("radio", name=name)
    for _ in range(3):
        page.get_by_text(name, exact=True).click()
        for _ in range(20):
            if radio.is_checked():
                return
            page.wait_for_timeout(100)
    expect(radio).to_be_checked()


MAPS = {
    "Positions": "protezione-2",
    "Ratings": "solitudini-2",
    "Groups": "pluralita-3",
    "Two groups": "",  # its targets are labels at both sides
    "Themes": "protezione-1",
}
"""The other maps, and an objective to touch on each."""


def test_every_map_opens_the_words_behind_what_is_touched_and_says_each_thing_once(
    context: BrowserContext, served: Served
) -> None:
    page, plan = context.new_page(), shipped_plan()
    page.goto(f"{served.address}/mappa?consultation=esempio")
    to_its_end(page)
    for name, touched in MAPS.items():
        before = page.locator("h1").inner_text()
        page.get_by_role("radio", name=SAY(name), exact=True).click()
        expect(page.locator("h1")).not_to_have_text(before)
        chart = page.locator("[data-testid=stVegaLiteChart]:visible").first
        expect(chart.get_by_text("P2").first).to_be_attached()
        expect(page.locator("[data-stale=true]")).to_have_count(0)
        no_sideways_scrolling(page)
        legend = chart.locator(".role-legend-label text").all_text_contents()
        assert len(legend) == len(set(legend)), name
        if touched:
            objective = plan.objectives[touched]
            marks = chart.locator("[role=graphics-symbol]")
            marks.and_(page.locator(f"[aria-label*='{objective.short.it}']")).last.click(force=True)
            expect(page.get_by_role("heading", name=f"{objective.code} {objective.title.it}")).to_be_visible()
            expect(page.get_by_test_id("stText").first).to_be_visible()
            expect(page.locator("[data-stale=true]")).to_have_count(0)


def test_a_trial_changes_the_map_and_one_button_ends_it(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.goto(f"{served.address}/mappa?consultation=esempio")
    to_its_end(page)
    trial = page.get_by_text(SAY("A trial, not the declared rules: {changes}.", changes="").split(":")[0])
    page.get_by_text(SAY("Try other choices"), exact=True).click()
    choose(page, SAY("lines at the middle of the scale (50)"))
    expect(trial.and_(page.locator(":visible")).first).to_be_visible()
    page.get_by_role("button", name=SAY("Back to the declared rules")).click()
    expect(trial.and_(page.locator(":visible"))).to_have_count(0)
    no_sideways_scrolling(page)
