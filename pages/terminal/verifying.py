"""Makes an analysis again from its receipt, and tells whether each file comes out the same, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.receipt import digest
from consultation.errors import BrokenReceipt
from consultation.language import LANGUAGES, Language
from consultation.plan import load_plan
from consultation.rules import Rules
from pages.frame.material import Material, versions
from pages.terminal import analysing, keeping
from pages.terminal.telling import say, show, warn

INPUTS = ("plan", "answers", "ratings", "clusters", "invitations", "codings")


@dataclass(frozen=True)
class Compared:
    """One result: whether making it again gives the receipt's bytes, and whether the file beside it has them.

    `again` is `None` for a file that only a page makes, `on_disk` where there is no such file.
    """

    name: str
    again: bool | None
    on_disk: bool | None


@dataclass(frozen=True)
class Verification:
    """Every result compared; which inputs are not the receipt's own; which versions compute it now."""

    results: tuple[Compared, ...]
    other_inputs: tuple[str, ...]
    other_versions: tuple[tuple[str, str, str], ...]

    @property
    def holds(self) -> bool:
        """Whether every result comes out the same, and no file that lies there was altered."""
        return all(False not in (one.again, one.on_disk) for one in self.results)


def verify(path: Path, inputs: Path | None, store: str | None) -> Verification:
    """The analysis of the receipt at `path`, made again from its inputs.

    They lie where the receipt says, seen from itself, or by the same names in the folder `inputs`; what was
    analysed from a store is read from it again. A file taken from a page counts as made again if the analysis
    gives the same bytes under any name. Raises `BrokenReceipt`.
    """
    written = _read(path)
    reader = Language(written["parameters"]["language"])
    material = _material(written, path, inputs, store, reader)
    again, _, _ = analysing.results(material, reader)
    outputs, taken = written["outputs"], written.get("files", {})
    made = {name: digest(content) for name, content in again.items()}
    given, now = written["versions"], versions()
    return Verification(
        (
            *(
                Compared(name, made.get(name) == outputs[name], _on_disk(path.parent, name, outputs[name]))
                for name in sorted(outputs)
            ),
            *(
                Compared(name, taken[name] in made.values() or None, _on_disk(path.parent, name, taken[name]))
                for name in sorted(taken)
            ),
        ),
        tuple(
            name
            for name in sorted({*written["inputs"], *material.digests})
            if written["inputs"].get(name) != material.digests.get(name)
        ),
        tuple(
            (name, str(given.get(name, "")), now.get(name, ""))
            for name in sorted({*given, *now})
            if given.get(name) != now.get(name)
        ),
    )


def tell(found: Verification, reader: Language) -> None:
    """Each result with what became of it, then what may be the reason where any differs."""
    words = {True: reader.say("identical"), False: reader.say("different")}
    again, on_disk = words | {None: reader.say("not made")}, words | {None: reader.say("not there")}
    show(
        (reader.say("output"), reader.say("made again"), reader.say("the file beside the receipt")),
        [(one.name, again[one.again], on_disk[one.on_disk]) for one in found.results],
    )
    if found.other_inputs:
        warn(
            reader.say(
                "These inputs are not the ones of the receipt: {names}.", names=", ".join(found.other_inputs)
            )
        )
    for name, given, now in found.other_versions:
        warn(
            reader.say(
                "{package}: the receipt was made with {given}, here is {now}.",
                package=name,
                given=given or "–",
                now=now or "–",
            )
        )
    if found.holds:
        say(reader.say("Every output is identical, byte for byte."), style="bold")
    else:
        say(reader.say("Not every output is identical."), style="bold")


def _read(path: Path) -> dict[str, Any]:
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        tables = [written[name] for name in ("rules", "parameters", "versions", "inputs", "paths", "outputs")]
        if not all(isinstance(table, dict) for table in [*tables, written.get("files", {})]):
            raise TypeError
        if written["parameters"]["language"] not in LANGUAGES:
            raise ValueError
    except OSError as error:
        raise BrokenReceipt("{path} cannot be read: {reason}.", path=path, reason=error.strerror) from None
    except (ValueError, KeyError, TypeError):
        raise BrokenReceipt(
            "{path} is no receipt of this program: name the receipt.json of an analysis.", path=path
        ) from None
    return dict(written)


def _material(
    written: dict[str, Any], path: Path, inputs: Path | None, store: str | None, reader: Language
) -> Material:
    rules, parameters = Rules.declared(written["rules"]), written["parameters"]
    notes = tuple(str(note) for note in parameters.get("notes", ()))
    if "consultation" in parameters:
        with keeping.opened(store) as kept:
            chosen = kept.consultation(str(parameters["consultation"]))
            rules.require_groups(list(chosen.plan.groups))
            material = analysing.kept(kept, chosen, rules, reader)
    else:
        files = _files(written["paths"], path, inputs)
        plan = load_plan(files["plan"])
        rules.require_groups(list(plan.groups))
        material = analysing.read(plan, files, rules, reader)
    material = replace(material, notes=notes, invented=bool(parameters.get("invented")))
    return material.of_only([str(group) for group in parameters.get("groups", ())])


def _files(paths: Mapping[str, Any], path: Path, inputs: Path | None) -> dict[str, Path]:
    files = {}
    for name in INPUTS:
        if name in paths:
            place = Path(str(paths[name]))
            files[name] = _in(inputs, place) if inputs else path.parent / place
            if not files[name].is_file():
                raise BrokenReceipt(
                    "{path} is not there: name the folder that holds the inputs with --inputs.",
                    path=files[name],
                )
    if "plan" not in files:
        raise BrokenReceipt("{path} names no plan: it cannot be made again.", path=path)
    return files


def _in(inputs: Path, place: Path) -> Path:
    """The file in the folder that was named: below it as the receipt has it, else by its name alone."""
    below = inputs.joinpath(*[part for part in place.parts if part not in ("..", "/")])
    return below if below.is_file() else inputs / place.name


def _on_disk(folder: Path, name: str, expected: str) -> bool | None:
    # a name from a receipt leads nowhere but to a file beside it
    beside = folder / Path(name).name
    return digest(beside.read_bytes()) == expected if beside.is_file() else None
