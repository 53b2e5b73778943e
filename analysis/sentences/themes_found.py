"""The words of candidate themes and of those that people confirmed: how far each may be trusted."""

from __future__ import annotations

import pandas as pd

from analysis.protocols import Language
from analysis.sentences.basis import Basis, Reading, caution, finding
from analysis.sentences.figures import in_words
from analysis.text.new_themes import FEWEST_FOR_THEMES, RUNS, Candidates
from analysis.text.theme_stability import SHARE

CONFIRMED = "confirmed"
_ORDER = [CONFIRMED, "highly_stable", "stable", "pattern", "not_to_trust"]
_MARKS = dict(zip(_ORDER, ("■", "●●●", "●●○", "●○○", "○○○"), strict=True))


def theme_rows(counts: pd.DataFrame, candidates: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Confirmed themes and candidates in one table, as a list shows them.

    `counts` as `theme_counts.count_themes` makes it, `candidates` as the table of `Candidates`. Columns:
    `theme` (the id of either), `standing` (`confirmed`, or the trust of a candidate), `name`, `n_answers`,
    `n_participants`, `n_groups`, and `told`, all of it in one line. Confirmed ones first, then
    candidates, those not to be trusted last; each kind by participants.
    """
    confirmed = counts.assign(name=counts["label"], standing=CONFIRMED)
    proposed = candidates.assign(
        theme=candidates["candidate"],
        name=[words_told(words, language) for words in candidates["words"]],
        standing=candidates["trust"],
    )
    columns = ["theme", "standing", "name", "n_answers", "n_participants", "n_groups"]
    table = pd.concat([confirmed[columns], proposed[columns]], ignore_index=True)
    place = table["standing"].map({standing: place for place, standing in enumerate(_ORDER)})
    # how stable a candidate is sorts no list that is read by bars; only what chance does as well stands apart
    doubtful = (place == _ORDER.index("not_to_trust")).astype("int64") + (place > 0)
    order = table.assign(doubtful=doubtful).sort_values(
        ["doubtful", "n_participants"], ascending=[True, False], kind="stable"
    )
    rows = order.drop(columns="doubtful").reset_index(drop=True)
    told = [
        " · ".join(
            [
                standing_told(row["standing"], language),
                language.count("{n} answer", "{n} answers", int(row["n_answers"])),
                language.count("{n} group", "{n} groups", int(row["n_groups"])),
            ]
        )
        for _, row in rows.iterrows()
    ]
    return rows.assign(told=pd.Series(told, dtype="str"))


def words_told(words: str, language: Language) -> str:
    """The words that a candidate is shown by, in one line."""
    return words.replace("|", ", ") or language.say("Words only to be counted")


def standing_told(standing: str, language: Language) -> str:
    """How far a theme stands, as a mark and a word: `confirmed`, or the trust of a candidate."""
    words = {
        CONFIRMED: language.say("confirmed by people"),
        "highly_stable": language.say("possible, highly stable"),
        "stable": language.say("possible, stable"),
        "pattern": language.say("possible, uncertain who belongs to it"),
        "not_to_trust": language.say("not to be trusted"),
    }
    return f"{_MARKS[standing]} {words[standing]}"


def what_stability_allows(standing: str, language: Language) -> str:
    """What to make of a candidate of this trust."""
    return {
        "highly_stable": language.say(
            "It comes back almost unchanged when only part of the people are listened to. Whether it means "
            "something, only reading can tell."
        ),
        "stable": language.say(
            "It comes back when only part of the people are listened to. Whether it means something, only "
            "reading can tell."
        ),
        "pattern": language.say(
            "Something is there, but which answers belong to it is uncertain: read them all before you "
            "confirm it."
        ),
        "not_to_trust": language.say(
            "It does not come back more surely than chance would have it: take it as a way of reading, not "
            "as a theme."
        ),
    }[standing]


def of_themes_found(
    counts: pd.DataFrame, candidates: Candidates, shown: pd.DataFrame, basis: Basis, language: Language
) -> Reading:
    """The words of the page of new themes.

    `counts` are the confirmed themes, `shown` the candidates that were not set aside.
    """
    return Reading(
        finding=finding(_finding(counts, candidates, shown, language), basis, language),
        basis=" · ".join(_basis(candidates, basis, language)),
        caution=caution(basis, language),
        says=language.say(
            "Each bar counts the participants who speak of a theme. A full bar was confirmed by people; an "
            "empty one is only proposed by counting words, and the dots say how surely it comes back when "
            "other people are listened to."
        ),
        does_not_say=language.say(
            "Coming back is not being true: read the answers before you confirm anything. What stands in no "
            "theme does not count for less, and nothing is forced into one."
        ),
    )


def _finding(counts: pd.DataFrame, candidates: Candidates, shown: pd.DataFrame, language: Language) -> str:
    left = language.count(
        "{n} answer that speaks of no objective",
        "{n} answers that speak of no objective",
        candidates.n_answers,
    )
    likely = int((shown["trust"] != "not_to_trust").sum())
    if not candidates.n_answers:
        text = language.say("every answer speaks of an objective, or of a theme that people confirmed")
    elif not candidates.looked_for:
        text = language.say("{answers}: too few to look for themes, so read them", answers=left)
    elif likely:
        text = language.count(
            "one possible theme in {answers}",
            "{number} possible themes in {answers}",
            likely,
            number=in_words(likely, language),
            answers=left,
        )
    else:
        text = language.say("no theme that can be trusted in {answers}: they are best read", answers=left)
    if counts.empty:
        return text
    confirmed = language.count(
        "one theme is confirmed",
        "{number} themes are confirmed",
        len(counts),
        number=in_words(len(counts), language),
    )
    return f"{text}; {confirmed}"


def _basis(candidates: Candidates, basis: Basis, language: Language) -> list[str]:
    people = language.count("{n} participant", "{n} participants", basis.n_participants)
    answers = language.count("{n} answer", "{n} answers", basis.n_answers)
    if not candidates.looked_for:
        why = language.count(
            "themes are looked for in {n} answer or more",
            "themes are looked for in {n} answers or more",
            FEWEST_FOR_THEMES,
        )
        return [people, answers, why]
    runs = language.count(
        "stability: {n} counting of {percent}% of those who wrote",
        "stability: {n} countings of {percent}% of those who wrote",
        candidates.runs,
        percent=language.number(100 * SHARE),
    )
    if candidates.runs < RUNS:
        runs += language.say(" (fewer than {n}, since the answers are so many)", n=language.number(RUNS))
    return [people, answers, runs]
