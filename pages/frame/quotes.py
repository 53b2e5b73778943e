"""What people wrote, as plain text and nothing else, with the words that decided between brackets."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analysis.sentences.figures import basis_of_coding
from analysis.text.marks import decided, marked
from consultation.language import Language
from consultation.occasion import Consultation
from consultation.permissions import may_read_uncited, may_read_words
from pages.frame.access import visitor
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.store import contributions

PER_PAGE = 10


def quotes(answers: pd.DataFrame, consultation: Consultation, *, key: str) -> None:
    """A paged list of `answers` in their order: columns group, text, consent, and optionally words and about.

    `words` are the deciding words joined by |; `about`, in the plan's words, stands above the answer. One
    that is only to be counted is shown, with a badge, to whoever may read those, and to nobody else; how many
    were left out is said.
    """
    say, count = language().say, language().count
    if not may_read_words(visitor(), consultation):
        st.info(say("The words themselves are for staff."))
        return
    shown = answers
    if not may_read_uncited(visitor(), consultation):
        shown = answers[answers["consent"] != "counted_only"]
    hidden = len(answers) - len(shown)
    if hidden:
        st.markdown(
            count(
                "1 more answer is counted, but its author does not want it read here.",
                "{n} more answers are counted, but their authors do not want them read here.",
                hidden,
            )
        )
    if shown.empty:
        st.markdown(say("No answer to show here."))
        return
    large = large_groups(consultation)
    for row in _page(shown, key).itertuples():
        _quote(row, consultation, large, language())


def large_groups(consultation: Consultation) -> set[str]:
    """The groups with so many participants that naming one points to nobody."""
    sizes = Counter(c.group for c in contributions(consultation.id))
    return {group for group, size in sizes.items() if size >= consultation.rules.smallest_cell}


def _page(shown: pd.DataFrame, key: str) -> pd.DataFrame:
    pages = math.ceil(len(shown) / PER_PAGE)
    if pages == 1:
        return shown
    st.markdown(language().count("1 answer", "{n} answers", len(shown)))
    # the number of pages is part of the key: another list begins at its first page
    page = st.pagination(pages, key=f"{key}-pages-{pages}")
    return shown.iloc[(page - 1) * PER_PAGE : page * PER_PAGE]


def _quote(row: object, consultation: Consultation, large: set[str], reader: Language) -> None:
    consent, group = str(getattr(row, "consent")), str(getattr(row, "group"))  # noqa: B009
    with st.container(border=True, gap="xsmall"):
        if about := str(getattr(row, "about", "")):
            st.markdown(f":gray[{plain(about)}]")
        basis, words = str(getattr(row, "basis", "")), str(getattr(row, "words", ""))
        st.text(bracketed(str(getattr(row, "text")), decided(basis, words)))  # noqa: B009
        if how := basis_of_coding(basis, reader):
            st.markdown(f":gray[{plain(how)}]")
        if consent == "quotable_with_group" and group in large and group in consultation.plan.groups:
            st.markdown(f"— {plain(reader.pick(consultation.plan.groups[group].label))}")
        if consent == "counted_only":
            st.badge(reader.say("Only to be counted: do not quote"), color="orange")


def bracketed(text: str, words: Sequence[str]) -> str:
    """`text` with each of its deciding words between square brackets."""
    shown, end = [], 0
    for start, stop in marked(text, words):
        shown += [text[end:start], "[", text[start:stop], "]"]
        end = stop
    return "".join([*shown, text[end:]])
