"""How many answers have no place, by guiding question and by group, but where so few answered."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from analysis.sentences.figures import each, share, spanned
from analysis.strata import stated_group
from analysis.text.unassigned import unassigned
from consultation.language import Language
from pages.analyst.groups import group_labels
from pages.analyst.results import Results
from pages.frame.language import language

LABEL = 170  # px: on a telephone the figures stay in sight


def tables_of_none(found: Results, spoken: pd.DataFrame) -> None:
    """Two tables beside each other of the answers that are not among the `spoken` ones, by `answer_id`."""
    say = language().say
    questions = dict(
        zip(found.guiding_questions["guiding_question"], found.guiding_questions["heading"], strict=True)
    )
    by_question, by_group = st.columns(2)
    with by_question:
        _table(found, spoken, "guiding_question", say("Guiding question"), questions)
    with by_group:
        _table(found, spoken, "group", say("Group"), group_labels(found.consultation.plan, found.reader))


def _table(found: Results, spoken: pd.DataFrame, by: str, title: str, labels: dict[str, str]) -> None:
    say = language().say
    answers = found.answers.assign(group=stated_group(found.answers, list(found.consultation.plan.groups)))
    table = unassigned(answers, spoken, by, found.rules.interval, found.rules.smallest_cell)
    table = table.assign(place=table[by].map({name: place for place, name in enumerate(labels)}))
    rows = each(table.sort_values("place", kind="stable"))
    st.dataframe(
        pd.DataFrame(
            {
                title: [labels.get(getattr(row, by), say("Elsewhere")) for row in rows],
                say("Of none"): [_told(row, found.reader) for row in rows],
            }
        ),
        hide_index=True,
        height="content",
        column_config={title: st.column_config.TextColumn(width=LABEL)},
        alt=title,
    )


def _told(row: Any, reader: Language) -> str:
    """Answers of none, with their share and its interval; no figure where too few people answered."""
    if pd.isna(row.share):
        return reader.say("too few people to tell")
    counted = reader.say(
        "{number} of {total}", number=reader.number(int(row.n_none)), total=reader.number(row.n_answers)
    )
    return f"{counted} ({share(row.share, reader)}; {spanned(100 * row.low, 100 * row.high, 0, reader)})"
