"""What was given in a workshop, brought as CSV: votes (dots, or points of a nominal group) and ordered lists.

A ballot that breaks the rules of the vote is handed back, never cut to fit: what its voter would have taken
back is for the voter to say. Whoever gave nothing stands in the file all the same: with 0 points, or with a
list of no item.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from consultation.errors import Notice, UnreadRow
from consultation.importing.belonging import listed_groups, one_voice
from consultation.importing.columns import as_known, named_cells
from consultation.importing.csv_tables import Read
from consultation.importing.files import read_sheet
from consultation.importing.quoting import quoted, rows_named, some
from consultation.importing.repeated import each_once
from consultation.importing.unread import Sieve
from consultation.plan import Plan
from consultation.tables import Columns

VOTES = Columns(("contribution_id", "unit", "group", "item", "points"), {})
"""One row per contribution and item; an item is an objective's id or the label of a theme."""
MENTIONS = Columns(("contribution_id", "unit", "group", "position", "item"), {})
"""One row per item named; position 1 is the first of that contribution's list."""


def read_votes(path: Path, plan: Plan, budget: int, cap: int) -> Read:
    """The dots in the CSV at `path`: `budget` a person, at most `cap` on one item; sorted.

    Points of one person for one item are added up. Whoever gives more than the budget has no row in the
    table, and an item with more than `cap` points from one person has none of them. Raises `UnreadableFile`
    and `MissingColumns`.
    """
    ballots = _Ballots(path, plan, VOTES)
    _sift_points(ballots.sieve)
    _sift_budget(ballots.sieve, budget)
    _sift_cap(ballots.sieve, cap)
    notices = _added_up(ballots.sieve.rows, ballots.source)
    return ballots.read(notices, "points", ["contribution_id", "item", "points"])


def read_ngt(path: Path, plan: Plan, most: int) -> Read:
    """The points of a nominal group in the CSV at `path`: each person gives `most` … 1 to as many items.

    Whoever gives the same points twice, or two points to one item, has no row in the table. Raises
    `UnreadableFile` and `MissingColumns`.
    """
    ballots = _Ballots(path, plan, VOTES)
    _sift_points(ballots.sieve)
    _sift_choices(ballots.sieve, most)
    return ballots.read((), "points", ["contribution_id", "item", "points"])


def read_mentions(path: Path, plan: Plan) -> Read:
    """The ordered lists in the CSV at `path`, sorted; the row of an empty list has no item and no position.

    Raises `UnreadableFile` and `MissingColumns`.
    """
    lists = _Ballots(path, plan, MENTIONS)
    _sift_positions(lists.sieve)
    lists.sieve.rows, repeated = each_once(lists.sieve.rows, lists.source)
    return lists.read(repeated, "position", ["contribution_id", "position", "item"])


class _Ballots:
    """The rows of a file of votes or lists, with one spelling for each item, on their way to a tidy table."""

    def __init__(self, path: Path, plan: Plan, columns: Columns) -> None:
        sheet = read_sheet(path)
        cells, notices = named_cells(sheet, columns, path)
        items, several = _one_spelling(cells["item"], plan, sheet.source)
        rows = cells.assign(group=as_known(cells["group"], plan.groups), item=items)
        self.source = sheet.source
        self.sieve = Sieve(rows, sheet.source, sheet.unread)
        self.sieve.put_aside(
            rows["contribution_id"] == "",
            lambda _: UnreadRow("This row has no contribution_id: say who gave it."),
        )
        self._columns, self._plan = columns, plan
        self._notices = (*sheet.notices, *notices, *several)

    def read(self, notices: tuple[Notice, ...], number: str, order: list[str]) -> Read:
        """What is left, one group and unit for each contribution, in this order; one column is a `number`."""
        settled, told = one_voice(self.sieve.rows)
        table, unlisted = listed_groups(settled, self._plan, self.source)
        table[number] = pd.to_numeric(table[number].where(table[number] != "")).astype("Int64")
        return Read(
            table[self._columns.all].sort_values(order, ignore_index=True),
            self.sieve.unread,
            (*self._notices, *notices, *told, *unlisted),
        )


def _one_spelling(
    items: pd.Series[str], plan: Plan, source: str
) -> tuple[pd.Series[str], tuple[Notice, ...]]:
    """Items that differ only in capitals and blanks as one: the plan's id, or the commonest spelling."""
    key = items.str.split().str.join(" ").str.casefold()
    # equal counts go to the spelling that comes first, whatever the order of the rows
    counts = pd.DataFrame({"key": key, "item": items}).value_counts().reset_index()
    counts = counts.sort_values(["key", "count", "item"], ascending=[True, False, True])
    spelling = counts.drop_duplicates("key").set_index("key")["item"]
    ids = {objective.casefold(): objective for objective in plan.objectives}
    shown = key.map(spelling.to_dict() | ids)
    others = sorted(set(shown[(shown != items) & ~key.isin(list(ids))]))
    if not others:
        return shown, ()
    notice = Notice(
        "{file}: items that differ only in capitals or blanks count as one: {names}.",
        file=source,
        names=some([quoted(item) for item in others]),
    )
    return shown, (notice,)


