"""Words that people put together: side by side, and in the same answers."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from analysis.charts.word_network import word_network
from analysis.sentences import Basis, without_chart
from analysis.sentences.words_together import of_network, parts, why_no_network
from pages.analyst.picking import Pick
from pages.analyst.pictures import picture
from pages.analyst.results import Results
from pages.analyst.told import basis, finding, limits, quiet
from pages.analyst.word_findings import network_of
from pages.analyst.word_tables import open_word, take, word_table
from pages.frame.language import language


def show(found: Results) -> None:
    """The finding, the network."""
    net = network_of(found)
    reason = why_no_network(net, language())
    if reason:
        reading = without_chart(reason.rstrip("."), _stands_on(found), language())
        finding(reading)
        basis(reading)
        return
    reading = of_network(net, _stands_on(found), language())
    finding(reading)
    basis(reading)
    _pick(found).chart(
        picture(found, "network", lambda: word_network(net, _stands_on(found), language())),
        "-".join([found.key.revision, *found.groups]),
        f"{reading.finding}. {reading.says}",
    )
    limits(reading)


def more(found: Results, everyone: Results) -> bool:
    """The answers of one word, the groups of words, pairs and links; whether answers are open."""
    say = language().say
    net, pairs = network_of(found), found.findings.pairs
    names = dict(zip(net.nodes["word"], net.nodes["shown"], strict=True))
    names |= dict(zip(pairs["words"], pairs["shown"], strict=True))
    opened = open_word(found, _pick(found), names, say("Read the answers that use a word or a phrase"))
    if len(net.links):
        st.header(say("Words that people write in the same answers"))
        word_table(
            parts(net), {"cluster": say("Group of words"), "words": say("Words")}, say("Groups of words")
        )
    st.header(say("Words that go together"))
    word_table(
        pairs,
        {
            "shown": say("Phrase"),
            "n_participants": say("Participants"),
            "n_answers": say("Answers"),
            "likelihood_ratio": say("Held together (G²)"),
        },
        say("Words that go together"),
    )
    quiet(
        say("The higher G², the less these words stand side by side by chance. It ranks, it proves nothing.")
    )
    take(
        found,
        everyone,
        {
            "pairs": (say("Words side by side (CSV)"), pairs),
            "network": (say("Words in the same answers (CSV)"), net.links),
        },
    )
    return opened


def _stands_on(found: Results) -> Basis:
    return replace(found.basis, n_groups=0, n_rated=0)  # plain counts: no group weighs more or less


def _pick(found: Results) -> Pick:
    return Pick(f"word-together-{found.consultation.id}", "word", "word")
