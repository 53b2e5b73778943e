"""The seed words of one objective: taken out and added by a tap, with what that would change."""

from __future__ import annotations

import re
from collections.abc import Sequence

import streamlit as st

from analysis.sentences import each, named
from consultation.deciding import Deciding
from consultation.decisions import Decision
from pages.analyst.results import Results
from pages.analyst.scored import scored
from pages.analyst.seed_trial import hints, trial, uses
from pages.analyst.told import quiet
from pages.frame.decisions import decide
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.quotes import quotes

MOST_HINTS = 12
SURELY_FIRST = 10  # as many as a person reads
LONGEST_TYPED = 400
_BETWEEN = re.compile(r"[,;|\n]+")


class Words:
    """The seed words of an objective as one reader is editing them, and those in use.

    It is kept under the number of the decision by which the present ones hold: when these change, whoever
    does it, the editing begins anew.
    """

    def __init__(self, found: Results, objective: str) -> None:
        self.found, self.objective = found, objective
        self.kept = _split(
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


@st.fragment
def edit(found: Results, objective: str) -> None:
    """The words to take out and to add; before they are kept, what they would change."""
    words = Words(found, objective)
    st.subheader(language().say("Its words"))
    _chips(words)
    _tell(words)
    _typed(words)
    _hints(words)
    if words.changed:
        _change(words)
    _buttons(words)


def read(found: Results, objective: str) -> None:
    """The words in use, for whoever may not change them."""
    words = Words(found, objective)
    st.subheader(language().say("Its words"))
    st.markdown(plain(", ".join(_labels(found, words.kept).values())))
    _tell(words)


def _chips(words: Words) -> None:
    """Each word with the answers that hold it; a tap takes it out or puts it back."""
    offered = words.offered
    labels = _labels(words.found, list(offered))
    # labels are its values in the browser: with others it is another widget
    key = f"chips-{words.key}-{words.turn}-{words.found.reader.code}-{words.found.key.revision}"
    st.session_state.setdefault(key, words.chosen)
    st.pills(
        language().say(
            "In brackets: the answers that hold it. Touch a word to take it out, or to put it back."
        ),
        list(offered),
        selection_mode="multi",
        format_func=lambda word: plain(labels[word]),
        key=key,
        on_change=lambda: words.choose(st.session_state[key]),
    )


def _labels(found: Results, seeds: list[str]) -> dict[str, str]:
    table = uses(found, seeds)
    number = language().number
    return {word: f"{word} ({number(n)})" for word, n in zip(table["seed"], table["n_answers"], strict=True)}


def _tell(words: Words) -> None:
    """Words that find nothing, and those that another objective has too."""
    say, found = language().say, words.found
    table = uses(found, words.chosen)
    silent = list(table.loc[table["n_answers"] == 0, "seed"])
    if silent:
        quiet(say("Nobody says: {words}. They find nothing.", words=", ".join(silent)))
    names = named(found.objectives)
    for row in each(found.objectives):
        others = {word.casefold() for word in _split(str(row.seeds))}
        shared = [word for word in words.chosen if word.casefold() in others]
        if row.objective != words.objective and shared:
            quiet(
                say(
                    "Also of {objective}: {words}. They do not tell these two apart.",
                    objective=names[row.objective],
                    words=", ".join(shared),
                )
            )


def _typed(words: Words) -> None:
    """A field for words of one's own; several at once with commas."""
    say, key = language().say, f"add-{words.key}"

    def add() -> None:
        typed = [" ".join(word.split()) for word in _BETWEEN.split(str(st.session_state[key]))]
        words.add(*(word for word in typed if word))
        st.session_state[key] = ""

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            say("Add words or phrases, with commas between them"),
            key=key,
            max_chars=LONGEST_TYPED,
            on_change=add,
        )
        st.button(say("Add"), key=f"button-{key}")  # leaving the field adds: this is where to tap


def _hints(words: Words) -> None:
    """Words tied to the objective that no objective has yet; a tap adds one."""
    say, number = language().say, language().number
    offered = {word.casefold() for word in words.offered}
    table = hints(words.found, words.objective)
    table = table[~table["shown"].str.casefold().isin(offered)].head(MOST_HINTS)
    heading = say("Words tied to this objective and not among its own")
    st.markdown(f"**{plain(heading)}**")
    if table.empty:
        quiet(say("None stands out: too few answers speak of it, or they say what the others say."))
        return
    with st.container(horizontal=True, gap="small"):
        for row in each(table):
            st.button(
                plain(f"+ {row.shown} ({number(row.n_here)} : {number(row.n_there)})"),
                key=f"hint-{words.key}-{row.word}",
                on_click=words.add,
                args=(row.shown,),
            )
    quiet(
        say(
            "In brackets: the participants who say it in answers of this objective, and in others of the "
            "same question. The first is the one most tied. Take only what means the objective: a word that "
            "goes with it by chance draws other answers in."
        )
    )


def _change(words: Words) -> None:
    """What the edited list would change."""
    say, count, found = language().say, language().count, words.found
    change = trial(found, words.objective, words.chosen)
    st.subheader(say("With these words"))
    st.markdown(
        plain(
            say(
                "Answers that counting proposes: {now} now, {then} with these words.",
                now=language().number(len(change.now)),
                then=language().number(len(change.then)),
            )
        )
    )
    entering, leaving, first = change.entering, change.leaving, change.then.head(SURELY_FIRST)
    for name, title, codings in (
        ("entering", count("{n} answer enters", "{n} answers enter", len(entering)), entering),
        ("leaving", count("{n} answer leaves", "{n} answers leave", len(leaving)), leaving),
        ("first", say("The ten surest with these words"), first),
    ):
        if len(codings):
            with st.expander(title):
                quotes(scored(found, codings), found.consultation, key=f"{name}-{words.key}")
    if entering.empty and leaving.empty:
        quiet(say("No answer enters, and none leaves."))


def _buttons(words: Words) -> None:
    say, changed = language().say, words.changed
    with st.container(horizontal=True):
        if st.button(say("Keep these words"), type="primary", disabled=not changed, key=f"keep-{words.key}"):
            decide(words.found.consultation, words.keep)
        st.button(
            say("Back to those in use"),
            disabled=not changed,
            key=f"back-{words.key}",
            on_click=words.put,
            args=(words.kept,),
        )
        if {*words.chosen} != {*words.of_plan}:
            st.button(
                say("Those of the plan"),
                key=f"plan-{words.key}",
                on_click=words.put,
                args=(words.of_plan,),
            )
    if changed:
        quiet(say("Not kept yet: only you see it."))


def _split(seeds: str) -> list[str]:
    return [seed for seed in seeds.split("|") if seed]
