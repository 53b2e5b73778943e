"""The workshops of one consultation at a glance: their words, their links, and how many took part."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from consultation.occasion import Consultation
from consultation.permissions import may_prepare
from pages.frame.access import visitor
from pages.frame.language import language
from pages.frame.public_address import joining, warn
from pages.frame.store import contributions, store


def show(consultation: Consultation) -> None:
    """Each with its word, its link, and how many took part; nothing when there is none."""
    say = language().say
    made = store().workshops(consultation.id)
    if not made:
        return
    came = Counter(c.workshop for c in contributions(consultation.id))
    st.subheader(say("Workshops"))
    joined = joining()
    if may_prepare(visitor(), consultation):
        warn(joined)
    st.dataframe(
        pd.DataFrame(
            {
                say("Workshop"): [w.title for w in made],
                say("Invitation"): [w.word for w in made],
                say("Link"): [joined.link(w.word) for w in made],
                say("Contributions"): [came[w.word] for w in made],
            }
        ),
        hide_index=True,
        width="stretch",
    )
