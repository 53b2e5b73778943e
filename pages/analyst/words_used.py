"""The words that most participants use."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.sentences import Reading
from analysis.sentences.basis import caution, participants
from pages.analyst.picking import Pick
from pages.analyst.results import Results
from pages.analyst.told import basis, finding, limits
from pages.analyst.word_chart import word_chart
from pages.analyst.word_tables import open_word, take, word_table
from pages.frame.language import language

SHARED = 0.10  # of those who answered: a word that one in ten uses is nobody's own
MOST_OFFERED = 500  # words to choose from: rarer ones are found in the part on contexts


def read(found: Results) -> Reading:
    """What the words say, without naming any: they are people's own, and stand only as plain text."""
    say, count = language().say, language().count
    answering = found.corpus.answers["contribution_id"].nunique()
    shared = int((found.findings.words["n_participants"] >= SHARED * answering).sum())
    text = count(
        "One word is used by at least one participant in ten",
        "{n} words are used by at least one participant in ten",
        shared,
    )
    if not shared:
        text = say("No word is used by one participant in ten: people say it each in their own way")
    # plain counts of those who wrote: no group weighs more or less
    stands_on = replace(found.basis, n_participants=answering, n_groups=0, n_rated=0)
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
    _pick(found).chart(
        word_chart(found.findings.words, reading, language()),
        "-".join([found.key.revision, *found.groups]),
        f"{reading.finding}. {reading.says}",
    )
    limits(reading)


def more(found: Results, everyone: Results) -> bool:
    """The answers of one word or phrase, and all words with their counts; whether answers are open."""
    say = language().say
    words, pairs = found.findings.words.head(MOST_OFFERED), found.findings.pairs
    names = dict(zip(words["word"], words["shown"], strict=True))
    names |= dict(zip(pairs["words"], pairs["shown"], strict=True))
    opened = open_word(found, _pick(found), names, say("Read the answers that use a word or a phrase"))
    st.header(say("All words"))
    word_table(
        found.findings.words,
        {"shown": say("Word"), "n_participants": say("Participants"), "n_answers": say("Answers")},
        say("All words"),
    )
    take(found, everyone, {"words": (say("These words (CSV)"), found.findings.words)})
    return opened


def _pick(found: Results) -> Pick:
    return Pick(f"word-{found.consultation.id}", "word", "word")
