"""The plan being consulted on, read from its TOML file and checked.

Nothing here knows a city: any plan with strategic questions, objectives and guiding questions will do.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from consultation.errors import BrokenPlan
from consultation.language import LANGUAGES, Wording
from consultation.rules import Rules
from consultation.targets import Target, read_targets

UNSTATED_GROUP = "non_indicato"
"""The group of whoever gave none, or one the plan does not list: counted, outside balanced estimates."""

SYMBOLS = ("circle", "square", "triangle", "diamond", "cross", "wedge", "stroke", "arrow")
DEFAULT_COLOURS = ("#1F5FA8", "#C8501A", "#1B7F5C", "#7B3F98", "#8A6100", "#A3195B", "#00707F", "#555B66")

PLAN_KEYS = {
    "id",
    "title",
    "promise",
    "privacy",
    "strategic_questions",
    "guiding_questions",
    "stakeholder_groups",
    "targets",
    "rules",
}
QUESTION_KEYS = {"id", "title", "colour", "symbol", "statement", "asked", "objectives"}
OBJECTIVE_KEYS = {"id", "title", "short", "seeds"}
GUIDE_KEYS = {"id", "heading", "question", "reads_as", "asked"}

READINGS = ("visions", "services")
"""Guiding questions that get a reading of their own: one asks for visions, one about services."""

Asked = TypeVar("Asked")

_ID = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Objective:
    """What the plan proposes under a strategic question.

    `code` is its short mark on a map (a letter of its question and its position), `seeds` the everyday
    words and phrases by which counting recognises it.
    """

    id: str
    code: str
    strategic_question: str
    title: Wording
    short: Wording
    seeds: tuple[str, ...]


@dataclass(frozen=True)
class StrategicQuestion:
    """One of the plan's areas, with the colour and the symbol it has everywhere."""

    id: str
    title: Wording
    statement: Wording
    colour: str
    symbol: str
    objectives: tuple[Objective, ...]


@dataclass(frozen=True)
class GuidingQuestion:
    """What is asked under every strategic question; `reading` is one of `READINGS`, or ""."""

    id: str
    heading: Wording
    question: Wording
    reading: str = ""


@dataclass(frozen=True)
class StakeholderGroup:
    """The part of the city a participant speaks from; `invited` people of it were asked, if that is known."""

    id: str
    label: Wording
    invited: int | None = None


@dataclass(frozen=True)
class Plan:
    """A whole plan; `source` is the text it was read from, kept so that a store can hold it unchanged.

    The `unasked_…` are written in the plan with `asked = false`: nobody is asked them, and every view of the
    plan leaves them out. `promise` tells participants what will be done with their answers, `privacy` what
    becomes of their data; both may have several paragraphs.
    """

    id: str
    title: Wording
    strategic_questions: tuple[StrategicQuestion, ...]
    guiding_questions: tuple[GuidingQuestion, ...]
    stakeholder_groups: tuple[StakeholderGroup, ...]
    targets: tuple[Target, ...]
    rules: Rules
    source: str
    unasked_questions: tuple[StrategicQuestion, ...] = ()
    unasked_guides: tuple[GuidingQuestion, ...] = ()
    promise: Wording | None = None
    privacy: Wording | None = None

    @cached_property
    def objectives(self) -> dict[str, Objective]:
        """Every objective that is asked, by its id, in the plan's order."""
        return {o.id: o for question in self.strategic_questions for o in question.objectives}

    @cached_property
    def questions(self) -> dict[str, StrategicQuestion]:
        """Every strategic question that is asked, by its id, in the plan's order."""
        return {question.id: question for question in self.strategic_questions}

    @cached_property
    def guides(self) -> dict[str, GuidingQuestion]:
        """Every guiding question that is asked, by its id, in the plan's order."""
        return {guide.id: guide for guide in self.guiding_questions}

    @cached_property
    def groups(self) -> dict[str, StakeholderGroup]:
        """Every stakeholder group by its id, in the plan's order."""
        return {group.id: group for group in self.stakeholder_groups}


