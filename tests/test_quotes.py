"""What may be quoted, and how it is signed."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.quotes import assignments, quotes, signed

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
).assign(objective="o-1", basis="proposed", margin=0.1, words="")
PARTICIPATION = pd.DataFrame({"group": ["large", "small"], "n_contributions": [5, 4]})


@pytest.fixture
def shown() -> pd.DataFrame:
    return quotes(CODINGS, ANSWERS, PARTICIPATION, smallest_cell=5)


def test_the_surest_stand_first_and_ties_go_by_id(shown: pd.DataFrame) -> None:
    assert list(shown["answer_id"]) == ["a2", "a1", "a4"]


def test_counted_only_is_never_quoted(shown: pd.DataFrame) -> None:
    assert "tre" not in set(shown["text"])


def test_what_is_only_to_be_counted_is_assigned_without_its_words() -> None:
    codings = CODINGS.assign(words=["uno", "due", "tre", "quattro"])
    assigned = assignments(codings, ANSWERS)
    assert list(assigned["answer_id"]) == list(CODINGS["answer_id"])
    assert list(assigned["words"]) == ["uno", "due", "", "quattro"]
    assert list(codings["words"])[2] == "tre"  # the caller's table stays as it is


def test_a_group_is_signed_by_its_label_and_nobody_by_none(shown: pd.DataFrame) -> None:
    labels = pd.DataFrame({"group": ["large", "small"], "label": ["Large", "Small"]})
    assert list(signed(shown, labels)["group_label"]) == ["", "Large", ""]
    assert set(signed(shown, labels.iloc[1:])["group_label"]) == {""}


def test_a_group_is_named_only_by_leave_and_when_it_hides_its_people(shown: pd.DataFrame) -> None:
    assert dict(zip(shown["answer_id"], shown["group"], strict=True)) == {"a1": "large", "a2": "", "a4": ""}
