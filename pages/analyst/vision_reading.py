"""The visions of a consultation on the page: bars, and each vision in the words of those who hold it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analysis.charts.vision_bars import shared_words, vision_bars
from analysis.quotes import COUNTED_ONLY
from analysis.sentences.basis import Basis, without_chart
from analysis.sentences.figures import joined
from analysis.sentences.visions_found import held_by, of_visions, why_no_visions
from analysis.text.visions import ONE, Visions, visions
from consultation.exporting import csv_bytes
from consultation.plan import Plan
from pages.analyst.downloads import may_leave, whose_figures
from pages.analyst.picking import Pick
from pages.analyst.pictures import picture
from pages.analyst.places import placed
from pages.analyst.receipts import take_receipt
from pages.analyst.results import Desk, Results
from pages.analyst.told import basis, finding, limits, quiet
from pages.frame.language import TYPED, language
from pages.frame.plain import plain
from pages.frame.quotes import large_groups, quotes
from pages.frame.store import on_forget, revision

MOST_OPEN = 5  # visions told in full on the page; any other is opened by its bar or its name


def which_question(plan: Plan, label: str) -> tuple[str, ...]:
    """The guiding questions that the plan says ask for visions; else the one chosen here."""
    declared = tuple(guide.id for guide in plan.guiding_questions if guide.reading == "visions")
    if declared:
        return declared
    headings = {guide.id: language().pick(guide.heading) for guide in plan.guiding_questions}
    headings[""] = language().say("All answers")
    asked = st.selectbox(
        label, list(headings), format_func=headings.__getitem__, key=f"{TYPED}question-visions-{plan.id}"
    )
    return (asked,) if asked else ()


def found_visions(found: Results, questions: tuple[str, ...]) -> Visions:
    """The visions in the answers of the chosen groups to these questions."""

    def make() -> Visions:
        consents = dict(zip(found.answers["answer_id"], found.answers["consent"], strict=True))
        return visions(found.corpus, consents, questions)

    return desk().of(found.key._replace(about="|".join(questions)), make).found


@st.cache_resource(show_spinner=False)
def desk() -> Desk[Visions]:
    """The visions looked at last."""
    return Desk(revision)


on_forget(lambda consultation_id: desk().forget(consultation_id))


def voices(found: Results, read: Visions) -> pd.DataFrame:
    """The answers of all visions, in their order, with the shared words of each as `words`."""
    columns = ["answer_id", "text", "consent", "strategic_question", "guiding_question"]
    told = read.voices.merge(found.answers[columns], on="answer_id", validate="one_to_one")
    return placed(told, found.consultation.plan, found.reader)


def its_basis(found: Results, read: Visions) -> Basis:
    """Those who answered the question."""
    people = read.voices["contribution_id"].nunique()
    return replace(found.basis, n_participants=people, n_answers=len(read.voices), n_groups=0, n_rated=0)


def show_visions(found: Results, read: Visions, pick: Pick) -> None:
    """The finding and the bars."""
    stands_on = its_basis(found, read)
    if reason := why_no_visions(read, language()):
        words = without_chart(reason, stands_on, language())
        st.title(plain(words.finding.rstrip(".")))
        basis(words)
        return
    reading = of_visions(read, stands_on, language())
    finding(reading)
    basis(reading)
    pick.chart(
        picture(found, "visions", lambda: vision_bars(read, stands_on, language())),
        "-".join([found.key.revision, *found.groups]),
        f"{reading.finding}. {reading.says}",
    )
    limits(reading)


def open_visions(found: Results, read: Visions, pick: Pick) -> bool:
    """One vision if it was chosen, else the first of them; then the answers that stand alone.

    Returns whether one was chosen.
    """
    say = language().say
    told, answers = read.visions, voices(found, read)
    several = told[told["n_answers"] > 1]
    opened = ""
    if not several.empty:
        names = {str(row.middle): _name(row) for row in several.itertuples()}
        opened = pick.selectbox(
            say("Read one vision"), list(names), names.__getitem__, say("Choose one here, or touch its bar")
        )
        shown = several[several["middle"] == opened] if opened else several.head(MOST_OPEN)
        for row in shown.itertuples():
            _vision(found, row, answers[answers["vision"] == row.vision], whole=bool(opened))
    alone = told[told["n_answers"] == 1]
    if not alone.empty:
        _alone(found, answers[answers["vision"].isin(alone["vision"])])
    return bool(opened)


def _alone(found: Results, answers: pd.DataFrame) -> None:
    """Answers that no other is near to: most of what people say, and none of it left out."""
    say, count = language().say, language().count
    st.header(count("One answer is near no other", "{n} answers are near no other", len(answers)))
    quiet(say("Each may hold what a whole group thinks, or what only one person has seen."))
    quotes(answers, found.consultation, key=f"alone-{found.consultation.id}-{'-'.join(found.groups)}")


def _name(row: Any) -> str:
    return f"{shared_words(row.words, language())} ({language().number(row.n_answers)})"


def _vision(found: Results, row: Any, answers: pd.DataFrame, *, whole: bool) -> None:
    """A vision with who holds it, in the answer of each group nearest to its middle, or in all of them."""
    st.subheader(plain(held_by(row.held, row.n_groups, row.n_participants, language())))
    st.text(shared_words(row.words, language()))
    if row.held != ONE:
        st.markdown(plain(_holders(found, row, answers)))
    told = answers if whole else answers[answers["nearest"]]
    quotes(told, found.consultation, key=f"vision-{found.consultation.id}-{row.middle}-{whole}")
    if len(told) < len(answers):
        quiet(
            language().count(
                "One more answer says nearly the same: choose the vision to read it.",
                "{n} more answers say nearly the same: choose the vision to read them.",
                len(answers) - len(told),
            )
        )


def _holders(found: Results, row: Any, answers: pd.DataFrame) -> str:
    """The groups that hold a vision, as far as an author lets theirs be named and they point to nobody."""
    say, plan = language().say, found.consultation.plan
    named = set(answers.loc[answers["consent"] == "quotable_with_group", "group"])
    large = large_groups(found.consultation)
    labels = [language().pick(group.label) for group in plan.stakeholder_groups if group.id in named & large]
    others = row.n_groups - len(labels)
    if others and labels:
        labels.append(language().count("one other group", "{n} other groups", others))
    elif others:
        return say("The groups are not named: they are small, or their authors did not want it.")
    return say("Held by: {groups}.", groups=joined(labels, language()))


def take_visions(found: Results, read: Visions, everyone: Results) -> None:
    """All visions as a table, and as a file with the answers that may be quoted."""
    say = language().say
    told = read.visions.assign(words=[shared_words(words, language()) for words in read.visions["words"]])
    names = {
        "words": say("Shared words"),
        "n_groups": say("Groups"),
        "n_participants": say("Participants"),
        "n_answers": say("Answers"),
    }
    several = told.loc[told["n_answers"] > 1, list(names)]
    if not several.empty:
        st.header(say("All visions of more than one answer"))
        st.dataframe(several.rename(columns=names), hide_index=True)
    if may_leave(found, everyone):
        name = f"{whose_figures(found)}-visions"

        def table() -> bytes:
            return csv_bytes(visions_table(found, read))

        with st.container(horizontal=True):
            st.download_button(
                say("The visions with their answers (CSV)"),
                table,
                f"{name}.csv",
                "text/csv",
                on_click="ignore",
            )
            take_receipt(found, name, {f"{name}.csv": table})


def visions_table(found: Results, read: Visions) -> pd.DataFrame:
    """A row per answer that may be quoted, with its vision's figures; a group only where it may be named."""
    told = voices(found, read).rename(columns={"words": "own_words"}).merge(read.visions, on="vision")
    told = told[told["consent"] != COUNTED_ONLY]
    named = (told["consent"] == "quotable_with_group") & told["group"].isin(large_groups(found.consultation))
    told = told.assign(group=told["group"].where(named, ""))
    columns = ["vision", "words", "held", "n_groups", "n_participants", "n_answers"]
    return told[[*columns, "answer_id", "group", "nearness", "own_words", "text"]].reset_index(drop=True)
