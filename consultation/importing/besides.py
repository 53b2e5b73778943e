"""What is known besides answers and ratings, brought as CSV: confirmed clusters, and who was invited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from consultation.errors import MissingColumns, Notice, UnreadRow
from consultation.importing.columns import as_known, headers_named, named_cells
from consultation.importing.csv_tables import Read
from consultation.importing.files import Sheet, read_sheet
from consultation.importing.quoting import quoted, rows_named, some
from consultation.importing.reasons import unknown_word
from consultation.importing.repeated import each_once
from consultation.importing.unread import Sieve
from consultation.plan import Plan
from consultation.tables import CLUSTER_KINDS, CLUSTERS, INVITATIONS, Columns

ONE_EACH = Columns(("group",), {"invited": "1"})
"""A list of people, a row each."""

HEADINGS = {"group": ("group", "gruppo"), "invited": ("invited", "invitati", "invitate", "numero")}
"""What the columns of invitations may be called, in the languages that people keep their lists in."""


def read_clusters(path: Path) -> Read:
    """The confirmed clusters in the CSV at `path`, a row per member, sorted; see `tables.CLUSTERS`.

    A contribution in two clusters is in none: it could not be counted once. Raises `UnreadableFile` and
    `MissingColumns`.
    """
    sheet = read_sheet(path)
    cells, notices = named_cells(sheet, CLUSTERS, path)
    sieve = Sieve(cells.assign(kind=cells["kind"].str.lower()), sheet.source, sheet.unread)
    sieve.put_aside(
        (sieve.rows["cluster"] == "") | (sieve.rows["contribution_id"] == ""),
        lambda _: UnreadRow("This row needs both a cluster and a contribution_id: say who belongs where."),
    )
    sieve.put_aside(
        ~sieve.rows["kind"].isin(CLUSTER_KINDS), lambda row: unknown_word("kind", row["kind"], CLUSTER_KINDS)
    )
    sieve.rows, repeated = each_once(sieve.rows, sheet.source)
    _in_one_cluster(sieve)
    table = sieve.rows.sort_values(["cluster", "contribution_id"], ignore_index=True)
    return Read(table, sieve.unread, (*sheet.notices, *notices, *repeated))


def unknown_members(clusters: pd.DataFrame, tables: Sequence[pd.DataFrame], path: Path) -> tuple[Notice, ...]:
    """Which members of `clusters` stand in none of the tables: they weigh nothing, and may be misspelt."""
    known = set().union(*(table["contribution_id"] for table in tables))
    unknown = [member for member in clusters["contribution_id"] if member not in known]
    if not unknown:
        return ()
    return (
        Notice(
            "{file}: contributions that stand in no answer and no rating, and weigh nothing: {n} ({names}).",
            file=path.name,
            n=len(unknown),
            names=some([quoted(member) for member in unknown]),
        ),
    )


def read_invitations(path: Path, plan: Plan) -> Read:
    """How many people of each group were invited, from the CSV at `path`, in the plan's order of groups.

    Several rows of one group are added up; groups go by their id or by their name, columns by any of
    `HEADINGS`, whatever their case and blanks. Raises `UnreadableFile` and `MissingColumns`.
    """
    return _invited(_in_our_words(read_sheet(path), path), INVITATIONS, path, plan)


def read_invited(path: Path, plan: Plan) -> Read:
    """The same of a list that people keep for themselves.

    Where no column says how many were invited, each row is one person; of these nothing but the group is
    read. Raises `UnreadableFile` and `MissingColumns`.
    """
    named = _in_our_words(read_sheet(path), path)
    return _invited(named, INVITATIONS if "invited" in named.columns else ONE_EACH, path, plan)


@dataclass(frozen=True)
class _Named:
    """A sheet whose headers are ours where they say the same.

    `columns` has them as the file has them; `found` is what all of the file's columns are called.
    """

    sheet: Sheet
    columns: dict[str, str]
    found: str


def _in_our_words(sheet: Sheet, path: Path) -> _Named:
    """Raises `MissingColumns` where two columns say the same: neither may be dropped in silence."""
    ours = {theirs: name for name, headings in HEADINGS.items() for theirs in headings}
    headers = [ours.get(" ".join(header.casefold().split()), header) for header in sheet.headers]
    for name in HEADINGS:
        same = [quoted(theirs) for theirs, our in zip(sheet.headers, headers, strict=True) if our == name]
        if len(same) > 1:
            raise MissingColumns(
                "{path} has more than one column for the same thing: {names}. Keep one of them.",
                path=path,
                names=", ".join(same),
            )
    columns = {our: theirs for theirs, our in zip(sheet.headers, headers, strict=True) if our in HEADINGS}
    return _Named(replace(sheet, headers=tuple(headers)), columns, headers_named(sheet))


def _require(named: _Named, columns: Columns, path: Path) -> None:
    """Raises `MissingColumns`, which names the headings in the reader's language."""
    missing = [name for name in columns.required if name not in named.columns]
    if missing == ["group"]:
        raise MissingColumns(
            "{path} lacks the column of the groups: call it “group”. It has {found}.",
            path=path,
            found=named.found,
        )
    if missing == ["invited"]:
        raise MissingColumns(
            "{path} lacks the column of how many were invited: call it “invited”. It has {found}.",
            path=path,
            found=named.found,
        )
    if missing:
        raise MissingColumns(
            "{path} lacks two columns: call them “group” and “invited”. It has {found}.",
            path=path,
            found=named.found,
        )


def _invited(named: _Named, columns: Columns, path: Path, plan: Plan) -> Read:
    _require(named, columns, path)
    sheet = named.sheet
    cells, notices = named_cells(sheet, columns, path)
    names = {label.casefold(): g.id for g in plan.stakeholder_groups for label in (g.label.en, g.label.it)}
    groups = cells["group"].map(lambda group: names.get(group.casefold(), group))
    sieve = Sieve(cells.assign(group=as_known(groups, plan.groups)), sheet.source, sheet.unread)
    sieve.put_aside(
        ~sieve.rows["group"].isin(list(plan.groups)),
        lambda row: unknown_word(named.columns["group"], row["group"], list(plan.groups)),
    )
    sieve.put_aside(
        ~sieve.rows["invited"].str.fullmatch(r"\d{1,7}"),
        lambda row: UnreadRow(
            "{value} is not a number of people: write a whole number.", value=quoted(row["invited"])
        ),
    )
    invited = sieve.rows.astype({"invited": "int64"}).groupby("group")["invited"].sum()
    table = invited.reindex([group for group in plan.groups if group in invited.index]).reset_index()
    return Read(table, sieve.unread, (*sheet.notices, *notices))


def _in_one_cluster(sieve: Sieve) -> None:
    """Members of several clusters go out, with the rows that name them."""
    several = sieve.rows["contribution_id"].duplicated(keep=False)
    rows: dict[str, list[int]] = {
        str(member): [int(row) for row in its.index]
        for member, its in sieve.rows[several].groupby("contribution_id")
    }
    sieve.put_aside(
        several,
        lambda row: UnreadRow(
            "The contribution {id} stands in more than one cluster, on rows {rows}: keep one of them.",
            id=quoted(row["contribution_id"]),
            rows=rows_named(rows[row["contribution_id"]]),
        ),
    )
