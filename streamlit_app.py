"""The frame: who is there, in which language, which page; then that page."""

from __future__ import annotations

import streamlit as st

from pages.frame import access, choice, navigation, problems, style
from pages.frame.header import header
from pages.frame.language import keep_choices, language
from pages.frame.sitemap import ANSWER


def main() -> None:
    access.redeem()
    keep_choices()
    invited = choice.remember()
    shown, pages = navigation.pages(language())
    page = st.navigation(list(pages.values()), position="hidden")
    here = next(place for place in shown if pages[place.file] is page)
    st.set_page_config(
        page_title=f"{here.title} · Alleanza",
        page_icon="🤝",
        layout="centered" if here.writing else "wide",
    )
    if invited and not here.invited:
        st.switch_page(pages[ANSWER])
    style.dress()
    header(shown, here)
    access.tell_used_link()
    with problems.calm():
        page.run()


main()