def load_plan(path: Path) -> Plan:
    """The plan in the file at `path`; raises `BrokenPlan` with what to mend."""
    try:
        return read_plan(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise BrokenPlan("There is no plan file at {path}: check the name.", path=path) from None
    except IsADirectoryError:
        raise BrokenPlan("{path} is a folder: name the plan file in it.", path=path) from None
    except UnicodeDecodeError as error:
        raise BrokenPlan(
            "{path} is not UTF-8 text (byte {byte}): save it again as UTF-8.", path=path, byte=error.start
        ) from None
    except OSError as error:
        raise BrokenPlan("{path} cannot be read: {reason}.", path=path, reason=error.strerror) from None


def read_plan(source: str) -> Plan:
    """The plan written in `source` (TOML); raises `BrokenPlan` naming the key and the mend."""
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise BrokenPlan("The plan file is not valid TOML: {reason}.", reason=error) from None
    _no_other_keys(raw, "", PLAN_KEYS)
    question_rows = _tables(raw, "", "strategic_questions", QUESTION_KEYS)
    questions = _strategic_questions(question_rows)
    guide_rows = _tables(raw, "", "guiding_questions", GUIDE_KEYS)
    guides = tuple(
        GuidingQuestion(
            _id(guide, at),
            _wording(guide, at, "heading"),
            _wording(guide, at, "question"),
            _reading(guide, at),
        )
        for at, guide in guide_rows
    )
    groups = tuple(
        StakeholderGroup(_id(group, at), _wording(group, at, "label"), _invited(group, at))
        for at, group in _tables(raw, "", "stakeholder_groups", {"id", "label", "invited"})
    )
    for place, ids in (
        ("strategic_questions", [q.id for q in questions]),
        ("strategic_questions.objectives", [o.id for q in questions for o in q.objectives]),
        ("guiding_questions", [g.id for g in guides]),
        ("stakeholder_groups", [g.id for g in groups]),
    ):
        _no_twins(place, ids)
    if UNSTATED_GROUP in [group.id for group in groups]:
        raise BrokenPlan(
            "stakeholder_groups: {id} is kept for people who name no group; choose another id.",
            id=UNSTATED_GROUP,
        )
    rules = raw.get("rules", {})
    if not isinstance(rules, dict):
        raise BrokenPlan("{key} must be a table: write [rules] and one rule a line.", key="rules")
    declared = Rules.declared(rules)
    declared.require_groups([group.id for group in groups])
    asked_questions, unasked_questions = _asked_or_not("strategic_questions", question_rows, questions)
    asked_guides, unasked_guides = _asked_or_not("guiding_questions", guide_rows, guides)
    return Plan(
        id=_id(raw, ""),
        title=_wording(raw, "", "title"),
        strategic_questions=asked_questions,
        guiding_questions=asked_guides,
        stakeholder_groups=groups,
        targets=read_targets(raw.get("targets", []), [group.id for group in groups]),
        rules=declared,
        source=source,
        unasked_questions=unasked_questions,
        unasked_guides=unasked_guides,
        promise=_optional_wording(raw, "", "promise"),
        privacy=_optional_wording(raw, "", "privacy"),
    )


def _strategic_questions(rows: list[tuple[str, dict[str, Any]]]) -> tuple[StrategicQuestion, ...]:
    letters: list[str] = []
    questions = []
    for position, (at, raw) in enumerate(rows):
        question_id = _id(raw, at)
        letters.append(_letter(question_id, letters))
        objectives = []
        for number, (place, objective) in enumerate(_tables(raw, at, "objectives", OBJECTIVE_KEYS), 1):
            title = _wording(objective, place, "title")
            objectives.append(
                Objective(
                    id=_id(objective, place),
                    code=f"{letters[-1]}{number}",
                    strategic_question=question_id,
                    title=title,
                    short=_optional_wording(objective, place, "short") or title,
                    seeds=_seeds(objective, place),
                )
            )
        questions.append(
            StrategicQuestion(
                id=question_id,
                title=_wording(raw, at, "title"),
                statement=_wording(raw, at, "statement"),
                colour=_colour(raw, at, DEFAULT_COLOURS[position % len(DEFAULT_COLOURS)]),
                symbol=_symbol(raw, at, SYMBOLS[position % len(SYMBOLS)]),
                objectives=tuple(objectives),
            )
        )
    return tuple(questions)


def _asked_or_not(
    key: str, rows: list[tuple[str, dict[str, Any]]], read: tuple[Asked, ...]
) -> tuple[tuple[Asked, ...], tuple[Asked, ...]]:
    """Those of `read` that are asked, and those that are not; each was read from the row in its place."""
    asked: list[Asked] = []
    unasked: list[Asked] = []
    for (at, raw), question in zip(rows, read, strict=True):
        value = raw.get("asked", True)
        if not isinstance(value, bool):
            raise BrokenPlan(
                "{key} must be true or false (found: {value}).", key=_at(at, "asked"), value=repr(value)
            )
        (asked if value else unasked).append(question)
    if not asked:
        raise BrokenPlan("{key}: none is asked; remove asked = false from at least one.", key=key)
    return tuple(asked), tuple(unasked)


def _letter(question_id: str, taken: list[str]) -> str:
    """The first letter of the id that no earlier question has."""
    for letter in question_id.upper():
        if letter.isalpha() and letter not in taken:
            return letter
    return f"Q{len(taken) + 1}-"


def _at(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def _tables(raw: dict[str, Any], at: str, key: str, known: set[str]) -> list[tuple[str, dict[str, Any]]]:
    place, rows = _at(at, key), raw.get(key, [])
    header = re.sub(r"\[\d+\]", "", place)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BrokenPlan(
            "{key} must be a list of tables: write [[{header}]] above each.", key=place, header=header
        )
    if not rows:
        raise BrokenPlan("{key} is missing: add at least one [[{header}]] table.", key=place, header=header)
    numbered = [(f"{place}[{number}]", row) for number, row in enumerate(rows, 1)]
    for row_place, row in numbered:
        _no_other_keys(row, row_place, known)
    return numbered


def _id(raw: dict[str, Any], at: str) -> str:
    value = raw.get("id")
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise BrokenPlan(
            "{key} must be a short name in lower-case letters, digits, - or _ (found: {value}).",
            key=_at(at, "id"),
            value=repr(value),
        )
    return value


def _wording(raw: dict[str, Any], at: str, key: str) -> Wording:
    value = raw.get(key)
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("it"), str)
        or not value["it"].strip()
        or not isinstance(value.get("en", ""), str)
    ):
        raise BrokenPlan(
            '{key} is missing or not in two languages: write {name} = {{ it = "…", en = "…" }}.',
            key=_at(at, key),
            name=key,
        )
    return Wording.read(value)


