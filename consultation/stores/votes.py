"""Votes in a SQL database: of each voter in each ballot the latest, a row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from consultation.ballot import Vote
from consultation.codes import spelled
from consultation.contribution import Rating
from consultation.errors import ErasedContribution
from consultation.intake import require_voting
from consultation.stores import occasions, steps, versions
from consultation.stores import workshops as invitations
from consultation.stores.contribution_rows import listed
from consultation.stores.schema import moment, same_content, votes, workshops, written


def of(connection: Connection, word: str) -> Sequence[Vote]:
    """Those given in one workshop: by ballot, in the order in which these were made, then by voter."""
    query = (
        select(votes, workshops.c.word)
        .join(workshops, workshops.c.spelling == votes.c.workshop)
        .where(votes.c.workshop == spelled(word))
    )
    rows = connection.execute(query).mappings().all()
    return [
        Vote(
            workshop=row["word"],
            ballot=row["ballot"],
            voter=row["voter"],
            group=row["stakeholder_group"],
            unit=row["unit"],
            at=datetime.fromisoformat(row["at"]),
            points=tuple((item, points) for item, points in json.loads(row["points"])),
            ratings=tuple(Rating(*rating) for rating in json.loads(row["ratings"])),
        )
        # b2 comes before b10
        for row in sorted(rows, key=lambda row: (len(row["ballot"]), row["ballot"], row["voter"]))
    ]


def keep(connection: Connection, vote: Vote, erased_trials: int | None) -> bool:
    """Keeps it in place of this voter's earlier one; whether it was not kept yet.

    Raises `UnknownInvitation`, `ErasedContribution` for a voter whose contribution was erased or when another
    trial was since `erased_trials` had been, and `NotOpen` when nobody may vote in this ballot now.
    """
    workshop = invitations.workshop_of(connection, invitations.require(connection, vote.workshop))
    spelling = spelled(workshop.word)
    consultation = occasions.one(connection, workshop.consultation)
    if erased_trials is not None:
        consultation.require_same_trial(erased_trials)
    if versions.erased(connection, [vote.voter]):
        raise ErasedContribution(
            "The contribution of this voter was erased, so nothing can be added to it: start a new one."
        )
    new = {
        "workshop": spelling,
        "ballot": vote.ballot,
        "voter": vote.voter,
        "stakeholder_group": vote.group,
        "unit": vote.unit,
        "at": moment(vote.at),
        "points": written(vote.points),
        "ratings": written(listed(vote.ratings)),
    }
    own = (votes.c.workshop == spelling) & (votes.c.ballot == vote.ballot) & (votes.c.voter == vote.voter)
    kept = connection.execute(select(votes).where(own)).mappings().one_or_none()
    if kept is not None and same_content(new, dict(kept)):
        return False  # a second tap may come when the vote is closed
    require_voting(consultation, steps.room(connection, workshop), vote.ballot)
    connection.execute(delete(votes).where(own))
    connection.execute(insert(votes).values(new))
    return True
