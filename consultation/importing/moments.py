"""Times as forms and spreadsheets write them, made ISO 8601."""

from __future__ import annotations

import re
from datetime import datetime

import pandas as pd

from consultation.errors import Notice
from consultation.importing.quoting import counted

# `24/11/2025 15.57.55` (an Italian sheet) and `2023/05/05 3:13:26 PM CET` (a form's own export)
_ITALIAN = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?:,?\s+(?P<time>.+))?")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?:,?\s+(?P<time>.+))?")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?:[.:](?P<second>\d\d))?(?:\s*(?P<half>[AP]M))?(?:\s+(?P<zone>\S+))?"
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d.*", re.DOTALL)
_ZONES = {
    "": "",
    "UTC": "+00:00",
    "GMT": "+00:00",
    "CET": "+01:00",
    "CEST": "+02:00",
    "MEZ": "+01:00",
    "MESZ": "+02:00",
}
_FROM_GREENWICH = re.compile(r"(?:GMT|UTC)([+-])(\d{1,2})")


def iso_moments(moments: pd.Series[str], source: str) -> tuple[pd.Series[str], tuple[Notice, ...]]:
    """Each moment in ISO form; those that cannot be read become empty, and are told with their count."""
    by_text = {text: iso_moment(text) for text in moments.unique()}
    iso = moments.map(by_text).astype("str")
    lost = moments[(moments != "") & (iso == "")]
    if lost.empty:
        return iso, ()
    notice = Notice(
        "{file}: these times cannot be read and are left out: {values}. Write them like 2025-11-24 15:57.",
        file=source,
        values=counted(lost),
    )
    return iso, (notice,)


def iso_moment(text: str) -> str:
    """`text` as ISO 8601, with its offset from Greenwich where it names one; empty when it is no known form.

    Days come before months, as in Italy; a day alone is its midnight.
    """
    text = " ".join(text.split())
    try:
        if _ISO.fullmatch(text):
            return datetime.fromisoformat(text.removesuffix(" UTC")).isoformat()
        return _read(text)
    except ValueError:  # a thirteenth month, or a zone we do not know
        return ""


def _read(text: str) -> str:
    date = _ITALIAN.fullmatch(text) or _YEAR_FIRST.fullmatch(text)
    if date is None:
        raise ValueError("no date")
    time = _TIME.fullmatch((date["time"] or "0:00").upper())
    if time is None:
        raise ValueError("no time")
    hour = int(time["hour"])
    if time["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("no hour of a half day")
        hour = hour % 12 + (12 if time["half"] == "PM" else 0)
    moment = datetime(
        int(date["year"]),
        int(date["month"]),
        int(date["day"]),
        hour,
        int(time["minute"]),
        int(time["second"] or 0),
    )
    return moment.isoformat() + _offset(time["zone"] or "")


def _offset(zone: str) -> str:
    east = _FROM_GREENWICH.fullmatch(zone)
    if east and int(east[2]) <= 14:
        return f"{east[1]}{int(east[2]):02}:00"
    if zone not in _ZONES:
        raise ValueError("no known zone")
    return _ZONES[zone]
