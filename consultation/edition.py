"""A plan edited by people who never see its file: its words, what it asks, and whom it invites.

Each edition writes into the plan's own text, whose comments, order and untouched lines stay as they are, and
reads the result as any plan file is read: what comes out is a checked plan.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import tomlkit
from tomlkit.items import InlineTable, Item, String

from consultation.contribution import plain_text
from consultation.errors import BrokenEdition
from consultation.language import LANGUAGES, Language, Wording
from consultation.plan import Plan, read_plan
from consultation.workshop import MOST_INVITED

Kind = Literal["plan", "question", "objective", "guide", "group"]

FIELDS: dict[Kind, tuple[str, ...]] = {
    "plan": ("title", "promise", "privacy"),
    "question": ("title", "statement"),
    "objective": ("title", "short"),
    "guide": ("heading", "question"),
    "group": ("label",),
}
OPTIONAL = ("promise", "privacy", "short")
"""What a plan may leave out; without a short name an objective goes by its title."""

LONGEST = {
    "title": 200,
    "short": 60,  # it stands beside a point on a map
    "heading": 200,
    "label": 120,
    "question": 500,
    "statement": 1_000,
    "promise": 3_000,  # two minutes of reading: more, and nobody would
    "privacy": 5_000,
}
"""The most signs that each wording may have in one language."""

ONE_LINE = ("title", "short", "heading", "label")

LONGEST_ID = 40
_QUOTED = 60  # of a wording, enough to know it by

Table = dict[str, Any]  # or tomlkit's, which are dicts too


class Place(NamedTuple):
    """Where a wording stands in a plan: the `field` of what has this `id`; the plan itself has the id ""."""

    kind: Kind
    id: str
    field: str


@dataclass(frozen=True)
class Worded:
    """A wording that people may mend, where it stands, and whether it is `asked`, or left out at present.

    `mark` tells it from others of its kind: an objective's code, else a number from 1 in the plan's order.
    """

    place: Place
    wording: Wording
    mark: str = ""
    asked: bool = True

    @property
    def optional(self) -> bool:
        """Whether it may be empty."""
        return self.place.field in OPTIONAL

    @property
    def one_line(self) -> bool:
        """Whether it has no paragraphs."""
        return self.place.field in ONE_LINE

    @property
    def longest(self) -> int:
        """How many signs it may have in one language."""
        return LONGEST[self.place.field]

    def told(self, language: Language) -> str:
        """What it is, for the people who mend it."""
        say, mark = language.say, self.mark
        return {
            ("plan", "title"): say("Title of the plan"),
            ("plan", "promise"): say("What will be done with the answers"),
            ("plan", "privacy"): say("Privacy notice"),
            ("question", "title"): say("Strategic question {mark}: title", mark=mark),
            ("question", "statement"): say("Strategic question {mark}: statement", mark=mark),
            ("objective", "title"): say("Objective {mark}: title", mark=mark),
            ("objective", "short"): say("Objective {mark}: short name", mark=mark),
            ("guide", "heading"): say("Guiding question {mark}: heading", mark=mark),
            ("guide", "question"): say("Guiding question {mark}: question", mark=mark),
            ("group", "label"): say("Stakeholder group {mark}: name", mark=mark),
        }[self.place.kind, self.place.field]

    def mended(self, wording: Wording) -> Wording:
        """`wording` as it is kept here; raises `BrokenEdition` when it lacks Italian or is too long."""
        wording = _plain(self.place.field, wording)
        if not wording.it and (wording.en or not self.optional):
            raise BrokenEdition(
                "“{text}” needs a text in Italian: write it, or leave the words that were there.",
                text=_beginning(self.wording.it or wording.en),
            )
        for text in (wording.it, wording.en):
            if len(text) > self.longest:
                raise BrokenEdition(
                    "“{text}” has {length} characters: shorten it to {most}.",
                    text=_beginning(text),
                    length=len(text),
                    most=self.longest,
                )
        return wording


def wordings(plan: Plan) -> list[Worded]:
    """Every wording that may be mended, in the plan's order, those not asked among them.

    What a plan leaves out is there with an empty wording.
    """
    objectives = (o for q in (*plan.strategic_questions, *plan.unasked_questions) for o in q.objectives)
    marks = {("objective", objective.id): objective.code for objective in objectives}
    marks["plan", ""] = ""
    counted = dict.fromkeys(FIELDS, 0)
    found = []
    for kind, name, table, asked in _tables(tomllib.loads(plan.source)):
        counted[kind] += 1
        mark = marks.get((kind, name), str(counted[kind]))
        found += [
            Worded(Place(kind, name, field), _plain(field, _standing(table, field)), mark, asked)
            for field in FIELDS[kind]
        ]
    return found


def reworded(plan: Plan, words: Mapping[Place, Wording]) -> Plan:
    """The plan with these words in these places.

    Of what a plan may leave out, an empty wording takes away what was there. Raises `BrokenEdition` for words
    that do not fit their place, and `ValueError` for a place that the plan does not have.
    """
    standing = {worded.place: worded for worded in wordings(plan)}
    if unknown := [place for place in words if place not in standing]:
        raise ValueError(f"{unknown} are no places of this plan")
    mended = {place: standing[place].mended(wording) for place, wording in words.items()}
    mended = {place: wording for place, wording in mended.items() if wording != standing[place].wording}
    if not mended:
        return plan
    document = tomlkit.parse(plan.source)
    for kind, name, table, _ in _tables(document):
        for field in FIELDS[kind]:
            if (wording := mended.get(Place(kind, name, field))) is not None:
                _write(table, field, wording)
    return read_plan(document.as_string())


def asking(plan: Plan, questions: Collection[str], guides: Collection[str]) -> Plan:
    """The plan that asks these strategic questions and guiding questions (ids) and leaves out its others.

    Raises `BrokenEdition` when nothing would be asked, and `ValueError` for an id that is not in the plan.
    """
    if not questions or not guides:
        raise BrokenEdition("Ask at least one strategic question and one guiding question.")
    document = tomlkit.parse(plan.source)
    for key, asked in (("strategic_questions", questions), ("guiding_questions", guides)):
        tables: list[Table] = list(document[key])
        if unknown := set(asked) - {table["id"] for table in tables}:
            raise ValueError(f"{sorted(unknown)} are not in the {key} of this plan")
        for table in tables:
            if table["id"] not in asked:
                _set(table, "asked", False, below="id")
            elif not table.get("asked", True):
                del table["asked"]
    return read_plan(document.as_string())


def inviting(plan: Plan, invited: Mapping[str, int | None]) -> Plan:
    """The plan that says how many people of these groups were invited, `None` where that is not known.

    Raises `BrokenEdition` for a number that is none, and `ValueError` for a group that is not in the plan.
    """
    if unknown := set(invited) - set(plan.groups):
        raise ValueError(f"{sorted(unknown)} are not stakeholder groups of this plan")
    document = tomlkit.parse(plan.source)
    tables: list[Table] = list(document["stakeholder_groups"])
    for table in tables:
        people = invited.get(table["id"], table.get("invited"))
        if people is None:
            table.pop("invited", None)
        elif not 0 <= people <= MOST_INVITED:
            raise BrokenEdition(
                "Say how many were invited with a number from 0 to {most}.", most=MOST_INVITED
            )
        elif people != table.get("invited"):
            _set(table, "invited", people, below="label")
    return read_plan(document.as_string())


def copied(plan: Plan, new_id: str, title: Wording) -> Plan:
    """The plan of a new consultation: this one under another id (see `fresh_id`) and title.

    Raises `BrokenEdition` for a title that does not fit, and `BrokenPlan` for an id that is none.
    """
    document = tomlkit.parse(plan.source)
    document["id"] = new_id
    return reworded(read_plan(document.as_string()), {Place("plan", "", "title"): title})


def fresh_id(title: Wording, taken: Collection[str]) -> str:
    """An id for a plan of this title, none of those `taken`: its Italian words in plain letters."""
    letters = unicodedata.normalize("NFKD", title.it.lower())
    spaced = "".join(
        c if c.isascii() and c.isalnum() else " " for c in letters if not unicodedata.combining(c)
    )
    name = "-".join(spaced.split())[:LONGEST_ID].strip("-") or "plan"
    number, fresh = 1, name
    while fresh in taken:
        number += 1
        fresh = f"{name}-{number}"
    return fresh


def same_questions(one: Plan, other: Plan) -> bool:
    """Whether both ask the same of the same groups: then what differs is how they say it."""
    return _asked_ids(one) == _asked_ids(other)


def asks_less(before: Plan, after: Plan) -> bool:
    """Whether `after` leaves out a question, an objective or a group of those that `before` asks."""
    return not all(
        getattr(before, asked).keys() <= getattr(after, asked).keys()
        for asked in ("questions", "objectives", "guides", "groups")
    )


def difference(before: Plan, after: Plan) -> list[tuple[Worded, Wording, Wording]]:
    """Each wording that differs, with what it was and what it is; empty where one of the plans has none.

    In the order of `after`; what is only in `before` comes last.
    """
    was = {worded.place: worded for worded in wordings(before)}
    now = {worded.place: worded for worded in wordings(after)}
    nothing = Wording("")
    pairs = [
        (worded, was[place].wording if place in was else nothing, worded.wording)
        for place, worded in now.items()
    ]
    pairs += [(worded, worded.wording, nothing) for place, worded in was.items() if place not in now]
    return [pair for pair in pairs if pair[1] != pair[2]]


def _asked_ids(plan: Plan) -> tuple[object, ...]:
    return (
        [(question.id, [o.id for o in question.objectives]) for question in plan.strategic_questions],
        list(plan.guides),
        list(plan.groups),
    )


def _tables(document: Table) -> Iterator[tuple[Kind, str, Table, bool]]:
    """Every table of a plan that holds wordings, with its kind and id, and whether it is asked."""
    yield "plan", "", document, True
    for question in document["strategic_questions"]:
        asked = question.get("asked", True)
        yield "question", question["id"], question, asked
        for objective in question["objectives"]:
            yield "objective", objective["id"], objective, asked
    for guide in document["guiding_questions"]:
        yield "guide", guide["id"], guide, guide.get("asked", True)
    for group in document["stakeholder_groups"]:
        yield "group", group["id"], group, True


def _standing(table: Table, field: str) -> Wording:
    return Wording.read({"it": "", **table.get(field, {})})


def _plain(field: str, wording: Wording) -> Wording:
    """The wording as plain text, on one line where its place has only one."""
    texts = (plain_text(wording.it), plain_text(wording.en))
    return Wording(*(" ".join(text.split()) if field in ONE_LINE else text for text in texts))


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"


def _write(table: Table, field: str, wording: Wording) -> None:
    """Puts the wording into the table; a language that says the same already is not written again."""
    texts = {"it": wording.it, "en": wording.en}
    if field not in table:
        fresh = tomlkit.inline_table()
        fresh.update({language: _string(text) for language, text in texts.items() if text})
        _set(table, field, fresh, below="title")
        return
    kept, standing = table[field], _plain(field, _standing(table, field))
    for language in LANGUAGES:
        if texts[language] != getattr(standing, language):
            kept[language] = _string(texts[language])


def _string(text: str) -> String:
    return tomlkit.string(text, multiline="\n" in text)


def _set(table: Table, key: str, value: bool | int | InlineTable, below: str) -> None:
    """Sets `key`; a new one gets the line below the key `below`, or below the id where that has no line.

    tomlkit would put it at the end of the table: under the comment that announces the next one.
    """
    if key in table or isinstance(table, InlineTable):
        table[key] = value
        return
    above: Item = table[below] if isinstance(table.get(below), InlineTable) else table["id"]
    trivia = above.trivia
    line = f"{trivia.indent}{key} = {tomlkit.item(value).as_string()}"
    end = "\r\n" if trivia.trail.endswith("\r\n") else "\n"
    trivia.trail += f"{line}{end}" if trivia.trail else f"{end}{line}"
