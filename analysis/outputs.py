"""The results of one analysis as files: documented tables, the map as a picture and as a page of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.charts.rendering import WIDE, page, sentence_page, sentence_svg, svg
from analysis.findings import Findings
from analysis.protocols import Language, Rules
from analysis.quotes import quotes
from analysis.sentences import Basis, why_no_theme_map
from analysis.views import priorities_view, themes_view

PRIORITIES = [
    "objective",
    "strategic_question",
    "n_answers",
    "n_ratings",
    "n_groups",
    "need",
    "need_low",
    "need_high",
    "feasibility",
    "feasibility_low",
    "feasibility_high",
    "salience",
    "salience_basis",
    "breadth",
    "quadrant",
]
ASSIGNMENTS = ["answer_id", "objective", "score", "words"]


@dataclass(frozen=True)
class Outputs:
    """What is written: tables by file name, other files by name, and the finding in one sentence."""

    tables: dict[str, pd.DataFrame]
    files: dict[str, bytes]
    finding: str


def outputs(
    findings: Findings,
    answers: pd.DataFrame,
    objectives: pd.DataFrame,
    groups: pd.DataFrame,
    rules: Rules,
    language: Language,
    *,
    title: str,
    invented: bool = False,
) -> Outputs:
    """Every result file but the receipt; columns as in the data dictionary.

    The map is that of need and feasibility; without ratings that of salience and breadth; and with too
    few answers for that, the answers themselves. `title` is the plan's; `invented` marks an example.
    """
    voices = quotes(findings.codings, answers, findings.participation, rules.smallest_cell)
    map_page, picture, finding = _map(
        findings, answers, voices, objectives, groups, rules, language, title, invented
    )
    return Outputs(
        tables={
            "priorities.csv": findings.priorities[PRIORITIES],
            "assignments.csv": findings.codings[ASSIGNMENTS],
            "words.csv": findings.words,
            "quotes.csv": voices,
        },
        files={"priority-map.html": map_page, "priority-map.svg": picture},
        finding=finding,
    )


def _map(
    findings: Findings,
    answers: pd.DataFrame,
    voices: pd.DataFrame,
    objectives: pd.DataFrame,
    groups: pd.DataFrame,
    rules: Rules,
    language: Language,
    title: str,
    invented: bool,
) -> tuple[bytes, bytes, str]:
    """The page, the picture, and the sentence that both carry as their title."""
    basis = Basis.of(
        findings.participation,
        findings.n_answers,
        need_line=findings.need_line,
        feasibility_line=findings.feasibility_line,
        invented=invented,
    )
    labels = dict(zip(groups["group"], groups["label"], strict=True))
    told = findings.priorities, objectives, basis, rules, language
    view = priorities_view(*told) or themes_view(*told)
    if view is None:
        sentence = why_no_theme_map(findings.priorities, basis, rules, language)
        signed = _signed(_with_uncoded(voices, answers, findings.participation, rules), labels)
        return (
            sentence_page(
                sentence, findings.priorities, objectives, signed, basis, rules, language, title=title
            ),
            sentence_svg(sentence, basis, language),
            sentence,
        )
    return (
        page(
            view.wide.draw(linked=True),
            view.phone.draw(linked=True),
            view.wide.reading,
            view.phone.reading,
            findings.priorities,
            objectives,
            _signed(voices, labels),
            basis,
            rules,
            language,
            title=title,
        ),
        svg(view.wide.draw(width=WIDE)),
        view.wide.reading.finding,
    )


def _with_uncoded(
    voices: pd.DataFrame, answers: pd.DataFrame, participation: pd.DataFrame, rules: Rules
) -> pd.DataFrame:
    """`voices` and, with no objective, the other answers that may be quoted."""
    rest = answers.loc[~answers["answer_id"].isin(voices["answer_id"]), ["answer_id"]]
    uncoded = rest.assign(objective="", basis="", score=0.0, words="")
    return pd.concat(
        [voices, quotes(uncoded, answers, participation, rules.smallest_cell)], ignore_index=True
    )


def _signed(voices: pd.DataFrame, labels: dict[str, str]) -> pd.DataFrame:
    return voices.assign(group_label=[labels.get(group, "") for group in voices["group"]])
