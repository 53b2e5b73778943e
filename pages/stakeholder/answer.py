"""Take part: who you are, then one strategic question at a time, then thanks."""

from __future__ import annotations

import streamlit as st

from pages.frame import style
from pages.frame.choice import keep_in_address, title, trial_banner
from pages.frame.plain import plain
from pages.stakeholder import form, questions, thanks, waiting, who
from pages.stakeholder.draft import draft_for
from pages.stakeholder.occasion import asked, where_one_sits

occasion = asked()
workshop = occasion.workshop
draft = draft_for(occasion.consultation, workshop.word if workshop else "", occasion.table)
keep_in_address()
waiting.settle(occasion, draft)
style.dress_questions(occasion.consultation.plan)
style.to_the_top(f"{draft.step} {draft.form.place if draft.form else ''}")

trial_banner(occasion.consultation)
st.markdown(f"**{plain(title(occasion.consultation))}**")
if workshop:
    st.text(where_one_sits(workshop, occasion.table))

if draft.step == "form" and draft.form is not None:
    form.ask(occasion, draft, draft.form)
elif draft.step == "thanks":
    thanks.say_thanks(occasion, draft)
    waiting.watch(occasion)
elif not occasion.taking:
    waiting.closed(occasion, draft)
    waiting.watch(occasion)
elif draft.step == "who":
    who.ask(occasion, draft)
elif draft.step == "waiting":
    waiting.wait(occasion, draft)
    waiting.watch(occasion)
else:
    questions.choose(occasion, draft)
    waiting.watch(occasion)
