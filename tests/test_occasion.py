"""When a consultation takes answers, for good or for a trial; and what of its plan may change, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from consultation.edition import Place, asking, reworded
from consultation.errors import BrokenDates, BrokenEdition, BrokenPlan, NotOpen
from consultation.language import Language, Wording
from consultation.occasion import Consultation
from consultation.plan import read_plan
from tests.store_contract import LIBRARIES, NOON, consultation

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
OPEN = consultation().between(NOON, NOON + DAY)
DRAFT = consultation(stage="draft")
MENDED = reworded(LIBRARIES, {Place("guide", "aiuti", "heading"): Wording("Chi aiuta")})
FEWER = asking(LIBRARIES, ["luoghi"], list(LIBRARIES.guides))


# ── dates ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("closes", [NOON, NOON - SECOND, NOON.astimezone(timezone(timedelta(hours=9)))])
def test_a_consultation_closes_after_it_opens(closes: datetime) -> None:
    with pytest.raises(BrokenDates, match="It would close before it opens: choose a later closing day"):
        consultation().between(NOON, closes)


def test_either_date_may_be_left_out_and_taken_away_again() -> None:
    assert OPEN.between(None, NOON) == replace(consultation(), closes=NOON)
    assert OPEN.between(NOON, None) == replace(consultation(), opens=NOON)
    assert OPEN.between(None, None) == consultation()
    assert OPEN.between(NOON, NOON + SECOND).closes == NOON + SECOND


@pytest.mark.parametrize(
    ("at", "taken"),
    [(NOON - SECOND, False), (NOON, True), (NOON + DAY - SECOND, True), (NOON + DAY, False)],
)
def test_answers_are_taken_from_the_opening_until_just_before_the_closing(at: datetime, taken: bool) -> None:
    assert OPEN.taking(at) is taken
    assert OPEN.taking(at.astimezone(timezone(timedelta(hours=-7)))) is taken


def test_without_dates_an_open_consultation_always_takes_answers() -> None:
    assert consultation().taking(NOON - 9_999 * DAY)
    assert consultation().taking(NOON + 9_999 * DAY)


@pytest.mark.parametrize("stage", ["draft", "paused", "closed"])
def test_no_date_opens_what_is_not_open(stage: str) -> None:
    held = consultation(stage=stage).between(NOON, NOON + DAY)
    assert not held.taking(NOON)
    with pytest.raises(NotOpen, match="not taking answers now: ask who invited you"):
        held.require_taking(NOON)


def test_whoever_comes_early_is_told_when_to_come_back() -> None:
    local = NOON.astimezone()
    with pytest.raises(NotOpen, match=f"opens on {local:%d/%m/%Y} at {local:%H:%M}: come back then"):
        OPEN.require_taking(NOON - SECOND)
    with pytest.raises(NotOpen, match="not taking answers now"):
        OPEN.require_taking(NOON + DAY)
    OPEN.require_taking(NOON)


# ── a trial ───────────────────────────────────────────────────────────────


def test_only_a_draft_is_on_trial_and_it_takes_answers_whatever_its_dates() -> None:
    trial = replace(DRAFT, pilot=True).between(NOON, NOON + DAY)
    assert trial.on_trial
    for at in (NOON - DAY, NOON, NOON + 2 * DAY):
        assert trial.taking(at)
        trial.require_taking(at)
    assert not DRAFT.on_trial
    for stage in ("open", "paused", "closed"):
        tried = replace(consultation(stage=stage), pilot=True, closes=trial.closes)
        assert not tried.on_trial
        assert not tried.taking(NOON + DAY)


def test_a_trial_is_told_from_a_preparation() -> None:
    english = Language("en")
    assert replace(DRAFT, pilot=True).stage_told(english) == "On trial: its opening will erase what is sent"
    assert DRAFT.stage_told(english) == "In preparation"
    assert replace(consultation(), pilot=True).stage_told(english) == consultation().stage_told(english)


# ── versions of the plan ──────────────────────────────────────────────────


@pytest.mark.parametrize("stage", ["draft", "open", "paused", "closed"])
def test_words_may_change_at_any_stage_and_make_one_version_more(stage: str) -> None:
    before = replace(consultation(stage=stage), wording=3)
    after = before.reworded(MENDED)
    assert after == replace(before, plan=MENDED, wording=4)
    assert after.reworded(LIBRARIES).wording == 5


@pytest.mark.parametrize("held", [DRAFT, consultation()])
def test_the_same_plan_is_no_new_version(held: Consultation) -> None:
    assert held.reworded(read_plan(LIBRARIES.source)) is held


def test_what_is_asked_changes_only_in_a_draft() -> None:
    assert DRAFT.reworded(FEWER) == replace(DRAFT, plan=FEWER, wording=2)
    for stage in ("open", "paused", "closed"):
        with pytest.raises(BrokenEdition, match="no longer a draft: its words may change, what it asks may"):
            consultation(stage=stage).reworded(FEWER)


def test_rules_do_not_change_in_silence_with_the_plan() -> None:
    other = read_plan(LIBRARIES.source.replace("seed = 7", "seed = 8"))
    assert DRAFT.reworded(other).rules.seed == 8
    with pytest.raises(ValueError, match="rules are declared"):
        consultation().reworded(other)


# ── answers from a file ───────────────────────────────────────────────────


def test_answers_may_come_from_a_file_to_the_plan_in_other_words() -> None:
    consultation().reworded(MENDED).require_for_import(LIBRARIES)
    with pytest.raises(BrokenPlan, match="biblioteche is on another plan than the file named with --plan"):
        consultation().require_for_import(FEWER)
    with pytest.raises(NotOpen, match="is closed: name another one, or open it again"):
        consultation(stage="closed").require_for_import(LIBRARIES)
    with pytest.raises(NotOpen, match="is a draft, and its opening would erase what the file brings"):
        replace(DRAFT, pilot=True).require_for_import(LIBRARIES)
    with pytest.raises(NotOpen, match="invented example"):
        consultation(invented=True).require_for_import(LIBRARIES)
