"""The method as a whole: what it keeps, what it tells while it works, and what it writes."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.findings import STEPS, Findings, find, step_name
from analysis.outputs import outputs
from analysis.text.lexicon import read_lexicons
from consultation import tables
from consultation.language import Language
from consultation.plan import Plan
from consultation.shipped import LEXICONS

ENGLISH = Language("en")


def rated(groups: list[str], objective: str) -> pd.DataFrame:
    """One person of each of these `groups`, who rates one objective in full."""
    rows = [
        (f"c{i:02}", f"c{i:02}", group, objective, dimension, 4.0)
        for i, group in enumerate(groups)
        for dimension in ("importance", "urgency", "feasibility")
    ]
    return pd.DataFrame(rows, columns=["contribution_id", "unit", "group", "objective", "dimension", "value"])


def said(plan: Plan, *consents: str) -> pd.DataFrame:
    """One answer of each of these consents, tagged with the plan's first objective by its author."""
    table = tables.answers([])
    rows = pd.DataFrame(
        [
            {"answer_id": f"a{i}", "contribution_id": f"w{i}", "text": f"Prevenire, {i}.", "consent": consent}
            for i, consent in enumerate(consents)
        ]
    )
    question = plan.strategic_questions[0]
    rows = rows.assign(
        unit=rows["contribution_id"],
        group=next(iter(plan.groups)),
        strategic_question=question.id,
        guiding_question=plan.guiding_questions[0].id,
        objectives="",
        language="it",
    )
    return rows.reindex(columns=table.columns, fill_value="")


def found(
    plan: Plan, answers: pd.DataFrame, ratings: pd.DataFrame, steps: list[str] | None = None
) -> Findings:
    return find(
        answers,
        ratings,
        tables.objectives(plan, ENGLISH),
        tables.groups(plan, ENGLISH),
        tables.guiding_questions(plan, ENGLISH),
        read_lexicons(LEXICONS),
        plan.rules,
        (steps if steps is not None else []).append,
    )


def written(
    plan: Plan, findings: Findings, answers: pd.DataFrame
) -> tuple[dict[str, pd.DataFrame], str, str]:
    """The tables, the page, and the finding."""
    made = outputs(
        findings,
        answers,
        tables.objectives(plan, ENGLISH),
        tables.groups(plan, ENGLISH),
        plan.rules,
        ENGLISH,
        title="A plan",
    )
    return made.tables, made.files["priority-map.html"].decode(), made.finding


def test_each_step_is_told_in_turn_and_has_a_name(milan: Plan) -> None:
    steps: list[str] = []
    found(milan, tables.answers([]), tables.ratings([]), steps)
    assert tuple(steps) == STEPS
    assert len({step_name(step, ENGLISH) for step in STEPS}) == len(STEPS)
    with pytest.raises(KeyError):
        step_name("lunch", ENGLISH)


def test_how_many_replicates_intervals_come_from_is_kept_and_they_are_let_go(milan: Plan) -> None:
    groups = list(milan.groups)[:2]
    findings = found(milan, tables.answers([]), rated(groups * 3, next(iter(milan.objectives))))
    assert findings.ratings.exact
    assert findings.ratings.n_replicates == 81
    assert findings.need_line == findings.ratings.need_line == 75


def test_ratings_without_enough_raters_in_any_group_are_said_to_be_what_is_missing(milan: Plan) -> None:
    ratings = rated(list(milan.groups)[:5] * 2, next(iter(milan.objectives)))
    findings = found(milan, tables.answers([]), ratings)
    assert findings.n_contributions == 10
    _tables, page, finding = written(milan, findings, tables.answers([]))
    assert "have been rated" in finding
    assert finding in page
    assert "There are no answers" not in page


def test_the_words_of_what_is_only_to_be_counted_are_in_no_table_of_answers(milan: Plan) -> None:
    answers = said(milan, "quotable_with_group", "counted_only")
    findings = found(milan, answers, tables.ratings([]))
    codings = findings.codings.assign(words="prevenire")
    assert set(codings["answer_id"]) == {"a0", "a1"}
    made, _page, _finding = written(milan, Findings(**{**vars(findings), "codings": codings}), answers)
    words = made["assignments.csv"].set_index("answer_id")["words"]
    assert set(words["a0":"a0"]) == {"prevenire"}
    assert set(words["a1":"a1"]) == {""}
    assert set(made["quotes.csv"]["answer_id"]) == {"a0"}


def test_an_organisation_written_in_several_ways_is_one_unit(milan: Plan) -> None:
    group = next(iter(milan.groups))
    answers = said(milan, *["quotable_with_group"] * 4)
    answers["unit"] = ["Caritas  Ambrosiana", "caritas ambrosiana", "CARITAS AMBROSIANA", "Il Ponte"]
    participation = found(milan, answers, tables.ratings([])).participation
    (row,) = participation[participation["group"] == group].to_dict("records")
    assert (row["n_contributions"], row["n_units"]) == (4, 2)


def test_whoever_answered_on_paper_rated_on_paper_where_the_ratings_do_not_tell(milan: Plan) -> None:
    group, objective = next(iter(milan.groups)), next(iter(milan.objectives))
    ratings = rated([group] * 5, objective)
    who = ["c00", "c04"]
    answers = said(milan, *["quotable_with_group"] * 2).assign(contribution_id=who, unit=who, channel="paper")

    def on_paper(ratings: pd.DataFrame, answers: pd.DataFrame) -> list[int]:
        lines = found(milan, answers, ratings).ratings.sensitivity.lines
        return [5 - int(n) for n in lines.loc[lines["line"] == "without_paper", "n"]]

    assert on_paper(ratings, answers) == on_paper(ratings.assign(channel="import"), answers) == [2]
    assert on_paper(ratings, answers.assign(channel="online")) == []
    told = ratings.assign(channel=["paper" if who in ("c01", "c02") else "online"
                                   for who in ratings["contribution_id"]])  # fmt: skip
    assert on_paper(told, answers) == on_paper(told, tables.answers([])) == [2]
