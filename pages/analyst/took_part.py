"""Who took part and who did not: the figures that belong beside every map."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.participation import CHANNELS
from analysis.sentences.figures import share
from analysis.sentences.participation import (
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
    labels = group_labels(found.consultation.plan, reader)
    sentences = [
        of_absent(findings.participation, labels, reader),
        of_carried(findings.participation, labels, reader),
        of_nonresponse(findings.ratings.nonresponse, found.objectives, found.basis.digits, reader),
        of_weighings(findings.ratings.weighings, reader),
        of_concordance(findings.ratings.people, findings.ratings.groups, reader),
        of_loudness(findings.loudness, reader),
        of_raking(findings.ratings.raking, reader),
    ]
    st.header(reader.say("Who took part, and who did not"))
    st.markdown(plain(" ".join(sentence for sentence in sentences if sentence)))
    st.dataframe(
        by_group(findings.participation, labels),
        hide_index=True,
        height="content",
        alt=reader.say("Who took part, and who did not"),
    )


def by_group(people: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    """The people of each group as a reader meets them; columns with nothing to tell are left out."""
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
        table[say("Largest organisation")] = [share(value, language()) for value in people["largest_unit"]]
    table[say("Weighs as a group")] = [say("yes") if yes else say("no") for yes in people["balanced"]]
    return table
