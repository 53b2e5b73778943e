"""A new consultation, begun as a draft: from a plan that is there, another consultation's, or a file."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from consultation.edition import copied, fresh_id, inviting
from consultation.errors import BrokenPlan
from consultation.language import Wording
from consultation.occasion import Consultation
from consultation.permissions import may_prepare, may_see_preparation, require
from consultation.plan import Plan, read_plan
from consultation.shipped import shipped_plans
from pages.facilitator.prepare_doing import tap, tell_what_came
from pages.facilitator.prepare_file import given
from pages.frame.access import visitor
from pages.frame.choice import look_at, title
from pages.frame.language import TYPED, language
from pages.frame.store import store

_OPEN = "prepare-new"
_FILE = "file"
PLACE = "new"


@dataclass(frozen=True)
class _Source:
    """A plan to begin from, what it is called, and whether other people were `invited` on it."""

    plan: Plan
    name: str
    invited: bool = False


def begin() -> str:
    """Show the form of a new consultation."""
    st.session_state[_OPEN] = True
    return ""


def is_begun() -> bool:
    """Whether the form of a new consultation is to be shown."""
    return bool(st.session_state.get(_OPEN))


def show(alone: bool) -> None:
    """A plan, a title, and one button; where it is not `alone`, the way back too."""
    say = language().say
    st.subheader(say("A new consultation"))
    st.markdown(say("It begins as a draft: nobody can answer until you open it. Everything can be mended."))
    sources = _sources()
    names = {key: source.name for key, source in sources.items()}
    names[_FILE] = say("A plan file of mine (.toml)")
    chosen = st.selectbox(
        say("Its questions come from"),
        list(names),
        format_func=names.__getitem__,
        key=f"{TYPED}new-source",
        persist_state="session",
    )
    file = None
    if chosen == _FILE:
        file = given(say("The plan file"), ["toml"], key="new-file")
    st.text_input(say("Title in Italian"), key=f"{TYPED}new-it", persist_state="session")
    st.text_input(say("Title in English (optional)"), key=f"{TYPED}new-en", persist_state="session")
    st.button(
        say("Begin the draft"),
        type="primary",
        key="begin-draft",
        on_click=tap(PLACE, lambda: _make(sources.get(str(chosen)), file)),
    )
    tell_what_came(PLACE)
    if not alone:
        st.button(say("Back, without a new one"), type="tertiary", key="no-new", on_click=tap("", _leave))


def _sources() -> dict[str, _Source]:
    """The plans that came with Alleanza, then each consultation's as it is worded now."""
    say, pick = language().say, language().pick
    found = {
        f"plan/{plan.id}": _Source(plan, say("The plan “{title}”", title=pick(plan.title)))
        for plan in shipped_plans()
    }
    for consultation in store().consultations():
        if not may_see_preparation(visitor(), consultation):
            continue
        found[f"consultation/{consultation.id}"] = _Source(
            consultation.plan,
            say("A copy of “{title}”, as it is worded now", title=title(consultation)),
            invited=True,
        )
    return found


def _make(source: _Source | None, file: tuple[str, bytes] | None) -> str:
    say = language().say
    wording = Wording(
        *(str(st.session_state.get(f"{TYPED}new-{code}") or "").strip() for code in ("it", "en"))
    )
    if not wording.it:
        raise BrokenPlan("Give the consultation a title in Italian.")
    plan = _plan(source, file)
    fresh = fresh_id(wording, [consultation.id for consultation in store().consultations()])
    made = Consultation(fresh, copied(plan, fresh, wording), "draft")
    require(may_prepare, visitor(), made)
    store().add_consultation(made)
    look_at(made.id)
    _leave()
    return say("The draft is begun. Look through what it asks under “Questions and words”.")


def _plan(source: _Source | None, file: tuple[str, bytes] | None) -> Plan:
    """The plan to begin from; raises `BrokenPlan`."""
    if source is not None:
        unknown: dict[str, int | None] = dict.fromkeys(source.plan.groups)
        return inviting(source.plan, unknown) if source.invited else source.plan
    if file is None:
        raise BrokenPlan("Choose the plan file first.")
    name, content = file
    try:
        return read_plan(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BrokenPlan(
            "{path} is not UTF-8 text (byte {byte}): save it again as UTF-8.", path=name, byte=error.start
        ) from None


def _leave() -> str:
    for name in (_OPEN, f"{TYPED}new-it", f"{TYPED}new-en", f"{TYPED}new-source"):
        st.session_state.pop(name, None)
    return ""