def _sift_points(sieve: Sieve) -> None:
    sieve.rows = sieve.rows.assign(points=_number(sieve.rows["points"]))
    sieve.put_aside(
        ~sieve.rows["points"].str.fullmatch("[0-9]+"),
        lambda row: UnreadRow(
            "The points {value} are no whole number from 0 up: write how many were given, 0 for none.",
            value=quoted(row["points"]),
        ),
    )
    sieve.put_aside(
        (sieve.rows["item"] == "") & (sieve.rows["points"] != "0"),
        lambda _: UnreadRow("This row gives points to no item: name the item, or write 0."),
    )


def _sift_budget(sieve: Sieve, budget: int) -> None:
    spent = _points(sieve).groupby(sieve.rows["contribution_id"]).sum()
    sieve.put_aside(
        sieve.rows["contribution_id"].isin(spent.index[spent > budget]),
        lambda row: UnreadRow(
            "The contribution {id} gives {given} points in all, and each person has {budget}: none of its "
            "rows counts. Correct them.",
            id=quoted(row["contribution_id"]),
            given=int(spent[row["contribution_id"]]),
            budget=budget,
        ),
    )


def _sift_cap(sieve: Sieve, cap: int) -> None:
    key = ["contribution_id", "item"]
    given = _points(sieve).groupby([sieve.rows[name] for name in key]).transform("sum")
    over = given > cap
    places = _rows_of(sieve.rows[over], key)
    sieve.put_aside(
        over,
        lambda row: UnreadRow(
            "The contribution {id} gives {item} more than {cap} points (rows: {rows}), and one item may have "
            "no more: correct them.",
            id=quoted(row["contribution_id"]),
            item=quoted(row["item"]),
            cap=cap,
            rows=places[tuple(row[name] for name in key)],
        ),
    )


def _sift_choices(sieve: Sieve, most: int) -> None:
    sieve.put_aside(
        _points(sieve) > most,
        lambda row: UnreadRow(
            "The points {value} are more than {most}: the first choice has {most}, the last 1.",
            value=quoted(row["points"]),
            most=most,
        ),
    )
    chosen = sieve.rows[sieve.rows["points"] != "0"]
    twice = chosen.duplicated(["contribution_id", "points"], keep=False) | chosen.duplicated(
        ["contribution_id", "item"], keep=False
    )
    places = _rows_of(chosen[twice], ["contribution_id"])
    sieve.put_aside(
        sieve.rows["contribution_id"].isin(chosen.loc[twice, "contribution_id"]),
        lambda row: UnreadRow(
            "The contribution {id} gives the same points twice, or points to one item twice (rows: {rows}): "
            "none of its rows counts. Correct them.",
            id=quoted(row["contribution_id"]),
            rows=places[(row["contribution_id"],)],
        ),
    )


def _sift_positions(sieve: Sieve) -> None:
    named = sieve.rows["item"] != ""
    sieve.rows = sieve.rows.assign(position=_number(sieve.rows["position"]).where(named, ""))
    sieve.put_aside(
        named & ~sieve.rows["position"].str.fullmatch("[1-9][0-9]*"),
        lambda row: UnreadRow(
            "The position {value} is no whole number from 1 up: write which place {item} has in the list.",
            value=quoted(row["position"]),
            item=quoted(row["item"]),
        ),
    )


def _added_up(rows: pd.DataFrame, source: str) -> tuple[Notice, ...]:
    again = (rows["item"] != "") & rows.duplicated(["contribution_id", "item"])
    if not again.any():
        return ()
    notice = Notice(
        "{file}: these rows name an item that their contribution has already named, and their points are "
        "added to it: {rows} ({n} in all).",
        file=source,
        rows=rows_named(rows.index[again]),
        n=int(again.sum()),
    )
    return (notice,)


def _number(cells: pd.Series[str]) -> pd.Series[str]:
    """Whole numbers as their digits; anything else as it stands."""
    digits = cells.str.extract(r"^0*([0-9]{1,15})(?:[.,]0*)?$", expand=False)
    return digits.fillna(cells)


def _points(sieve: Sieve) -> pd.Series[int]:
    return sieve.rows["points"].astype("int64")


def _rows_of(rows: pd.DataFrame, key: list[str]) -> dict[tuple[str, ...], str]:
    """The numbers of the rows that share each key, told."""
    places: dict[tuple[str, ...], list[int]] = {}
    for mark, row in zip(zip(*(rows[name] for name in key), strict=True), rows.index, strict=True):
        places.setdefault(mark, []).append(int(row))
    return {mark: rows_named(its) for mark, its in places.items()}
