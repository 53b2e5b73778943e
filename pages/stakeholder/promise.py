"""What participants are told before they answer: what is done with their answers, and with their data."""

from __future__ import annotations

import re

import streamlit as st

from consultation import moderation_words
from consultation.plan import Plan
from pages.frame.language import language
from pages.frame.plain import plain

_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-ÖØ-Þ«“\"(])")


def show(plan: Plan) -> None:
    """The first sentence of the plan's promise in plain view; its rest and the privacy notice one tap away.

    Nothing where the plan has neither.
    """
    say, pick = language().say, language().pick
    promise = _paragraphs(pick(plan.promise)) if plan.promise else []
    privacy = _paragraphs(pick(plan.privacy)) if plan.privacy else []
    first, rest = _first_sentence(promise)
    with st.container(key="promise", gap="xsmall"):
        if first:
            st.markdown(plain(first))
        if rest or privacy:
            with st.expander(say("What we do with your answers and your data")):
                for paragraph in rest:
                    st.markdown(plain(paragraph))
                if privacy:
                    heading = say("Your data")
                    st.markdown(f"**{heading}**")
                for paragraph in privacy:
                    st.markdown(plain(paragraph))


def policy() -> None:
    """What is read before it is shown, and what may be hidden."""
    st.markdown(plain(moderation_words.policy(language())))


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a plan's text, which an empty line begins, each in one line."""
    return [" ".join(lines.split()) for lines in re.split(r"\n\s*\n", text) if lines.strip()]


def _first_sentence(paragraphs: list[str]) -> tuple[str, list[str]]:
    """The first sentence, and the paragraphs that are left."""
    if not paragraphs:
        return "", []
    first, *rest = _SENTENCE_ENDS.split(paragraphs[0], maxsplit=1)
    return first, [*rest, *paragraphs[1:]]
