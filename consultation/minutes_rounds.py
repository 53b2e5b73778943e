"""What the log of a workshop tells its minutes: when rounds took answers, and each step in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from consultation.language import Language
from consultation.room import Room
from consultation.steps import (
    AddTime,
    Attend,
    CloseBallot,
    CloseRound,
    Note,
    OpenBallot,
    OpenRound,
    PauseRound,
    Project,
    RevealBallot,
    Section,
    Step,
    UndoStep,
    View,
)

_IN_THE_ROOM = (OpenRound, PauseRound, CloseRound, OpenBallot, CloseBallot, RevealBallot)


def standing(room: Room) -> tuple[Step, ...]:
    """The steps that hold, oldest first: neither those undone nor their undoing."""
    return tuple(
        done.step for done in room.history if not done.undone and not isinstance(done.step.action, UndoStep)
    )


def span(steps: Sequence[Step]) -> tuple[datetime, datetime] | None:
    """When the first round or vote was opened, and when the last thing was done to one; else of all steps.

    What is prepared on the wall the day before, and notes written the day after, make no workshop longer.
    """
    times = [step.at for step in steps if isinstance(step.action, _IN_THE_ROOM)] or [
        step.at for step in steps
    ]
    return (min(times), max(times)) if times else None


def minutes_open(steps: Sequence[Step], number: int) -> int:
    """For how many whole minutes, to the nearest, the round of this number took answers; pauses left out."""
    since: datetime | None = None
    taking = timedelta()
    for step in steps:
        match step.action:
            case OpenRound(about) if about == number:
                since = since or step.at
            case PauseRound(about) | CloseRound(about) if about == number and since:
                taking, since = taking + (step.at - since), None
    return round(taking / timedelta(minutes=1))


def clock(at: datetime, day: datetime | None = None) -> str:
    """The time of day where this program runs, with the date if it is not that of `day`."""
    local = at.astimezone()
    same = day is None or local.date() == day.astimezone().date()
    return f"{local:%H:%M}" if same else f"{local:%d/%m/%Y %H:%M}"


def step_told(step: Step, ballots: Mapping[str, str], language: Language) -> str:
    """What was done, in a sentence without its author; `ballots` are the titles of votes by their id."""
    say = language.say
    match step.action:
        case OpenRound(round=number):
            return say("Round {number} was opened", number=number)
        case PauseRound(round=number):
            return say("Round {number} was paused", number=number)
        case CloseRound(round=number):
            return say("Round {number} was closed", number=number)
        case AddTime(round=number, seconds=seconds):
            return language.count(
                "Round {number}: one second more", "Round {number}: {n} seconds more", seconds, number=number
            )
        case Project(view=view, ballot=ballot):
            return _projected(view, ballots.get(ballot, ballot), language)
        case OpenBallot(ballot=ballot):
            return say("The vote “{title}” was opened", title=ballot.title)
        case CloseBallot(ballot=ballot):
            return say("The vote “{title}” was closed", title=ballots.get(ballot, ballot))
        case RevealBallot(ballot=ballot):
            return say("The result of the vote “{title}” was revealed", title=ballots.get(ballot, ballot))
        case Note(section=section):
            return say("A note was taken: {section}", section=section_told(section, language))
        case Attend(present=present):
            people = sum(n for _, n in present)
            return language.count(
                "One person was counted in the room", "{n} people were counted in the room", people
            )
        case _:
            raise ValueError(f"{step.kind} is told in no minutes")


def section_told(section: Section, language: Language) -> str:
    """The chapter of the minutes in which a note stands."""
    say = language.say
    return {
        "harvest": say("Harvest"),
        "dissent": say("Dissent"),
        "decision": say("Decisions"),
        "next_step": say("Next steps"),
    }[section]


def _projected(view: View, ballot: str, language: Language) -> str:
    say = language.say
    return {
        "join": say("The wall showed how to join"),
        "counts": say("The wall showed how many had answered"),
        "round": say("The wall showed the question and its timer"),
        "words": say("The wall showed words"),
        "answers": say("The wall showed answers"),
        "map": say("The wall showed the priority map"),
        "vote": say("The wall showed the vote “{title}”", title=ballot),
        "nothing": say("The wall showed nothing"),
    }[view]
