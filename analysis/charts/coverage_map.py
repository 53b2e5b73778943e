"""Where people have answered and where nobody has yet, as cells with their counts."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.charts.grid import grid
from analysis.charts.theme import Width
from analysis.protocols import Language
from analysis.sentences import Basis, of_coverage, of_silence


def coverage_map(
    coverage: pd.DataFrame,
    objectives: pd.DataFrame,
    guiding_questions: pd.DataFrame,
    basis: Basis,
    language: Language,
    *,
    width: Width = "container",
) -> alt.LayerChart:
    """Guiding questions down, strategic questions across, in each cell its answers.

    `coverage` holds the rows of all groups, or of the one looked at. A cell with no answer is white with a
    dashed edge and a dash in it. Choosing a cell gives its ids as `cell`, "<strategic>/<guiding question>".
    """
    counts = coverage.groupby(["guiding_question", "strategic_question"], as_index=False, sort=False)[
        ["n_answers", "n_participants"]
    ].sum()
    columns = question_titles(objectives)
    rows = dict(zip(guiding_questions["guiding_question"], guiding_questions["heading"], strict=True))
    cells = pd.DataFrame(
        {
            "row": counts["guiding_question"].map(list(rows).index),
            "column": counts["strategic_question"].map(list(columns).index),
            "n": counts["n_answers"],
            "shade": counts["n_answers"],
            "shown": [language.number(n) if n else "–" for n in counts["n_answers"]],
            "told": [language.count("{n} answer", "{n} answers", int(n)) for n in counts["n_answers"]],
            "cell": counts["strategic_question"] + "/" + counts["guiding_question"],
        }
    )
    reading = of_coverage(coverage, objectives, basis, language)
    choice = alt.selection_point(name="cell", fields=["cell"])
    return grid(cells, list(rows.values()), list(columns.values()), reading, width, cell=38, choice=choice)


def silence_map(
    coverage: pd.DataFrame,
    objectives: pd.DataFrame,
    groups: pd.DataFrame,
    basis: Basis,
    language: Language,
    *,
    width: Width = "container",
) -> alt.LayerChart:
    """Groups down, strategic questions across, in each cell how many guiding questions have been answered.

    Only groups of `groups` are shown: whoever named none is no silent part of the city.
    """
    heard = (
        coverage.assign(heard=coverage["n_answers"] > 0, asked=1)
        .groupby(["group", "strategic_question"], as_index=False, sort=False)[["heard", "asked"]]
        .sum()
    )
    columns = question_titles(objectives)
    rows = dict(zip(groups["group"], groups["label"], strict=True))
    heard = heard[heard["group"].isin(rows)]
    pairs = list(zip(heard["heard"], heard["asked"], strict=True))
    cells = pd.DataFrame(
        {
            "row": heard["group"].map(list(rows).index),
            "column": heard["strategic_question"].map(list(columns).index),
            "n": heard["heard"],
            "shade": heard["heard"],
            "shown": [
                language.say("{number} of {total}", number=language.number(n), total=language.number(total))
                if n
                else "–"
                for n, total in pairs
            ],
            "told": [
                language.count(
                    "one guiding question of {total} answered",
                    "{n} guiding questions of {total} answered",
                    int(n),
                    total=language.number(total),
                )
                for n, total in pairs
            ],
        }
    )
    reading = of_silence(coverage, groups, basis, language)
    return grid(cells, list(rows.values()), list(columns.values()), reading, width, cell=26)


def question_titles(objectives: pd.DataFrame) -> dict[str, str]:
    """The title of each strategic question by its id, in the order of `objectives`."""
    questions = objectives.drop_duplicates("strategic_question")
    return dict(zip(questions["strategic_question"], questions["question_title"], strict=True))
