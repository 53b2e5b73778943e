"""What may be quoted, and how it is signed."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.quotes import counted_only, quotes

ANSWERS = pd.DataFrame(
    [
        ("a1", "large", "uno", "quotable_with_group"),
        ("a2", "large", "due", "quotable_anonymous"),
        ("a3", "large", "tre", "counted_only"),
        ("a4", "small", "quattro", "quotable_with_group"),
    ],
    columns=["answer_id", "group", "text", "consent"],
)
CODINGS = pd.DataFrame(
    [("a1", 0.2), ("a2", 0.9), ("a3", 1.0), ("a4", 0.2)], columns=["answer_id", "score"]
).assign(objective="o-1", basis="proposed", words="")
PARTICIPATION = pd.DataFrame({"group": ["large", "small"], "n_contributions": [5, 4]})


@pytest.fixture
def shown() -> pd.DataFrame:
    return quotes(CODINGS, ANSWERS, PARTICIPATION, smallest_cell=5)


def test_the_surest_stand_first_and_ties_go_by_id(shown: pd.DataFrame) -> None:
    assert list(shown["answer_id"]) == ["a2", "a1", "a4"]


def test_counted_only_is_never_quoted_but_counted(shown: pd.DataFrame) -> None:
    assert "tre" not in set(shown["text"])
    assert counted_only(CODINGS, ANSWERS).to_dict() == {"o-1": 1}


def test_a_group_is_named_only_by_leave_and_when_it_hides_its_people(shown: pd.DataFrame) -> None:
    assert dict(zip(shown["answer_id"], shown["group"], strict=True)) == {"a1": "large", "a2": "", "a4": ""}
