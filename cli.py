"""The same jobs from a terminal: the example, an analysis, an import, the consultations of a store."""

from __future__ import annotations

import os
import platform
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from analysis.receipt import digest, receipt, table_digest
from consultation import tables
from consultation.errors import BrokenStore, Notice, Problem
from consultation.exporting import csv_bytes, write_files
from consultation.importing.belonging import agree
from consultation.importing.csv_tables import read_answers, read_ratings
from consultation.importing.keeping import keep
from consultation.importing.mapped import import_rows, read_mapping
from consultation.importing.unread import Unread
from consultation.language import LANGUAGES, Language
from consultation.occasion import Consultation
from consultation.opening import EXAMPLE, contributions_from, remove_example
from consultation.plan import Plan, load_plan
from consultation.rules import Rules
from consultation.shipped import LEXICONS, open_shipped, put_example
from consultation.stores import Store
from consultation.stores.addresses import store_address
from consultation.stores.embedded import file_at

MOST_TOLD = 20  # unread rows named on the screen; unread.csv has them all

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="From answers and ratings to a priority map whose every point opens the words behind it.",
)

Out = Annotated[Path, typer.Option("--out", help="Folder for the results; made if it is not there.")]
PlanFile = Annotated[Path | None, typer.Option("--plan", help="The plan file (TOML).")]
Named = Annotated[
    str | None,
    typer.Option(
        "--consultation", help="Id of a consultation in the store; by default the one answered last."
    ),
]
Address = Annotated[
    str | None,
    typer.Option("--store", help="The store: a file. Otherwise ALLEANZA_STORE, or the project's own."),
]
Spoken = Annotated[str, typer.Option("--language", help="it or en: the language of maps and messages.")]
DEFAULT_LANGUAGE = os.environ.get("ALLEANZA_LANGUAGE", LANGUAGES[0])

_OUT, _ERR = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Material:
    """What is analysed: the tidy answers and ratings, and where they come from.

    `invented` marks those that nobody gave; `files` were read for them, `unread` are their rows that count
    for nothing.
    """

    answers: pd.DataFrame
    ratings: pd.DataFrame
    invented: bool = False
    files: tuple[Path, ...] = ()
    unread: tuple[Unread, ...] = ()


@app.command()
def demo(out: Out, store: Address = None, language: Spoken = DEFAULT_LANGUAGE) -> None:
    """Puts the invented example into the store, analyses it and writes its maps and tables.

    Example: [bold]python cli.py demo --out var/demo[/bold]
    """
    with _told(language) as reader, _opened(store, make=True) as kept:
        put_example(kept)
        consultation = kept.consultation(EXAMPLE)
        _analyse_kept(kept, consultation, consultation.plan.rules, out, reader)


