"""What the project ships for a first start: a plan, and an invented example of a consultation on it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from consultation.contribution import Contribution
from consultation.importing.csv_tables import read_answers, read_ratings
from consultation.occasion import Consultation
from consultation.opening import EXAMPLE, contributions_from, open_first
from consultation.plan import Plan, load_plan
from consultation.stores import Store
from consultation.stores.addresses import open_store

DATA = Path(__file__).parent.parent / "data"
LEXICONS = DATA / "lexicon"

_EXAMPLE = DATA / "example"
_WRITTEN = datetime(2026, 10, 9, 12, tzinfo=UTC)  # for contributions that only rate: their rows carry no time


def open_shipped(address: str | Path) -> Store:
    """The store at `address`; a new one begins with the example and with the plan's consultation, open."""
    store = open_store(address)
    plan = shipped_plan()
    open_first(store, plan, lambda: example(plan))
    return store


def put_example(store: Store) -> None:
    """Puts the example into the store, where it is not there or was removed."""
    plan = shipped_plan()
    store.add_consultation(Consultation(EXAMPLE, plan, "closed", invented=True))
    store.add(*example(plan))


def shipped_plan() -> Plan:
    """The plan that the example is about."""
    about = tomllib.loads((_EXAMPLE / "about.toml").read_text(encoding="utf-8"))
    return load_plan(DATA / "plans" / f"{about['plan']}.toml")


def shipped_plans() -> list[Plan]:
    """Every plan that a new consultation can begin from, by its file's name."""
    return [load_plan(path) for path in sorted((DATA / "plans").glob("*.toml"))]


def example(plan: Plan) -> Sequence[Contribution]:
    """Everything said in the example; none of it was said by anybody."""
    answers = read_answers(_EXAMPLE / "answers.csv", plan)
    ratings = read_ratings(_EXAMPLE / "ratings.csv", plan)
    if answers.unread or ratings.unread:
        raise ValueError(f"the example has rows that cannot be read: {answers.unread + ratings.unread}")
    return contributions_from(answers.table, ratings.table, EXAMPLE, plan, _WRITTEN)
