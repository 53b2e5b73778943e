"""What matters most to those who took part, and the words behind it."""

from __future__ import annotations

import streamlit as st

from analysis.charts.told import OF_RATINGS, headings
from analysis.sentences import how_resampled, named, why_no_priority_map
from analysis.sentences.trial import of_trial
from analysis.views import Drawn, View
from consultation.permissions import may_read_map
from pages.analyst.arrivals import watch
from pages.analyst.downloads import downloads
from pages.analyst.groups import group_filter, tell_left_out
from pages.analyst.maps import Chosen, view_of, which_map, whole_view, why_not, with_its_choices
from pages.analyst.objective import objective_table, open_objective
from pages.analyst.picking import Pick
from pages.analyst.pictures import picture
from pages.analyst.results import Results, only, results
from pages.analyst.robustness import robustness
from pages.analyst.told import basis, finding, limits, quiet
from pages.analyst.too_few import a_handful, nobody_here, nobody_yet, the_answers_themselves
from pages.analyst.took_part import took_part
from pages.analyst.trial import try_rules
from pages.frame.choice import chosen
from pages.frame.language import language
from pages.frame.plain import plain
from pages.frame.style import narrow, wide

consultation = chosen(may_read_map)
say = language().say
pick = Pick(f"objective-{consultation.id}")
WIDE = {"told_tier": 270, "told_standing": 400}  # px: a tier sensitive to the choices, a place on the border
LONG = 25  # letters that a column has room for by itself


def draw(found: Results, drawn: Drawn, where: str) -> None:
    """A picture between what it stands on and what it says."""
    basis(drawn.reading)
    pick.chart(picture(found, where, drawn.draw), where, f"{drawn.reading.finding}. {drawn.reading.says}")
    limits(drawn.reading)


def show(found: Results, view: View, asked: Chosen) -> None:
    """The finding, and its picture for the screen there is."""
    finding(view.wide.reading)
    where = "-".join([asked.key, found.key.revision, *found.groups])
    with wide("map"):
        draw(found, view.wide, f"wide-{where}")
    with narrow("map"):
        draw(found, view.phone, f"phone-{where}")


def how_made(found: Results) -> str:
    """How the intervals and the positions were made."""
    ratings = found.findings.ratings
    return how_resampled(ratings.exact, ratings.n_replicates, found.rules, language())


def open_one(found: Results) -> None:
    """The words behind one objective, chosen on the map or here."""
    names = {str(objective): str(name) for objective, name in named(found.objectives).items()}
    opened = pick.selectbox(
        say("Read the words behind an objective"),
        list(names),
        names.__getitem__,
        say("Choose one here, or touch a point of the map"),
    )
    watch(found, reading=bool(opened))
    if opened:
        open_objective(found, opened)


def table(found: Results) -> None:
    """Every figure of every objective."""
    shown = objective_table(found)
    shown = shown.sort_values(["need", "salience"], ascending=False, kind="stable")
    columns = headings(language())
    if not found.findings.rated:
        for name in OF_RATINGS:
            del columns[name]
    elif (shown["told_student"] == "–").all():
        del columns["told_student"]
    st.header(say("All objectives"))
    st.dataframe(
        shown[list(columns)].rename(columns=columns),
        hide_index=True,
        height="content",
        column_config={
            columns.get(name, ""): st.column_config.TextColumn(width=width)
            for name, width in WIDE.items()
            if name in columns and shown[name].str.len().max() > LONG
        },
        alt=say("All objectives"),
    )


first, below = st.container(), st.container()
with first:
    everyone = results(consultation)
if not everyone.findings.n_contributions:
    nobody_yet(everyone)
    watch(everyone, reading=False)
    st.stop()
with below.container(horizontal=True, vertical_alignment="bottom"):
    name = which_map(consultation.id) if everyone.findings.rated else "themes"
    groups = group_filter(consultation)
asks, rest = below.container(), below.container()
with rest:
    rules = try_rules(consultation) if everyone.findings.rated else consultation.rules
with first:
    found = only(groups, everyone, rules)
handful = a_handful(found)
unrated = why_no_priority_map(found.findings.priorities, language())
with asks:
    asked = with_its_choices("themes" if unrated and name == "priorities" else name, found)
view = None if handful else view_of(asked, found)
with first:
    if not found.findings.n_contributions:
        nobody_here()
    elif view is None:
        the_answers_themselves(found, handful or why_not(asked, found))
    else:
        show(found, view, asked)
with rest:
    if view is not None and found.tried:
        declared = only(groups, everyone).findings.priorities
        st.markdown(plain(of_trial(declared, found.findings.priorities, found.objectives, language())))
    if view is not None and unrated:
        quiet(unrated)
    if view is not None and not unrated and asked.name != "themes":
        quiet(how_made(found))
    tell_left_out(found)
    if view is None:
        watch(found, reading=False)
    else:
        open_one(found)
    if not handful:
        table(found)
        if not unrated:
            robustness(found)
        took_part(found)
    if taken := None if handful else whole_view(asked, found):
        downloads(found, taken, asked.key.rstrip("-"), everyone)
