"""Several objectives for one answer, and what another threshold of counting would give."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.sentences.figures import each
from analysis.sentences.objectives_found import of_thresholds, threshold_told
from analysis.text.thresholds import at_thresholds, tried_thresholds
from pages.analyst.results import Results
from pages.analyst.seed_trial import looked_up, recoded
from pages.analyst.told import quiet
from pages.frame.language import language
from pages.frame.plain import plain


def several(found: Results) -> None:
    """How many answers get several objectives by the declared threshold, and by others."""
    say = language().say
    declared = found.rules.assign_at_least
    table = looked_up().of(found.key._replace(about="thresholds"), lambda: _table(found)).found
    st.header(say("An answer may speak of several objectives"))
    st.markdown(plain(of_thresholds(table, declared, found.reader)))
    st.dataframe(
        pd.DataFrame(
            {
                say("Threshold"): [
                    say("{threshold} (declared)", threshold=threshold_told(declared, found.reader))
                    if row.at_least == declared
                    else threshold_told(row.at_least, found.reader)
                    for row in each(table)
                ],
                say("Answers with an objective"): table["n_assigned"],
                say("With several"): table["n_several"],
                say("With none"): table["n_none"],
            }
        ),
        hide_index=True,
        height="content",
        alt=say("Answers with an objective, by threshold"),
    )
    quiet(
        say(
            "The score says how far an objective stands out in an answer from the others: 0 not at all, 1 "
            "fully. The threshold is a declared rule of this consultation: it is not changed here."
        )
    )


def _table(found: Results) -> pd.DataFrame:
    tried = tried_thresholds(found.rules.assign_at_least)
    return at_thresholds(recoded(found, at_least=tried[0]), len(found.answers), tried)