def _optional_wording(raw: dict[str, Any], at: str, key: str) -> Wording | None:
    """The wording, or `None` where it is left out or empty in each language."""
    value = raw.get(key, {})
    if isinstance(value, dict) and not any(value.get(language, "") for language in LANGUAGES):
        return None
    return _wording(raw, at, key)


def _seeds(raw: dict[str, Any], at: str) -> tuple[str, ...]:
    value = raw.get("seeds")
    if not isinstance(value, list) or not value or not all(isinstance(s, str) and s.strip() for s in value):
        raise BrokenPlan(
            "{key} must list the everyday words of this objective, each in quotes.", key=_at(at, "seeds")
        )
    for seed in value:
        if "|" in seed:  # tables join seeds by it
            raise BrokenPlan(
                "{key}: {seed} must not hold the sign |; write two seeds instead.",
                key=_at(at, "seeds"),
                seed=repr(seed),
            )
    return tuple(value)


def _reading(raw: dict[str, Any], at: str) -> str:
    value = raw.get("reads_as", "")
    if "reads_as" in raw and value not in READINGS:
        raise BrokenPlan(
            "{key} must be one of {known}, or be left out (found: {value}).",
            key=_at(at, "reads_as"),
            known=", ".join(READINGS),
            value=repr(value),
        )
    return str(value)


def _invited(raw: dict[str, Any], at: str) -> int | None:
    value = raw.get("invited")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        raise BrokenPlan(
            "{key} must be how many people were invited, a whole number (found: {value}).",
            key=_at(at, "invited"),
            value=repr(value),
        )
    return value


def _colour(raw: dict[str, Any], at: str, default: str) -> str:
    value = raw.get("colour", default)
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise BrokenPlan(
            "{key} must be a colour written #RRGGBB (found: {value}).",
            key=_at(at, "colour"),
            value=repr(value),
        )
    return value


def _symbol(raw: dict[str, Any], at: str, default: str) -> str:
    value = raw.get("symbol", default)
    if value not in SYMBOLS:
        raise BrokenPlan(
            "{key} must be one of {known} (found: {value}).",
            key=_at(at, "symbol"),
            known=", ".join(SYMBOLS),
            value=repr(value),
        )
    return str(value)


def _no_other_keys(raw: dict[str, Any], at: str, known: set[str]) -> None:
    for key in raw:
        if key not in known:
            raise BrokenPlan(
                "{key} is not part of a plan: remove it, or use one of {known}.",
                key=_at(at, key),
                known=", ".join(sorted(known)),
            )


def _no_twins(place: str, ids: list[str]) -> None:
    for value in ids:
        if ids.count(value) > 1:
            raise BrokenPlan("{key}: two have the id {id}; give each its own.", key=place, id=value)
