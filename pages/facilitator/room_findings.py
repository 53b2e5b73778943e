"""What one workshop says: the same method as for a whole consultation, on what came in this room alone.

Its words are those that moderation has passed; its ratings are all that were given.
"""

from __future__ import annotations

import streamlit as st

from analysis.findings import Findings, find
from analysis.sentences import Basis
from analysis.views import Subject
from consultation import tables
from consultation.language import Language
from pages.analyst.results import Desk, Key, shipped_lexicons
from pages.frame.rooms import Live
from pages.frame.store import on_forget, said

_MOST = 12  # workshops whose findings are held: more than are on a wall at once
_ITALIAN = Language("it")  # figures must not depend on the language of whoever asks for them first


def room_findings(live: Live) -> Findings:
    """What was rated in the room, and what was written there and may be shown; made once for each change."""
    key = Key(
        live.consultation.id,
        said(live.consultation.id),
        (),
        live.consultation.rules,
        f"{live.workshop.word}: {sorted(shown_answers(live))}",
    )
    return _desk().of(key, lambda: _find(live)).found


def subject(live: Live, reader: Language) -> Subject:
    """What a map of this room is of."""
    found = room_findings(live)
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
def _desk() -> Desk[Findings]:
    return Desk(said, _MOST)


on_forget(lambda consultation_id: _desk().forget(consultation_id))
