"""Which consultation this participant is asked for: the one of the invitation, else the open one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from consultation.errors import NotOpen, TooManyGuesses, UnknownInvitation
from consultation.occasion import Consultation
from consultation.room import Room
from consultation.workshop import Workshop
from pages.frame.choice import accept, invitation, look_at, named, title
from pages.frame.guesses import look_up
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.problems import tell
from pages.frame.rooms import Live, live
from pages.frame.store import store
from pages.stakeholder.draft import begun


@dataclass(frozen=True)
class Occasion:
    """A consultation at the time `at`, and the workshop and table whose invitation led here, if any."""

    consultation: Consultation
    at: datetime
    seen: Live | None = None
    table: str = ""

    @property
    def workshop(self) -> Workshop | None:
        return self.seen.workshop if self.seen else None

    @property
    def room(self) -> Room | None:
        return self.seen.room if self.seen else None

    @property
    def in_rounds(self) -> bool:
        """Whether a facilitator opens its questions, one after the other."""
        return self.workshop is not None and bool(self.workshop.rounds)

    @property
    def taking(self) -> bool:
        """Whether the consultation takes answers; in a workshop with rounds these must be open too."""
        return self.consultation.taking(self.at)


def asked() -> Occasion:
    """The occasion to answer on; where there is none, says why, offers what is open, and stops the page.

    It may be taking no answers: the one of an invitation, and one of which this tab holds something.
    """
    at, word = datetime.now(UTC), invitation()
    found = _invited(word, at) if word else _open_to_all(at)
    if found is None:
        offer(at)
        st.stop()
    return found


def _open_to_all(at: datetime) -> Occasion | None:
    """The consultation that was named, or goes on here, or is the only open one; if none is open, says so."""
    consultations = store().consultations()
    known = {consultation.id: consultation for consultation in consultations}
    open_now = open_among(consultations, at)
    draft = begun()
    here = draft.consultation if draft and draft.step != "who" else ""
    wanted = known.get(named()) or known.get(here)
    if wanted and (wanted.taking(at) or wanted.id == here):
        return Occasion(wanted, at)
    if len(open_now) == 1:
        return Occasion(open_now[0], at)
    if not open_now:
        _tell_none(consultations, at)
    return None


def _invited(word: str, at: datetime) -> Occasion | None:
    """Where this invitation leads; if nowhere, says so."""
    try:
        invited = look_up(word)
        if invited is None:
            raise UnknownInvitation("No workshop has this invitation: check the word you were given.")
    except (UnknownInvitation, TooManyGuesses) as problem:
        tell(problem)
        return None
    seen = live(invited.workshop)
    return Occasion(seen.consultation, at, seen, invited.table)


def where_one_sits(workshop: Workshop, table: str) -> str:
    """The workshop's title, and the table if the invitation was one of its tables'."""
    named = language().say("Workshop: {title}", title=workshop.title)
    return f"{named}\N{NO-BREAK SPACE}· {table}" if table else named


def open_among(consultations: Iterable[Consultation], at: datetime) -> list[Consultation]:
    """Those that anybody may answer now: a trial is for whoever was sent to it."""
    return [c for c in consultations if c.stage == "open" and c.taking(at)]


def soon_among(consultations: Iterable[Consultation], at: datetime) -> list[Consultation]:
    """Those that are opened already and begin at a later time."""
    return [c for c in consultations if c.stage == "open" and c.opens is not None and at < c.opens]


def day_and_time(at: datetime) -> dict[str, str]:
    """How a time is told, where this program runs."""
    local = at.astimezone()
    return {"day": f"{local:%d/%m/%Y}", "time": f"{local:%H:%M}"}


def _tell_none(consultations: Iterable[Consultation], at: datetime) -> None:
    soon = soon_among(consultations, at)
    for consultation in soon:
        tell_closed(consultation, at)
    if not soon:
        tell(NotOpen("No consultation is open at present: come back when you are invited."))


def tell_closed(consultation: Consultation, at: datetime, *, named_above: bool = False) -> None:
    """Why it takes no answers now, and what to do."""
    try:
        consultation.require_taking(at)
    except NotOpen as problem:
        tell(problem, about="" if named_above else title(consultation))


def offer(at: datetime) -> None:
    """The field for an invitation, and what can be answered without one.

    Whoever came with a word has most likely mistyped it; others choose.
    """
    word = invitation()
    if word:
        word_field()
    for consultation in open_among(store().consultations(), at):
        if st.button(
            language().say("Take part: {name}", name=plain(title(consultation))),
            key=f"offer-{consultation.id}",
            type="secondary" if word else "primary",
            width="stretch",
        ):
            accept("")
            look_at(consultation.id)
            st.rerun()
    if not word:
        word_field()


def word_field(page: str = "") -> None:
    """Where a word that was called out in a room can be typed; it stays there to be mended.

    Goes on to `page`, if one is named, with the word.
    """
    say = language().say
    with st.form("type_invitation", border=False):
        word = st.text_input(
            say("Your invitation: the word you were given"),
            value=invitation(),
            max_chars=30,
            autocomplete="off",
            key="typed-word",
        )
        if st.form_submit_button(say("Go to the workshop"), key="open-word", width="stretch"):
            if not word.strip():
                return
            accept(word.strip())
            if page:
                st.switch_page(page)
            st.rerun()
