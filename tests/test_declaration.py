"""Rules are fixed at opening: a later change is possible, dated, reasoned, and printed."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultation.declaration import LONGEST_NAME, LONGEST_REASON, Declaration, changes
from consultation.errors import BrokenDeclaration, BrokenPlan, UnchangedRules
from consultation.language import Language
from consultation.occasion import Consultation
from consultation.rules import Rules
from tests.store_contract import LIBRARIES, NOON, consultation

ITALIAN, ENGLISH = Language("it"), Language("en")
WHY = "La giunta ha fissato i pesi."
GROUPS = list(LIBRARIES.groups)
WEIGHTS = {**dict.fromkeys(GROUPS, 2), GROUPS[0]: 0.5}
CUSTOM = {"group_weights": "custom", "custom_weights": WEIGHTS}
SEED = replace(LIBRARIES.rules, seed=8)


def declared(**changed: object) -> Rules:
    return Rules.declared({**LIBRARIES.rules.as_dict(), **changed})


# ── what differs ──────────────────────────────────────────────────────────


def test_the_same_rules_differ_in_nothing_however_they_are_written() -> None:
    assert changes(Rules(), Rules.declared(dict(reversed(Rules().as_dict().items())))) == ()
    assert changes(Rules(importance_weight=1), Rules(importance_weight=1.0)) == ()


def test_what_differs_is_told_with_both_values_in_the_order_of_the_rules() -> None:
    assert changes(Rules(), Rules(lines="scale", seed=7)) == (
        ("seed", Rules().seed, 7),
        ("lines", "mean", "scale"),
    )


def test_a_rule_for_each_group_differs_as_a_table() -> None:
    assert changes(LIBRARIES.rules, declared(**CUSTOM)) == (
        ("group_weights", "equal", "custom"),
        ("custom_weights", {}, WEIGHTS),
    )


@given(st.sets(st.sampled_from([f.name for f in fields(Rules) if isinstance(f.default, float)])))
def test_no_changed_rule_goes_unnamed(names: set[str]) -> None:
    after = replace(Rules(), **dict.fromkeys(names, 0.123))  # type: ignore[arg-type]
    assert {name for name, _, _ in changes(Rules(), after)} == names


# ── a declaration and its reason ──────────────────────────────────────────


@pytest.mark.parametrize("reason", ["", " \n\t ", "\x00", "x" * (LONGEST_REASON + 1)])
def test_no_rule_changes_without_a_reason_that_fits_on_a_map(reason: str) -> None:
    with pytest.raises(BrokenDeclaration, match=f"Say why the rules change, in at most {LONGEST_REASON}"):
        consultation().declared(SEED, NOON, reason)


def test_the_longest_reason_and_the_longest_name_fit() -> None:
    kept = Declaration.reasoned(SEED, NOON, "open", "x" * LONGEST_REASON, "y" * LONGEST_NAME)
    assert (len(kept.reason), len(kept.by)) == (LONGEST_REASON, LONGEST_NAME)
    with pytest.raises(BrokenDeclaration, match=f"who declares the rules in at most {LONGEST_NAME}"):
        Declaration.reasoned(SEED, NOON, "open", WHY, "y" * (LONGEST_NAME + 1))


def test_a_reason_is_one_line_of_plain_text() -> None:
    kept = Declaration.reasoned(
        SEED, NOON, "open", "  Deciso\r\nin\x07 giunta,\t<b>oggi</b> ", " Ufficio\npiani "
    )
    assert (kept.reason, kept.by) == ("Deciso in giunta, <b>oggi</b>", "Ufficio piani")


# ── the rules that hold ───────────────────────────────────────────────────


def test_a_consultation_opens_under_the_rules_of_its_plan() -> None:
    assert consultation().rules is LIBRARIES.rules
    assert consultation().changed_after_opening(ENGLISH) == ()


def test_the_rules_declared_last_hold_and_the_earlier_ones_stay_on_record() -> None:
    first = consultation().declared(SEED, NOON, WHY)
    second = first.declared(replace(SEED, lines="scale"), NOON + timedelta(days=1), "Altro.", "Ufficio piani")
    assert second.rules == replace(SEED, lines="scale")
    assert [d.rules for d in second.declarations] == [SEED, second.rules]
    assert [d.by for d in second.declarations] == ["", "Ufficio piani"]
    assert second.plan == LIBRARIES  # what was declared before the opening is not rewritten
    assert consultation().declarations == ()


def test_declaring_the_rules_that_hold_changes_nothing_and_is_said() -> None:
    with pytest.raises(UnchangedRules, match="These rules hold already"):
        consultation().declared(replace(LIBRARIES.rules), NOON, WHY)
    with pytest.raises(UnchangedRules):
        consultation().declared(SEED, NOON, WHY).declared(SEED, NOON, WHY)


def test_going_back_to_the_plans_rules_is_a_change_too() -> None:
    back = consultation().declared(SEED, NOON, WHY).declared(LIBRARIES.rules, NOON, "Un errore.")
    assert back.rules == LIBRARIES.rules
    assert [later.changes for later in back.changed_after_opening(ENGLISH)] == [
        (("seed", LIBRARIES.rules.seed, 8),),
        (("seed", 8, LIBRARIES.rules.seed),),
    ]


@pytest.mark.parametrize(
    "rules",
    [
        replace(SEED, group_weights="custom"),
        replace(SEED, group_weights="custom", custom_weights=(("nessuno", 1.0),)),
        replace(SEED, merged_groups=(("nessuno", GROUPS[0]),)),
        replace(SEED, interval=1.5),
    ],
)
def test_rules_that_a_plan_could_not_declare_cannot_be_declared_later(rules: Rules) -> None:
    with pytest.raises(BrokenPlan):
        consultation().declared(rules, NOON, WHY)


# ── what every map prints ─────────────────────────────────────────────────


@pytest.mark.parametrize(("stage", "printed"), [("draft", 0), ("open", 1), ("paused", 1), ("closed", 1)])
def test_a_change_is_printed_unless_it_was_made_in_the_draft(stage: str, printed: int) -> None:
    changed = consultation(stage=stage).declared(SEED, NOON, WHY)
    assert changed.declarations[0].stage == stage
    assert changed.rules == SEED
    for later in ("draft", "open", "closed"):  # whatever becomes of the consultation
        assert len(replace(changed, stage=later).changed_after_opening(ENGLISH)) == printed


def test_a_change_after_the_opening_is_told_against_what_the_draft_declared() -> None:
    draft = consultation(stage="draft").declared(SEED, NOON, WHY)
    opened = replace(draft, stage="open").declared(replace(SEED, lines="scale"), NOON, WHY)
    (later,) = opened.changed_after_opening(ENGLISH)
    assert later.changes == (("lines", "mean", "scale"),)


def test_a_change_has_its_day_and_reason_and_names_groups_as_the_reader_does() -> None:
    noon = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    changed = consultation().declared(declared(**CUSTOM, merged_groups={GROUPS[1]: GROUPS[0]}), noon, WHY)
    for language in (ITALIAN, ENGLISH):
        (later,) = changed.changed_after_opening(language)
        labels = {group.id: language.pick(group.label) for group in LIBRARIES.stakeholder_groups}
        assert (later.day, later.reason) == ("01/03/2026", WHY)
        assert later.changes == (
            ("group_weights", "equal", "custom"),
            ("custom_weights", {}, {labels[g]: w for g, w in WEIGHTS.items()}),
            ("merged_groups", {}, {labels[GROUPS[1]]: labels[GROUPS[0]]}),
        )


def test_a_declaration_that_an_exchanged_plan_has_overtaken_is_not_printed() -> None:
    changed = consultation().declared(SEED, NOON, WHY)
    same_now = Consultation("x", replace(LIBRARIES, rules=SEED), "open", declarations=changed.declarations)
    assert same_now.changed_after_opening(ENGLISH) == ()
