"""Every place of a word with what stands around it; a line opens its whole answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analysis.sentences.basis import participants
from analysis.text.contexts import CUT, Order
from analysis.text.tokens import APOSTROPHES
from consultation.permissions import may_read_uncited
from pages.analyst.places import placed
from pages.analyst.results import Results
from pages.analyst.told import quiet
from pages.analyst.word_findings import key_typed, lines
from pages.analyst.word_tables import take
from pages.analyst.words_used import MOST_OFFERED
from pages.frame.access import visitor
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.quotes import quotes
from pages.frame.style import narrow, wide

LONGEST_TYPED = 60
NEAR = 16  # signs before the word on a telephone
MOST_LINES = 1_000  # in the list: whoever looks for more takes the file


@dataclass(frozen=True)
class Asked:
    """A word or a pair by its key ("" when nobody uses it), as it is shown, and the order of its lines."""

    key: str
    shown: str
    order: Order


def which_word(found: Results) -> Asked | None:
    """The word chosen or typed; none yet when neither."""
    say = language().say
    words, pairs = found.findings.words.head(MOST_OFFERED), found.findings.pairs
    names = dict(zip(words["word"], words["shown"], strict=True))
    names |= dict(zip(pairs["words"], pairs["shown"], strict=True))
    orders: dict[Order, str] = {
        "answer": say("in the order of answers"),
        "left": say("by the word before"),
        "right": say("by the word after"),
    }
    left, right = st.columns(2)
    with left:
        chosen = st.selectbox(
            say("Word or phrase"),
            list(names),
            index=None,
            format_func=lambda key: names.get(key, key),
            placeholder=say("Choose one, or write your own"),
            accept_new_options=True,
            key=f"context-{found.consultation.id}",
        )
    with right:
        order = st.selectbox(
            say("Order of the lines"),
            list(orders),
            format_func=orders.__getitem__,
            key=f"context-order-{found.consultation.id}",
        )
    if not chosen:
        return None
    if chosen in names:
        return Asked(chosen, names[chosen], order)
    typed = chosen[:LONGEST_TYPED]
    return Asked(key_typed(found, typed), typed, order)


def show(found: Results, everyone: Results, asked: Asked | None) -> bool:
    """The lines of the word; the whole answer of the one chosen. Whether an answer is open."""
    say, count = language().say, language().count
    if asked is None:
        st.title(say("How people use a word"))
        st.markdown(say("Choose a word above, or write one: every place where it stands comes here."))
        return False
    if not asked.key:
        st.title(plain(say("Nobody writes “{word}”", word=asked.shown)))
        st.markdown(say("It may be written otherwise, or be one of the words that are left out of counts."))
        return False
    every = lines(found, asked.key, asked.order).merge(found.answers, on="answer_id", validate="many_to_one")
    people = found.corpus.answers.set_index("answer_id").loc[every["answer_id"], "contribution_id"].nunique()
    st.title(
        plain(
            count(
                "{n} participant writes “{word}”", "{n} participants write “{word}”", people, word=asked.shown
            )
        )
    )
    shown = every if may_read_uncited(visitor(), found.consultation) else _quotable(every)
    quiet(
        " · ".join(
            [
                count("{n} place", "{n} places", len(every)),
                count("{n} answer", "{n} answers", every["answer_id"].nunique()),
                *participants(replace(found.basis, n_groups=0, n_rated=0), found.reader),
            ]
        )
    )
    if len(shown) < len(every):
        st.markdown(
            count(
                "One place is counted, but its author does not want it read here.",
                "{n} places are counted, but their authors do not want them read here.",
                len(every) - len(shown),
            )
        )
    at = _list(found, shown.head(MOST_LINES), asked)
    take(
        found,
        everyone,
        {"contexts": (say("These lines (CSV)"), _quotable(every)[["answer_id", "left", "written", "right"]])},
    )
    if at is None:
        return False
    row = shown.iloc[[at]].assign(words=shown["written"].iloc[at])
    quotes(placed(row, found.consultation.plan, language()), found.consultation, key=f"line-{asked.key}-{at}")
    return True


def _list(found: Results, shown: pd.DataFrame, asked: Asked) -> int | None:
    """The lines, the word in the middle; on a telephone in one column. The place of the chosen one."""
    say = language().say
    quiet(say("Choose a line to read its whole answer."))
    about = say("Lines around “{word}”", word=asked.shown)
    key = f"{found.consultation.id}-{found.key.revision}-{'-'.join(found.groups)}-{asked.key}-{asked.order}"
    columns = {"left": say("Before"), "written": say("Word"), "right": say("After")}
    with wide("lines"):
        at = st.dataframe(
            shown[list(columns)].rename(columns=columns),
            hide_index=True,
            column_config={
                columns["left"]: st.column_config.TextColumn(alignment="right", width="large"),
                columns["written"]: st.column_config.TextColumn(alignment="center", width="small"),
                columns["right"]: st.column_config.TextColumn(width="large"),
            },
            on_select="rerun",
            selection_mode="single-row",
            key=f"lines-wide-{key}",
            alt=about,
        )
    with narrow("lines"):
        at_narrow = st.dataframe(
            pd.DataFrame({say("Line"): [in_one(*line) for line in shown[list(columns)].to_numpy().tolist()]}),
            hide_index=True,
            on_select="rerun",
            selection_mode="single-row",
            key=f"lines-narrow-{key}",
            alt=about,
        )
    for event in (at, at_narrow):
        rows = event["selection"]["rows"]
        if rows and rows[0] < len(shown):
            return int(rows[0])
    return None


def in_one(left: str, written: str, right: str) -> str:
    """A line in one column, the word between brackets near its beginning: all that a telephone is wide."""
    words = left.split()
    near = list(words)
    while near and len(" ".join(near)) > NEAR:
        near.pop(0)
    before = " ".join(near if len(near) == len(words) else [CUT, *near])
    gap_before = "" if not before or before[-1] in APOSTROPHES else " "
    gap_after = " " if right and (right[0].isalnum() or right[0] in f"{CUT}(“«") else ""
    return f"{before}{gap_before}[{written}]{gap_after}{right}"


def _quotable(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["consent"] != "counted_only"]
