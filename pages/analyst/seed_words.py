"""The seed words of one objective, those in use and those that one reader is trying."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from consultation.deciding import Deciding
from consultation.decisions import Decision
from pages.analyst.results import Results


class Words:
    """The seed words of an objective as one reader is editing them, and those in use.

    It is kept under the number of the decision by which the present ones hold: when these change, whoever
    does it, the editing begins anew.
    """

    def __init__(self, found: Results, objective: str) -> None:
        self.found, self.objective = found, objective
        self.kept = words_of(
            dict(zip(found.objectives["objective"], found.objectives["seeds"], strict=True))[objective]
        )
        self.of_plan = list(found.consultation.plan.objectives[objective].seeds)
        since = found.codebook.checked_since.get(objective, 0)
        self.key = f"seeds-{found.consultation.id}-{objective}-{since}"

    @property
    def offered(self) -> dict[str, bool]:
        """Every word to be seen, and whether it is chosen."""
        begun = dict.fromkeys(self.of_plan, False) | dict.fromkeys(self.kept, True)
        chosen: dict[str, bool] = st.session_state.setdefault(self.key, begun)
        return chosen

    @property
    def chosen(self) -> list[str]:
        """The edited list."""
        return [word for word, yes in self.offered.items() if yes]

    @property
    def changed(self) -> bool:
        return {*self.chosen} != {*self.kept}

    @property
    def turn(self) -> int:
        """How often they were changed otherwise than by a tap on one of them."""
        return int(st.session_state.get(f"{self.key}-turn", 0))

    def choose(self, words: Sequence[str]) -> None:
        """Exactly these are seeds."""
        st.session_state[self.key] = dict.fromkeys(self.offered, False) | dict.fromkeys(words, True)

    def put(self, words: Sequence[str]) -> None:
        """The same, by other means than the words themselves, which must show it."""
        self.choose(words)
        st.session_state[f"{self.key}-turn"] = self.turn + 1

    def add(self, *words: str) -> None:
        """These are seeds too; one that is there in other capitals stays as it is there."""
        there = {word.casefold(): word for word in self.offered}
        self.put([*self.chosen, *(there.get(word.casefold(), word) for word in words)])

    def keep(self, by: Deciding) -> Decision:
        """The edited list for everyone; should it be undone, the editing begins anew."""
        decision = by.seeds(self.objective, self.chosen)
        del st.session_state[self.key]
        return decision


def words_of(seeds: str) -> list[str]:
    """The seed words that a table holds joined by |."""
    return [seed for seed in seeds.split("|") if seed]
