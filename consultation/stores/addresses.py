"""Which store: the one named on the command line, in the environment, in the secrets, or the default file."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from consultation.errors import BrokenStore
from consultation.stores import Store
from consultation.stores.copying import require_finished
from consultation.stores.sql import SqlStore

VARIABLE = "ALLEANZA_STORE"
SECRET = "store"
PROJECT = Path(__file__).parents[2]
SECRETS = PROJECT / ".streamlit" / "secrets.toml"
DEFAULT = PROJECT / "var" / "alleanza.sqlite"
"""Outside `data/` and never published: what people say is kept here."""


def store_address(
    named: str | None = None,
    environment: Mapping[str, str] = os.environ,
    secrets: Mapping[str, object] | None = None,
) -> str:
    """The address to give to `open_store`: what is `named`, else the first place that names one.

    `secrets` are by default those of the project's own file, so that every shell finds the same store.
    """
    secret = (project_secrets() if secrets is None else secrets).get(SECRET) or ""
    if not isinstance(secret, str):
        raise BrokenStore('In the secrets, {key} must be a text: write {key} = "…".', key=SECRET)
    return named or environment.get(VARIABLE) or secret or str(DEFAULT)


def project_secrets() -> Mapping[str, object]:
    """What stands in `.streamlit/secrets.toml`; nothing when there is no such file."""
    try:
        return tomllib.loads(SECRETS.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BrokenStore("{path} cannot be read: {reason}.", path=SECRETS, reason=error) from None


def open_store(address: str | Path) -> Store:
    """The store at `address`, a path or `sqlite:///` and a path, made if there is none.

    Raises `BrokenStore` when it cannot be opened, or a copy into it was not finished.
    """
    store = SqlStore(address)
    try:
        with store.database.reading() as connection:
            require_finished(connection)
    except BrokenStore:
        store.close()
        raise
    return store
