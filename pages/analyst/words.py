"""The words people use, in four ways of looking: most used, together, compared, and where they stand."""

from __future__ import annotations

import streamlit as st

from analysis.sentences.basis import too_few
from consultation.permissions import may_read_words
from pages.analyst import words_compared, words_in_context, words_together, words_used
from pages.analyst.arrivals import watch
from pages.analyst.groups import group_filter
from pages.analyst.results import only, results
from pages.analyst.sides import which_sides
from pages.analyst.too_few import nobody_here, nobody_yet, the_answers_themselves
from pages.analyst.words_left_out import left_out
from pages.frame.choice import chosen
from pages.frame.language import language

consultation = chosen(may_read_words)


def which_part() -> str:
    """The way of looking asked for; by default the most used words."""
    say = language().say
    names = {
        "used": say("Most used"),
        "together": say("Together"),
        "compared": say("Compared"),
        "context": say("In context"),
    }
    return str(
        st.segmented_control(
            say("Words"),
            list(names),
            default="used",
            required=True,
            format_func=names.__getitem__,
            key=f"words-{consultation.id}",
            label_visibility="collapsed",
        )
    )


asks, first, below = st.container(), st.container(), st.container()
with first:
    everyone = results(consultation)
if everyone.answers.empty:
    nobody_yet(everyone)
    watch(everyone, reading=False)
    st.stop()
with asks:
    part = which_part()
groups: tuple[str, ...] = ()
if part != "compared":  # which sets groups, or questions, against each other by itself
    with below:
        groups = group_filter(consultation)
with first:
    found = only(groups, everyone)
reason = too_few(found.basis, consultation.rules, language())
if reason:
    with first:
        nobody_here() if found.answers.empty else the_answers_themselves(found, reason)
    watch(found, reading=False)
    st.stop()

opened = False
if part == "compared":
    with asks:
        sides = which_sides(found)
    if sides is not None:
        with first:
            words_compared.show(found, sides)
        with below:
            opened = words_compared.more(found, sides)
elif part == "context":
    with asks:
        asked = words_in_context.which_word(found)
    with first:
        opened = words_in_context.show(found, everyone, asked)
else:
    looked_at = words_together if part == "together" else words_used
    with first:
        looked_at.show(found)
    with below:
        opened = looked_at.more(found, everyone)
with below:
    watch(found, reading=opened)
    left_out(everyone)
