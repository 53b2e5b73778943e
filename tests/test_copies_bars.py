"""Copied texts as bars: the decision in words and in the face of the bar, and nothing claimed too soon."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.charts.copies_bars import MOST, copies_bars
from analysis.charts.rendering import svg
from analysis.charts.theme import Width
from analysis.ratings.line_effects import Effect
from analysis.sentences import Basis
from analysis.sentences.copies_found import (
    copies_rows,
    how_alike,
    of_copies,
    of_counted_once,
    of_effects,
    of_signals,
    why_no_copies,
)
from analysis.sentences.figures import each
from consultation.language import Language
from tests.test_charts import data_of, spec, texts

ENGLISH = Language("en")
BASIS = Basis(148, 612, 9)


def row(
    cluster: str, n: int, kind: str = "", *, units: int = 9, unit: str = "", **other: object
) -> dict[str, object]:
    return {
        "cluster": cluster,
        "n_contributions": n,
        "n_answers": n,
        "kind_found": "near",
        "similarity": 0.84,
        "flagged": False,
        "same_ratings": 0.5,
        "burst": False,
        "n_groups": 2,
        "n_units": units,
        "model": f"{cluster}/m",
        "unit": unit,
        "decided": f"k-{cluster}" if kind else "",
        "kind": kind,
        "at": "2026-11-02T10:00:00+00:00" if kind else "",
        "n_decided": n if kind else 0,
        "n_new": 0,
        **other,
    }


def clusters(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows) or [row("a", 2)]).astype({"burst": "boolean"}).head(len(rows))


PETITION = row("a", 31, flagged=True)
ONE = row("b", 4, units=1, unit="il filo")
OTHER = row("c", 2, units=1, unit="auser")
ALL = clusters(PETITION, ONE, OTHER)
BEGINNINGS = pd.Series(
    {"a": "Chiediamo che il parco resti pubblico.", "b": "Servono\n educatori  " + "x" * 99}
)


def finding(*rows: dict[str, object]) -> str:
    return of_copies(clusters(*rows), BASIS, ENGLISH).finding


def drawn(table: pd.DataFrame = ALL, width: Width = "container") -> list[dict[str, object]]:
    found = spec(copies_bars(table, BEGINNINGS, BASIS, ENGLISH, width=width))
    return data_of(found, "text", text="name")


# the finding


def test_the_finding_tells_texts_organisations_and_what_is_decided() -> None:
    assert finding(PETITION, ONE, OTHER) == (
        "One text in 31 copies; two organisations have sent the same text more than once; nothing is decided "
        "yet"
    )
    assert finding(row("a", 31, "campaign"), row("d", 3), ONE) == (
        "Two texts came in copies, the most copied one in 31; one organisation has sent the same text more "
        "than once; 1 of 3 is decided"
    )


def test_one_organisation_with_two_texts_is_one() -> None:
    assert finding(ONE, row("c", 2, units=1, unit="il filo")).startswith("One organisation has sent")


def test_copies_that_came_after_a_decision_are_told() -> None:
    assert finding(row("a", 31, "campaign", n_new=2)) == (
        "One text in 31 copies; all is decided, 2 copies have come since"
    )


def test_what_was_decided_and_is_alike_no_more_is_no_text_in_copies() -> None:
    parted = row("k1", 5, "campaign", kind_found="", n_answers=0, units=0)
    assert finding(parted) == "No two contributions say the same any more; all is decided"
    assert "0 contributions have copies" in of_copies(clusters(parted), BASIS, ENGLISH).basis


def test_without_copies_there_is_a_sentence_and_no_chart() -> None:
    none = ALL.head(0)
    assert why_no_copies(none, ENGLISH)
    assert not why_no_copies(ALL, ENGLISH)
    with pytest.raises(ValueError, match="why_no_copies"):
        copies_bars(none, BEGINNINGS, BASIS, ENGLISH)


# the bars


def test_each_bar_tells_in_words_and_by_its_face_what_was_decided() -> None:
    kinds = ["", "campaign", "duplicate", "organisation", "coincidence"]
    rows = drawn(clusters(*(row(f"c{n}", 9 - n, kind) for n, kind in enumerate(kinds))))
    assert [one["face"] for one in rows] == ["open", "once", "once", "once", "each"]
    assert [str(one["told"]).split(" · ")[0] for one in rows] == [
        "□ to be decided",
        "■ campaign",
        "■ duplicate",
        "■ same organisation",
        "▪ coincidence",
    ]
    found = spec(copies_bars(ALL, BEGINNINGS, BASIS, ENGLISH))
    looks = {
        layer["transform"][0]["filter"]: (layer["mark"]["fill"], layer["mark"].get("strokeDash"))
        for layer in found["layer"]
        if layer["mark"]["type"] == "rect" and "transform" in layer
    }
    assert len(set(map(str, looks.values()))) == 3


def test_the_large_ones_are_marked_and_new_copies_told() -> None:
    first, second, _ = drawn()
    assert (first["n"], second["n"]) == ("31 ▲", "4")
    (one,) = drawn(clusters(row("a", 9, "campaign", n_new=1)))
    assert str(one["told"]).startswith("■ campaign · 1 new copy since then")


def test_a_text_is_named_by_its_beginning_and_one_that_may_not_be_read_by_none() -> None:
    first, second, third = drawn()
    assert first["name"] == "“Chiediamo che il parco resti pubblico.”"
    assert str(second["name"]).startswith("“Servono educatori xxx")
    assert str(second["name"]).endswith("…”")
    assert third["name"] == "Words only to be counted"
    parted = clusters(row("k1", 5, "campaign", kind_found="", n_answers=0))
    assert copies_rows(parted, BEGINNINGS, ENGLISH)["name"].tolist() == ["Texts that are not alike any more"]


def test_a_bar_is_chosen_by_its_cluster_and_there_are_not_too_many() -> None:
    many = clusters(*(row(f"c{n:02}", 40 - n) for n in range(MOST + 3)))
    found = spec(copies_bars(many, BEGINNINGS, BASIS, ENGLISH))
    assert [p["select"]["fields"] for p in found["params"] if p["name"] == "cluster"] == [["cluster"]]
    assert len(drawn(many)) == MOST


@pytest.mark.parametrize("width", [324, 900])
def test_every_decision_and_figure_is_written_at_any_width(width: int) -> None:
    seen = texts(svg(copies_bars(ALL, BEGINNINGS, BASIS, ENGLISH, width=width)))
    assert {"31 ▲", "4", "2", "Words only to be counted"} <= set(seen)
    assert any(text.startswith("□ to be decided") for text in seen)


# the words beside them


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"same_ratings": 1.0}, "all who rated gave the same ratings"),
        ({"same_ratings": 0.5}, "of those who rated, 50% gave the same ratings"),
        ({"same_ratings": None}, "fewer than two of them have rated"),
        ({"burst": True}, "at least 5 sent within ten minutes"),
        ({"burst": False}, "never 5 or more sent within ten minutes"),
        ({"burst": None}, "not known when all of them were sent"),
        ({"units": 1}, "all from one organisation"),
        ({"n_groups": 0}, "group not stated"),
        ({"n_groups": 1}, "from one group"),
    ],
)
def test_signs_are_told_in_words_and_what_is_not_known_as_such(other: dict[str, object], told: str) -> None:
    (one,) = each(clusters(row("a", 6, **other)))  # type: ignore[arg-type]
    assert told in of_signals(one, ENGLISH)


def test_how_alike_texts_are_is_told_by_the_weakest_link() -> None:
    kinds = ["exact", "near", "template", "part", ""]
    rows = each(clusters(*(row(f"c{n}", 5, kind_found=kind) for n, kind in enumerate(kinds))))
    told = [how_alike(one, ENGLISH) for one in rows]
    assert told[:2] == ["the same words", "nearly the same words, at least 84% alike"]
    assert len(set(told)) == len(kinds)


def test_contributions_that_count_once_are_named_with_their_number_and_coincidences_are_not() -> None:
    assert of_counted_once(ALL, ENGLISH) == ""
    assert of_counted_once(clusters(row("a", 4, "coincidence")), ENGLISH) == ""
    assert of_counted_once(clusters(row("a", 31, "campaign")), ENGLISH) == (
        "On the maps, 31 contributions that say the same count as one."
    )
    both = clusters(row("a", 31, "campaign"), row("b", 4, "organisation"))
    assert "35 contributions that say the same count as 2" in of_counted_once(both, ENGLISH)


def test_a_decision_whose_texts_parted_is_counted_once() -> None:
    parted = clusters(row("a", 3, "campaign", n_decided=5), row("b", 2, "campaign", n_decided=5))
    assert "5 contributions" in of_counted_once(parted.assign(decided="k1"), ENGLISH)


def test_effects_are_told_in_objectives() -> None:
    assert of_effects(Effect(2, 1), Effect(0, 0), ENGLISH) == (
        "If each of them counted: 2 objectives would be in another tier and 1 objective would stand more "
        "than one place away. If all of them were left out: no tier would change, nor any place by more than "
        "one."
    )
    assert of_effects(Effect(0, 0), Effect(0, 0), ENGLISH).startswith(
        "Counted once, one by one or not at all"
    )
    assert of_effects(None, None, ENGLISH).startswith("None of them rated")
