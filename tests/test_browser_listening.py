"""People teach counting in a browser, on a phone and on a laptop: words, judgements, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from consultation.shipped import open_shipped
from tests.serving import Served
from tests.test_browser import SAY, SIZES, no_sideways_scrolling, touch

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app with the example, of which staff decide as of any other."""
    path = tmp_path_factory.mktemp("listening") / "store.sqlite"
    open_shipped(path).close()
    running = Served(path)
    yield running
    running.process.terminate()
    running.process.wait(20)


@pytest.fixture(params=list(SIZES))
def staff(request: pytest.FixtureRequest, browser: Browser, served: Served) -> Iterator[Page]:
    """A page of one size, opened by the staff link."""
    context = browser.new_context(viewport=SIZES[request.param], locale="it-IT")
    page = context.new_page()
    page.goto(f"{served.address}/?staff={served.token}")
    expect(page.get_by_role("button", name=SAY("Start"))).to_be_visible()
    yield page
    context.close()


def still(page: Page) -> None:
    """Nothing on the page is about to change."""
    expect(page.locator("[data-stale=true]")).to_have_count(0)


def undo(page: Page) -> None:
    """Takes back the last decision, at the end of the page; a tap that was lost is made again.

    The button is another one for each decision, so no tap takes back two.
    """
    button = page.get_by_role("button", name=SAY("Undo the last decision"))
    history = page.get_by_test_id("stExpander").last.locator("summary")
    if not button.is_visible():
        history.click()
    of_this_one = button.evaluate(
        "e => e.closest('[class*=st-key-undo-]').className.match(/st-key-undo-\\S+/)[0]"
    )
    here = page.locator(f".{of_this_one} button")
    for _ in range(4):
        if here.count() and not here.is_visible():
            history.click()
        if here.count():
            here.click()
        try:
            expect(here).to_have_count(0, timeout=10_000)  # ms: all is counted anew before it goes
        except AssertionError:
            continue
        return
    expect(here).to_have_count(0)


def test_words_are_seen_tried_kept_judged_by_and_taken_back(staff: Page, served: Served) -> None:
    page = staff
    page.goto(f"{served.address}/obiettivi?consultation=esempio")
    chart = page.locator("[data-testid=stVegaLiteChart]:visible")
    expect(chart.get_by_text("P2 Intercettare presto").first).to_be_visible()
    expect(chart.get_by_text(SAY("not checked"))).to_have_count(14)
    no_sideways_scrolling(page)
    touch(page, "Intercettare presto")
    expect(page.get_by_role("heading", name="P2 Intercettare presto")).to_be_visible()
    kept = page.get_by_role("button", name=SAY("Keep these words"))
    expect(kept).to_be_disabled()

    # a word more is seen at work before anybody else has it
    still(page)
    page.get_by_role("button", name=re.compile(r"^\+ ")).first.click()
    expect(page.get_by_text(SAY("Not kept yet: only you see it."))).to_be_visible()
    expect(page.get_by_role("heading", name=SAY("With these words"))).to_be_visible()
    no_sideways_scrolling(page)
    kept.click()
    expect(page.get_by_text(SAY("Not kept yet: only you see it."))).to_have_count(0)
    expect(kept).to_be_disabled()

    # one answer is read: big enough for a thumb, and it counts at once
    still(page)
    right = page.get_by_role("button", name=SAY("Right"), exact=True).first
    right.scroll_into_view_if_needed()
    box = right.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 43.5
    right.click()
    told = SAY("{right} of {judged}", right=1, judged=1)
    expect(page.get_by_text(re.compile(re.escape(told))).first).to_be_visible()
    expect(chart.get_by_text(SAY("not checked"))).to_have_count(13)

    # and both are taken back
    still(page)
    undo(page)
    expect(chart.get_by_text(SAY("not checked"))).to_have_count(14)
    still(page)
    undo(page)
    expect(page.get_by_role("button", name=SAY("Undo the last decision"))).to_have_count(0)
    expect(page.get_by_text(SAY("Not kept yet: only you see it."))).to_have_count(0)
    no_sideways_scrolling(page)


def test_copies_are_read_decided_and_taken_back(staff: Page, served: Served) -> None:
    page = staff
    page.goto(f"{served.address}/copie?consultation=esempio")
    expect(page.get_by_role("heading", name=SAY("nothing is decided yet"))).to_be_visible()
    no_sideways_scrolling(page)
    touch(page, "Chiediamo che i cortili")
    expect(page.get_by_role("heading", name=SAY("What is it?"))).to_be_visible()
    still(page)

    # who belongs to it can be said one by one
    page.get_by_test_id("stExpander").first.locator("summary").click()
    expect(page.get_by_role("checkbox")).to_have_count(3)
    no_sideways_scrolling(page)

    # a verdict counts at once, and what it does to the maps is told
    verdict = page.get_by_role("button", name=SAY("campaign").capitalize())
    box = verdict.bounding_box()
    assert box is not None
    assert box["height"] >= 43.5
    verdict.click()
    expect(page.get_by_role("heading", name=SAY("What it does to the maps"))).to_be_visible()
    expect(page.get_by_role("heading", name=SAY("all is decided"))).to_be_visible()
    expect(verdict).to_be_disabled()
    no_sideways_scrolling(page)

    still(page)
    undo(page)
    expect(page.get_by_role("heading", name=SAY("nothing is decided yet"))).to_be_visible()


def test_a_candidate_is_named_renamed_and_taken_back(staff: Page, served: Served) -> None:
    page = staff
    page.goto(f"{served.address}/temi-nuovi?consultation=esempio")
    chart = page.locator("[data-testid=stVegaLiteChart]:visible").first
    expect(chart.locator("svg")).to_be_visible()
    no_sideways_scrolling(page)
    still(page)
    chart.locator("[role=graphics-symbol]").last.click(force=True)
    name = page.get_by_role("textbox", name=SAY("Its name"))
    expect(name).to_be_visible()
    expect(page.get_by_test_id("stText")).not_to_have_count(0)
    no_sideways_scrolling(page)

    # counted as a theme at once, under the name that a person gave it
    still(page)
    name.fill("Le scale e gli ascensori")
    page.get_by_role("button", name=SAY("Confirm this theme")).click()
    expect(chart.get_by_text("Le scale e gli ascensori").first).to_be_attached()
    still(page)
    page.get_by_text(SAY("Modify this theme"), exact=True).click()
    name.fill("Case senza ascensore")
    page.get_by_role("button", name=SAY("Call it so")).click()
    expect(chart.get_by_text("Case senza ascensore").first).to_be_attached()
    expect(page.get_by_role("heading", name="Case senza ascensore")).to_be_visible()  # still open
    no_sideways_scrolling(page)

    still(page)
    undo(page)
    expect(chart.get_by_text("Le scale e gli ascensori").first).to_be_attached()
    still(page)
    undo(page)
    expect(chart.get_by_text("Le scale e gli ascensori")).to_have_count(0)
    expect(page.get_by_role("button", name=SAY("Undo the last decision"))).to_have_count(0)
