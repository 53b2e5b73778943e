"""What was mended in a plan's words, when, and by whom."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from consultation.edition import Worded, difference
from consultation.language import LANGUAGES, Wording
from consultation.occasion import Consultation, PlanVersion
from pages.facilitator.prepare_dates import told_moment
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.store import store

Changed = list[tuple[Worded, Wording, Wording]]


def show(consultation: Consultation) -> None:
    """The versions that changed some words, the newest first; nothing while there is only the first."""
    say = language().say
    mended = [
        (after, changed)
        for before, after in pairwise(store().wordings(consultation.id))
        if (changed := difference(before.plan, after.plan))
    ]
    if not mended:
        return
    with st.expander(say("Versions of the words"), key=f"versions-{consultation.id}"):
        for version, changed in reversed(mended):
            _version(version, changed)


def _version(version: PlanVersion, changed: Changed) -> None:
    say = language().say
    parts = [say("Version {n}", n=version.number)]
    if version.at:
        parts.append(told_moment(version.at, language()))
    if version.by:
        parts.append(version.by)
    with st.container(border=True):
        st.markdown(f"**{plain(' · '.join(parts))}**")
        for worded, was, now in changed:
            for code in LANGUAGES:
                before, after = getattr(was, code), getattr(now, code)
                if before != after:
                    st.markdown(plain(f"{worded.told(language())} ({code})"))
                    st.text(say("It was: {text}", text=before or "—"))
                    st.text(say("It is: {text}", text=after or "—"))
