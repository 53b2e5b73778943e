"""What a new store begins with: the example, closed and invented, and the plan's own consultation, open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from consultation.contribution import (
    CHANNELS,
    CONSENTS,
    DIMENSIONS,
    SCALE,
    Channel,
    Consent,
    Contribution,
    Rating,
    Reply,
    plain_text,
    sorted_ratings,
    sorted_replies,
)
from consultation.occasion import Consultation
from consultation.plan import UNSTATED_GROUP, Plan
from consultation.stores import Store
from consultation.tables import ANSWERS, LATE

Row = dict[str, Any]

EXAMPLE = "esempio"
"""The id of the example consultation."""

_OPENING, _BEGUN, _DONE = "opening", "begun", "done"  # a note in the store: what was removed stays away


def open_first(store: Store, plan: Plan, example: Callable[[], Sequence[Contribution]]) -> None:
    """At the first start of a store, puts into it what a newcomer meets; at later starts, does nothing.

    An empty store gets the example, with the contributions that `example` returns (asked for only then);
    any store gets the consultation of `plan`, open, unless it has one of that id. Harmless when two
    processes start at once, or when the first start was cut short.
    """
    opening = store.note(_OPENING)
    if opening == _DONE:
        return
    if opening == _BEGUN or not store.consultations():
        store.keep_note(_OPENING, _BEGUN)
        store.add_consultation(Consultation(EXAMPLE, plan, "closed", invented=True))
        store.add(*example())
    if plan.id not in [consultation.id for consultation in store.consultations()]:
        store.add_consultation(Consultation(plan.id, plan, "open"))
    store.keep_note(_OPENING, _DONE)


def remove_example(store: Store) -> bool:
    """Forgets the example and all that is said in it; whether there was one."""
    for consultation in store.consultations():
        if consultation.id == EXAMPLE and consultation.invented:
            store.remove_consultation(EXAMPLE)
            return True
    return False


def contributions_from(
    answers: pd.DataFrame, ratings: pd.DataFrame, consultation_id: str, plan: Plan, at: datetime
) -> list[Contribution]:
    """The first version of each contribution that the tidy tables hold, by id, whatever the order of rows.

    Answers of one contribution in the same place are joined by a blank line, in the order of their ids;
    those without a question are kept without one. A group that the plan does not list is "not stated"; of
    several consents the most careful holds; joined answers are late when one of them was; `at` (with a time
    zone) is the time of whatever has none.
    Raises `ValueError` for a question, objective or value that the plan does not know: reading the tables
    has told those already.
    """
    said, rated = _by_contribution(answers, "answer_id"), _by_contribution(ratings, "objective")
    contributions = []
    for contribution_id in sorted({*said, *rated}):
        texts, values = said.get(contribution_id, []), rated.get(contribution_id, [])
        everything = texts + values
        unit = _commonest((row["unit"] for row in everything), contribution_id)
        groups = (row["group"] for row in everything if row["group"] in plan.groups)
        contribution = Contribution(
            id=contribution_id,
            version=1,
            consultation=consultation_id,
            group=_commonest(groups, UNSTATED_GROUP),
            consent=_most_careful(row.get("consent") for row in texts),
            at=max((_moment(row.get("at"), at) for row in texts), default=at),
            channel=_channel(row.get("channel") for row in texts or values),
            language=_commonest((row.get("language") for row in texts), ANSWERS.optional["language"]),
            organisation="" if unit == contribution_id else plain_text(unit),
            replies=_replies(texts, plan),
            ratings=_ratings(values, plan),
        )
        if contribution.replies or contribution.ratings:
            contributions.append(contribution)
    return contributions


def _by_contribution(table: pd.DataFrame, order: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in table.sort_values(order).to_dict("records"):
        rows[row["contribution_id"]].append({str(name): value for name, value in row.items()})
    return rows


def _replies(rows: Sequence[Row], plan: Plan) -> tuple[Reply, ...]:
    """One reply for each place in which something was said."""
    places: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        place = row["strategic_question"], row["guiding_question"]
        _known(place[0], ["", *plan.questions])
        _known(place[1], ["", *plan.guides])
        places[place].append(row)
    replies = []
    for (question, guide), together in places.items():
        texts = [plain_text(row["text"]) for row in together]
        tags = [tag for row in together for tag in (row.get("objectives") or "").split("|") if tag]
        for tag in tags:
            _known(tag, plan.objectives)
        text = "\n\n".join(text for text in texts if text)
        late = any(row.get("late") == LATE for row in together)
        replies.append(Reply(question, guide, text, tuple(dict.fromkeys(tags)), late=late))
    return sorted_replies(plan, replies)


def _ratings(rows: Sequence[Row], plan: Plan) -> tuple[Rating, ...]:
    ratings = {}
    for row in rows:
        _known(row["objective"], plan.objectives)
        _known(row["dimension"], DIMENSIONS)
        value: int | None = None if pd.isna(row["value"]) else int(row["value"])
        _known(value, [None, *SCALE])
        place = row["objective"], row["dimension"]
        if place in ratings:
            raise ValueError(f"{row['contribution_id']} rates {place} twice")
        ratings[place] = Rating(row["objective"], row["dimension"], value, late=row.get("late") == LATE)
    return sorted_ratings(plan, ratings.values())


def _commonest(values: Iterable[object], default: str) -> str:
    """The commonest text among them, the first in the alphabet of several; `default` if there is none."""
    counts = Counter(value for value in values if isinstance(value, str) and value)
    return min(counts, key=lambda value: (-counts[value], value), default=default)


def _most_careful(consents: Iterable[object]) -> Consent:
    """The consent that lets be shown least; what is no consent lets nothing be shown."""
    default = ANSWERS.optional["consent"]
    given = {consent if isinstance(consent, str) and consent else default for consent in consents} or {
        default
    }
    if given <= set(CONSENTS):
        return max((consent for consent in CONSENTS if consent in given), key=CONSENTS.index)
    return "counted_only"


def _channel(channels: Iterable[object]) -> Channel:
    commonest = _commonest(channels, "import")
    return next((channel for channel in CHANNELS if channel == commonest), "import")


def _moment(written: object, default: datetime) -> datetime:
    """The time that is written in a cell, `default` if none is; its time zone if none is written."""
    try:
        moment = datetime.fromisoformat(str(written))
    except ValueError:
        return default
    return moment if moment.tzinfo else moment.replace(tzinfo=default.tzinfo)


def _known(value: object, known: Iterable[object]) -> None:
    if value not in known:
        raise ValueError(f"{value!r} is not in this plan")
