"""The receipt of what a page shows: what it was made from, and what of it `verify` checks again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from analysis.outputs import every_table
from analysis.receipt import receipt
from analysis.sentences.made_from import what_is_checked
from consultation.exporting import csv_bytes
from pages.analyst.results import Results
from pages.frame.language import language
from pages.frame.material import Material, kept, parameters, versions

# small counts stand there as they are, and whoever knows the rest could try them against a digest
_UNTOLD = "participation.csv"


def take_receipt(found: Results, name: str, files: Mapping[str, Callable[[], bytes]]) -> None:
    """A button beside those of the `files`, by their names; all are made only when it is pressed."""
    st.download_button(
        language().say("Receipt (JSON)"),
        lambda: receipt_of(found, files),
        f"{name}-receipt.json",
        "application/json",
        key=f"take-receipt-{name}",
        on_click="ignore",
    )


def receipt_of(found: Results, files: Mapping[str, Callable[[], bytes]]) -> bytes:
    """The receipt of what is looked at: its tables are checked again, and the `files` as far as they can."""
    material = material_of(found)
    judged = {objective: found.codebook.checks(objective) for objective in found.consultation.plan.objectives}
    made = every_table(found.findings, found.answers, found.objectives, found.rules, judged)
    return receipt(
        found.rules.as_dict(),
        parameters(material, found.reader) | {"tried": found.tried},
        versions(),
        material.digests,
        {},
        {name: csv_bytes(table) for name, table in made.items() if name != _UNTOLD},
        {name: make() for name, make in files.items()},
        checks=what_is_checked(found.reader, files=True),
    )


def material_of(found: Results) -> Material:
    """Everything from which it was found, and the groups that are looked at."""
    read = found.read
    material = kept(
        found.consultation, read.contributions, read.codebook, read.hidden, found.rules, found.reader
    )
    return replace(material, notes=tuple(found.told_of_rules), groups=found.groups)
