"""Each decision in one phrase, as it stands in the history."""

from __future__ import annotations

from consultation.codebook import Codebook
from consultation.decisions import (
    Confirm,
    Decision,
    Discard,
    Judge,
    JudgeNone,
    Link,
    Merge,
    Move,
    Rename,
    Seeds,
    SetAside,
    Split,
    Undo,
    Verdict,
    Words,
)
from consultation.language import Language
from consultation.plan import Plan


def told_decision(decision: Decision, seen: Codebook, plan: Plan, language: Language) -> str:
    """What was decided; themes by the label they have in `seen`, or had when they were made."""
    say = language.say

    def objective(name: str) -> str:
        known = plan.objectives.get(name)
        return f"{known.code} {language.pick(known.short)}" if known else name

    def theme(name: str) -> str:
        return f"“{_label(name, seen)}”"

    match decision.payload:
        case Seeds(about, seeds):
            return say(
                "seed words of {objective}: {words}", objective=objective(about), words=", ".join(seeds)
            )
        case Words("question", add, remove):
            return say("words of the question: {words}", words=_changed(add, remove))
        case Words(_, add, remove):
            return say("function words: {words}", words=_changed(add, remove))
        case Judge(_, about, True):
            return say("an answer speaks of {objective}", objective=objective(about))
        case Judge(_, about):
            return say("an answer does not speak of {objective}", objective=objective(about))
        case JudgeNone():
            return say("an answer speaks of none of the objectives")
        case Confirm(_, label, _, answers):
            n = len(answers)
            return language.count(
                "theme “{label}” of {n} answer", "theme “{label}” of {n} answers", n, label=label
            )
        case Rename(_, label):
            return say("a theme is now called “{label}”", label=label)
        case Merge(one, into):
            return say("theme {one} merged into {other}", one=theme(one), other=theme(into))
        case Split(one, _, label):
            return say("theme “{label}” split from {one}", one=theme(one), label=label)
        case Move(_, _, _, ""):
            return say("an answer leaves its theme")
        case Move(_, _, _, to):
            return say("an answer goes into theme {one}", one=theme(to))
        case Discard(one):
            return say("theme {one} discarded", one=theme(one))
        case Link(one, ""):
            return say("theme {one} belongs to no objective", one=theme(one))
        case Link(one, about):
            return say("theme {one} belongs to {objective}", one=theme(one), objective=objective(about))
        case SetAside((), _):
            return say("a candidate set aside")
        case SetAside(words, _):
            return say("set aside: {words}", words=", ".join(words))
        case Verdict(_, kind, contributions):
            return language.count(
                "{n} copy: {kind}",
                "{n} copies: {kind}",
                len(contributions),
                kind=kind_of_copies(kind, language),
            )
        case Undo(number):
            return say("decision {number} undone", number=number)


def kind_of_copies(kind: str, language: Language) -> str:
    """What it means that answers are alike."""
    return {
        "campaign": language.say("campaign"),
        "duplicate": language.say("duplicate"),
        "organisation": language.say("same organisation"),
        "coincidence": language.say("coincidence"),
    }[kind]


def _label(theme: str, seen: Codebook) -> str:
    if theme in seen.themes:
        return seen.themes[theme].label
    for step in reversed(seen.history):
        match step.decision.payload:
            case Confirm(made, label) | Split(_, made, label) | Rename(made, label) if made == theme:
                return label
    return theme


def _changed(add: tuple[str, ...], remove: tuple[str, ...]) -> str:
    return ", ".join([*(f"+ {word}" for word in add), *(f"− {word}" for word in remove)])
