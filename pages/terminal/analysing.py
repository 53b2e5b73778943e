"""One analysis: what goes in, the files that come out, and the receipt by which they can be made again."""

from __future__ import annotations

import json
import os
import platform
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import pandas as pd

from analysis.receipt import digest, receipt, table_digest
from analysis.sentences.changed import changed_rules
from consultation import tables
from consultation.codebook import Codebook
from consultation.exporting import csv_bytes, write_files
from consultation.importing.belonging import agree
from consultation.importing.besides import read_clusters, read_invitations, unknown_members
from consultation.importing.csv_tables import read_answers, read_ratings
from consultation.importing.reviews import read_codings, unknown_answers
from consultation.importing.unread import Unread
from consultation.language import Language
from consultation.occasion import Consultation
from consultation.plan import Plan
from consultation.rules import Rules
from consultation.shipped import DATA, LEXICONS
from consultation.stores import Store
from pages.terminal.telling import progress, say, tell_notices, write_unread

RECEIPT = "receipt.json"
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


@dataclass(frozen=True, eq=False)
class Material:
    """What is analysed, by which rules, and where it comes from.

    `reviews` are codings that people gave while reading, `codebook` all that they decided. `invented` marks
    what nobody gave; `notes` are sentences that every map carries. `files` were read for it, by the name of
    their table, or it was kept as `consultation` in a store; `unread` are rows of the files that count for
    nothing.
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
    files: Mapping[str, Path] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()

    @property
    def digests(self) -> dict[str, str]:
        """What tells these inputs from any others, by the name of each."""
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


def kept(store: Store, consultation: Consultation, rules: Rules, reader: Language) -> Material:
    """What a store keeps of a consultation, to be analysed by these rules."""
    said = store.contributions(consultation.id)
    answers, codebook = tables.answers(said), Codebook.after(store.decisions(consultation.id))
    return Material(
        consultation.plan,
        rules,
        answers,
        tables.ratings(said),
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


def read(plan: Plan, files: Mapping[str, Path], rules: Rules, reader: Language) -> Material:
    """What files hold, by the name of their table; answers and ratings agree on whom each one speaks for."""
    said = read_answers(files["answers"], plan) if "answers" in files else None
    rated = read_ratings(files["ratings"], plan) if "ratings" in files else None
    clusters = read_clusters(files["clusters"]) if "clusters" in files else None
    invited = read_invitations(files["invitations"], plan) if "invitations" in files else None
    reviewed = read_codings(files["codings"], plan) if "codings" in files else None
    answers, ratings, settled = agree(
        said.table if said else tables.answers([]), rated.table if rated else tables.ratings([])
    )
    each = [one for one in (said, rated, clusters, invited, reviewed) if one is not None]
    notices = [*(notice for one in each for notice in one.notices), *settled]
    if clusters:
        notices += unknown_members(clusters.table, [answers, ratings], files["clusters"])
    if reviewed:
        notices += unknown_answers(reviewed.table, answers, files["codings"])
    tell_notices(notices, reader)
    return Material(
        plan,
        rules,
        answers,
        ratings,
        clusters.table if clusters else tables.clusters([]),
        invited.table if invited else tables.invitations(plan),
        reviewed.table if reviewed else tables.no_codings(),
        files=files,
        unread=tuple(row for one in each for row in one.unread),
    )


def results(material: Material, reader: Language) -> tuple[dict[str, bytes], str, int]:
    """Every result file, the finding in one sentence, and how many contributions it rests on."""
    # imports scikit-learn and nltk: not for the sake of a --help
    from analysis.clusters import present
    from analysis.findings import STEPS, find, step_name
    from analysis.outputs import outputs
    from analysis.ratings.rating_findings import Surroundings
    from analysis.sentences.copies_found import counted_as_one
    from analysis.text.lexicon import read_lexicons
    from analysis.text.word_lists import changed_lexicons

    plan, codebook = material.plan, material.codebook
    objectives, groups = tables.objectives(plan, reader, codebook), tables.groups(plan, reader)
    with progress(len(STEPS) + 1) as begin:
        findings = find(
            material.answers,
            material.ratings,
            objectives,
            groups,
            tables.guiding_questions(plan, reader),
            changed_lexicons(read_lexicons(LEXICONS), codebook.question_words, codebook.function_words),
            material.rules,
            on_step=_telling(begin, step_name, reader),
            reviews=material.reviews,
            surroundings=Surroundings(material.clusters, material.invitations, tables.targets(plan)),
        )
        begin(reader.say("Drawing the maps…"))
        everyone = pd.concat([material.answers["contribution_id"], material.ratings["contribution_id"]])
        copies = present(material.clusters, everyone)
        n_families = copies["cluster"].nunique()
        made = outputs(
            findings,
            material.answers,
            objectives,
            groups,
            material.rules,
            reader,
            title=reader.pick(plan.title),
            invented=material.invented,
            notes=[*material.notes, *filter(None, [counted_as_one(len(copies), n_families, reader)])],
            judged={objective: codebook.checks(objective) for objective in plan.objectives},
        )
    written = {name: csv_bytes(table) for name, table in made.tables.items()} | made.files
    return written, made.finding, findings.n_contributions


def analyse(material: Material, out: Path, reader: Language) -> None:
    """Everything there is to know of the material, written to `out` with its receipt."""
    written, finding, n_contributions = results(material, reader)
    paths = {name: _relative(path, out) for name, path in material.files.items()}
    written[RECEIPT] = receipt(
        material.rules.as_dict(), _parameters(material, reader), versions(), material.digests, paths, written
    )
    write_files(out, written, material.files.values())
    write_unread(out, material.unread, reader)
    if material.invented:
        say(reader.say("An example: every word and every figure in it is invented."))
    say(finding, style="bold")
    people = reader.count("{n} contribution", "{n} contributions", n_contributions)
    answers = reader.count("{n} answer", "{n} answers", len(material.answers))
    say(f"{people}, {answers} → {out / 'priority-map.html'}")


def versions() -> dict[str, str]:
    """What computed the results, by package; another version of any may round a last digit otherwise."""
    project = tomllib.loads((DATA.parent / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "alleanza": project["project"]["version"],
        "python": platform.python_version(),
        **{name: version(name) for name in _PACKAGES},
    }


def _parameters(material: Material, reader: Language) -> dict[str, object]:
    """What besides rules and inputs the results depend on."""
    parameters: dict[str, object] = {"language": reader.code, "invented": material.invented}
    if material.notes:
        parameters["notes"] = list(material.notes)
    if material.consultation:
        parameters["consultation"] = material.consultation
    return parameters


def _written(codebook: Codebook) -> bytes:
    """Every decision as it is kept, one a line."""
    lines = [
        json.dumps(
            [step.number, step.decision.kind, step.decision.as_dict()], ensure_ascii=False, sort_keys=True
        )
        for step in codebook.history
    ]
    return "\n".join(lines).encode()


def _relative(path: Path, out: Path) -> str:
    """Where a file lies as seen from the receipt, so that both can be moved together."""
    return Path(os.path.relpath(path.resolve(), out.resolve())).as_posix()


def _telling(
    begin: Callable[[str], None], step_name: Callable[[str, Language], str], reader: Language
) -> Callable[[str], None]:
    return lambda step: begin(step_name(step, reader))
