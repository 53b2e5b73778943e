"""Take part: who you are, then one strategic question at a time, then thanks."""

from __future__ import annotations

import streamlit as st

from pages.frame import style
from pages.frame.choice import title
from pages.frame.language import language
from pages.frame.plain import plain
from pages.stakeholder import form, questions, thanks, who
from pages.stakeholder.draft import draft_for
from pages.stakeholder.occasion import asked

occasion = asked()
plan = occasion.consultation.plan
draft = draft_for(occasion.consultation.id, occasion.workshop.word if occasion.workshop else "")
style.dress_questions(plan)
style.to_the_top(f"{draft.step} {draft.question}")

st.markdown(f"**{plain(title(occasion.consultation))}**")
if occasion.workshop:
    st.text(language().say("Workshop: {title}", title=occasion.workshop.title))

if draft.step == "who":
    who.ask(plan, draft)
elif draft.step == "form" and draft.question in plan.questions:
    form.ask(plan, draft)
elif draft.step == "thanks":
    thanks.say_thanks(plan, draft)
else:
    questions.choose(plan, draft)
