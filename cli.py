"""The same jobs from a terminal: the example, an analysis, an import, the consultations of a store."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from consultation.errors import Problem
from consultation.exporting import csv_bytes, write_files
from consultation.importing.mapped import import_rows, read_mapping
from consultation.language import LANGUAGES
from consultation.opening import EXAMPLE, remove_example
from consultation.plan import load_plan
from consultation.rules import Rules
from consultation.shipped import put_example
from pages.terminal import analysing
from pages.terminal.keeping import chosen, named_after, opened, put
from pages.terminal.scanned import without_scanning_marks
from pages.terminal.telling import say, show, tell_notices, told, write_unread, written

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


@app.command()
def demo(out: Out, store: Address = None, language: Spoken = DEFAULT_LANGUAGE) -> None:
    """Puts the invented example into the store, analyses it and writes its maps and tables.

    Example: [bold]python cli.py demo --out var/demo[/bold]
    """
    with told(language) as reader, opened(store, make=True) as kept:
        put_example(kept)
        consultation = kept.consultation(EXAMPLE)
        analysing.analyse(analysing.kept(kept, consultation, consultation.rules, reader), out, reader)


@app.command()
def analyse(
    out: Out,
    plan: PlanFile = None,
    answers: Annotated[Path | None, typer.Option("--answers", help="Answers, one a row (CSV).")] = None,
    ratings: Annotated[Path | None, typer.Option("--ratings", help="Ratings, one a row (CSV).")] = None,
    clusters: Annotated[
        Path | None,
        typer.Option("--clusters", help="Confirmed campaigns and duplicates, a member a row (CSV)."),
    ] = None,
    invitations: Annotated[
        Path | None, typer.Option("--invitations", help="How many were invited, a group a row (CSV).")
    ] = None,
    codings: Annotated[
        Path | None,
        typer.Option("--codings", help="Codings given or refused while reading, one a row (CSV)."),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Another seed than the declared one.")] = None,
    replicates: Annotated[
        int | None, typer.Option("--replicates", help="Another number of resamples than the declared one.")
    ] = None,
    groups: Annotated[
        list[str] | None,
        typer.Option(
            "--groups", help="Only these groups, ids with commas between; repeatable. By default all."
        ),
    ] = None,
    consultation: Named = None,
    store: Address = None,
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Analyses answers and ratings, from files or from the store, and writes maps, tables and a receipt.

    Examples:

    [bold]python cli.py analyse --plan P.toml --answers A.csv --ratings R.csv --out results[/bold]

    [bold]python cli.py analyse --consultation milano-welfare --groups cittadini,sanita --out results[/bold]
    """
    named = {
        "answers": answers,
        "ratings": ratings,
        "clusters": clusters,
        "invitations": invitations,
        "codings": codings,
    }
    files = {name: path for name, path in named.items() if path is not None}
    only = [group.strip() for some in groups or [] for group in some.split(",") if group.strip()]
    with told(language) as reader:
        if plan is None and not files:
            with opened(store) as kept:
                found = chosen(kept, consultation)
                rules = _changed(found.rules, seed, replicates)
                material = analysing.kept(kept, found, rules, reader)
                analysing.analyse(material.of_only(only), out, reader)
            return
        if plan is None or not {"answers", "ratings"} & set(files):
            raise Problem("Name both --plan and --answers (or --ratings), or none of them to use the store.")
        if consultation is not None or store is not None:
            raise Problem("Name either files (--plan, --answers) or the store (--consultation), not both.")
        loaded = load_plan(plan)
        rules = _changed(loaded.rules, seed, replicates)
        material = analysing.read(loaded, {"plan": plan, **files}, rules, reader)
        analysing.analyse(material.of_only(only), out, reader)


