"""What one workshop says: the same method as for a whole consultation, on what came in this room alone.

Its words are those that moderation has passed; its ratings are all that were given. They are found again
when something came in this room, or was read there, and for nothing else.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import streamlit as st

from analysis.findings import Findings, find
from analysis.sentences import Basis
from analysis.views import Subject
from consultation import tables
from consultation.language import Language
from consultation.rules import Rules
from pages.analyst.results import shipped_lexicons
from pages.facilitator.latest import Held, Latest
from pages.frame.rooms import Live
from pages.frame.store import address, on_forget

BEHIND = 10.0  # seconds that a wall may be behind: while people send, one finding takes one
_MOST = 12  # workshops whose findings are held: more than are on a wall at once
_ITALIAN = Language("it")  # figures must not depend on the language of whoever asks for them first


class Mark(NamedTuple):
    """What findings of a room depend on; `came` is a digest of the versions, `shown` are ids of answers."""

    came: str
    shown: frozenset[str]
    rules: Rules
    wording: int


def room_findings(live: Live) -> Findings:
    """What was rated in the room, and what was written there and may be shown, at present."""
    return wall_findings(live, behind=0).thing


def wall_findings(live: Live, behind: float = BEHIND) -> Held[Mark, Findings]:
    """The same for a screen that renews itself: up to `behind` seconds old while people are sending.

    Never with a word that may be shown no more.
    """
    mark = _mark(live)

    def serves(held: Mark) -> bool:
        return held.shown <= mark.shown and (held.rules, held.wording) == (mark.rules, mark.wording)

    return _findings(address()).of(live, mark, lambda: _find(live), behind=behind, serves=serves)


def subject(live: Live, found: Findings, reader: Language) -> Subject:
    """What a map of this room is of, by what was `found` in it."""
    rules = live.consultation.rules
    basis = Basis.of(
        found.participation,
        found.n_answers,
        need_line=found.need_line,
        feasibility_line=found.feasibility_line,
        invented=live.consultation.invented,
        group_weights=rules.group_weights,
        n_rated=found.ratings.n_rated,
        notes=[reader.say("Only this workshop: {title}", title=live.workshop.title)],
    )
    objectives = tables.objectives(live.consultation.plan, reader)
    return Subject(found.priorities, objectives, basis, rules, reader)


def shown_answers(live: Live) -> frozenset[str]:
    """The answers of this room that somebody has read and passed, and whose authors let them be quoted."""
    return frozenset(
        one.answer_id(reply)
        for one in live.came
        if one.consent != "counted_only"
        for reply in one.replies
        if live.moderated.shown(one, reply)
    )


def _mark(live: Live) -> Mark:
    versions = "\n".join(sorted(f"{one.id} {one.version} {one.at.isoformat()}" for one in live.came))
    came = hashlib.sha256(versions.encode()).hexdigest()
    return Mark(came, shown_answers(live), live.consultation.rules, live.consultation.wording)


def _find(live: Live) -> Findings:
    plan = live.consultation.plan
    answers = tables.answers(live.came)
    return find(
        answers[answers["answer_id"].isin(shown_answers(live))].reset_index(drop=True),
        tables.ratings(live.came),
        tables.objectives(plan, _ITALIAN),
        tables.groups(plan, _ITALIAN),
        tables.guiding_questions(plan, _ITALIAN),
        shipped_lexicons(),
        live.consultation.rules,
    )


@st.cache_resource(show_spinner=False)
def _findings(at: str) -> Latest[Mark, Findings]:
    return Latest(_MOST)


on_forget(lambda consultation_id: _findings(address()).forget(consultation_id))
