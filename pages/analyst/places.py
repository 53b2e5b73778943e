"""Where an answer stands in the plan, in words."""

from __future__ import annotations

import pandas as pd

from consultation.language import Language
from consultation.plan import Plan


def placed(answers: pd.DataFrame, plan: Plan, reader: Language) -> pd.DataFrame:
    """`answers` with `about`: the titles of their two questions, as far as they have any."""
    questions = {q.id: reader.pick(q.title) for q in plan.strategic_questions}
    guides = {g.id: reader.pick(g.heading) for g in plan.guiding_questions}
    about = [
        " · ".join(name for name in (questions.get(question, ""), guides.get(guide, "")) if name)
        for question, guide in zip(answers["strategic_question"], answers["guiding_question"], strict=True)
    ]
    return answers.assign(about=about)
