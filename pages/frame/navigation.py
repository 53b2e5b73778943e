"""Every page as Streamlit knows it: looked up in the file system once in a process, not at every tap."""

from __future__ import annotations

import copy
import functools

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from consultation.language import Language
from pages.frame.sitemap import WELCOME, Place, places

Pages = dict[str, StreamlitPage]


def pages(language: Language) -> tuple[list[Place], Pages]:
    """The places in this language, and the page of each by its file, for one run of the app.

    A page notes that it was run: each run has copies of its own.
    """
    ways, made = _made(language)
    return list(ways), {file: copy.copy(page) for file, page in made.items()}


@functools.cache
def _made(language: Language) -> tuple[tuple[Place, ...], Pages]:
    ways = tuple(places(language))
    return ways, {
        place.file: st.Page(
            place.file, title=place.title, url_path=place.url or None, default=place.file == WELCOME
        )
        for place in ways
    }
