"""One analysis: what goes in, the files that come out, and the receipt by which they can be made again."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from analysis.receipt import receipt
from analysis.sentences.made_from import what_is_checked
from consultation import tables
from consultation.codebook import Codebook
from consultation.exporting import csv_bytes, write_files
from consultation.importing.belonging import agree
from consultation.importing.besides import read_clusters, read_invitations, unknown_members
from consultation.importing.csv_tables import read_answers, read_ratings
from consultation.importing.reviews import read_codings, unknown_answers
from consultation.language import Language
from consultation.moderated import Moderated
from consultation.occasion import Consultation
from consultation.plan import Plan
from consultation.rules import Rules
from consultation.shipped import LEXICONS
from consultation.stores import Store
from pages.frame import material as brought
from pages.frame.material import Material, foot, of_groups, parameters, versions
from pages.terminal.telling import progress, say, tell_notices, write_unread

RECEIPT = "receipt.json"


def kept(store: Store, consultation: Consultation, rules: Rules, reader: Language) -> Material:
    """What a store keeps of a consultation, to be analysed by these rules."""
    said = store.contributions(consultation.id)
    codebook = Codebook.after(store.decisions(consultation.id))
    hidden = Moderated.after(store.moderations(consultation.id)).hidden_answers(said)
    return brought.kept(consultation, said, codebook, hidden, rules, reader)


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
    from analysis.findings import STEPS, coded, find, step_name
    from analysis.outputs import outputs
    from analysis.ratings.rating_findings import Surroundings
    from analysis.sentences.copies_found import counted_as_one
    from analysis.text.lexicon import read_lexicons
    from analysis.text.word_lists import changed_lexicons

    plan, codebook, rules, chosen = material.plan, material.codebook, material.rules, material.groups
    objectives, groups = tables.objectives(plan, reader, codebook), tables.groups(plan, reader)
    lexicons = changed_lexicons(read_lexicons(LEXICONS), codebook.question_words, codebook.function_words)
    answers, looked_at = of_groups(material.answers, chosen), of_groups(groups, chosen)
    with progress(len(STEPS) + 1 + bool(chosen)) as begin:
        codings = None
        if chosen:  # what an answer speaks of does not depend on who else is looked at
            begin(step_name("objectives", reader))
            codings = coded(
                material.answers, material.clusters, objectives, lexicons, rules, material.reviews
            )
        findings = find(
            answers,
            of_groups(material.ratings, chosen),
            objectives,
            looked_at,
            tables.guiding_questions(plan, reader),
            lexicons,
            rules,
            on_step=_telling(begin, step_name, reader),
            codings=codings,
            reviews=material.reviews,
            surroundings=Surroundings(
                material.clusters, of_groups(material.invitations, chosen), tables.targets(plan)
            ),
        )
        begin(reader.say("Drawing the maps…"))
        copies = present(material.clusters, material.contributions)
        n_families = copies["cluster"].nunique()
        made = outputs(
            findings,
            answers,
            objectives,
            looked_at,
            rules,
            reader,
            title=reader.pick(plan.title),
            group=looked_at["label"].iloc[0] if len(chosen) == 1 else "",
            invented=material.invented,
            notes=[*material.notes, *filter(None, [counted_as_one(len(copies), n_families, reader)])],
            judged={objective: codebook.checks(objective) for objective in plan.objectives},
            foot=foot(material, reader),
        )
    written = {name: csv_bytes(table) for name, table in made.tables.items()} | made.files
    return written, made.finding, findings.n_contributions


def analyse(material: Material, out: Path, reader: Language) -> None:
    """Everything there is to know of the material, written to `out` with its receipt."""
    written, finding, n_contributions = results(material, reader)
    paths = {name: _relative(path, out) for name, path in material.files.items()}
    written[RECEIPT] = receipt(
        material.rules.as_dict(),
        parameters(material, reader),
        versions(),
        material.digests,
        paths,
        written,
        checks=what_is_checked(reader, files=False),
    )
    write_files(out, written, material.files.values())
    write_unread(out, material.unread, reader)
    if material.invented:
        say(reader.say("An example: every word and every figure in it is invented."))
    say(finding, style="bold")
    people = reader.count("{n} contribution", "{n} contributions", n_contributions)
    n_answers = len(of_groups(material.answers, material.groups))
    answers = reader.count("{n} answer", "{n} answers", n_answers)
    say(f"{people}, {answers} → {out / 'priority-map.html'}")


def _relative(path: Path, out: Path) -> str:
    """Where a file lies as seen from the receipt, so that both can be moved together."""
    return Path(os.path.relpath(path.resolve(), out.resolve())).as_posix()


def _telling(
    begin: Callable[[str], None], step_name: Callable[[str, Language], str], reader: Language
) -> Callable[[str], None]:
    return lambda step: begin(step_name(step, reader))
