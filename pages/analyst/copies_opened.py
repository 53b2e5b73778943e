"""One copied text: its words, how its copies differ, and the signs that they were sent together."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.sentences.copies_found import decision_told, how_alike, of_signals
from analysis.sentences.figures import each
from analysis.text.copies_decided import COUNTED_ONCE
from analysis.text.variants import marked_differences
from pages.analyst.copied import Copied
from pages.analyst.copies_shown import when
from pages.analyst.places import placed
from pages.analyst.results import Results
from pages.analyst.told import quiet
from pages.frame.language import language
from pages.frame.plain import plain

MOST_TEXTS = 5  # texts of one cluster shown in full; whoever sends more sends the whole form again
MOST_WORDINGS = 5  # of each text: others are found with the members


def open_copies(found: Results, read: Copied, row: Any, wordings: pd.DataFrame) -> None:
    """The text of one cluster, a row of the clusters of `read`, and all that tells what it is.

    `wordings` are those of the cluster that may be read here.
    """
    say, count = language().say, language().count
    st.header(
        plain(count("{n} contribution says the same", "{n} contributions say the same", row.n_contributions))
    )
    st.markdown(f"**{plain(_decision(row))}**")
    if not row.kind_found:
        quiet(say("Their texts have changed since and are not alike any more; what was decided still holds."))
    elif wordings.empty:
        quiet(say("Their words are only to be counted: they are not shown here."))
    else:
        _texts(found, read, wordings)
    if row.n_answers:
        st.subheader(say("Signs that they were sent together"))
        st.markdown(
            "\n".join(
                f"- {plain(sign)}" for sign in [how_alike(row, language()), *of_signals(row, language())]
            )
        )
        quiet(
            say("They are signs, no proof: a workshop sends within minutes too, and who agrees rates alike.")
        )


def _decision(row: Any) -> str:
    """What was decided, when, and how it counts."""
    say = language().say
    told = decision_told(row.kind, language())
    if not row.kind:
        return say("{decision}: until then each of them counts", decision=told)
    how = (
        language().count("{n} counts once", "the {n} count once", row.n_decided)
        if row.kind in COUNTED_ONCE
        else say("each of them counts")
    )
    return say("{decision}, decided on {when}: {how}", decision=told, when=when(row.at), how=how)


def _texts(found: Results, read: Copied, wordings: pd.DataFrame) -> None:
    """Each text that they have in common, as one of them wrote it, and the other wordings of it."""
    count = language().count
    models = list(wordings["model"].drop_duplicates())
    if len(models) > 1:
        quiet(count("They share {n} text.", "They share {n} texts.", len(models)))
    for model in models[:MOST_TEXTS]:
        first, *others = each(wordings[wordings["model"] == model])
        st.subheader(
            plain(
                count(
                    "The text as {n} of them has it", "The text as {n} of them have it", first.n_contributions
                )
            )
        )
        verbatim(found, read, first.answer_id)
        if others:
            _others(first, others)
    if len(models) > MOST_TEXTS:
        quiet(
            count(
                "{n} more text is in the file.", "{n} more texts are in the file.", len(models) - MOST_TEXTS
            )
        )


def verbatim(found: Results, read: Copied, answer_id: str) -> None:
    """One answer, which this reader may read, word for word."""
    (answer,) = each(
        placed(read.texts[read.texts["answer_id"] == answer_id], found.consultation.plan, language())
    )
    with st.container(border=True, gap="xsmall"):
        quiet(answer.about)
        st.text(answer.text)
        if answer.consent == "counted_only":
            st.badge(language().say("Only to be counted: do not quote"), color="orange")


def _others(first: Any, others: list[Any]) -> None:
    say, count = language().say, language().count
    told = count("One other wording of it", "{n} other wordings of it", len(others))
    st.markdown(f"**{plain(told)}**")
    quiet(
        say(
            "[+ so] stands what was added, (− so) what was dropped; … stands for words that are the same. "
            "Capitals and punctuation make no difference."
        )
    )
    for other in others[:MOST_WORDINGS]:
        with st.container(border=True, gap="xsmall"):
            quiet(count("{n} contribution", "{n} contributions", other.n_contributions))
            st.text(marked_differences(first.text, other.text))
    if len(others) > MOST_WORDINGS:
        quiet(
            count(
                "{n} more wording stands with its sender below.",
                "{n} more wordings stand with their senders below.",
                len(others) - MOST_WORDINGS,
            )
        )
