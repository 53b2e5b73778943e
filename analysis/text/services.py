"""Services that answers name, and what people want of them: to start, to change or to keep them.

Irony, wishes told as stories and cues in the next sentence are not understood; `benchmarks/services.py`
prints how often a mention is read rightly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from analysis.strata import UNSTATED_GROUP
from analysis.text.corpus import Corpus
from analysis.text.lexicon import Lexicon
from analysis.text.service_lists import WANTS, ServiceList
from analysis.text.service_mentions import Reader, read_mentions, reader_of, said_in

MENTIONS = {
    "answer_id": "str",
    "contribution_id": "str",
    "group": "str",
    "service": "str",
    "name": "str",
    "shown": "str",
    "start": "int64",
    "end": "int64",
    "wants": "str",
    "cue": "str",
    "objectives": "str",
}
SUMMARY = {
    "service": "str",
    "name": "str",
    "wants": "str",
    "n_participants": "int64",
    "n_groups": "int64",
    "n_answers": "int64",
}


def services(
    corpus: Corpus,
    codings: pd.DataFrame,
    lists: Mapping[str, ServiceList],
    lexicons: Mapping[str, Lexicon],
    asked: Collection[str] = (),
) -> pd.DataFrame:
    """Every mention of a service, in the order of answers and of words.

    `service` is its key, `name` what the list calls it, `shown` the words of the answer, `start` and `end`
    where they stand in its text. `wants` is one of `WANTS`, `cue` the words that told it, as written, "" if
    none did. `objectives` are those of the answer in `codings` (`answer_id`, `objective`), joined by |. The
    longest name counts where several stand. `asked` are the guiding questions about services. Answers in a
    language without list name nothing.
    """
    ids, people, groups, questions, texts = (
        corpus.answers[name].tolist()
        for name in ("answer_id", "contribution_id", "group", "guiding_question", "text")
    )
    of_answer = _objectives(codings)
    rows = []
    for language in sorted(set(lists) & set(lexicons)):
        reader = reader_of(lists[language], lexicons[language])
        for answer in _candidates(corpus, reader, language):
            text, objectives = texts[answer], of_answer.get(ids[answer], "")
            said = said_in(corpus, answer, text, asked=questions[answer] in asked)
            for told in read_mentions(said, reader):
                key, name = reader.shown[told.service]
                found = (key, name, text[told.start : told.end], told.start, told.end, told.wants)
                rows.append((ids[answer], people[answer], groups[answer], *found, told.cue, objectives))
    table = pd.DataFrame(rows, columns=list(MENTIONS)).astype(MENTIONS)
    return table.sort_values(["answer_id", "start"], kind="stable", ignore_index=True)


def summary(mentions: pd.DataFrame, objective: str = "") -> pd.DataFrame:
    """How many want what of each service, of all answers or of those on one `objective`.

    A row per service and `wants` that somebody has: `service, name, wants, n_participants, n_groups,
    n_answers`; first the services named by most participants, then by service, `wants` in its own order.
    Who wants two things of a service counts in both.
    """
    if objective:
        mentions = mentions[[objective in told.split("|") for told in mentions["objectives"]]]
    if mentions.empty:
        return pd.DataFrame(columns=list(SUMMARY)).astype(SUMMARY)
    stated = mentions.assign(group=mentions["group"].mask(mentions["group"].isin(["", UNSTATED_GROUP])))
    table = (
        stated.sort_values(["service", "name"])
        .groupby(["service", "wants"], as_index=False)
        .agg(
            name=("name", "first"),
            n_participants=("contribution_id", "nunique"),
            n_groups=("group", "nunique"),
            n_answers=("answer_id", "nunique"),
        )
    )
    people = mentions.groupby("service")["contribution_id"].nunique()
    table = table.assign(
        people=table["service"].map(people), order=table["wants"].map(WANTS.index)
    ).sort_values(["people", "service", "order"], ascending=[False, True, True], ignore_index=True)
    return table[list(SUMMARY)].astype(SUMMARY)


def _objectives(codings: pd.DataFrame) -> dict[str, str]:
    told: dict[str, set[str]] = defaultdict(set)
    for answer, objective in zip(codings["answer_id"], codings["objective"], strict=True):
        told[answer].add(objective)
    return {answer: "|".join(sorted(objectives)) for answer, objectives in told.items()}


def _candidates(corpus: Corpus, reader: Reader, language: str) -> list[int]:
    """The answers in this language that have the first word of any name."""
    numbers = [corpus.key_number[key] for key in reader.names.firsts if key in corpus.key_number]
    found = np.unique(corpus.answer_of[np.isin(corpus.keys, numbers)])
    mine = (corpus.answers["language"] == language).to_numpy()
    return [int(answer) for answer in found if mine[answer]]
