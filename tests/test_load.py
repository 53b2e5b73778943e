"""People who speak Streamlit's protocol with a real server: whatever was thanked for is kept, once."""

from __future__ import annotations

import re
import subprocess
import sys

from benchmarks import load
from benchmarks.load_person import Person
from tests.conftest import PROJECT


def test_everything_that_was_thanked_for_is_in_the_store_once() -> None:
    """A process of its own: a browser test in this one leaves an event loop that runs."""
    command = [sys.executable, "-m", "benchmarks.load", "--quick"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = re.findall(r"sent +([\d,]+)  kept +([\d,]+) .* errors (\d+)", done.stdout)
    assert len(lines) == 5, done.stdout
    assert all(sent == kept != "0" and errors == "0" for sent, kept, errors in lines)


def test_a_text_that_is_not_kept_is_missed() -> None:
    class Empty:
        def versions(self, contribution_id: str) -> tuple[()]:
            return ()

    line = load.Line("one", [Person("", "one", "id", sent=["a text"], waits=[0.1])])
    assert line.kept(Empty()) == 0  # type: ignore[arg-type]
