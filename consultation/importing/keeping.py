"""Imported contributions, kept: new ones begin, changed ones get a next version, the same are left alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from consultation.contribution import Contribution
from consultation.stores import Store


@dataclass(frozen=True)
class Kept:
    """How many contributions began, got another version, or stood there already."""

    new: int
    changed: int
    same: int


def keep(store: Store, contributions: Iterable[Contribution]) -> Kept:
    """Keep them all or none, so that importing a file again, mended or not, does no harm.

    When they were sent does not count as a change.
    """
    to_add, new, same = [], 0, 0
    for contribution in contributions:
        latest = store.contribution(contribution.id)
        if latest is None:
            new += 1
            to_add.append(contribution)
        elif latest == replace(contribution, version=latest.version, at=latest.at):
            same += 1
        else:
            to_add.append(replace(contribution, version=latest.version + 1))
    store.add(*to_add)
    return Kept(new, len(to_add) - new, same)
