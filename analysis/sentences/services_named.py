"""The words of the services named in answers, and of what people want of them."""

from __future__ import annotations

import pandas as pd

from analysis.protocols import Language
from analysis.sentences.basis import Basis, Reading, caution, finding, participants
from analysis.sentences.figures import MOST_NAMES, joined, quoted
from analysis.text.service_lists import CHANGE, KEEP, NAMED, START


def of_services(summary: pd.DataFrame, basis: Basis, language: Language) -> Reading:
    """The words of the `summary`; `basis` counts those whose answers were searched."""
    wanted = summary[summary["wants"] != NAMED]
    names = [quoted(name, language) for name in _most(wanted)]
    if summary.empty:
        text = language.say("no service on the list is named")
    elif wanted.empty:
        text = language.say("services are named, but what people want of them is not told by a word near by")
    elif names:
        text = language.say(
            "among the services people want something of: {names}", names=joined(names, language)
        )
    else:
        text = language.say("people want something of many services, of none clearly more")
    services = summary["service"].nunique()
    return Reading(
        finding=finding(text, basis, language),
        basis=" · ".join(
            [
                *_people(basis, language),
                language.count("{n} answer", "{n} answers", basis.n_answers),
                language.count("one service named", "{n} services named", services),
                language.say("in each bar: participants"),
            ]
        ),
        caution=caution(basis, language),
        says=language.say(
            "Services are found by a list of names, and what is wanted by words near them in the same "
            "sentence. In short sentences made for it 8 in 10 are read rightly; of the wishes found in the "
            "longer answers of the example only 6 in 10 were right. Whoever wants two things of a service "
            "counts in both."
        ),
        does_not_say=language.say(
            "It does not say how many want it: services that the list does not know, irony, and wishes told "
            "as stories are not found. Touch a bar and read."
        ),
    )


def why_no_services(summary: pd.DataFrame, language: Language) -> str:
    """Why there are no bars; "" when there are."""
    if not summary.empty:
        return ""
    return language.say("No service on the list is named in these answers.")


def wants_name(wants: str, language: Language) -> str:
    """What is wanted of a service, in a word."""
    return {
        START: language.say("To start"),
        CHANGE: language.say("To change"),
        KEEP: language.say("To keep"),
        NAMED: language.say("Only named"),
    }[wants]


def _most(wanted: pd.DataFrame) -> list[str]:
    """The services of which most participants want something, unless more are level than can be named."""
    if wanted.empty:
        return []
    people = (
        wanted.groupby(["service", "name"])["n_participants"]
        .sum()
        .sort_values(ascending=False, kind="stable")
    )
    most = people[people >= people.head(MOST_NAMES).min()]
    return [] if len(most) > MOST_NAMES else [str(name) for _, name in most.index]


def _people(basis: Basis, language: Language) -> list[str]:
    """Counts are plain: no group weighs more or less in them."""
    *only, people = participants(Basis(basis.n_participants, basis.n_answers, 0, group=basis.group), language)
    return [*only, people]
