"""What is analysed, by which rules, and what tells it from anything else: for the screen and the terminal."""

from __future__ import annotations

import json
import platform
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from analysis.receipt import content_digest, digest, table_digest
from analysis.sentences.changed import changed_rules
from analysis.sentences.made_from import made_from
from analysis.small_cells import points_to_nobody
from consultation import tables
from consultation.codebook import Codebook
from consultation.contribution import Contribution
from consultation.errors import Problem
from consultation.importing.unread import Unread
from consultation.language import Language
from consultation.occasion import Consultation
from consultation.plan import Plan
from consultation.rules import Rules
from consultation.shipped import DATA, LEXICONS

_PACKAGES = (
    "altair",
    "babel",
    "jinja2",
    "nltk",
    "numpy",
    "pandas",
    "py3langid",
    "scikit-learn",
    "scipy",
    "simplemma",
    "vl-convert-python",
)
_WHO = ["contribution_id", "group"]


@dataclass(frozen=True, eq=False)
class Material:
    """What is analysed, by which rules, and where it comes from.

    The tables hold everybody; only `groups` of them are looked at, all if none is named. `reviews` are
    codings that people gave while reading, `codebook` all that they decided. `invented` marks what nobody
    gave; `notes` are sentences that every map carries. `files` were read for it, by the name of their table,
    or it was kept as `consultation` in a store; `unread` are rows of the files that count for nothing.
    """

    plan: Plan
    rules: Rules
    answers: pd.DataFrame
    ratings: pd.DataFrame
    clusters: pd.DataFrame
    invitations: pd.DataFrame
    reviews: pd.DataFrame
    codebook: Codebook = field(default_factory=lambda: Codebook.after([]))
    notes: tuple[str, ...] = ()
    invented: bool = False
    consultation: str = ""
    groups: tuple[str, ...] = ()
    files: Mapping[str, Path] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()

    @property
    def digests(self) -> dict[str, str]:
        """What tells these inputs from any others, by the name of each; whoever is looked at, all of them."""
        given = {
            "plan": digest(self.plan.source.encode()),
            "answers": table_digest(self.answers),
            "ratings": table_digest(self.ratings),
        }
        besides = {"clusters": self.clusters, "invitations": self.invitations, "codings": self.reviews}
        given |= {name: table_digest(table) for name, table in besides.items() if not table.empty}
        if self.codebook.history:
            given["decisions"] = digest(_written(self.codebook))
        return given | {"lexicons": digest(b"".join(p.read_bytes() for p in sorted(LEXICONS.rglob("*.*"))))}

    @property
    def contributions(self) -> pd.Series:
        """The id of each contribution of the groups looked at."""
        both = pd.concat([self.answers[_WHO], self.ratings[_WHO]])
        return of_groups(both, self.groups)["contribution_id"].drop_duplicates()

    def of_only(self, named: Sequence[str]) -> Material:
        """The same with only these groups looked at, in the order of the plan; all if none is named.

        Raises `Problem` for a group that the plan does not have, and where a figure could point to a person.
        """
        for group in named:
            if group not in self.plan.groups:
                raise Problem(
                    "{group} is no stakeholder group of this plan; use one of {known}.",
                    group=group,
                    known=", ".join(self.plan.groups),
                )
        if not named:
            return self
        chosen = replace(self, groups=tuple(group for group in self.plan.groups if group in named))
        least = self.rules.smallest_cell
        if not points_to_nobody(len(chosen.contributions), len(self.contributions), least):
            raise Problem(
                "These groups, or those left out, are fewer than {n} people: choose others, or a figure "
                "could point to one of them.",
                n=least,
            )
        return chosen


def kept(
    consultation: Consultation,
    said: Sequence[Contribution],
    codebook: Codebook,
    hidden: Collection[str],
    rules: Rules,
    reader: Language,
) -> Material:
    """What was said in a consultation and decided of it, to be analysed by these rules.

    `hidden` are the answers that moderation has hidden: they count, and are quoted nowhere.
    """
    answers, ratings = tables.answers(said, hidden), tables.ratings(said)
    return Material(
        consultation.plan,
        rules,
        answers,
        ratings,
        tables.clusters(codebook),
        tables.invitations(consultation.plan),
        tables.codings(codebook, answers),
        codebook,
        notes=tuple(
            changed_rules(later.changes, later.day, later.reason, reader)
            for later in consultation.changed_after_opening(reader)
        ),
        invented=consultation.invented,
        consultation=consultation.id,
    )


def of_groups(table: pd.DataFrame, groups: tuple[str, ...]) -> pd.DataFrame:
    """The rows of `table` that are of these groups; all of them if none is named."""
    return table[table["group"].isin(groups)].reset_index(drop=True) if groups else table


def parameters(material: Material, reader: Language) -> dict[str, object]:
    """What besides rules and inputs the results depend on."""
    told: dict[str, object] = {"language": reader.code, "invented": material.invented}
    if material.notes:
        told["notes"] = list(material.notes)
    if material.consultation:
        told["consultation"] = material.consultation
    if material.groups:
        told["groups"] = list(material.groups)
    return told


def foot(material: Material, reader: Language) -> str:
    """The line that ties a page to its receipt."""
    rules, inputs = content_digest(material.rules.as_dict()), content_digest(material.digests)
    return made_from(material.rules.seed, rules, inputs, reader)


def versions() -> dict[str, str]:
    """What computed the results, by package; another version of any may round a last digit otherwise."""
    project = tomllib.loads((DATA.parent / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "alleanza": project["project"]["version"],
        "python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
    }


def _written(codebook: Codebook) -> bytes:
    """Every decision as it is kept, one a line."""
    lines = [
        json.dumps(
            [step.number, step.decision.kind, step.decision.as_dict()], ensure_ascii=False, sort_keys=True
        )
        for step in codebook.history
    ]
    return "\n".join(lines).encode()
