"""Who may do what: the whole table, role by role."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consultation.errors import NotAllowed
from consultation.permissions import (
    STAFF,
    Predicate,
    Role,
    Visitor,
    may_add_consultation,
    may_answer,
    may_decide,
    may_declare_rules,
    may_let_in,
    may_prepare,
    may_read_map,
    may_read_uncited,
    may_read_words,
    may_remove_example,
    may_run,
    may_see_participation,
    may_see_preparation,
    require,
)
from tests.store_contract import consultation

NOBODY: frozenset[Role] = frozenset()
READERS = {"analyst", "administrator"}
KEEPERS = {"facilitator", "administrator"}
ALL_ROLES = {"participant", "facilitator", *READERS}

REAL = consultation(stage="open")
CLOSED = consultation(stage="closed")
EXAMPLE = consultation("esempio", stage="closed", invented=True)

SEEING = [may_read_map, may_read_words, may_read_uncited, may_see_participation, may_see_preparation]


@pytest.mark.parametrize(
    ("may", "real", "example"),
    [
        (may_answer, {"participant"}, set()),
        (may_read_map, READERS, ALL_ROLES),
        (may_read_words, READERS, ALL_ROLES),
        (may_read_uncited, READERS, ALL_ROLES),
        (may_see_participation, READERS, ALL_ROLES),
        (may_see_preparation, KEEPERS, ALL_ROLES),
        (may_prepare, KEEPERS, set()),
        (may_run, KEEPERS, set()),
        (may_declare_rules, {"analyst", "administrator"}, {"analyst", "administrator"}),
        (may_decide, {"analyst", "administrator"}, {"analyst", "administrator"}),
        (may_remove_example, set(), {"administrator"}),
    ],
)
def test_each_role_may_what_it_may(may: Predicate, real: set[Role], example: set[Role]) -> None:
    for role in STAFF:
        visitor = Visitor(frozenset({role}))
        assert may(visitor, REAL) == (role in real), role
        assert may(visitor, EXAMPLE) == (role in example), role


@pytest.mark.parametrize("may", SEEING)
def test_what_is_invented_may_be_seen_even_without_a_role(may: Predicate) -> None:
    assert may(Visitor(NOBODY), EXAMPLE)
    assert not may(Visitor(NOBODY), REAL)


def test_whoever_comes_without_the_staff_link_takes_part_and_no_more() -> None:
    visitor = Visitor()
    assert may_answer(visitor, REAL)
    changing = [may_prepare, may_declare_rules, may_decide, may_remove_example]
    assert not any(may(visitor, REAL) for may in [*SEEING, *changing])
    assert not any(may(visitor, EXAMPLE) for may in changing)


def test_only_an_administrator_lets_others_in() -> None:
    assert [role for role in sorted(STAFF) if may_let_in(Visitor(frozenset({role})))] == ["administrator"]


def test_a_consultation_is_begun_by_whoever_prepares() -> None:
    assert {role for role in STAFF if may_add_consultation(Visitor(frozenset({role})))} == KEEPERS


def test_a_draft_takes_answers_only_on_trial() -> None:
    draft = consultation(stage="draft")
    assert not may_answer(Visitor(), draft)
    assert may_answer(Visitor(), replace(draft, pilot=True))
    assert not may_answer(Visitor(), replace(draft, stage="closed", pilot=True))


def test_the_staff_link_opens_everything_but_the_removal_of_what_is_real() -> None:
    staff = Visitor(STAFF)
    deciding = [may_answer, may_prepare, may_declare_rules, may_decide]
    assert all(may(staff, REAL) for may in [*SEEING, *deciding])
    assert not may_remove_example(staff, REAL)
    assert may_remove_example(staff, EXAMPLE)


@pytest.mark.parametrize("stage", ["draft", "paused", "closed"])
def test_answers_are_taken_only_while_open(stage: str) -> None:
    assert not may_answer(Visitor(STAFF), consultation(stage=stage))


def test_require_lets_through_or_says_where_to_come_in() -> None:
    require(may_read_map, Visitor(STAFF), REAL)
    with pytest.raises(NotAllowed, match="staff link"):
        require(may_read_map, Visitor(), REAL)
