"""Run a workshop: a screen for each thing a facilitator does, and above all what is pressed in a hurry."""

from __future__ import annotations

import streamlit as st

from pages.facilitator import (
    run_choice,
    run_minutes,
    run_moderation,
    run_now,
    run_top,
    run_votes,
    run_wall,
)
from pages.frame.language import language
from pages.frame.rooms import live, shown

say, count = language().say, language().count
workshop = run_choice.chosen_workshop()
seen = live(workshop)
run_top.show(seen)

waiting = len(seen.moderated.queue(seen.came))
reading = count("Moderation: {n} to read", "Moderation: {n} to read", waiting)
PARTS = {
    "now": (say("Now"), run_now.show),
    "wall": (say("Wall"), run_wall.show),
    "moderation": (reading if waiting else say("Moderation"), run_moderation.show),
    "votes": (say("Votes"), run_votes.show),
    "minutes": (say("Minutes"), run_minutes.show),
}
part = st.segmented_control(
    say("What to do"),
    list(PARTS),
    default="now",
    required=True,
    format_func=lambda name: PARTS[name][0],
    label_visibility="collapsed",
    key="typed/run-part",
)
PARTS[part or "now"][1](seen)
shown(seen)
