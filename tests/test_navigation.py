"""Pages are looked up once in a process, and every run still has pages of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from consultation.language import Language
from pages.frame import navigation
from pages.frame.sitemap import places


@pytest.fixture(autouse=True)
def looked_up_here() -> Iterator[None]:
    """Pages made outside of a run are half made: none is left for other tests."""
    navigation._made.cache_clear()
    yield
    navigation._made.cache_clear()


def test_no_run_shares_a_page_with_another_nor_looks_one_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, first = navigation.pages(Language("it"))
    monkeypatch.delattr(st, "Page")
    _, second = navigation.pages(Language("it"))
    assert shown == places(Language("it"))
    assert list(first) == list(second) == [place.file for place in shown]
    assert all(first[file] is not second[file] for file in first)