@app.command()
def verify(
    receipt: Annotated[Path, typer.Argument(help="The receipt.json of an analysis.")],
    inputs: Annotated[
        Path | None,
        typer.Option("--inputs", help="Folder with the inputs, if they are not where the receipt says."),
    ] = None,
    store: Address = None,
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Makes an analysis again from its receipt and says whether each output is the same, byte for byte.

    Ends with exit code 0 if all are, 1 if any differs.

    Example: [bold]python cli.py verify results/receipt.json[/bold]
    """
    from pages.terminal.verifying import tell, verify

    with told(language) as reader:
        found = verify(receipt, inputs, store)
        tell(found, reader)
        if not found.holds:
            raise typer.Exit(1)


@app.command()
def consensus(
    votes: Annotated[Path, typer.Option("--votes", help="Polis's votes.csv: the last vote counts.")],
    comments: Annotated[Path, typer.Option("--comments", help="Polis's comments.csv.")],
    groups: Annotated[Path, typer.Option("--groups", help="Polis's participants-votes.csv.")],
    out: Out,
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Reads a Polis export and writes which comments hold across its opinion groups: consensus.csv.

    Example: [bold]python cli.py consensus --votes votes.csv --comments comments.csv
    --groups participants-votes.csv --out results[/bold]
    """
    from pages.terminal.consensus import consensus

    with told(language) as reader:
        written(out, "consensus.csv", consensus(votes, comments, groups), [votes, comments, groups], reader)


@app.command()
def votes(
    file: Annotated[Path, typer.Option("--votes", help="Dots or points, one voter and item a row (CSV).")],
    plan: Annotated[Path, typer.Option("--plan", help="The plan file (TOML).")],
    out: Out,
    budget: Annotated[int, typer.Option("--budget", min=1, help="Dots of each person.")] = 5,
    cap: Annotated[int, typer.Option("--cap", min=1, help="Most dots of one person on one item.")] = 2,
    merges: Annotated[
        list[str] | None,
        typer.Option("--merge", help="ITEM=OTHER, repeatable: items that were merged after the vote."),
    ] = None,
    ngt: Annotated[
        int | None, typer.Option("--ngt", min=1, help="Points of a nominal group instead: this many … 1.")
    ] = None,
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Counts the dots, or the points of a nominal group, that were given in a workshop: votes.csv.

    Example: [bold]python cli.py votes --votes V.csv --plan P.toml --budget 5 --cap 2 --out results[/bold]
    """
    from pages.terminal.votes import count_dots, count_ngt, read_merges

    with told(language) as reader:
        loaded = load_plan(plan)
        if ngt:
            counted = count_ngt(file, loaded, ngt)
        else:
            counted = count_dots(file, loaded, budget, cap, read_merges(merges or []))
        written(out, "votes.csv", counted, [file, plan], reader)


@app.command()
def rounds(
    first: Annotated[Path, typer.Option("--first", help="Ratings of the first round (CSV).")],
    second: Annotated[Path, typer.Option("--second", help="Ratings of the second round (CSV).")],
    plan: Annotated[Path, typer.Option("--plan", help="The plan file (TOML).")],
    out: Out,
    at_most: Annotated[
        float, typer.Option("--at-most", min=0, max=1, help="Net change up to which opinions are stable.")
    ] = 0.15,
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Compares two rounds of ratings, to tell whether opinions have come to rest: stability.csv.

    Example: [bold]python cli.py rounds --first R1.csv --second R2.csv --plan P.toml --out results[/bold]
    """
    from pages.terminal.votes import compare_rounds

    with told(language) as reader:
        compared = compare_rounds(first, second, load_plan(plan), at_most)
        written(out, "stability.csv", compared, [first, second, plan], reader)


@app.command()
def lists(
    mentions: Annotated[Path, typer.Option("--mentions", help="Ordered lists, one item a row (CSV).")],
    plan: Annotated[Path, typer.Option("--plan", help="The plan file (TOML).")],
    out: Out,
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Ranks what people named in ordered lists by how early and how often (Smith's S): lists.csv.

    Example: [bold]python cli.py lists --mentions M.csv --plan P.toml --out results[/bold]
    """
    from pages.terminal.votes import rank_lists

    with told(language) as reader:
        written(out, "lists.csv", rank_lists(mentions, load_plan(plan)), [mentions, plan], reader)


@app.command()
def themes(
    answers: Annotated[Path, typer.Option("--answers", help="Answers: answer_id and text, one a row (CSV).")],
    seeds: Annotated[
        Path, typer.Option("--seeds", help='Labels with their seed words (TOML): ["label"] words = […].')
    ],
    out: Out,
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Scores how much each answer speaks of each label, from seed words alone: scores.csv.

    Example: [bold]python cli.py themes --answers A.csv --seeds S.toml --out results[/bold]
    """
    from pages.terminal.themes import themes

    with told(language) as reader:
        written(out, "scores.csv", themes(answers, seeds, reader), [answers, seeds], reader)


@app.command()
def count(
    answers: Annotated[
        str,
        typer.Option("--answers", help='The parts (Parquet): "parts/*.parquet", between quotation marks.'),
    ],
    out: Out,
    scheduler: Annotated[
        str | None,
        typer.Option(
            "--scheduler", help="An existing Dask cluster, tcp://host:8786; by default this process."
        ),
    ] = None,
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Counts who uses each word, in answers that lie in many files: words.csv and counting.json.

    Example: [bold]python cli.py count --answers "parts/*.parquet" --scheduler tcp://host:8786
    --out results[/bold]
    """
    from pages.terminal.counting import count_files

    with told(language) as reader:
        count_files(answers, scheduler, out, reader)


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
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what scanning damaged: for documents, not for answers.")
    ] = False,
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
    with told(language) as reader:
        loaded = load_plan(plan)
        mapping = read_mapping(fields, groups or [], loaded)
        imported = import_rows(file, mapping, loaded)
        tell_notices(imported.notices, reader)
        answers = without_scanning_marks(imported.answers, reader, asked=repair)
        write_files(out, {"answers.csv": csv_bytes(answers)}, inputs=[file])
        write_unread(out, imported.unread, reader)
        say(
            reader.count(
                "{n} answer read, written to {path}.",
                "{n} answers read, written to {path}.",
                len(answers),
                path=out / "answers.csv",
            )
        )
        if store is not None:
            if not {"contribution_id", "answer_id"} & set(mapping.fields):
                answers = named_after(file, answers)
            put(answers, loaded, consultation or loaded.id, store, reader)


@app.command()
def consultations(store: Address = None, language: Spoken = DEFAULT_LANGUAGE) -> None:
    """Lists the consultations in the store, the one answered last first."""
    with told(language) as reader, opened(store) as kept:
        rows = []
        for one in kept.consultations():
            title = reader.pick(one.plan.title)
            name = reader.say("Example: {name}", name=title) if one.invented else title
            n = reader.number(len(kept.contributions(one.id)))
            rows.append((one.id, name, one.stage_told(reader), n))
        show(("id", reader.say("title"), reader.say("stage"), reader.say("contributions")), rows)


@app.command()
def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="The store to copy.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="A new store, or a copy that was cut short.")],
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Copies a whole store into a new one, of whatever kind the two are, and compares them table by table.

    Cut short, it is taken up again by the same command. Ends with exit code 1 if the two are not the same.

    Example: [bold]python cli.py copy var/alleanza.sqlite var/moved.sqlite[/bold]
    """
    from pages.terminal.copying import copy_store

    with told(language) as reader:
        if not copy_store(source, target, reader):
            raise typer.Exit(1)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The new file.")],
    store: Address = None,
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Writes all that the store holds in one moment to a new file, while the app runs.

    Example: [bold]python cli.py backup backups/monday.sqlite[/bold]
    """
    from pages.terminal.copying import back_up

    with told(language) as reader:
        back_up(file, store, reader)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    store: Address = None,
    yes: Annotated[bool, typer.Option("--yes", help="Yes, replace all that the store holds.")] = False,
    language: Spoken = DEFAULT_LANGUAGE,
) -> None:
    """Puts a backup in the place of all that the store holds, while the app runs.

    What was there before is kept beside the backup. Whoever was erased since stays erased.

    Example: [bold]python cli.py restore backups/monday.sqlite --yes[/bold]
    """
    from pages.terminal.copying import put_back

    with told(language) as reader:
        put_back(file, store, yes, reader)


@app.command()
def check(store: Address = None, language: Spoken = DEFAULT_LANGUAGE) -> None:
    """Reads all that the store holds and says whether it is whole.

    Ends with exit code 1 and names what is wrong if it is not.

    Example: [bold]python cli.py check[/bold]
    """
    from pages.terminal.copying import check_store

    with told(language) as reader:
        if not check_store(store, reader):
            raise typer.Exit(1)


@app.command("remove-example")
def remove_the_example(store: Address = None, language: Spoken = DEFAULT_LANGUAGE) -> None:
    """Removes the invented example from the store, for good."""
    with told(language) as reader, opened(store) as kept:
        if remove_example(kept):
            say(reader.say("The example is gone from the store."))
        else:
            say(reader.say("There is no example in this store."))


def _changed(rules: Rules, seed: int | None, replicates: int | None) -> Rules:
    """The declared rules, with what the command line says in their place."""
    named = {"seed": seed, "replicates": replicates}
    changed = {name: value for name, value in named.items() if value is not None}
    return Rules.declared({**rules.as_dict(), **changed})


if __name__ == "__main__":
    app()