@app.command()
def analyse(
    out: Out,
    plan: PlanFile = None,
    answers: Annotated[Path | None, typer.Option("--answers", help="Answers, one a row (CSV).")] = None,
    ratings: Annotated[Path | None, typer.Option("--ratings", help="Ratings, one a row (CSV).")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Another seed than the declared one.")] = None,
    replicates: Annotated[
        int | None, typer.Option("--replicates", help="Another number of resamples than the declared one.")
    ] = None,
    consultation: Named = None,
    store: Address = None,
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Analyses answers and ratings, from files or from the store, and writes maps, tables and a receipt.

    Examples:

    [bold]python cli.py analyse --plan P.toml --answers A.csv --ratings R.csv --out results[/bold]

    [bold]python cli.py analyse --consultation milano-welfare --out results[/bold]
    """
    with _told(language) as reader:
        if answers is None and ratings is None and plan is None:
            with _opened(store) as kept:
                chosen = _chosen(kept, consultation)
                _analyse_kept(kept, chosen, _rules(chosen.plan, seed, replicates), out, reader)
            return
        if plan is None or (answers is None and ratings is None):
            raise Problem("Name both --plan and --answers (or --ratings), or none of them to use the store.")
        if consultation is not None or store is not None:
            raise Problem("Name either files (--plan, --answers) or the store (--consultation), not both.")
        loaded = load_plan(plan)
        material = _read(loaded, answers, ratings, reader)
        _analyse(loaded, material, _rules(loaded, seed, replicates), out, reader)


@app.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="The foreign table (CSV).")],
    plan: Annotated[Path, typer.Option("--plan", help="The plan file (TOML).")],
    out: Out,
    fields: Annotated[
        list[str],
        typer.Option(
            "--map",
            help="FIELD=HEADER, repeatable; text=#7 takes the seventh column.",
            metavar="FIELD=HEADER",
        ),
    ],
    groups: Annotated[
        list[str] | None,
        typer.Option("--group", help="VALUE=GROUP, repeatable: whom a value of the file stands for."),
    ] = None,
    store: Annotated[
        str | None, typer.Option("--store", help="Also keep what was read in this store (a file).")
    ] = None,
    consultation: Annotated[
        str | None,
        typer.Option("--consultation", help="With --store: where to keep it; default the plan's id."),
    ] = None,
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Turns a foreign table into answers that `analyse` reads; into the store only with --store.

    Fields: answer_id, contribution_id, unit, group, text, text:GUIDING_QUESTION, strategic_question,
    guiding_question, language, consent, at.

    Example: [bold]python cli.py import modulo.csv --plan P.toml --map "text:visioni=Che città vorresti?"
    --map "group=Da dove parli" --group "coop=terzo_settore" --out read[/bold]
    """
    with _told(language) as reader:
        loaded = load_plan(plan)
        mapping = read_mapping(fields, groups or [], loaded)
        imported = import_rows(file, mapping, loaded)
        _tell_notices(imported.notices, reader)
        write_files(out, {"answers.csv": csv_bytes(imported.answers)}, inputs=[file])
        _write_unread(out, imported.unread, reader)
        _say(
            reader.count(
                "{n} answer read, written to {path}.",
                "{n} answers read, written to {path}.",
                len(imported.answers),
                path=out / "answers.csv",
            )
        )
        if store is not None:
            answers = imported.answers
            if not {"contribution_id", "answer_id"} & set(mapping.fields):
                answers = _named_after(file, answers)
            _keep(answers, loaded, consultation or loaded.id, store, reader)


@app.command()
def consultations(store: Address = None, language: Spoken = DEFAULT_LANGUAGE) -> None:
    """Lists the consultations in the store, the one answered last first."""
    with _told(language) as reader, _opened(store) as kept:
        listed = Table("id", reader.say("title"), reader.say("stage"), reader.say("contributions"))
        for one in kept.consultations():
            n = len(kept.contributions(one.id))
            title = reader.pick(one.plan.title)
            shown = reader.say("Example: {name}", name=title) if one.invented else title
            listed.add_row(one.id, Text(shown), one.stage_told(reader), reader.number(n))
        _OUT.print(listed)


@app.command("remove-example")
def remove_the_example(store: Address = None, language: Spoken = DEFAULT_LANGUAGE) -> None:
    """Removes the invented example from the store, for good."""
    with _told(language) as reader, _opened(store) as kept:
        if remove_example(kept):
            _say(reader.say("The example is gone from the store."))
        else:
            _say(reader.say("There is no example in this store."))


@contextmanager
def _told(code: str) -> Iterator[Language]:
    """A problem is told once, in the reader's language, and ends the command with exit code 2."""
    reader = Language(code if code in LANGUAGES else LANGUAGES[0])
    try:
        if code not in LANGUAGES:
            raise Problem(
                "{language} is not a language here: use {known}.", language=code, known=", ".join(LANGUAGES)
            )
        yield reader
    except Problem as problem:
        _ERR.print(Text(reader.tell(problem), style="bold red"))
        raise typer.Exit(2) from None


@contextmanager
def _opened(address: str | None, *, make: bool = False) -> Iterator[Store]:
    """The store named on the command line, else by ALLEANZA_STORE, the secrets, or the project's own.

    One that is named and not there is made only by commands that put something in: else a mistyped name
    would show a new store's example.
    """
    if address and not make and not file_at(address).exists():
        raise BrokenStore("There is no store at {path}: check the name.", path=address)
    kept = open_shipped(store_address(address))
    try:
        yield kept
    finally:
        kept.close()


def _chosen(kept: Store, consultation: str | None) -> Consultation:
    if consultation is not None:
        return kept.consultation(consultation)
    known = kept.consultations()
    if not known:
        raise Problem("The store holds no consultation: start the app once, or name files to analyse.")
    return known[0]


def _named_after(file: Path, answers: pd.DataFrame) -> pd.DataFrame:
    """`answers` with ids that tell rows of this file from those of another one in the same store."""
    ids = f"{file.stem}-" + answers["contribution_id"]
    own_unit = answers["unit"] == answers["contribution_id"]
    return answers.assign(contribution_id=ids, unit=answers["unit"].mask(own_unit, ids))


def _keep(answers: pd.DataFrame, plan: Plan, consultation_id: str, address: str, reader: Language) -> None:
    """Puts imported answers into the store, in a consultation that is made if it is not there."""
    with _opened(address, make=True) as kept:
        if consultation_id in [one.id for one in kept.consultations()]:
            kept.consultation(consultation_id).require_for_import(plan)
        else:
            kept.add_consultation(Consultation(consultation_id, plan, "open"))
        said = contributions_from(answers, tables.ratings([]), consultation_id, plan, datetime.now(UTC))
        done = keep(kept, said)
    _say(
        reader.say(
            "Contributions in {consultation}: {new} new, {changed} changed, {same} as before.",
            consultation=consultation_id,
            new=done.new,
            changed=done.changed,
            same=done.same,
        )
    )


def _rules(plan: Plan, seed: int | None, replicates: int | None) -> Rules:
    """The declared rules, with what the command line says in their place."""
    named = {"seed": seed, "replicates": replicates}
    changed = {name: value for name, value in named.items() if value is not None}
    return Rules.declared({**plan.rules.as_dict(), **changed})


def _read(plan: Plan, answers: Path | None, ratings: Path | None, reader: Language) -> Material:
    """Both tables of an analysis, agreeing on whom each contribution speaks for."""
    said = read_answers(answers, plan) if answers else None
    rated = read_ratings(ratings, plan) if ratings else None
    read = [one for one in (said, rated) if one is not None]
    both = agree(
        said.table if said else tables.answers([]),
        rated.table if rated else tables.ratings([]),
    )
    _tell_notices([notice for one in read for notice in one.notices] + list(both[2]), reader)
    return Material(
        both[0],
        both[1],
        files=tuple(path for path in (answers, ratings) if path),
        unread=tuple(row for one in read for row in one.unread),
    )


def _analyse_kept(kept: Store, chosen: Consultation, rules: Rules, out: Path, reader: Language) -> None:
    said = kept.contributions(chosen.id)
    material = Material(tables.answers(said), tables.ratings(said), invented=chosen.invented)
    _analyse(chosen.plan, material, rules, out, reader)


def _analyse(plan: Plan, material: Material, rules: Rules, out: Path, reader: Language) -> None:
    """Everything there is to know of these answers and ratings, written to `out`."""
    # imports scikit-learn and nltk: not for the sake of a --help
    from analysis.findings import STEPS, find, step_name
    from analysis.outputs import outputs
    from analysis.text.lexicon import read_lexicons

    objectives, groups = tables.objectives(plan, reader), tables.groups(plan, reader)
    with _progress(len(STEPS) + 1) as begin:
        findings = find(
            material.answers,
            material.ratings,
            objectives,
            groups,
            tables.guiding_questions(plan, reader),
            read_lexicons(LEXICONS),
            rules,
            on_step=lambda step: begin(step_name(step, reader)),
        )
        begin(reader.say("Drawing the map…"))
        made = outputs(
            findings,
            material.answers,
            objectives,
            groups,
            rules,
            reader,
            title=reader.pick(plan.title),
            invented=material.invented,
        )
    written = {name: csv_bytes(table) for name, table in made.tables.items()} | made.files
    inputs = {
        "plan": digest(plan.source.encode()),
        "answers": table_digest(material.answers),
        "ratings": table_digest(material.ratings),
        "lexicons": digest(b"".join(path.read_bytes() for path in sorted(LEXICONS.rglob("*.*")))),
    }
    parameters = {"language": reader.code, "invented": material.invented}
    written["receipt.json"] = receipt(rules.as_dict(), parameters, _versions(), inputs, written)
    write_files(out, written, material.files)
    _write_unread(out, material.unread, reader)
    if material.invented:
        _say(reader.say("An example: every word and every figure in it is invented."))
    _summary(findings.n_contributions, findings.n_answers, made.finding, out, reader)


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[str], None]]:
    """A bar on the error output; call what it yields with the name of each step as it begins."""
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=_ERR, transient=True
    ) as bar:
        task = bar.add_task("", total=steps)
        begun = 0

        def begin(name: str) -> None:
            nonlocal begun
            bar.update(task, description=name, completed=begun)
            begun += 1

        yield begin


