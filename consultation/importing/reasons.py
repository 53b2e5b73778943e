"""Why a row could not be used, or made no answer, in words that every reader of files shares."""

from __future__ import annotations

from collections.abc import Collection

from consultation.errors import Notice, UnreadRow
from consultation.importing.quoting import quoted
from consultation.plan import Plan

LONGEST_IMPORTED = 20_000  # about 3,000 words: more than one answer, less than a pasted report


def empty_texts(n: int, source: str) -> tuple[Notice, ...]:
    if n == 0:
        return ()
    return (Notice("{file}: empty texts, which make no answer: {n}.", file=source, n=n),)


def too_long(text: str) -> UnreadRow:
    return UnreadRow(
        "The text has {length} characters, more than {most}: shorten it, or make several answers of it.",
        length=len(text),
        most=LONGEST_IMPORTED,
    )


def unknown_strategic_question(value: str, plan: Plan) -> UnreadRow:
    return UnreadRow(
        "The strategic question {value} is not in the plan: write one of {known}, or leave the cell empty.",
        value=quoted(value),
        known=", ".join(plan.questions),
    )


def unknown_guiding_question(value: str, plan: Plan) -> UnreadRow:
    return UnreadRow(
        "The guiding question {value} is not in the plan: write one of {known}, or leave the cell empty.",
        value=quoted(value),
        known=", ".join(plan.guides),
    )


def unknown_objective(value: str, plan: Plan) -> UnreadRow:
    return UnreadRow(
        "The objective {value} is not in the plan: write one of {known}.",
        value=quoted(value),
        known=", ".join(plan.objectives),
    )


def unknown_word(column: str, value: str, known: Collection[str]) -> UnreadRow:
    return UnreadRow(
        "The column {column} cannot hold {value}: write one of {known}.",
        column=column,
        value=quoted(value),
        known=", ".join(known),
    )
