"""What many tests share: the shipped plan, a store after its first start, a browser."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from consultation.plan import Plan, load_plan
from consultation.shipped import open_shipped
from consultation.stores import Store
from consultation.stores.addresses import VARIABLE
from consultation.stores.sql import SqlStore
from tests.set_up_browser import browser

# a property that holds holds on a busy machine too, and the same cases are tried everywhere
settings.register_profile("alleanza", deadline=None, derandomize=True)
settings.load_profile("alleanza")

PROJECT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("ALLEANZA_SHARED", PROJECT.parent / "shared"))

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def own_main_module() -> Iterator[None]:
    """A page that ran leaves itself as `__main__`, which a process spawned later would run again."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def milan() -> Plan:
    """The plan that the project ships."""
    return load_plan(PROJECT / "data" / "plans" / "milano-welfare.toml")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """How pytest-playwright starts the browser; without one, a failure under CI and a skip elsewhere."""
    path = browser()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: the browser tests must run here")
        pytest.skip("no Chromium on this machine")  # named by tests/set_up_browser.py too
    return {"executable_path": path, "headless": True, "args": BROWSER_ARGUMENTS}


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as it is after its first start."""
    path = tmp_path_factory.mktemp("new") / "store.sqlite"
    open_shipped(path).close()
    return path


@pytest.fixture
def store(new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the app uses in this test."""
    path = tmp_path / "store.sqlite"
    shutil.copy(new_store, path)
    monkeypatch.setenv(VARIABLE, str(path))
    opened = SqlStore(path)
    yield opened
    opened.close()
