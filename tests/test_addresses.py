"""Secrets name a store for every shell alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from consultation.errors import BrokenStore
from consultation.stores import addresses
from consultation.stores.addresses import DEFAULT, VARIABLE, store_address
from pages.frame import store as keeping


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project's own file of secrets, not there yet."""
    path = tmp_path / "secrets.toml"
    monkeypatch.setattr(addresses, "SECRETS", path)
    return path


def test_the_projects_secrets_count_where_nothing_else_names_a_store(secrets: Path) -> None:
    assert store_address(None, {}) == str(DEFAULT)
    secrets.write_text('store = "secret.sqlite"', encoding="utf-8")
    assert store_address(None, {}) == "secret.sqlite"
    assert store_address(None, {VARIABLE: "environment.sqlite"}) == "environment.sqlite"


@pytest.mark.parametrize("content", ["store = ", "store = 3"])
def test_secrets_that_cannot_be_used_are_told(content: str, secrets: Path) -> None:
    secrets.write_text(content, encoding="utf-8")
    with pytest.raises(BrokenStore):
        store_address(None, {})


def test_the_app_and_the_command_line_find_the_same_store(
    secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    secrets.write_text('store = "secret.sqlite"', encoding="utf-8")
    assert keeping.address() == store_address() == "secret.sqlite"
