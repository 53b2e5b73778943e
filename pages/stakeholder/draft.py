"""What one participant has begun to say, as long as the tab is open; the store alone keeps what was sent."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from consultation.codes import new_return_code
from consultation.contribution import Consent, Contribution, Speaker
from consultation.errors import ErasedContribution
from consultation.occasion import Consultation
from consultation.plan import Plan
from pages.frame.language import TYPED
from pages.frame.problems import tell
from pages.frame.store import store

Step = Literal["who", "waiting", "questions", "form", "thanks"]

_KEY = "draft"


@dataclass(frozen=True)
class Form:
    """One form: what it asks under a strategic question, and in which words.

    `plan` and its number `wording` are those it was begun in: what is mended meanwhile waits for the next
    form, so that an answer keeps to the words that were read. `round` counts from 1; 0 outside of rounds.
    """

    question: str
    plan: Plan
    wording: int
    guiding_questions: tuple[str, ...]
    rated: bool = True
    round: int = 0

    @property
    def place(self) -> tuple[str, int]:
        """Which form it is, in whatever words."""
        return self.question, self.round


@dataclass
class Draft:
    """One contribution in the making. Id and code are made before the first form is shown, so that sending
    twice is one contribution.

    `forms` were begun while their question was taken and not sent since: these may still be sent when it is
    taken no more. `form` is the one on the screen, or the last that was; `rounds_sent` are numbers of rounds,
    and `late` says that something of the last sending came after its question was closed. One that was begun
    in a trial ends with it: `erased_trials` is how many had been erased before.
    """

    consultation: str
    workshop: str = ""
    table: str = ""
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    return_code: str = field(default_factory=new_return_code)
    step: Step = "who"
    form: Form | None = None
    forms: dict[tuple[str, int], Form] = field(default_factory=dict)
    rounds_sent: set[int] = field(default_factory=set)
    late: bool = False
    group: str = ""
    consent: Consent | None = None
    organisation: str = ""
    erased_trials: int = 0

    def speaker(self, language: str) -> Speaker:
        """Who is speaking, as sent with every part."""
        if self.consent is None:
            raise ValueError("a draft without consent is not sent")
        return Speaker(
            group=self.group,
            consent=self.consent,
            organisation=self.organisation,
            language=language,
            channel="workshop" if self.workshop else "online",
            workshop=self.workshop,
            table=self.table,
        )

    def key(self, *parts: str) -> str:
        """The name of one field of this draft in the session."""
        return "/".join((f"{TYPED}{self.id}", *parts))

    def sent(self, form: Form, late: bool) -> None:
        """The form was sent, and is kept: whoever wants to correct it begins it again."""
        self.forms.pop(form.place, None)
        self.rounds_sent.add(form.round)
        self.late = late
        self.step = "thanks"


def draft_for(now: Consultation, workshop: str, table: str = "") -> Draft:
    """The draft of this consultation as it is `now`, begun if there is none; it moves to where one sits.

    One of a trial that is over is dropped, and whoever has begun something in it is told.
    """
    _drop_over(now)
    kept = st.session_state.get(_KEY)
    if isinstance(kept, Draft) and kept.consultation == now.id and kept.workshop in ("", workshop):
        kept.workshop = workshop or kept.workshop
        kept.table = table or kept.table
        return kept
    fresh = Draft(now.id, workshop, table, erased_trials=now.erased_trials)
    st.session_state[_KEY] = fresh
    return fresh


def _drop_over(now: Consultation) -> None:
    kept = st.session_state.get(_KEY)
    if not isinstance(kept, Draft) or kept.consultation != now.id:
        return
    try:
        now.require_same_trial(kept.erased_trials)
    except ErasedContribution as problem:
        if begun():
            tell(problem)
        drop(kept.id)


def reopen(contribution: Contribution, return_code: str) -> None:
    """Go on with a contribution that its code has opened."""
    st.session_state[_KEY] = Draft(
        contribution.consultation,
        contribution.workshop,
        contribution.table,
        contribution.id,
        return_code,
        step="questions",
        group=contribution.group,
        consent=contribution.consent,
        organisation=contribution.organisation,
        erased_trials=store().consultation(contribution.consultation).erased_trials,
    )


def begun() -> Draft | None:
    """The draft of this tab, if anything was said in it, sent or not."""
    kept = st.session_state.get(_KEY)
    if not isinstance(kept, Draft):
        return None
    if kept.step != "who":
        return kept
    # looked for last: to read all that a session holds takes longer than the store does
    typed = any(value for name, value in st.session_state.items() if str(name).startswith(kept.key("")))
    return kept if typed else None


def begin_anew() -> None:
    """Forget everything that was typed or chosen in this tab, for whoever comes next."""
    st.session_state.pop(_KEY, None)
    _forget_typed(TYPED)


def drop(contribution_id: str) -> None:
    """Forget the draft of this contribution, and what was typed for it."""
    kept = st.session_state.get(_KEY)
    if isinstance(kept, Draft) and kept.id == contribution_id:
        del st.session_state[_KEY]
    _forget_typed(f"{TYPED}{contribution_id}/")


def _forget_typed(beginning: str) -> None:
    for name in [str(name) for name in st.session_state if str(name).startswith(beginning)]:
        del st.session_state[name]
