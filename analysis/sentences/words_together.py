"""The words of the network of words. None of them stands in a title: words are people's own."""

from __future__ import annotations

from math import ceil

import pandas as pd

from analysis.protocols import Language
from analysis.sentences.basis import Basis, Reading, caution, finding
from analysis.text.collocations import FEWEST_PARTICIPANTS
from analysis.text.network import LEAST_RATIO, MOST_LINKS, Network


def of_network(net: Network, basis: Basis, language: Language) -> Reading:
    """The words of a network of at least one link."""
    n_links, n_clusters = len(net.links), int(net.nodes["cluster"].max())
    text = language.count(
        "the most used words form one group that people write together",
        "the most used words form {n} groups that people write together",
        n_clusters,
    )
    links = language.count("{n} link between two words", "{n} links between two words", n_links)
    return Reading(
        finding=finding(text, basis, language),
        basis=" · ".join(
            [
                language.count("{n} participant", "{n} participants", basis.n_participants),
                language.count("{n} answer", "{n} answers", basis.n_answers),
                links,
                language.count(
                    "at most about {n} would be there by chance",
                    "at most about {n} would be there by chance",
                    ceil(net.by_chance),
                ),
                language.say("larger circle: more participants use the word"),
                language.say("thicker line: more of them write both"),
            ]
        ),
        caution=caution(basis, language),
        says=language.say(
            "Two words are linked when at least {n} participants write both in one answer, more often than "
            "chance would have it (G² of {ratio} or more). The number in a circle is that of its group of "
            "words. At most {most} links are drawn, the surest.",
            n=language.number(FEWEST_PARTICIPANTS),
            ratio=language.number(LEAST_RATIO, 1),
            most=language.number(MOST_LINKS),
        ),
        does_not_say=language.say(
            "It does not say that the words mean the same, nor what people think; with a few more answers "
            "the groups can fall otherwise."
        ),
    )


def why_no_network(net: Network, language: Language) -> str:
    """Why there is no network to draw; "" when there is one."""
    if len(net.links):
        return ""
    return language.say("No two of the most used words stand together more often than chance would have it.")


def parts(net: Network) -> pd.DataFrame:
    """Each group of words, `cluster` and `words` as they are shown, the most used first."""
    words = net.nodes.groupby("cluster", sort=True)["shown"].agg(", ".join)
    return words.rename("words").reset_index()
