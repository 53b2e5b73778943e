"""Which of a plan's questions a draft asks; asking fewer forgets its trial, and says so first."""

from __future__ import annotations

from functools import partial

import streamlit as st

from consultation.edition import Kind, asking, asks_less, wordings
from consultation.errors import ConsultationTaken
from consultation.occasion import Consultation
from consultation.plan import Plan
from consultation.workshop import Workshop
from pages.facilitator.prepare_doing import ask_first, change, sure, tap, tell_what_came
from pages.facilitator.prepare_fields import Fields
from pages.facilitator.prepare_stage import trial_counts
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.store import store


def show(consultation: Consultation, fixed: bool) -> None:
    """A box for each question, ticked where it is asked."""
    say = language().say
    st.markdown(
        say("What you leave out stays in the plan, and can be asked again until the opening. Then it stays.")
    )
    fields = Fields(f"asked/{consultation.id}", consultation, _values(consultation.plan))
    st.subheader(say("Strategic questions"))
    _boxes(consultation.plan, fields, "question", "title", fixed)
    st.subheader(say("Guiding questions, under each of them"))
    _boxes(consultation.plan, fields, "guide", "question", fixed)
    place = f"asked-{consultation.id}"
    if not fixed and not _sure_to_ask_less(fields, place):
        st.button(
            say("Ask these questions"),
            type="primary",
            key="keep-asked",
            on_click=tap(place, partial(_keep, fields, place)),
        )
    tell_what_came(place)


def _boxes(plan: Plan, fields: Fields[Consultation], kind: Kind, field: str, fixed: bool) -> None:
    for worded in wordings(plan):
        if (worded.place.kind, worded.place.field) == (kind, field):
            st.checkbox(
                plain(language().pick(worded.wording)),
                key=fields.key(f"{kind}/{worded.place.id}"),
                disabled=fixed,
                persist_state="session",
            )


def _values(plan: Plan) -> dict[str, object]:
    return {
        f"{worded.place.kind}/{worded.place.id}": worded.asked
        for worded in wordings(plan)
        if worded.place.kind in ("question", "guide")
    }


def _wanted(fields: Fields[Consultation]) -> Plan:
    """The plan as it would ask what is ticked; raises `BrokenEdition` when that is nothing."""
    ticked = {name.partition("/")[::2] for name in _values(fields.seen.plan) if fields.value(name)}
    return asking(
        fields.seen.plan,
        [name for kind, name in ticked if kind == "question"],
        [name for kind, name in ticked if kind == "guide"],
    )


def _keep(fields: Fields[Consultation], place: str) -> str:
    """Asks first where something would be lost with a question."""
    seen, wanted = fields.seen, _wanted(fields)
    if asks_less(seen.plan, wanted) and (any(trial_counts(seen)) or _shrinking(seen, wanted)):
        return ask_first(place)
    return _ask(fields)


def _ask(fields: Fields[Consultation]) -> str:
    say, seen = language().say, fields.seen
    changed = seen.reworded(_wanted(fields))
    shrinking = _shrinking(seen, changed.plan)
    try:
        change(seen, changed)
    except ConsultationTaken:
        now = store().consultation(seen.id)
        fields.look_again(now, _values(now.plan))
        raise
    fields.let_go()
    if shrinking:
        return say(
            "Kept. Rounds about what is asked no more were taken away in: {workshops}.",
            workshops=", ".join(workshop.title for workshop in shrinking),
        )
    return say("Kept: these questions are asked.")


def _shrinking(seen: Consultation, wanted: Plan) -> list[Workshop]:
    """The workshops that would lose a round, or a guiding question of one."""
    return [w for w in store().workshops(seen.id) if w.within(wanted) != w]


def _sure_to_ask_less(fields: Fields[Consultation], place: str) -> bool:
    say, count = language().say, language().count
    answers, votes = trial_counts(fields.seen)
    lost = []
    if answers or votes:
        lost.append(
            say(
                "To ask fewer questions ends the trial: what it has gathered ({contributions}, {votes}) is "
                "erased, with all that was done in its workshops. Nobody can bring it back.",
                contributions=count("1 contribution", "{n} contributions", answers),
                votes=count("1 vote", "{n} votes", votes),
            )
        )
    lost.append(say("Rounds of workshops about what is asked no more are taken away."))
    return sure(
        place,
        " ".join(lost),
        say("Yes, ask fewer questions"),
        say("No, leave them as they were"),
        partial(_ask, fields),
    )
