"""The two rules of the house, held by reading the imports and the calls in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
SHELLS = {"streamlit", "typer", "rich", "pages", "cli", "server", "streamlit_app"}


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((PROJECT / folder).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    """The top names of everything a module imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names.add((node.module or "").split(".")[0])
    return names


def calls(path: Path) -> Iterator[str]:
    """Every call in a module, as written."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


@pytest.mark.parametrize("path", modules("consultation"), ids=str)
def test_the_conversation_knows_neither_shells_nor_analysis(path: Path) -> None:
    assert not imported(path) & (SHELLS | {"analysis"})


@pytest.mark.parametrize("path", modules("analysis"), ids=str)
def test_the_listening_knows_neither_shells_nor_the_conversation(path: Path) -> None:
    assert not imported(path) & (SHELLS | {"consultation"})


@pytest.mark.parametrize("path", modules("analysis"), ids=str)
def test_the_listening_is_pure(path: Path) -> None:
    """No clock, no network, no global randomness."""
    assert not imported(path) & {"time", "datetime", "random", "socket", "urllib", "requests", "os"}
    assert not [
        call
        for call in calls(path)
        if call.startswith("np.random.") and "Generator" not in call and "PCG64" not in call
    ]


@pytest.mark.parametrize("path", modules("pages", "consultation", "analysis"), ids=str)
def test_nothing_is_downloaded_and_no_markup_is_let_through(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "unsafe_allow_html" not in text
    assert not [call for call in calls(path) if call in ("nltk.download", "nltk.data.load")]


def test_no_page_lies_bare_under_pages() -> None:
    """Streamlit would find and run it without the frame, and so without its gate."""
    assert not list((PROJECT / "pages").glob("*.py"))


@pytest.mark.parametrize("path", modules("pages/stakeholder"), ids=str)
def test_pages_of_participants_stay_light(path: Path) -> None:
    assert not imported(path) & {"nltk", "sklearn", "analysis"}
