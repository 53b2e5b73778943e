"""People in a browser: what each of them does, and what must hold on every page they meet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, ViewportSize, expect

from consultation.language import Language

SAY = Language("it").say
COUNT = Language("it").count

PATIENCE = 20_000  # ms: what will come comes later where other work goes on
TAPPED = 7_000  # ms after which a tap that did nothing was lost on a moving page

SMALL_TARGETS = """() => [...document.querySelectorAll(
    '[data-testid=stMain] :is(button, a[href], input, textarea, summary, [role=radio], [role=checkbox])'
  )].filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true})).map(e => {
    const label = e.closest('label');  // who taps a label taps its field
    const hit = (label || e).getBoundingClientRect();
    return [hit.width, hit.height, (e.innerText || e.ariaLabel || e.outerHTML).slice(0, 80)];
  }).filter(([w, h]) => w > 1 && h > 1 && Math.min(w, h) < 43.5)"""


@dataclass
class Person:
    """Somebody with a device of their own; `wrong` gathers what no page may ever do."""

    context: BrowserContext
    page: Page
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def with_screen(cls, browser: Browser, address: str, width: int, height: int) -> Person:
        context = browser.new_context(
            viewport=ViewportSize(width=width, height=height), locale="it-IT", has_touch=width < 641
        )
        person = cls(context, context.new_page())
        own = (address, address.replace("http", "ws", 1), "data:", "blob:")

        def watch(asked: Request) -> None:
            if not asked.url.startswith(own):
                person.wrong.append(f"asked {asked.url}")

        context.on("request", watch)
        person.page.on("console", lambda said: person._hear(said.text))
        return person

    def _hear(self, said: str) -> None:
        if "Content Security" in said:
            self.wrong.append(said)

    def sees(self, words: str) -> Locator:
        """Waits until these words are to be seen."""
        found = self.page.get_by_text(words).and_(self.page.locator(":visible")).first
        expect(found).to_be_visible(timeout=PATIENCE)
        return found

    def sees_not(self, words: str) -> None:
        """Waits until these words are nowhere."""
        expect(self.page.get_by_text(words)).to_have_count(0, timeout=PATIENCE)

    def still(self) -> None:
        """Waits until nothing on the page is about to change."""
        expect(self.page.locator("[data-stale=true]")).to_have_count(0, timeout=PATIENCE)

    def taps(self, what: Locator, then: Callable[[int], None]) -> None:
        """Taps until `then` holds, as a person does who sees that a tap was lost on a moving page.

        `then` waits as many ms as it is told. What is tapped must be gone, or do nothing, once it was done.
        """
        for _ in range(3):
            what.click(timeout=PATIENCE)
            try:
                then(TAPPED)
                return
            except AssertionError:
                if not what.is_visible() or not what.is_enabled():
                    break
        then(PATIENCE)

    def presses(self, name: str, then: str | Locator) -> None:
        """Taps the button of this name until `then` is to be seen."""
        wanted = self.page.get_by_text(then) if isinstance(then, str) else then
        shown = wanted.and_(self.page.locator(":visible")).first
        button = self.page.get_by_role("button", name=name, exact=True).first
        self.taps(button, lambda ms: expect(shown).to_be_visible(timeout=ms))
        self.still()

    def chooses(self, name: str, within: Locator | None = None) -> None:
        """Chooses one of a few."""
        where = within or self.page.get_by_test_id("stMain")
        radio = where.get_by_role("radio", name=re.compile(f"^{re.escape(name)}$", re.IGNORECASE)).first
        target = radio.locator("xpath=ancestor-or-self::*[self::label or self::button][1]")
        self.taps(target, lambda ms: expect(radio).to_be_checked(timeout=ms))
        self.still()

    def fills(self, name: str, text: str) -> None:
        """Types into the field of this name, and leaves it."""
        typed = self.page.get_by_label(name, exact=True).first
        typed.fill(text)
        typed.blur()
        self.still()

    def scrolls_nowhere_sideways(self) -> None:
        main = self.page.get_by_test_id("stMain")
        assert main.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), self.page.url

    def hits_everything(self) -> None:
        """All that can be tapped is big enough for a thumb."""
        self.still()
        assert self.page.evaluate(SMALL_TARGETS) == []
        self.scrolls_nowhere_sideways()
