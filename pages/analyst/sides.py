"""Which two sides of the answers are compared: groups, or questions, each of enough people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import streamlit as st

from analysis.sentences.figures import quoted
from analysis.sentences.words_compared import Compared
from analysis.text.keyness import Side, size_of
from consultation.plan import UNSTATED_GROUP
from pages.analyst.groups import group_labels
from pages.analyst.results import Results
from pages.frame.language import language

Kind = Literal["group", "pair", "strategic_question", "guiding_question"]


@dataclass(frozen=True, eq=False)
class Sides:
    """Two sides as masks over the answers, in words, and what tells them from any others."""

    here: Side
    there: Side
    told: Compared
    about: str


def which_sides(found: Results) -> Sides | None:
    """The sides asked for; where no two have people enough, that is said instead."""
    kind = _kind(found)
    names = _names(found, kind)
    able = [name for name in names if _enough(found, _of(found, kind, name))]
    if kind != "pair":
        able = [name for name in able if _enough(found, ~_of(found, kind, name))]
    if len(able) < (2 if kind == "pair" else 1):
        _say_none(found)
        return None
    left, right = st.columns(2)
    with left:
        one = _choose(found, kind, able, names)
    here = _of(found, kind, one)
    if kind != "pair":
        return _sides(found, here, ~here, quoted(names[one], language()), _rest(kind), f"{kind}\n{one}")
    with right:
        other = _choose(found, f"and-{one}", [name for name in able if name != one], names)
    there = _of(found, kind, other)
    first, second = quoted(names[one], language()), quoted(names[other], language())
    return _sides(found, here, there, first, second, f"{kind}\n{one}\n{other}")


def _kind(found: Results) -> Kind:
    say = language().say
    names: dict[Kind, str] = {
        "group": say("A group"),
        "pair": say("Two groups"),
        "strategic_question": say("A strategic question"),
        "guiding_question": say("A guiding question"),
    }
    return st.segmented_control(
        say("What to compare"),
        list(names),
        default="group",
        required=True,
        format_func=names.__getitem__,
        key=f"compare-{found.consultation.id}",
    )


def _names(found: Results, kind: Kind) -> dict[str, str]:
    """What can be compared, by id; whoever named no group stands for none."""
    plan, reader = found.consultation.plan, language()
    if kind == "strategic_question":
        return {question.id: reader.pick(question.title) for question in plan.strategic_questions}
    if kind == "guiding_question":
        return {question.id: reader.pick(question.heading) for question in plan.guiding_questions}
    return {id_: label for id_, label in group_labels(plan, reader).items() if id_ != UNSTATED_GROUP}


def _rest(kind: Kind) -> str:
    return language().say("the other groups") if kind == "group" else language().say("the other questions")


def _of(found: Results, kind: Kind, name: str) -> Side:
    column = "group" if kind == "pair" else kind
    return np.asarray(found.corpus.answers[column] == name, dtype=np.bool_)


def _enough(found: Results, side: Side) -> bool:
    """Whether so many have written there that no word points to one of them."""
    return size_of(found.corpus, side).participants >= found.consultation.rules.smallest_cell


def _choose(found: Results, about: str, able: Sequence[str], names: dict[str, str]) -> str:
    label = language().say("Compared with") if about.startswith("and-") else language().say("Words of")
    return st.selectbox(
        label, able, format_func=names.__getitem__, key=f"side-{about}-{found.consultation.id}-{len(able)}"
    )


def _sides(found: Results, here: Side, there: Side, one: str, other: str, about: str) -> Sides:
    sizes = size_of(found.corpus, here), size_of(found.corpus, there)
    return Sides(here, there, Compared(one, other, *sizes), about)


def _say_none(found: Results) -> None:
    st.markdown(
        language().count(
            "There is nothing to compare: each side takes answers of at least {n} person.",
            "There is nothing to compare: each side takes answers of at least {n} people.",
            found.consultation.rules.smallest_cell,
        )
    )
