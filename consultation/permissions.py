"""Who may do what, as named questions that pages and commands ask before they act.

What is invented may be seen by everyone, through every page: nobody said it. Anything real needs a role,
and so does every change. A role is given by the shells; here it is only judged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from consultation.errors import NotAllowed
from consultation.occasion import Consultation

Role = Literal["participant", "facilitator", "analyst", "administrator"]

STAFF: frozenset[Role] = frozenset(get_args(Role))
"""The roles that the staff link gives: all."""


@dataclass(frozen=True)
class Visitor:
    """Whoever is at a page or a terminal; with no more than an address one takes part."""

    roles: frozenset[Role] = frozenset({"participant"})

    def has(self, *roles: Role) -> bool:
        """Whether the visitor has at least one of them."""
        return not self.roles.isdisjoint(roles)


Predicate = Callable[[Visitor, Consultation], bool]


def may_answer(visitor: Visitor, consultation: Consultation) -> bool:
    """Send answers and ratings, and correct them; between its dates, if it has any."""
    return (consultation.stage == "open" or consultation.on_trial) and visitor.has("participant")


def may_read_map(visitor: Visitor, consultation: Consultation) -> bool:
    """See the priority maps, and the counts of words."""
    return consultation.invented or visitor.has("analyst", "administrator")


def may_read_words(visitor: Visitor, consultation: Consultation) -> bool:
    """Read answers whose authors let them be quoted."""
    return consultation.invented or visitor.has("analyst", "administrator")


def may_read_uncited(visitor: Visitor, consultation: Consultation) -> bool:
    """Read answers whose authors let them be counted only."""
    return consultation.invented or visitor.has("analyst", "administrator")


def may_see_participation(visitor: Visitor, consultation: Consultation) -> bool:
    """See how many took part, and from which groups."""
    return consultation.invented or visitor.has("analyst", "administrator")


def may_declare_rules(visitor: Visitor, consultation: Consultation) -> bool:
    """Declare other rules for its results, dated and with a reason, for everyone who reads them."""
    return visitor.has("analyst", "administrator")


def may_decide(visitor: Visitor, consultation: Consultation) -> bool:
    """Decide while reading its answers: words, codings, themes, copies; for everyone who reads them."""
    return visitor.has("analyst", "administrator")


def may_see_preparation(visitor: Visitor, consultation: Consultation) -> bool:
    """See its workshops and its stage, without changing them."""
    return consultation.invented or may_prepare(visitor, consultation)


def may_prepare(visitor: Visitor, consultation: Consultation) -> bool:
    """Word its questions, make workshops, open and close."""
    return not consultation.invented and visitor.has("facilitator", "administrator")


def may_add_consultation(visitor: Visitor) -> bool:
    """Begin a new consultation, and see how any is prepared."""
    return visitor.has("facilitator", "administrator")


def may_run(visitor: Visitor, consultation: Consultation) -> bool:
    """Run its workshops: rounds, wall, votes, moderation, minutes."""
    return not consultation.invented and visitor.has("facilitator", "administrator")


def may_let_in(visitor: Visitor) -> bool:
    """Make links by which a facilitator or an analyst comes in."""
    return visitor.has("administrator")


def may_remove_example(visitor: Visitor, consultation: Consultation) -> bool:
    """Remove it for everyone; only what is invented."""
    return consultation.invented and visitor.has("administrator")


def require(predicate: Predicate, visitor: Visitor, consultation: Consultation) -> None:
    """Raises `NotAllowed` unless the visitor may."""
    if not predicate(visitor, consultation):
        raise NotAllowed(
            "This is not open to you: come in by the staff link, which Alleanza prints when it starts."
        )
