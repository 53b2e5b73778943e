"""How a contribution becomes a row: what was said is one JSON text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import RowMapping

from consultation.contribution import Contribution, Rating, Reply
from consultation.stores.schema import moment, written


def row_of(contribution: Contribution) -> dict[str, object]:
    """A row of `contributions`; what was said is one JSON text in `body`."""
    said = {
        "replies": [
            [
                reply.strategic_question,
                reply.guiding_question,
                reply.text,
                list(reply.objectives),
                *_tags(reply),
            ]
            for reply in contribution.replies
        ],
        "ratings": listed(contribution.ratings),
    }
    return {
        "id": contribution.id,
        "version": contribution.version,
        "consultation": contribution.consultation,
        "stakeholder_group": contribution.group,
        "organisation": contribution.organisation,
        "consent": contribution.consent,
        "channel": contribution.channel,
        "language": contribution.language,
        "workshop": contribution.workshop,
        "table_label": contribution.table,
        "at": moment(contribution.at),
        "body": written(said),
    }


def listed(ratings: Iterable[Rating]) -> list[list[object]]:
    """Ratings as JSON values, each of which `Rating(*…)` makes one again."""
    return [[r.objective, r.dimension, r.value, *_tags(r)] for r in ratings]


def _tags(said: Reply | Rating) -> list[object]:
    """Wording and lateness at the end of a row, where they are not the usual ones."""
    return [said.wording, said.late] if (said.wording, said.late) != (1, False) else []


def contribution_of(row: RowMapping) -> Contribution:
    """The contribution that `row_of` made a row of."""
    said = json.loads(row["body"])
    return Contribution(
        id=row["id"],
        version=row["version"],
        consultation=row["consultation"],
        group=row["stakeholder_group"],
        consent=row["consent"],
        at=datetime.fromisoformat(row["at"]),
        channel=row["channel"],
        language=row["language"],
        organisation=row["organisation"],
        workshop=row["workshop"],
        table=row["table_label"],
        replies=tuple(
            Reply(question, guide, text, tuple(objectives), *tags)
            for question, guide, text, objectives, *tags in said["replies"]
        ),
        ratings=tuple(Rating(*rating) for rating in said["ratings"]),
    )
