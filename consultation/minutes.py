"""The minutes of a workshop: what was asked, noted and voted, in the words of one language.

`minutes` makes one value of the log of steps, of what came, and of tables that the shell has from the
analysis, in words already; `minutes_docx` and `minutes_csv` only write it down, so that both say the same.
Minutes leave the room: no invitation's word, no text of an answer and no name of who did a step is in them.
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from consultation.ballot import Ballot
from consultation.contribution import Contribution, plain_text
from consultation.language import Language
from consultation.minutes_agenda import agenda, answers_by_question
from consultation.minutes_annex import answers_by_moderation, answers_by_wording, log
from consultation.minutes_parts import Chapter, Noted, Part, figures, lines
from consultation.minutes_parts import Minutes as Minutes
from consultation.minutes_rounds import clock, section_told, span, standing
from consultation.moderated import Moderated
from consultation.occasion import Consultation
from consultation.room import Room
from consultation.steps import Section, Step

_LONGEST_NAME = 60  # of a file: some mail programs cut longer ones


@dataclass(frozen=True)
class AttendanceTold:
    """Who took part by stakeholder group, in words: the first column names the group.

    The cells below the smallest cell are hidden in it already, and those that would give them away: see
    `consultation.minutes_attendance`.
    """

    table: pd.DataFrame
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class VoteTold:
    """The result of the ballot with this id, in words: the first column names the item.

    `caption` says what the columns are and how they were counted, `sentences` what stands out.
    """

    ballot: str
    n_voters: int
    caption: tuple[str, ...]
    table: pd.DataFrame
    sentences: tuple[str, ...] = ()


def minutes(
    consultation: Consultation,
    room: Room,
    contributions: Collection[Contribution],
    attendance: AttendanceTold,
    votes: Collection[VoteTold],
    moderated: Moderated,
    language: Language,
    at: datetime,
    contested: Sequence[str] = (),
) -> Minutes:
    """The minutes of `room` as of `at` (with a time zone); the order of contributions changes nothing.

    `contributions` are the latest versions of those that came in this workshop. What was undone is not
    there, and of a vote that was not revealed no result is told, even if one is handed in. `contested` are
    sentences about items on which people differ. Clock times are those where this program runs. Raises
    `ValueError` for a result of no ballot in this room.
    """
    say, plan, steps = language.say, consultation.plan, standing(room)
    chapters = (
        Chapter(
            "about",
            say("What these minutes are, and what they are not"),
            (_about(consultation, language, at),),
        ),
        Chapter("agenda", say("Agenda"), agenda(plan, room, steps, contributions, language)),
        Chapter("attendance", say("Who took part"), (_attendance(attendance, len(contributions), language),)),
        Chapter(
            "harvest",
            section_told("harvest", language),
            (*_notes(room, "harvest", language), answers_by_question(plan, room, contributions, language)),
        ),
        Chapter("votes", say("Votes held"), _votes(room, votes, language)),
        Chapter(
            "dissent",
            section_told("dissent", language),
            (*_notes(room, "dissent", language), *_contested(contested, language)),
        ),
        Chapter("decisions", section_told("decision", language), _notes(room, "decision", language)),
        Chapter("next_steps", section_told("next_step", language), _notes(room, "next_step", language)),
        Chapter(
            "annex",
            say("Annex"),
            (
                answers_by_moderation(moderated, contributions, language),
                answers_by_wording(consultation.wording, contributions, language),
                log(room, steps, language),
            ),
        ),
    )
    title = " ".join(room.workshop.title.split())
    made = Minutes(
        title=say("Minutes: {workshop}", workshop=title),
        facts=_facts(consultation, title, steps, language),
        chapters=chapters,
        language=language,
        at=at,
        file_name=minutes_name(room, language),
    )
    plain: Minutes = _in_plain_text(made)
    return plain


def _facts(
    consultation: Consultation, title: str, steps: Sequence[Step], language: Language
) -> tuple[tuple[str, str], ...]:
    say, when = language.say, span(steps)
    told = (
        (say("Workshop"), title),
        (say("Plan"), language.pick(consultation.plan.title)),
        (say("Consultation"), consultation.id),
    )
    if when is None:
        return (*told, (say("Day"), say("not known: nothing was opened")))
    first, last = when
    return (
        *told,
        (say("Day"), f"{first.astimezone():%d/%m/%Y}"),
        (say("Began at"), clock(first)),
        (say("Ended at"), clock(last, first)),
    )


def _about(consultation: Consultation, language: Language, at: datetime) -> Part:
    say, local = language.say, at.astimezone()
    offset = f"{local:%z}"
    sentences = [
        say(
            "These minutes tell what was asked, noted and voted in this workshop. They speak for those who "
            "took part, and who chose to come: not for the whole city."
        ),
        say("Notes are as a facilitator took them down; nobody is named as their author."),
        say(
            "Made on {day} at {time}; times are those of the computer that wrote it (UTC{offset}).",
            day=f"{local:%d/%m/%Y}",
            time=clock(at),
            offset=f"{offset[:3]}:{offset[3:5]}",
        ),
    ]
    if consultation.on_trial:
        sentences.insert(
            0, say("This was a trial: the opening of the consultation erases what was said in it.")
        )
    if consultation.invented:
        sentences.insert(0, say("An invented example: nobody said or voted any of this."))
    return Part(lines(sentences))


def _attendance(told: AttendanceTold, n: int, language: Language) -> Part:
    came = language.count(
        "One contribution came in this workshop: of one person, or of a table that answered together.",
        "{n} contributions came in this workshop: each of one person, or of a table that answered together.",
        n,
    )
    above = lines([came if n else language.say("No contribution came in this workshop.")])
    if told.table.empty:
        return Part((*above, *lines(told.sentences)), n=n)
    table = figures(language.say("Who took part, by stakeholder group"), told.table, "group")
    return Part((*above, table, *lines(told.sentences)), n=n)


def _notes(room: Room, section: Section, language: Language) -> tuple[Part, ...]:
    """The notes of a section: those of the plenary first, then those of each table in the tables' order."""
    labels = [table.label for table in room.workshop.tables]
    noted = [(note.table, step, note.text) for step, note in room.notes if note.section == section]
    if not noted:
        return (Part(lines([language.say("Nothing was noted.")])),)
    when = span(standing(room))
    day = when[0] if when else None
    order = ["", *labels, *sorted({table for table, _, _ in noted} - {*labels})]
    alone = all(not table for table, _, _ in noted)
    return tuple(
        Part(blocks, "" if alone else table or language.say("In the plenary"), table=table)
        for table in dict.fromkeys(order)
        if (
            blocks := tuple(Noted(text, clock(step.at, day)) for where, step, text in noted if where == table)
        )
    )


