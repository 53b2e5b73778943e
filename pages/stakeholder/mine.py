"""My contribution: the return code opens what was said, to read it, correct it, or erase it."""

from __future__ import annotations

import streamlit as st

from consultation.errors import UnknownReturnCode
from pages.frame import style
from pages.frame.language import language
from pages.frame.problems import tell
from pages.frame.store import store
from pages.stakeholder import opened

st.title(language().say("My contribution"))
opened.tell_erased()

contribution = None
if code := opened.code():
    try:
        contribution = store().returning(code)
    except UnknownReturnCode as problem:  # erased meanwhile, on another device
        opened.close()
        tell(problem)

if contribution is None:
    opened.ask_code()
else:
    style.dress_questions(store().consultation(contribution.consultation).plan)
    opened.show(contribution, code)
