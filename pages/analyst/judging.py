"""What counting proposes for one objective, read answer by answer: right, wrong, or of none."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analysis.sentences.figures import each
from analysis.sentences.objectives_found import precision
from analysis.text.marks import decided
from analysis.text.reading_order import ORDERS, Order, reading_order
from consultation.codebook import digest_of
from consultation.deciding import Deciding
from consultation.permissions import may_read_uncited
from pages.analyst.places import placed
from pages.analyst.recognised import checked
from pages.analyst.results import Results
from pages.analyst.scored import scored
from pages.analyst.told import quiet
from pages.frame.access import visitor
from pages.frame.decisions import decide
from pages.frame.language import TYPED, language
from pages.frame.plain import plain
from pages.frame.quotes import bracketed, quotes

AT_ONCE = 10  # as many as a person reads


def judge(found: Results, objective: str, *, may: bool) -> None:
    """The answers that counting proposes, ten at once, each with the verdicts of whoever may decide."""
    say, count = language().say, language().count
    proposed = _readable(found, reading_order(found.findings.codings, objective))
    st.subheader(plain(count("{n} answer to check", "{n} answers to check", len(proposed))))
    table = checked(found)
    row = next(row for row in each(table) if row.objective == objective)
    right = say("Right so far: {precision}", precision=precision(row, found.reader))
    st.markdown(f"**{plain(right)}**")
    if proposed.empty:
        quiet(
            say("Counting proposes nothing more for this objective: it has been read, or needs other words.")
        )
    else:
        quiet(
            say(
                "The words that decided stand between [square brackets]. What you say of an answer holds for "
                "the maps at once, and helps to find others like it."
            )
            if may
            else say("The words that decided stand between [square brackets].")
        )
        answers = scored(found, reading_order(proposed, objective, _order(found)).head(AT_ONCE))
        if may:
            for answer in each(answers):
                _card(found, objective, answer)
        else:
            quotes(answers, found.consultation, key=f"proposed-{found.consultation.id}-{objective}")
    if may:
        _read_already(found, objective)


def _order(found: Results) -> Order:
    say = language().say
    names = dict(zip(ORDERS, (say("Surest first"), say("Least sure first"), say("By chance")), strict=True))
    order: Order | None = st.segmented_control(
        say("In which order to read them"),
        list(ORDERS),
        default="surest",
        format_func=names.__getitem__,
        key=f"{TYPED}order-{found.consultation.id}",
    )
    if order == "by_chance":
        quiet(say("Drawn by chance: read only so, they are a sample of all that counting proposes."))
    elif order == "least_sure":
        quiet(
            say(
                "Those that another objective could have too: here are most of the errors, and most to learn."
            )
        )
    return order or "surest"


def _card(found: Results, objective: str, answer: Any) -> None:
    """One answer that counting proposes, and what to say of it."""
    say, key, id_, text = language().say, f"{objective}-{answer.answer_id}", answer.answer_id, answer.text
    with st.container(border=True, gap="xsmall"):
        quiet(answer.about)
        st.text(bracketed(text, decided(answer.basis, answer.words)))
        if answer.consent == "counted_only":
            st.badge(say("Only to be counted: do not quote"), color="orange")
        with st.container(horizontal=True, gap="small"):
            if st.button(say("Right"), key=f"right-{key}"):
                decide(found.consultation, lambda by: by.judge(id_, text, objective, True, True))
            if st.button(say("Wrong"), key=f"wrong-{key}"):
                decide(found.consultation, lambda by: by.judge(id_, text, objective, False, True))
            if st.button(say("Of no objective"), key=f"none-{key}"):
                decide(found.consultation, lambda by: by.judge_none(id_, text, objective))


def _read_already(found: Results, objective: str) -> None:
    """What was judged last, to be judged otherwise."""
    say, consultation = language().say, found.consultation
    texts = dict(zip(found.answers["answer_id"], found.answers["text"], strict=True))
    judged = [
        (coding.number, answer, coding)
        for (answer, about), coding in found.codebook.codings.items()
        if about == objective and answer in texts and digest_of(texts[answer]) == coding.digest
    ]
    if not judged:
        return
    newest = sorted(judged, key=lambda one: -one[0])[:AT_ONCE]
    answers = placed(found.answers, consultation.plan, found.reader).set_index("answer_id")
    since = found.codebook.checked_since.get(objective, 0)
    with st.expander(language().count("{n} answer read already", "{n} answers read already", len(judged))):
        for number, id_, coding in newest:
            with st.container(border=True, gap="xsmall"):
                quiet(str(answers.loc[id_, "about"]))
                st.text(texts[id_])
                verdict = say("Right") if coding.holds else say("Wrong")
                st.markdown(f"**{plain(verdict)}**")
                otherwise = partial(
                    Deciding.judge,
                    answer=id_,
                    text=texts[id_],
                    objective=objective,
                    holds=not coding.holds,
                    proposed=coding.proposed and number > since,  # else it is no check of these words
                )
                label = say("It is wrong") if coding.holds else say("It is right")
                if st.button(label, key=f"again-{objective}-{id_}-{number}"):
                    decide(consultation, otherwise)


def _readable(found: Results, codings: pd.DataFrame) -> pd.DataFrame:
    """Without what this reader may not read."""
    if may_read_uncited(visitor(), found.consultation):
        return codings
    silent = found.answers.loc[found.answers["consent"] == "counted_only", "answer_id"]
    return codings[~codings["answer_id"].isin(silent)]
