"""A Polis conversation, from the files of Polis's own export.

`votes.csv` is a log of events: whoever votes on a comment again is in it twice, and the last vote counts.
(The agrees and disagrees in `comments.csv` count every event, and are not used.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from consultation.errors import MissingColumns, Notice, UnreadRow
from consultation.importing.files import Sheet, read_sheet
from consultation.importing.quoting import quoted, rows_named, some
from consultation.importing.reasons import unknown_word
from consultation.importing.repeated import each_once
from consultation.importing.unread import Sieve, Unread

VOTES = ("1", "0", "-1")
"""Agrees, passes, disagrees."""

_NUMBER = r"^0*([0-9]{1,18})(?:[.,]0*)?$"  # as many digits as surely fit; some programs write 7 as 7.0


@dataclass(frozen=True, eq=False)
class Conversation:
    """What was voted on, by whom and how; the rows that could not be used, file by file; what is to be told.

    comments  `comment_id` (whole number), `text`; by number, those rejected in moderation included
    votes     `comment_id, voter_id, vote` (1 agrees, −1 disagrees, 0 passes); one row per voter and
              comment, by comment and voter
    groups    `voter_id, group`: the opinion group Polis has put the voter in, empty if none; by voter
    """

    comments: pd.DataFrame
    votes: pd.DataFrame
    groups: pd.DataFrame
    unread: tuple[Unread, ...]
    notices: tuple[Notice, ...]


def read_conversation(votes: Path, comments: Path, groups: Path) -> Conversation:
    """The conversation in `votes.csv`, `comments.csv` and `participants-votes.csv`.

    Of a voter's votes on a comment the one with the latest timestamp counts, among equal ones the last in the
    file; so the order of the rows matters for votes of the same millisecond only, and there it is told.
    Raises `UnreadableFile` and `MissingColumns`.
    """
    voted, voted_unread, voted_notices = _read_votes(votes)
    said, said_unread, said_notices = _read_comments(comments)
    grouped, grouped_unread, grouped_notices = _read_groups(groups)
    return Conversation(
        comments=said,
        votes=voted,
        groups=grouped,
        unread=(*voted_unread, *said_unread, *grouped_unread),
        notices=(
            *voted_notices,
            *said_notices,
            *grouped_notices,
            *_without_row(voted, said, votes.name, comments.name),
            *_without_group(voted, grouped, groups.name),
        ),
    )


_Table = tuple[pd.DataFrame, tuple[Unread, ...], tuple[Notice, ...]]


def _read_votes(path: Path) -> _Table:
    sheet = read_sheet(path)
    cells = _named(sheet, ["timestamp", "comment-id", "voter-id", "vote"], path)
    for column in ("timestamp", "comment-id", "voter-id"):
        cells[column] = _number(cells[column])
    sieve = Sieve(cells.assign(vote=_vote(cells["vote"])), sheet.source, sheet.unread)
    _sift_numbers(sieve, "timestamp")
    _sift_numbers(sieve, "comment-id")
    _sift_empty(sieve, "voter-id")
    sieve.put_aside(~sieve.rows["vote"].isin(VOTES), lambda row: unknown_word("vote", row["vote"], VOTES))
    cast = pd.DataFrame(
        {
            "comment_id": sieve.rows["comment-id"].astype("int64"),
            "voter_id": sieve.rows["voter-id"],
            "vote": sieve.rows["vote"].astype("int64"),
            "timestamp": sieve.rows["timestamp"].astype("int64"),
        }
    )
    last, notices = _last_votes(cast, sheet.source)
    return last, sieve.unread, (*sheet.notices, *notices)


def _read_comments(path: Path) -> _Table:
    sheet = read_sheet(path)
    cells = _named(sheet, ["comment-id", "comment-body"], path)
    cells["comment-id"] = _number(cells["comment-id"])
    sieve = Sieve(cells, sheet.source, sheet.unread)
    _sift_numbers(sieve, "comment-id")
    repeated = _once(sieve, "comment-id", sheet.source)
    table = pd.DataFrame(
        {"comment_id": sieve.rows["comment-id"].astype("int64"), "text": sieve.rows["comment-body"]}
    )
    return table.sort_values("comment_id", ignore_index=True), sieve.unread, (*sheet.notices, *repeated)


def _read_groups(path: Path) -> _Table:
    sheet = read_sheet(path)
    cells = _named(sheet, ["participant", "group-id"], path).apply(_number)
    sieve = Sieve(cells, sheet.source, sheet.unread)
    _sift_empty(sieve, "participant")
    repeated = _once(sieve, "participant", sheet.source)
    table = sieve.rows.set_axis(["voter_id", "group"], axis="columns")
    return table.sort_values("voter_id", ignore_index=True), sieve.unread, (*sheet.notices, *repeated)


def _named(sheet: Sheet, columns: Sequence[str], path: Path) -> pd.DataFrame:
    """The sheet's cells under `columns`; Polis writes others too, and not the same in every export."""
    headers = [header.casefold() for header in sheet.headers]
    missing = [name for name in columns if name not in headers]
    if missing:
        raise MissingColumns(
            "{path} lacks these columns: {missing}. It has {found}. Rename its headers to match.",
            path=path,
            missing=", ".join(missing),
            found=some([quoted(header) for header in sheet.headers], most=30),
        )
    twice = [name for name in columns if headers.count(name) > 1]
    if twice:
        raise MissingColumns(
            "{path} has more than one column named {names}: rename or remove the others.",
            path=path,
            names=", ".join(twice),
        )
    return pd.DataFrame({name: sheet.cells[headers.index(name)] for name in columns}, dtype="str")


