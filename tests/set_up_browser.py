"""Finds a Chromium for the browser tests, or installs one; run by `make test`.

On a newcomer's machine a browser that cannot be had is named and its tests are not run. Under CI it
is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str | None:
    """The path of a Chromium that can be started, or `None`."""
    named = os.environ.get("ALLEANZA_BROWSER")
    if named:
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    return _playwright_browser()


def _playwright_browser() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _install() -> None:
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"],
            check=False,
            stdout=subprocess.DEVNULL,
        )
    if browser() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    """0 when the tests can go on."""
    if browser() is None:
        _install()
    if browser() is None:
        print("NOT RUN: the browser tests, for no Chromium could be found or installed.")
        print("Install Chromium, or name one: ALLEANZA_BROWSER=/path/to/chromium make test")
        return 1 if os.environ.get("CI") else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