def _versions() -> dict[str, str]:
    """What computed the results, by package; another version of any may round a last digit otherwise."""
    project = tomllib.loads((Path(__file__).parent / "pyproject.toml").read_text(encoding="utf-8"))
    packages = (
        "altair",
        "babel",
        "jinja2",
        "nltk",
        "numpy",
        "pandas",
        "scikit-learn",
        "scipy",
        "simplemma",
        "vl-convert-python",
    )
    return {
        "alleanza": project["project"]["version"],
        "python": platform.python_version(),
        **{name: version(name) for name in packages},
    }


def _write_unread(out: Path, unread: Sequence[Unread], reader: Language) -> None:
    """`unread.csv`, always written, and what stands in it told."""
    rows = [(one.row, reader.tell(one.reason), one.source) for one in unread]
    table = pd.DataFrame(rows, columns=["row", "reason", "file"]).astype({"row": "int64"})
    write_files(out, {"unread.csv": csv_bytes(table)})
    for row, reason, file in rows[:MOST_TOLD]:
        _warn(reader.say("{file}, row {row}: {reason}", file=file, row=row, reason=reason))
    if rows:
        _warn(
            reader.count(
                "{n} row could not be read; it is in {path} with its reason. The others count.",
                "{n} rows could not be read; they are in {path} with their reasons. The others count.",
                len(rows),
                path=out / "unread.csv",
            )
        )


def _tell_notices(notices: Sequence[Notice], reader: Language) -> None:
    for notice in notices:
        _warn(reader.tell(notice))


def _summary(n_contributions: int, n_answers: int, finding: str, out: Path, reader: Language) -> None:
    _OUT.print(Text(finding, style="bold"))
    people = reader.count("{n} contribution", "{n} contributions", n_contributions)
    answers = reader.count("{n} answer", "{n} answers", n_answers)
    _say(f"{people}, {answers} → {out / 'priority-map.html'}")


def _say(sentence: str) -> None:
    """Plainly: people's words may hold what rich would read as markup."""
    _OUT.print(Text(sentence))


def _warn(sentence: str) -> None:
    _ERR.print(Text(sentence, style="yellow"))


if __name__ == "__main__":
    app()