def _number(cells: pd.Series[str]) -> pd.Series[str]:
    """Whole numbers in their shortest form; anything else as it stands."""
    return cells.str.extract(_NUMBER, expand=False).fillna(cells)


def _vote(cells: pd.Series[str]) -> pd.Series[str]:
    """Votes as `VOTES` writes them; anything else as it stands."""
    plain = cells.str.replace("−", "-").str.replace(r"^\+|[.,]0*$", "", regex=True)
    return plain.where(plain.isin(VOTES), cells)


def _sift_numbers(sieve: Sieve, column: str) -> None:
    sieve.put_aside(
        ~sieve.rows[column].str.fullmatch(r"[0-9]{1,18}"),
        lambda row: UnreadRow(
            "The column {column} cannot hold {value}: write a whole number.",
            column=column,
            value=quoted(row[column]),
        ),
    )


def _sift_empty(sieve: Sieve, column: str) -> None:
    sieve.put_aside(
        sieve.rows[column] == "",
        lambda _: UnreadRow("This row has no {column}: say whose it is.", column=column),
    )


def _once(sieve: Sieve, key: str, source: str) -> tuple[Notice, ...]:
    """Rows with the same key count once if they are alike; if they differ, none of them counts."""
    distinct = sieve.rows[~sieve.rows.duplicated()]
    contested = sieve.rows[key].isin(distinct.loc[distinct[key].duplicated(), key])
    places: dict[str, list[int]] = {}
    for row, value in sieve.rows.loc[contested, key].items():
        places.setdefault(value, []).append(int(str(row)))
    sieve.put_aside(
        contested,
        lambda row: UnreadRow(
            "The {column} {id} stands on rows {rows} with different contents: keep one of them.",
            column=key,
            id=quoted(row[key]),
            rows=rows_named(places[row[key]]),
        ),
    )
    sieve.rows, repeated = each_once(sieve.rows, source)
    return repeated


def _last_votes(cast: pd.DataFrame, source: str) -> tuple[pd.DataFrame, tuple[Notice, ...]]:
    """The vote of each voter on each comment that counts, and what was voted besides."""
    ballot = ["comment_id", "voter_id"]
    # rows are numbered from the top, so the last among equal moments is the one furthest down
    ordered = cast.rename_axis("row").reset_index().sort_values([*ballot, "timestamp", "row"])
    last = ordered.drop_duplicates(ballot, keep="last")
    moment = ordered.merge(last[[*ballot, "timestamp"]], on=[*ballot, "timestamp"])
    differing = moment[moment.groupby(ballot)["vote"].transform("nunique") > 1]
    notices = []
    if len(last) < len(ordered):
        notices.append(
            Notice(
                "{file}: votes that the same voter gave again later: {n}. The last on each comment counts.",
                file=source,
                n=len(ordered) - len(last),
            )
        )
    if not differing.empty:
        notices.append(
            Notice(
                "{file}: on these rows a voter gives one comment different votes at the same moment: {rows}. "
                "The one furthest down counts.",
                file=source,
                rows=rows_named(differing["row"]),
            )
        )
    return last[[*ballot, "vote"]].reset_index(drop=True), tuple(notices)


def _without_row(votes: pd.DataFrame, comments: pd.DataFrame, source: str, other: str) -> Iterator[Notice]:
    missing = sorted(set(votes["comment_id"]) - set(comments["comment_id"]))
    if missing:
        yield Notice(
            "{file}: comments that have votes and no row in {other}: {n} ({names}). Their votes count.",
            file=source,
            other=other,
            n=len(missing),
            names=some([str(comment) for comment in missing]),
        )


def _without_group(votes: pd.DataFrame, groups: pd.DataFrame, source: str) -> Iterator[Notice]:
    grouped = groups.loc[groups["group"] != "", "voter_id"]
    n = len(set(votes["voter_id"]) - set(grouped))
    if n:
        yield Notice(
            "{file}: voters without an opinion group: {n}. Their votes are counted, but not in the consensus "
            "of the groups.",
            file=source,
            n=n,
        )
