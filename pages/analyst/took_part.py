"""Who took part and who did not: the figures that belong beside every map."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.participation import CHANNELS
from analysis.sentences.figures import each, share
from analysis.sentences.other_orders import of_other_orders, of_stated_and_spoken
from analysis.sentences.participation import (
    largest_unit,
    of_absent,
    of_carried,
    of_concordance,
    of_loudness,
    of_nonresponse,
    of_raking,
    of_weighings,
)
from pages.analyst.groups import group_labels
from pages.analyst.results import Results
from pages.frame.language import language
from pages.frame.plain import plain


def took_part(found: Results) -> None:
    """What the figures rest on, in sentences, then group by group."""
    findings, reader = found.findings, language()
    labels, least = group_labels(found.consultation.plan, reader), found.rules.smallest_cell
    sentences = [
        of_absent(findings.participation, labels, reader),
        of_carried(findings.participation, labels, least, reader),
        of_nonresponse(findings.ratings.nonresponse, found.objectives, found.basis.digits, reader),
        of_raking(findings.ratings.raking, reader),
    ]
    st.header(reader.say("Who took part, and who did not"))
    st.markdown(plain(" ".join(sentence for sentence in sentences if sentence)))
    st.dataframe(
        by_group(findings.participation, labels, least),
        hide_index=True,
        height="content",
        alt=reader.say("Who took part, and who did not"),
    )
    for_whoever_checks(found)


def for_whoever_checks(found: Results) -> None:
    """The figures that a statistician asks for, apart from what everybody reads."""
    findings, reader = found.findings, language()
    several = len(found.groups) != 1  # one group alone weighs as it does, whatever the scheme
    checks = [
        of_weighings(findings.ratings.weighings, reader) if several else "",
        of_other_orders(findings.orders, reader),
        of_stated_and_spoken(findings.priorities, found.objectives, reader),
        of_concordance(findings.ratings.people, findings.ratings.groups, reader),
        of_loudness(findings.loudness, reader),
    ]
    with st.expander(reader.say("For whoever checks the figures")):
        for check in checks:
            if check:
                st.markdown(plain(check))


def by_group(people: pd.DataFrame, labels: dict[str, str], least: int) -> pd.DataFrame:
    """The people of each group as a reader meets them; columns with nothing to tell are left out.

    Of a group of fewer than `least` contributions it is not told how much one organisation sent.
    """
    say, number = language().say, language().number
    names = {
        "online": say("Online"),
        "workshop": say("In a workshop"),
        "paper": say("On paper"),
        "import": say("From a file"),
    }
    table = pd.DataFrame(
        {
            say("Group"): [labels[group] for group in people["group"]],
            say("Contributions"): people["n_contributions"],
            say("Voices"): people["n_units"],
        }
    )
    if people["invited"].notna().any():
        table[say("Invited")] = ["–" if pd.isna(n) else number(n) for n in people["invited"]]
        table[say("Response")] = [share(value, language()) for value in people["response"]]
    if people["to_target"].notna().any():
        table[say("Of the declared share")] = [share(value, language()) for value in people["to_target"]]
    for channel in CHANNELS:
        if people[channel].any():
            table[names[channel]] = people[channel]
    if people["largest_unit"].notna().any():
        table[say("Largest organisation")] = [largest_unit(row, least, language()) for row in each(people)]
    table[say("Weighs as a group")] = [say("yes") if yes else say("no") for yes in people["balanced"]]
    return table
