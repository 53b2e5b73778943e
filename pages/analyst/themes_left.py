"""The answers that have neither objective nor theme: how many, whose, and the answers themselves."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.analyst.of_none import tables_of_none
from pages.analyst.places import placed
from pages.analyst.theme_findings import ThemeFindings
from pages.analyst.told import quiet
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.quotes import quotes


def left_over(seen: ThemeFindings) -> None:
    """That they are so many is a finding about the plan; they are read with those alike beside them."""
    found, say, count = seen.found, language().say, language().count
    if seen.left.empty:
        return
    st.header(
        plain(
            count(
                "{n} answer of {total} has neither objective nor theme",
                "{n} answers of {total} have neither objective nor theme",
                len(seen.left),
                total=language().number(len(found.answers)),
            )
        )
    )
    quiet(say("That what people say has no place in the plan is a finding about the plan."))
    tables_of_none(found, pd.concat([found.findings.codings[["answer_id"]], seen.members[["answer_id"]]]))
    _read(seen)


def _read(seen: ThemeFindings) -> None:
    """The answers in no candidate to be trusted, in heaps of those alike; nothing is named."""
    found, say, count = seen.found, language().say, language().count
    if seen.order.empty:
        return
    some = len(seen.order) < len(seen.left)
    if some:
        label = count(
            "Read {n} answer that stands in no possible theme",
            "Read {n} answers that stand in no possible theme, those alike together",
            len(seen.order),
        )
    else:
        label = count("Read {n} answer", "Read {n} answers, those alike together", len(seen.order))
    with st.expander(label, expanded=not some):
        answers = seen.order.merge(found.answers, on="answer_id", validate="one_to_one")
        shown = placed(answers, found.consultation.plan, found.reader)
        sizes = shown.groupby("heap")["heap"].transform("size")
        alike = [
            say("Heap {number}: {total} alike", number=language().number(heap), total=language().number(size))
            if heap
            else ""
            for heap, size in zip(shown["heap"], sizes, strict=True)
        ]
        shown = shown.assign(
            about=[" · ".join(filter(None, both)) for both in zip(alike, shown["about"], strict=True)]
        )
        quotes(shown, found.consultation, key=f"left-{found.consultation.id}")
