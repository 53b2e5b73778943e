"""What people decide while they read: kept, told, and undone by one button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from consultation.codebook import Codebook
from consultation.deciding import Deciding
from consultation.decisions import Decision
from consultation.declaration import LONGEST_NAME
from consultation.occasion import Consultation
from consultation.permissions import may_decide, require
from pages.frame.access import visitor
from pages.frame.decision_words import told_decision
from pages.frame.language import TYPED, language, relabelled
from pages.frame.plain import plain
from pages.frame.problems import told
from pages.frame.store import reading, store

MOST_SHOWN = 200  # decisions in the table, the newest: nobody reads further back on a screen
_BY = f"{TYPED}who-decides"
_KEPT = "decision-kept"


def codebook(consultation: Consultation) -> Codebook:
    """All that was decided of the consultation, as it holds now."""
    return reading(consultation.id).codebook


def deciding(consultation: Consultation) -> bool:
    """Whether the present visitor may decide; if not, one line says so."""
    if may_decide(visitor(), consultation):
        return True
    st.caption(language().say("Whoever has the staff link can decide here; you see what was decided."))
    return False


def decide(consultation: Consultation, make: Callable[[Deciding], Decision]) -> None:
    """Keep what `make` decides and show the page anew; a problem is told where it arose."""
    require(may_decide, visitor(), consultation)
    with told():
        seen = codebook(consultation)
        decision = make(Deciding(seen, consultation.plan, datetime.now(UTC), _by()))
        store().decide(consultation.id, decision, seen.number)
        st.session_state[_KEPT] = _toast(decision, seen, consultation)
        relabelled()  # a theme may have another name now
        st.rerun()


def history(consultation: Consultation) -> None:
    """What was decided, the newest first, and the way back from the last of it. For the end of a page."""
    say, seen = language().say, codebook(consultation)
    _tell_kept()
    if not seen.history and not may_decide(visitor(), consultation):
        return
    with st.expander(language().count("{n} decision", "{n} decisions", seen.number)):
        if may_decide(visitor(), consultation):
            st.text_input(say("Who decides (not required)"), max_chars=LONGEST_NAME, key=_BY)
            last = seen.last
            if last is not None:
                what = told_decision(last.decision, seen, consultation.plan, language())
                st.markdown(plain(say("The last one: {what}.", what=what)))
                if st.button(say("Undo the last decision"), key=f"undo-{consultation.id}-{last.number}"):
                    decide(consultation, lambda at: at.codebook.undo(at.at, at.by))
        if seen.history:
            st.dataframe(_table(seen, consultation), hide_index=True)


def _tell_kept() -> None:
    kept = st.session_state.pop(_KEPT, "")
    if kept:
        st.toast(plain(kept))


def _toast(decision: Decision, seen: Codebook, consultation: Consultation) -> str:
    what = told_decision(decision, seen, consultation.plan, language())
    if decision.kind == "undo":
        return language().say("Done: {what}.", what=what)
    return language().say("Kept: {what}. It can be undone.", what=what)


def _table(seen: Codebook, consultation: Consultation) -> pd.DataFrame:
    say = language().say
    rows = [
        (
            step.number,
            f"{step.decision.at:%Y-%m-%d %H:%M} UTC",
            step.decision.by,
            told_decision(step.decision, seen, consultation.plan, language()),
            say("undone") if step.undone else "",
        )
        for step in reversed(seen.history[-MOST_SHOWN:])
    ]
    return pd.DataFrame(rows, columns=[say("No."), say("When"), say("Who"), say("What"), say("Standing")])


def _by() -> str:
    return str(st.session_state.get(_BY) or "")
