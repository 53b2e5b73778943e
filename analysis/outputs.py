"""The results of one analysis as files: documented tables, the maps as pictures, the first as a page too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.charts.pattern_match import default_pair
from analysis.charts.rendering import WIDE, page, sentence_page, sentence_svg, svg
from analysis.findings import Findings
from analysis.protocols import Language, Rules
from analysis.quotes import assignments, quotes, signed
from analysis.ratings.rating_findings import RatingFindings
from analysis.result_tables import order_tables, priorities_table, rating_tables
from analysis.sentences import Basis, why_no_map
from analysis.sentences.groups import why_no_groups
from analysis.text.checks import checks
from analysis.views import (
    Subject,
    View,
    groups_view,
    ladder_view,
    pattern_view,
    priorities_view,
    ratings_view,
    themes_view,
)


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
    group: str = "",
    invented: bool = False,
    notes: Sequence[str] = (),
    judged: Mapping[str, tuple[int, int]] | None = None,
    foot: str = "",
) -> Outputs:
    """Every result file but the receipt; columns as in the data dictionary.

    The first map is that of need and feasibility; without ratings that of salience and breadth; and with too
    few answers for that, the answers themselves. `title` is the plan's; `group` the label of the only group
    looked at, "" when there are others; `invented` marks an example, `notes` are sentences that every map
    carries, and `foot` is the last line of the page. `judged` is as in `every_table`.
    """
    basis = Basis.of(
        findings.participation,
        findings.n_answers,
        need_line=findings.need_line,
        feasibility_line=findings.feasibility_line,
        group=group,
        invented=invented,
        group_weights=rules.group_weights,
        n_rated=findings.ratings.n_rated,
        notes=notes,
    )
    subject = Subject(findings.priorities, objectives, basis, rules, language)
    voices = quotes(findings.codings, answers, findings.participation, rules.smallest_cell)
    view = priorities_view(subject) or themes_view(subject)
    if view is None:
        finding = why_no_map(findings.priorities, basis, rules, language)
        rest = _uncoded(voices, answers, findings.participation, rules)
        everything = signed(pd.concat([voices, rest], ignore_index=True), groups)
        map_page = sentence_page(finding, subject, everything, title=title, foot=foot)
        picture = sentence_svg(finding, basis, language)
    else:
        finding = view.wide.reading.finding
        map_page = page(view, subject, signed(voices, groups), title=title, foot=foot)
        picture = svg(view.wide.draw(width=WIDE))
    return Outputs(
        tables=every_table(findings, answers, objectives, rules, judged or {}),
        files={
            "priority-map.html": map_page,
            "priority-map.svg": picture,
            **_other_maps(subject, findings.ratings, groups),
        },
        finding=finding,
    )


def every_table(
    findings: Findings,
    answers: pd.DataFrame,
    objectives: pd.DataFrame,
    rules: Rules,
    judged: Mapping[str, tuple[int, int]],
) -> dict[str, pd.DataFrame]:
    """Every result table by the name of its file.

    `judged` says of each objective how many proposals people found right, and how many they have judged. How
    objectives are recognised is told of the whole only: codings handed to `find` were made elsewhere.
    """
    found = checks(findings.codings, objectives, judged, rules.interval)
    recognised = found.merge(findings.lessons, on="objective", how="left")
    return {
        "priorities.csv": priorities_table(findings.priorities),
        "assignments.csv": assignments(findings.codings, answers),
        **({} if findings.lessons.empty else {"recognition.csv": recognised}),
        "words.csv": findings.words,
        "quotes.csv": quotes(findings.codings, answers, findings.participation, rules.smallest_cell),
        "participation.csv": findings.participation,
        **rating_tables(findings.ratings),
        **order_tables(findings.orders),
    }


def _other_maps(subject: Subject, ratings: RatingFindings, groups: pd.DataFrame) -> dict[str, bytes]:
    """The other maps as pictures; one that has nothing to show is not there."""
    views = {
        "positions": ladder_view(subject, ratings),
        "importance": ratings_view(subject, ratings, "importance"),
        "urgency": ratings_view(subject, ratings, "urgency"),
        "feasibility": ratings_view(subject, ratings, "feasibility"),
        "groups": groups_view(subject, ratings, groups),
        "two-groups": _most_different(subject, ratings, groups),
        "themes": themes_view(subject),
    }
    return {
        f"{name}.svg": svg(view.wide.draw(width=WIDE)) for name, view in views.items() if view is not None
    }


def _most_different(subject: Subject, ratings: RatingFindings, groups: pd.DataFrame) -> View | None:
    if why_no_groups(ratings.profiles, subject.language):
        return None
    return pattern_view(subject, ratings, groups, default_pair(ratings.patterns, ratings.profiles))


def _uncoded(
    voices: pd.DataFrame, answers: pd.DataFrame, participation: pd.DataFrame, rules: Rules
) -> pd.DataFrame:
    """The answers that may be quoted and are not among `voices`, with no objective."""
    rest = answers.loc[~answers["answer_id"].isin(voices["answer_id"]), ["answer_id"]]
    uncoded = rest.assign(objective="", basis="", score=0.0, words="")
    return quotes(uncoded, answers, participation, rules.smallest_cell)
