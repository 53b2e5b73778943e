"""The words of two checks on the order: other ways of counting, and what is told against what is rated."""

from __future__ import annotations

from math import isnan

import pandas as pd

from analysis.protocols import Language
from analysis.ranks.other_orders import OtherOrders
from analysis.sentences.figures import joined, quoted
from analysis.stated_spoken import correlation


def of_other_orders(orders: OtherOrders, language: Language) -> str:
    """How like the main order the two others are; "" where neither can be made."""
    told = []
    if not isnan(orders.borda_tau):
        told.append(
            language.say(
                "counted by each person's own order (Borda) it has a likeness of τ = {tau}",
                tau=language.number(orders.borda_tau, 2),
            )
        )
    if not isnan(orders.index_tau):
        told.append(
            language.say(
                "by a single index of importance, urgency and what people tell, τ = {tau}",
                tau=language.number(orders.index_tau, 2),
            )
        )
    if not told:
        return ""
    return language.say("Two checks on the order, which never replace it: {checks}.", checks="; ".join(told))


def of_stated_and_spoken(priorities: pd.DataFrame, objectives: pd.DataFrame, language: Language) -> str:
    """Whether what is rated high is told of much, and which objectives are not; "" where neither is known."""
    rho = correlation(priorities)
    if isnan(rho):
        return ""
    shorts = dict(zip(objectives["objective"], objectives["short"], strict=True))

    def names(apart: str) -> str:
        found = priorities.loc[priorities["apart"] == apart, "objective"]
        return joined([quoted(shorts[objective], language) for objective in found], language)

    sentences = [
        language.say(
            "What is rated high and what is told of much: ρ = {rho} (1 the same order, −1 the opposite).",
            rho=language.number(rho, 2),
        )
    ]
    if rated := names("rated_not_told"):
        sentences.append(language.say("Rated high, and little told of: {names}.", names=rated))
    if told := names("told_not_rated"):
        sentences.append(language.say("Much told of, and not rated high: {names}.", names=told))
    return " ".join(sentences)