def _contested(sentences: Sequence[str], language: Language) -> tuple[Part, ...]:
    return (Part(lines(sentences), language.say("Where people differ")),) if sentences else ()


def _votes(room: Room, votes: Collection[VoteTold], language: Language) -> tuple[Part, ...]:
    say, results = language.say, {told.ballot: told for told in votes}
    if unknown := results.keys() - room.ballots.keys():
        raise ValueError(f"{sorted(unknown)} are no ballots of this workshop")
    if not room.ballots:
        return (Part(lines([say("There was no vote.")])),)
    parts = [
        Part(lines([say("A vote orders a discussion: it is no election, and decides nothing by itself.")]))
    ]
    for id_, held in room.ballots.items():
        title = held.ballot.title
        if not held.revealed:
            parts.append(Part(lines([say("Its result was not revealed, so it is not told here.")]), title))
            continue
        if id_ not in results:
            parts.append(
                Part(lines([_measure(held.ballot, language), say("Its result is not told here.")]), title)
            )
            continue
        told = results[id_]
        voters = language.count("One person or table voted.", "{n} people or tables voted.", told.n_voters)
        table = figures(title, told.table)
        above = lines([_measure(held.ballot, language), voters])
        parts.append(
            Part((*above, table, *lines(told.caption), *lines(told.sentences)), title, n=told.n_voters)
        )
    return tuple(parts)


def _measure(ballot: Ballot, language: Language) -> str:
    say = language.say
    match ballot.kind:
        case "dots":
            return say(
                "Dots: each voter had {budget} to give, at most {cap} to one item. The tally was hidden "
                "until the vote was closed.",
                budget=language.number(ballot.budget),
                cap=language.number(ballot.cap),
            )
        case "points":
            return say(
                "Points: each voter ordered the {budget} items that matter most; the first has {budget} "
                "points, the last 1.",
                budget=language.number(ballot.budget),
            )
        case "ratings":
            return say("Ratings: after the discussion each voter rated these objectives once more.")


def minutes_name(room: Room, language: Language) -> str:
    """What a file with the minutes of `room` is called: its day, once it was opened, and its title.

    In a to z, digits and hyphens, 60 at most, and without an ending.
    """
    when, title = span(standing(room)), " ".join(room.workshop.title.split())
    named = f"{when[0].astimezone():%Y-%m-%d} {title}" if when else title
    told = language.say("minutes of {workshop}", workshop=named)
    letters = unicodedata.normalize("NFKD", told).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters.lower())[:_LONGEST_NAME].strip("-")


def _in_plain_text(value: Any) -> Any:
    """`value` with no control characters in any of its words, whoever they came from."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, tuple):
        return tuple(_in_plain_text(one) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(
            value,
            **{field.name: _in_plain_text(getattr(value, field.name)) for field in dataclasses.fields(value)},
        )
    return value
