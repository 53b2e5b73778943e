"""What one participant has said, read back to them as plain text."""

from __future__ import annotations

import streamlit as st

from consultation.contribution import Contribution, Dimension, Part, Rating
from consultation.language import Language
from consultation.plan import Plan
from pages.frame.language import language
from pages.frame.plain import plain


def read_back(contribution: Contribution, plan: Plan) -> None:
    """Everything in the latest version, by strategic question."""
    say, pick = language().say, language().pick
    group = plan.groups.get(contribution.group)
    st.text(say("I speak from: {group}", group=pick(group.label) if group else say("not said")))
    if contribution.organisation:
        st.text(say("Organisation: {name}", name=contribution.organisation))
    for question in plan.strategic_questions:
        part = contribution.about(question.id, plan)
        if part.replies or part.ratings:
            with st.container(border=True, key=f"question-{question.id}", gap="xsmall"):
                st.subheader(plain(pick(question.title)))
                _part(part, plan, language())


def _part(part: Part, plan: Plan, reader: Language) -> None:
    for objective in plan.questions[part.strategic_question].objectives:
        ratings = {r.dimension: r for r in part.ratings if r.objective == objective.id}
        if ratings:
            st.markdown(f"**{plain(reader.pick(objective.short))}**")
            st.text(_rated(ratings, reader))
    for reply in part.replies:
        guide = plan.guides.get(reply.guiding_question)
        if guide:
            st.markdown(f"**{plain(reader.pick(guide.question))}**")
        st.text(reply.text)


def _rated(ratings: dict[Dimension, Rating], reader: Language) -> str:
    say = reader.say
    names = {"importance": say("Importance"), "urgency": say("Urgency"), "feasibility": say("Feasibility")}
    values = {
        dimension: say("don't know") if rating.value is None else reader.number(rating.value)
        for dimension, rating in ratings.items()
    }
    return " · ".join(f"{names[dimension]}: {value}" for dimension, value in values.items())
