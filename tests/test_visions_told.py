"""What is told and drawn of visions and services: as much as was found, and a reason where nothing was."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.charts.service_bars import MOST, in_order, service_bars
from analysis.charts.vision_bars import vision_bars
from analysis.sentences import Basis
from analysis.sentences.services_named import of_services, wants_name, why_no_services
from analysis.sentences.visions_found import held_by, of_visions, why_no_visions
from analysis.text.service_lists import WANTS
from analysis.text.services import SUMMARY
from analysis.text.visions import VISIONS, VOICES, Visions
from consultation.language import Language

EN = Language("en")
BASIS = Basis(n_participants=9, n_answers=12, n_groups=4)


def visions(*held: tuple[str, int, int, int]) -> Visions:
    """A vision each: who holds it, and how many groups, participants and answers."""
    rows = [(n, f"a{n}", "parole|comuni", *one) for n, one in enumerate(held, 1)]
    table = pd.DataFrame(rows, columns=list(VISIONS)).astype(VISIONS)
    voices = [
        (n, f"a{n}/{k}", f"c{k}", "g", 1.0, "", False)
        for n, one in enumerate(held, 1)
        for k in range(one[-1])
    ]
    return Visions(table, pd.DataFrame(voices, columns=list(VOICES)).astype(VOICES), 4)


def summary(*rows: tuple[str, str, int]) -> pd.DataFrame:
    """A service, what is wanted of it, and by how many."""
    return pd.DataFrame(
        [(service, service, wants, n, 1, n) for service, wants, n in rows], columns=list(SUMMARY)
    ).astype(SUMMARY)


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ([("shared", 4, 5, 6), ("shared", 3, 3, 3), ("two", 2, 2, 2)], "2 visions are shared by groups"),
        ([("shared", 3, 3, 3), ("one", 1, 1, 1)], "One vision is shared by groups"),
        ([("two", 2, 2, 2), ("one", 1, 2, 2)], "One vision is held by two groups, none by more"),
        ([("one", 1, 2, 2), ("one", 1, 1, 1)], "No vision is shared by groups in the same words"),
    ],
)
def test_the_finding_claims_no_more_sharing_than_there_is(
    held: list[tuple[str, int, int, int]], told: str
) -> None:
    reading = of_visions(visions(*held), BASIS, EN)
    assert reading.finding == told
    assert "parole" not in " ".join([reading.finding, reading.basis, reading.says, reading.does_not_say])


def test_how_many_answers_stand_alone_is_part_of_the_basis() -> None:
    reading = of_visions(visions(("two", 2, 2, 2), *[("one", 1, 1, 1)] * 3), BASIS, EN)
    assert "5 answers · from 4 groups · 3 are near no other" in reading.basis


def test_without_near_answers_there_are_no_bars_but_a_reason() -> None:
    alone = visions(("one", 1, 1, 1))
    assert why_no_visions(alone, EN)
    with pytest.raises(ValueError, match="why_no_visions"):
        vision_bars(alone, BASIS, EN)
    assert not why_no_visions(visions(("one", 1, 1, 2)), EN)


def test_bars_are_as_long_as_groups_and_hold_no_answer_that_stands_alone() -> None:
    drawn = vision_bars(visions(("two", 2, 3, 4), ("one", 0, 2, 2), ("one", 1, 1, 1)), BASIS, EN).to_dict()
    (rows,) = drawn["datasets"].values() if "datasets" in drawn else [drawn["layer"][0]["data"]["values"]]
    assert [row["vision"] for row in rows] == ["a1", "a2"]
    assert [row["length"] for row in rows] == [2, 0.5]
    assert [row["name"] for row in rows] == ["parole · comuni"] * 2


def test_who_states_no_group_is_told_so() -> None:
    assert held_by("one", 0, 2, EN) == "2 participants, group not stated"
    assert held_by("two", 2, 5, EN) == "2 groups · 5 participants"


def test_services_are_named_in_the_finding_only_if_few_stand_out() -> None:
    few = of_services(summary(("nido", "start", 4), ("mensa", "named", 9)), BASIS, EN)
    assert "“nido”" in few.finding
    assert "mensa" not in few.finding
    level = of_services(summary(*((f"s{n}", "keep", 1) for n in range(4))), BASIS, EN)
    assert level.finding == "People want something of many services, of none clearly more"
    named = of_services(summary(("mensa", "named", 9)), BASIS, EN)
    assert named.finding.startswith("Services are named, but what people want")


def test_services_of_which_more_is_wanted_stand_above_those_more_often_named() -> None:
    table = summary(("mensa", "named", 9), ("nido", "start", 1), ("nido", "keep", 1), ("caf", "change", 1))
    assert in_order(table) == ["nido", "caf", "mensa"]


def test_no_more_services_are_drawn_than_can_be_read_and_every_part_has_its_length() -> None:
    many = summary(*((f"s{n:02}", wants, 2) for n in range(MOST + 5) for wants in WANTS))
    drawn = str(service_bars(many, BASIS, EN).to_dict())
    assert f"s{MOST - 1:02}" in drawn
    assert f"s{MOST:02}" not in drawn
    assert all(wants_name(wants, EN) in drawn for wants in WANTS)
    assert "'ends': 8" in drawn


def test_without_services_there_are_no_bars_but_a_reason() -> None:
    assert why_no_services(summary(), EN)
    with pytest.raises(ValueError, match="why_no_services"):
        service_bars(summary(), BASIS, EN)
