"""What matters most to those who took part, and the words behind it."""

from __future__ import annotations

import streamlit as st

from analysis.charts.told import headings
from analysis.sentences import how_resampled, named, why_no_map, why_no_priority_map, why_no_theme_map
from analysis.views import Drawn, View, priorities_view, themes_view
from consultation.permissions import may_read_map
from pages.analyst.arrivals import watch
from pages.analyst.downloads import downloads
from pages.analyst.groups import group_filter, tell_left_out
from pages.analyst.objective import objective_table, open_objective
from pages.analyst.picking import Pick
from pages.analyst.pictures import picture
from pages.analyst.results import Results, only, results
from pages.analyst.told import basis, finding, limits, quiet
from pages.analyst.too_few import a_handful, nobody_here, nobody_yet, the_answers_themselves
from pages.frame.choice import chosen
from pages.frame.language import language
from pages.frame.style import narrow, wide

consultation = chosen(may_read_map)
say = language().say
pick = Pick(f"objective-{consultation.id}")
HEIGHT = 460  # px: the finding and its whole map stand on a laptop's first screen
STANDING = 300  # px: a place on the border has two names
VIEWS = {"priorities": priorities_view, "themes": themes_view}


def which_map() -> str:
    """The map asked for; by default the one of need and feasibility."""
    names = {"priorities": say("Priorities"), "themes": say("Themes")}
    return str(
        st.segmented_control(
            say("Map"),
            list(names),
            default="priorities",
            required=True,
            format_func=names.__getitem__,
            key=f"map-{consultation.id}",
        )
    )


def draw(found: Results, drawn: Drawn, where: str) -> None:
    """A picture between what it stands on and what it says."""
    basis(drawn.reading)
    pick.chart(picture(found, where, drawn.draw), where, f"{drawn.reading.finding}. {drawn.reading.says}")
    limits(drawn.reading)


def show(found: Results, view: View, name: str) -> None:
    """The finding, and its picture for the screen there is."""
    finding(view.wide.reading)
    where = "-".join([name, found.key.revision, *found.groups])
    with wide("map"):
        draw(found, view.wide, f"wide-{where}")
    with narrow("map"):
        draw(found, view.phone, f"phone-{where}")


def why_nothing(found: Results) -> str:
    """Why there is no map at all, or none of themes when that is asked for."""
    told = found.findings.priorities, found.basis, consultation.plan.rules, language()
    return why_no_map(*told) or why_no_theme_map(*told)


def how_made(found: Results) -> str:
    """How the crosses were made."""
    estimates = found.findings.estimates
    n = len(estimates.need_replicates)
    return how_resampled(estimates.exact, n, consultation.plan.rules, language())


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
        for name in ("told_need", "told_feasibility", "told_ratings", "told_standing"):
            del columns[name]
    st.header(say("All objectives"))
    st.dataframe(
        shown[list(columns)].rename(columns=columns),
        hide_index=True,
        height="content",
        column_config={columns.get("told_standing", ""): st.column_config.TextColumn(width=STANDING)},
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
    asked = which_map() if everyone.findings.rated else "themes"
    groups = group_filter(consultation)
with first:
    found = only(groups, everyone)
handful = a_handful(found)
unrated = why_no_priority_map(found.findings.priorities, language())
drawn = "themes" if unrated else asked
view = None if handful else VIEWS[drawn](found.subject, height=HEIGHT)
with first:
    if not found.findings.n_contributions:
        nobody_here()
    elif view is None:
        the_answers_themselves(found, handful or why_nothing(found))
    else:
        show(found, view, drawn)
with below:
    if view is not None and unrated:
        quiet(unrated)
    if view is not None and drawn == "priorities":
        quiet(how_made(found))
    tell_left_out(found)
    if view is None:
        watch(found, reading=False)
    else:
        open_one(found)
    if not handful:
        table(found)
    if view is not None:
        downloads(found, view, drawn, everyone)
