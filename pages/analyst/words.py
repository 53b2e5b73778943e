"""The words that most participants use, and where they use them."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.sentences import Reading
from analysis.sentences.basis import caution, participants, too_few
from consultation.permissions import may_read_words
from pages.analyst.arrivals import watch
from pages.analyst.groups import group_filter
from pages.analyst.picking import Pick
from pages.analyst.places import placed
from pages.analyst.results import Results, only, results
from pages.analyst.told import basis, finding, limits, quiet
from pages.analyst.too_few import nobody_here, nobody_yet, the_answers_themselves
from pages.analyst.uses import uses
from pages.analyst.word_chart import word_chart
from pages.frame.choice import chosen
from pages.frame.language import language
from pages.frame.quotes import quotes

consultation = chosen(may_read_words)
say, count = language().say, language().count
pick = Pick(f"word-{consultation.id}", "word", "word")
SHARED = 0.10  # of those who answered: a word that one in ten uses is nobody's own
MOST_OFFERED = 500  # words to choose from: rarer ones are found by searching the answers


def read(found: Results) -> Reading:
    """What the words say, without naming any: they are people's own, and stand only as plain text."""
    answering = found.answers["contribution_id"].nunique()
    shared = int((found.findings.words["n_participants"] >= SHARED * answering).sum())
    text = count(
        "One word is used by at least one participant in ten",
        "{n} words are used by at least one participant in ten",
        shared,
    )
    if not shared:
        text = say("No word is used by one participant in ten: people say it each in their own way")
    stands_on = replace(found.basis, n_groups=0, n_rated=0)  # plain counts: no group weighs more or less
    return Reading(
        finding=text,
        basis=" · ".join(
            [*participants(stands_on, found.reader), count("{n} answer", "{n} answers", len(found.answers))]
        ),
        caution=caution(found.basis, found.reader),
        says=say(
            "A word counts once for each participant, however often they write it; its forms count together."
        ),
        does_not_say=say("It does not say what people think of it: choose a word to read that."),
    )


def show(found: Results) -> None:
    """The finding, the words as bars."""
    reading = read(found)
    finding(reading)
    basis(reading)
    pick.chart(
        word_chart(found.findings.words, reading, language()),
        "-".join([found.key.revision, *found.groups]),
        f"{reading.finding}. {reading.says}",
    )
    limits(reading)


def open_one(found: Results) -> None:
    """The answers in which one word or phrase stands."""
    words, pairs = found.findings.words.head(MOST_OFFERED), found.findings.pairs
    names = dict(zip(words["word"], words["shown"], strict=True))
    names |= dict(zip(pairs["words"], pairs["shown"], strict=True))
    opened = pick.selectbox(
        say("Read the answers that use a word or a phrase"),
        list(names),
        names.__getitem__,
        say("Choose one here, or touch its bar"),
    )
    watch(found, reading=bool(opened))
    if opened:
        where = uses(found, opened)
        st.header(count("{n} answer uses it", "{n} answers use it", len(where)))
        quiet(say("It stands between [square brackets]."))
        quotes(
            placed(where, consultation.plan, language()), consultation, key=f"uses-{consultation.id}-{opened}"
        )


def tables(found: Results) -> None:
    """All words and phrases with their counts."""
    names = {
        "shown": say("Word"),
        "n_participants": say("Participants"),
        "n_answers": say("Answers"),
        "likelihood_ratio": say("Held together (G²)"),
    }
    words, phrases = st.columns([2, 3])
    with words:
        st.header(say("All words"))
        table(found.findings.words, names)
    with phrases:
        st.header(say("Words that go together"))
        table(found.findings.pairs, names | {"shown": say("Phrase")})
        quiet(
            say(
                "The higher G², the less these words stand side by side by chance. It ranks, it proves "
                "nothing."
            )
        )


def table(rows: pd.DataFrame, names: dict[str, str]) -> None:
    """One table of words, with the columns it has."""
    shown = [name for name in names if name in rows]
    st.dataframe(
        rows[shown].rename(columns=names),
        hide_index=True,
        height=420,
        column_config={names["likelihood_ratio"]: st.column_config.NumberColumn(format="%.0f")},
    )


first, below = st.container(), st.container()
with first:
    everyone = results(consultation)
if everyone.answers.empty:
    nobody_yet(everyone)
    watch(everyone, reading=False)
    st.stop()
with below:
    groups = group_filter(consultation)
with first:
    found = only(groups, everyone)
    reason = too_few(found.basis, consultation.rules, language())
    if found.answers.empty:
        nobody_here()
    elif reason:
        the_answers_themselves(found, reason)
    else:
        show(found)
with below:
    if reason:
        watch(found, reading=False)
    else:
        open_one(found)
        tables(found)
