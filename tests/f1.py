"""A consultation of nine people small enough to enumerate, worked by hand: the oracle of the estimates.

Three groups of four, three and two; three objectives as often mentioned, but not by the same groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from consultation.rules import Rules

GROUPS = ["TS", "PA", "CI"]
UNITS = ["TS1", "TS2", "TS3", "TS4", "PA1", "PA2", "PA3", "C1", "C2"]
GROUP_OF = {unit: "CI" if unit.startswith("C") else unit[:2] for unit in UNITS}
RULES = Rules(smallest_group=2)
OBJECTIVES = pd.DataFrame({"objective": ["O1", "O2", "O3"]})

# importance, urgency, feasibility of each unit; a dot is a "non so"
_RATINGS = {
    "O1": "552 542 453 551 332 433 232 442 343",
    "O2": "434 444 543 44. 554 455 544 343 444",
    "O3": "335 234 324 435 444 344 435 544 455",
}
_MENTIONS = ["O1", "O1 O2", "O1", "O1 O3", "O2", "O2 O3", "", "O3", "O2 O3"]


def rating_table(rows: Sequence[tuple[str, str, str, str, str, int | None]]) -> pd.DataFrame:
    """Rows of contribution, unit, group, objective, dimension and value, with the tidy table's types."""
    names = ["contribution_id", "unit", "group", "objective", "dimension", "value"]
    return pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names[:-1], "str") | {"value": "Int64"})


def answer_table(rows: Sequence[tuple[str, str, str, str]]) -> pd.DataFrame:
    """Rows of answer, contribution, unit and group, under one question."""
    return pd.DataFrame(rows, columns=["answer_id", "contribution_id", "unit", "group"], dtype="str").assign(
        strategic_question="q", guiding_question="g", text="…"
    )


def coding_table(rows: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    """Rows of answer, objective and basis."""
    return pd.DataFrame(rows, columns=["answer_id", "objective", "basis"], dtype="str").assign(
        score=1.0, words=""
    )


def ratings() -> pd.DataFrame:
    return rating_table(
        [
            (unit, unit, GROUP_OF[unit], objective, dimension, None if sign == "." else int(sign))
            for objective, cells in _RATINGS.items()
            for unit, cell in zip(UNITS, cells.split(), strict=True)
            for dimension, sign in zip(("importance", "urgency", "feasibility"), cell, strict=True)
        ]
    )


def answers() -> pd.DataFrame:
    return answer_table([(f"{unit}/q/g", unit, unit, GROUP_OF[unit]) for unit in UNITS])


def codings(basis: str = "proposed") -> pd.DataFrame:
    return coding_table(
        [
            (f"{unit}/q/g", objective, basis)
            for unit, objectives in zip(UNITS, _MENTIONS, strict=True)
            for objective in objectives.split()
        ]
    )


def files(folder: Path, rules: str = "") -> dict[str, Path]:
    """The oracle as files in `folder`, ids in small letters: a plan (with more `rules`), answers, ratings."""
    objectives = "\n".join(
        f'[[strategic_questions.objectives]]\nid = "o{n}"\ntitle = {{ it = "O{n}" }}\nseeds = ["seme{n}"]'
        for n in (1, 2, 3)
    )
    groups = "\n".join(
        f'[[stakeholder_groups]]\nid = "{group.lower()}"\nlabel = {{ it = "{group}" }}' for group in GROUPS
    )
    paths = {name: folder / f"f1-{name}" for name in ("plan", "answers", "ratings")}
    paths["plan"].write_text(
        f"""id = "f1"
title = {{ it = "F1" }}
[[strategic_questions]]
id = "q"
title = {{ it = "Q" }}
statement = {{ it = "Q." }}
{objectives}
[[guiding_questions]]
id = "g"
heading = {{ it = "G" }}
question = {{ it = "G?" }}
{groups}
[rules]
smallest_group = 2
{rules}
""",
        encoding="utf-8",
    )
    said = ["answer_id,contribution_id,unit,group,strategic_question,guiding_question,text"]
    said += [f"{unit},{unit},,{GROUP_OF[unit].lower()},q,g,qualcosa" for unit in UNITS]
    paths["answers"].write_text("\n".join(said) + "\n", encoding="utf-8")
    table = ratings()
    table["objective"], table["group"] = table["objective"].str.lower(), table["group"].str.lower()
    table.to_csv(paths["ratings"], index=False)
    return paths
