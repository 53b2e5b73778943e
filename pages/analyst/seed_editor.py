"""The seed words of one objective: taken out and added by a tap, with what that would change."""

from __future__ import annotations

import re

import streamlit as st

from analysis.sentences import each, named
from pages.analyst.results import Results
from pages.analyst.scored import scored
from pages.analyst.seed_trial import hints, trial, uses
from pages.analyst.seed_words import Words, words_of
from pages.analyst.told import quiet
from pages.frame.decisions import decide
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.quotes import quotes

MOST_HINTS = 12
SURELY_FIRST = 10  # as many as a person reads
LONGEST_TYPED = 400
_BETWEEN = re.compile(r"[,;|\n]+")


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
    """Each word with the answers that hold it, the most first; those that nobody says are folded away."""
    labels = _labels(words.found, list(words.offered))
    said, silent = _parted(words)
    st.caption(
        language().say(
            "In brackets: the answers that hold it. Touch a word to take it out, or to put it back."
        )
    )
    _pills(words, "chips", said, labels)
    if silent:
        title = language().count("{n} word that nobody says", "{n} words that nobody says", len(silent))
        with st.expander(title):
            quiet(language().say("They find nothing in these answers; in later ones they may."))
            _pills(words, "silent", silent, labels)


def _parted(words: Words) -> tuple[list[str], list[str]]:
    """The words to be seen at once, the most said first, and those in use or in the plan that nobody says."""
    table = uses(words.found, list(words.offered))
    n_answers = dict(zip(table["seed"], table["n_answers"], strict=True))
    known = {*words.kept, *words.of_plan}
    silent = [word for word in words.offered if not n_answers[word] and word in known]
    said = [word for word in words.offered if word not in silent]
    return sorted(said, key=lambda word: -n_answers[word]), silent


def _pills(words: Words, name: str, shown: list[str], labels: dict[str, str]) -> None:
    # labels are its values in the browser: with others it is another widget
    key = f"{name}-{words.key}-{words.turn}-{words.found.reader.code}-{words.found.key.revision}"
    others = [word for word in words.chosen if word not in shown]
    st.session_state.setdefault(key, [word for word in shown if word in words.chosen])
    st.pills(
        language().say("Its words"),
        shown,
        selection_mode="multi",
        format_func=lambda word: plain(labels[word]),
        key=key,
        on_change=lambda: words.choose([*others, *st.session_state[key]]),
        label_visibility="collapsed",
    )


def _labels(found: Results, seeds: list[str]) -> dict[str, str]:
    """Each word with the number of answers that hold it."""
    number, table = language().number, uses(found, seeds)
    return {word: f"{word} ({number(n)})" for word, n in zip(table["seed"], table["n_answers"], strict=True)}


def _tell(words: Words) -> None:
    """The words that another objective has too."""
    say, found = language().say, words.found
    names = named(found.objectives)
    for row in each(found.objectives):
        others = {word.casefold() for word in words_of(str(row.seeds))}
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

    # in a form: leaving the field for a button elsewhere must not swallow that tap
    with st.form(f"form-{key}", border=False):
        st.text_input(say("Add words or phrases, with commas between them"), key=key, max_chars=LONGEST_TYPED)
        st.form_submit_button(say("Add"), on_click=add)


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
