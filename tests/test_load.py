"""People who speak Streamlit's protocol with a real server: whatever was thanked for is kept, once."""

from __future__ import annotations

import re

import pytest

from benchmarks import load
from benchmarks.load_person import Person


def test_everything_that_was_thanked_for_is_in_the_store_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert load.main(["--quick"]) == 0
    printed = capsys.readouterr().out
    lines = re.findall(r"sent +([\d,]+)  kept +([\d,]+) .* errors (\d+)", printed)
    assert len(lines) == 5, printed
    assert all(sent == kept != "0" and errors == "0" for sent, kept, errors in lines)


def test_a_text_that_is_not_kept_is_missed() -> None:
    class Empty:
        def versions(self, contribution_id: str) -> tuple[()]:
            return ()

    line = load.Line("one", [Person("", "one", "id", sent=["a text"], waits=[0.1])])
    assert line.kept(Empty()) == 0  # type: ignore[arg-type]
