"""What many tests share: a plan of its own shape, and a browser."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from consultation.plan import Plan, load_plan
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
