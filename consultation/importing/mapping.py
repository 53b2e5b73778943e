"""Which column of a foreign file holds what, as said on the command line: `FIELD=HEADER`, `value=group`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass

from consultation.errors import BrokenMapping, MissingColumns
from consultation.importing.quoting import quoted, some
from consultation.language import Wording
from consultation.plan import UNSTATED_GROUP, Plan

TEXT = "text"
FIELDS = (
    "strategic_question",
    "guiding_question",
    "answer_id",
    "contribution_id",
    "unit",
    "group",
    "language",
    "consent",
    "at",
)
OTHER_NAMES = {"id": "contribution_id"}

_POSITION = re.compile(r"#(\d{1,6})")


@dataclass(frozen=True)
class TextColumn:
    """A column of texts; the questions it answers, where the mapping fixes them (else empty)."""

    header: str
    strategic_question: str = ""
    guiding_question: str = ""


@dataclass(frozen=True)
class Mapping:
    """The columns of texts, in the order given; each other field's header; groups by folded value."""

    texts: tuple[TextColumn, ...]
    fields: dict[str, str]
    groups: dict[str, str]


def read_mapping(maps: Sequence[str], groups: Sequence[str], plan: Plan) -> Mapping:
    """The mapping written in `maps` (`FIELD=HEADER`) and `groups` (`value=group`).

    Fields are `text`, `text:<guiding question>`, `text:<strategic question>/<guiding question>` (these may
    be repeated), and `FIELDS`. A header is a name, or a position such as `#7`. Raises `BrokenMapping`.
    """
    texts: list[TextColumn] = []
    fields: dict[str, str] = {}
    for written in maps:
        name, sign, header = (part.strip() for part in written.partition("="))
        if not (name and sign and header):
            raise BrokenMapping(
                "{map} is not a mapping: write FIELD=HEADER, as in text=Answer.", map=quoted(written)
            )
        field = OTHER_NAMES.get(name, name)
        if field == TEXT or field.startswith(f"{TEXT}:"):
            texts.append(_text_column(field, header, plan))
        elif field not in FIELDS:
            raise BrokenMapping(
                "{field} is not a field: use one of {known}.",
                field=quoted(name),
                known=", ".join(
                    (
                        TEXT,
                        f"{TEXT}:<{FIELDS[1]}>",
                        f"{TEXT}:<{FIELDS[0]}>/<{FIELDS[1]}>",
                        *FIELDS,
                        *OTHER_NAMES,
                    )
                ),
            )
        elif field in fields:
            raise BrokenMapping("The field {field} is mapped twice: keep one.", field=field)
        else:
            fields[field] = header
    if not texts:
        raise BrokenMapping("No column of texts is named: add --map text=HEADER.")
    if groups and "group" not in fields:
        raise BrokenMapping("Values of groups are given, but not their column: add --map group=HEADER.")
    return Mapping(tuple(texts), fields, _groups(groups, plan))


def column_at(header: str, headers: Sequence[str]) -> int:
    """The position (from 0) of the column that `header` names; raises `MissingColumns` listing what there is.

    A name is compared as it stands, then without regard to case, accents and blanks.
    """
    at = _POSITION.fullmatch(header)
    if at:
        found = [int(at[1]) - 1] if 1 <= int(at[1]) <= len(headers) else []
    else:
        found = [i for i, name in enumerate(headers) if name == header]
        found = found or [i for i, name in enumerate(headers) if folded(name) == folded(header)]
    if not found:
        raise MissingColumns(
            "There is no column {header}. The columns are {columns}.",
            header=quoted(header),
            columns=some([f"#{i} {quoted(name)}" for i, name in enumerate(headers, 1)], most=40),
        )
    if len(found) > 1:
        raise MissingColumns(
            "Several columns are named {header}: {positions}. Choose one by its position, as in text=#7.",
            header=quoted(header),
            positions=", ".join(f"#{i + 1}" for i in found),
        )
    return found[0]


def folded(name: str) -> str:
    """`name` as it is compared: no case, no accents, single blanks."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def ids_by_name(items: Iterable[tuple[str, Sequence[Wording]]]) -> dict[str, str]:
    """Ids by every folded name they go by: the id, and the plan's wordings in each language.

    An id goes before a wording; a wording that two ids share names neither.
    """
    ids: dict[str, str] = {}
    worded: dict[str, set[str]] = {}
    for item, wordings in items:
        ids[folded(item)] = item
        for wording in wordings:
            for text in (wording.it, wording.en):
                if text:
                    worded.setdefault(folded(text), set()).add(item)
    return {name: min(owners) for name, owners in worded.items() if len(owners) == 1} | ids


def group_ids(plan: Plan) -> dict[str, str]:
    return ids_by_name((g.id, [g.label]) for g in plan.stakeholder_groups) | {UNSTATED_GROUP: UNSTATED_GROUP}


def strategic_ids(plan: Plan) -> dict[str, str]:
    return ids_by_name((q.id, [q.title]) for q in plan.strategic_questions)


def guiding_ids(plan: Plan) -> dict[str, str]:
    return ids_by_name((g.id, [g.heading, g.question]) for g in plan.guiding_questions)


def _text_column(field: str, header: str, plan: Plan) -> TextColumn:
    if field == TEXT:
        return TextColumn(header)
    strategic, slash, guiding = field.removeprefix(f"{TEXT}:").rpartition("/")
    if slash:
        _known(field, strategic, plan.questions)
    _known(field, guiding, plan.guides)
    return TextColumn(header, strategic, guiding)


def _known(field: str, question: str, known: Lookup[str, object]) -> None:
    if question not in known:
        raise BrokenMapping(
            "{field}: {question} is not a question of the plan; use one of {known}.",
            field=quoted(field),
            question=quoted(question),
            known=", ".join(known),
        )


def _groups(groups: Sequence[str], plan: Plan) -> dict[str, str]:
    targets = {folded(UNSTATED_GROUP): UNSTATED_GROUP, **{folded(group): group for group in plan.groups}}
    found: dict[str, str] = {}
    for written in groups:
        value, sign, group = (part.strip() for part in written.rpartition("="))
        if not (value and sign and group):
            raise BrokenMapping(
                "{map} names no group: write VALUE=GROUP, as in public=services.", map=quoted(written)
            )
        if folded(group) not in targets:
            raise BrokenMapping(
                "{group} is not a group of the plan: use one of {known}.",
                group=quoted(group),
                known=", ".join(targets.values()),
            )
        target = targets[folded(group)]
        if found.setdefault(folded(value), target) != target:
            raise BrokenMapping("The value {value} is given two groups: keep one.", value=quoted(value))
    return found
