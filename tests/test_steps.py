"""What a facilitator does, written down and read again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.ballot import BALLOT_KINDS, Ballot
from consultation.steps import (
    SECTIONS,
    VIEWS,
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
    Step,
    UndoStep,
)
from tests.store_contract import NOON

WHERE_TO_BEGIN = Ballot("b1", "dots", "Da dove si comincia?", ("lettori-1", "Più sedie al sole"), 4, 2)

# Few of everything, so that steps meet; and some about rounds, ballots and steps that are not there.
_rounds = st.integers(-1, 3)
_ids = st.sampled_from(["b1", "b2", "b3"])
_seconds = st.sampled_from([-5, 0, 1, 60, 1_200, 10**12])
_text = st.text(st.characters(), max_size=20)
_ballots = st.builds(
    Ballot,
    _ids,
    st.sampled_from(BALLOT_KINDS),
    _text,
    st.lists(_text, max_size=3).map(tuple),
    st.integers(0, 5),
    st.integers(0, 5),
)
_actions = st.one_of(
    st.builds(OpenRound, _rounds, _seconds),
    st.builds(PauseRound, _rounds),
    st.builds(CloseRound, _rounds),
    st.builds(AddTime, _rounds, _seconds),
    st.builds(Project, st.sampled_from(VIEWS), _ids | st.just("")),
    st.builds(OpenBallot, _ballots),
    st.builds(CloseBallot, _ids),
    st.builds(RevealBallot, _ids),
    st.builds(Note, st.sampled_from(SECTIONS), _text, _text),
    st.builds(
        Attend,
        st.dictionaries(st.sampled_from(["scuole", "abitanti"]), st.integers(-1, 99)).map(
            lambda people: tuple(people.items())
        ),
    ),
    st.builds(UndoStep, st.integers(-1, 15)),
    st.builds(UndoStep, st.integers(-1, 15)),
)
_steps = st.builds(Step, _actions, st.integers(0, 99).map(lambda n: NOON + timedelta(minutes=n)), _text)
logs = st.lists(_steps, max_size=4) | st.lists(_steps, min_size=12, max_size=30)
"""Logs of a workshop as no page would write them: of any step after any other."""


@given(log=logs)
def test_a_step_is_the_same_after_it_was_written_down(log: list[Step]) -> None:
    for step in log:
        written = json.loads(json.dumps(step.as_dict()))
        assert Step.read(step.kind, written, step.at, step.by) == step


def test_a_step_is_written_down_under_the_names_of_the_log() -> None:
    kinds: list[tuple[Any, str, dict[str, object]]] = [
        (OpenRound(2, 1_200), "open_round", {"round": 2, "seconds": 1_200}),
        (PauseRound(2), "pause_round", {"round": 2}),
        (CloseRound(2), "close_round", {"round": 2}),
        (AddTime(2, 60), "add_time", {"round": 2, "seconds": 60}),
        (Project("vote", "b1"), "project", {"view": "vote", "ballot": "b1"}),
        (
            OpenBallot(WHERE_TO_BEGIN),
            "open_ballot",
            {
                "ballot": {
                    "id": "b1",
                    "kind": "dots",
                    "title": "Da dove si comincia?",
                    "items": ("lettori-1", "Più sedie al sole"),
                    "budget": 4,
                    "cap": 2,
                }
            },
        ),
        (CloseBallot("b1"), "close_ballot", {"ballot": "b1"}),
        (RevealBallot("b1"), "reveal_ballot", {"ballot": "b1"}),
        (
            Note("dissent", "Non la domenica.", "Tavolo 3"),
            "note",
            {"section": "dissent", "text": "Non la domenica.", "table": "Tavolo 3"},
        ),
        (Attend((("scuole", 12),)), "attend", {"present": (("scuole", 12),)}),
        (UndoStep(7), "undo", {"number": 7}),
    ]
    assert [(Step(a, NOON).kind, Step(a, NOON).as_dict()) for a, _, _ in kinds] == [
        (kind, written) for _, kind, written in kinds
    ]


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("dance", {}),
        ("close_round", {}),
        ("close_round", {"round": 1, "seconds": 3}),
        ("open_ballot", {"ballot": {"id": "b1"}}),
        ("open_ballot", {"ballot": {**Step(OpenBallot(WHERE_TO_BEGIN), NOON).as_dict(), "tally": {}}}),
    ],
)
def test_what_is_no_step_is_not_read_as_one(kind: str, written: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"no kind of step|holds \["):
        Step.read(kind, written, NOON)
