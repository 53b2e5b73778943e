"""The wordings of a copied text, and what each added or dropped, told in plain words."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.duplicates import find_copies
from analysis.text.shingles import normalised
from analysis.text.variants import KEPT, marked_differences, variants
from tests.test_duplicates import everyone

PARK = "Chiediamo che il parco resti aperto la sera e che gli alberi non vengano tagliati"

words = st.lists(st.sampled_from(["uno", "due", "tre", "quattro", "cinque"]), max_size=12)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (PARK.upper() + "!!", ""),
        (PARK.replace(" e ", " — e "), ""),
        (PARK + ". Firmato: io", "… che gli alberi non vengano tagliati. [+ Firmato: io]"),
        (
            PARK.replace("aperto", "chiuso"),
            "Chiediamo che il parco resti (− aperto) [+ chiuso] la sera e che gli alberi …",
        ),
        (
            PARK.replace("che il parco resti ", ""),
            "Chiediamo (− che il parco resti) aperto la sera e che gli …",
        ),
        ("", f"(− {PARK})"),
    ],
)
def test_added_and_dropped_words_are_marked_where_they_stand(other: str, told: str) -> None:
    assert marked_differences(PARK, other) == told


def test_words_between_two_changes_are_shortened_only_when_that_hides_more_than_one() -> None:
    middle = [f"m{n}" for n in range(2 * KEPT + 1)]
    assert marked_differences(" ".join(["a", *middle, "b"]), " ".join(["x", *middle, "y"])) == " ".join(
        ["(− a) [+ x]", *middle, "(− b) [+ y]"]
    )
    middle.append("m")
    told = marked_differences(" ".join(["a", *middle, "b"]), " ".join(["x", *middle, "y"]))
    assert told == " ".join(["(− a) [+ x]", *middle[:KEPT], "…", *middle[-KEPT:], "(− b) [+ y]"])


@given(words, words)
def test_nothing_is_marked_if_and_only_if_the_words_are_the_same(one: list[str], other: list[str]) -> None:
    told = marked_differences(" ".join(one), " ".join(other))
    assert (told == "") == (one == other)
    if told and "…" not in told:  # what is not dropped is the other text
        kept = told.replace("[+ ", "").replace("]", "")
        while "(−" in kept:
            before, _, rest = kept.partition("(−")
            kept = before + rest.partition(")")[2]
        assert kept.split() == other


def test_wordings_are_counted_by_contributions_and_the_models_own_comes_first() -> None:
    longer = PARK + " mai più"
    answers = everyone([longer, PARK, PARK.upper(), PARK + "!"])
    copies = find_copies(answers).members.merge(answers[["answer_id", "text"]], on="answer_id")
    found = variants(copies)
    assert found["n_contributions"].tolist() == [3, 1]
    assert found["text"].tolist() == [PARK, longer]
    assert found["likeness"].iloc[0] == 1.0
    shuffled = variants(copies.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(found, shuffled)


def test_without_the_models_words_those_most_like_it_come_first() -> None:
    near, far = PARK + " più", PARK + " ogni notte"
    answers = everyone([PARK, PARK, near, far, far])
    copies = find_copies(answers).members.merge(answers[["answer_id", "text"]], on="answer_id")
    may_be_read = copies[~copies["text"].isin(copies.loc[copies["likeness"] == 1, "text"])]
    assert variants(may_be_read)["text"].iloc[0] in may_be_read["text"].tolist()
    likeness = variants(may_be_read)["likeness"]
    assert likeness.iloc[0] == likeness.max()
    assert set(normalised(variants(copies)["text"].tolist())) == set(normalised([PARK, near, far]))


def test_no_copies_have_no_wordings() -> None:
    empty = find_copies(everyone([])).members.assign(text=pd.Series(dtype="str"))
    assert variants(empty).empty
