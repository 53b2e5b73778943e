"""Prepare."""

from __future__ import annotations

import streamlit as st

from pages.frame.language import language

st.title(language().say("Prepare"))
