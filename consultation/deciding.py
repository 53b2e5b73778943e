"""Decisions that fit a codebook: checked against what holds and against the plan, before they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from consultation.codebook import Codebook, Theme, digest_of
from consultation.contribution import plain_text
from consultation.decisions import (
    CLUSTER_KINDS,
    WORD_LISTS,
    ClusterKind,
    Confirm,
    Decision,
    Discard,
    Judge,
    JudgeNone,
    Link,
    Member,
    Merge,
    Move,
    Payload,
    Rename,
    Seeds,
    SetAside,
    Split,
    Verdict,
    WordList,
    Words,
)
from consultation.declaration import LONGEST_NAME
from consultation.errors import BrokenDecision, NothingDecided, ThemeGone
from consultation.plan import Plan

LONGEST_LABEL = 80  # it stands beside a point of a map
LONGEST_DESCRIPTION = 500
LONGEST_SEED = 80  # a phrase; a sentence finds nothing but itself


@dataclass(frozen=True)
class Deciding:
    """What `by` ("" if not said) decides at `at` (with a time zone), who sees this `codebook`.

    Each method returns the decision to give to `Store.decide`, or raises a `Problem`: `BrokenDecision` when
    it cannot be kept so, `ThemeGone`, `NothingDecided`. Answers come with their text by their id; an id that
    is in no form is a `ValueError`.
    """

    codebook: Codebook
    plan: Plan
    at: datetime
    by: str = ""

    # Words

    def seeds(self, objective: str, seeds: Iterable[str]) -> Decision:
        """Other seed words for an objective; the checks of the earlier ones do not count for these."""
        self._require_objective(objective)
        chosen = _once_each(seeds)
        if not chosen:
            raise BrokenDecision(
                "An objective needs at least one seed word: without any, counting finds none of its answers."
            )
        for seed in chosen:
            if "|" in seed:  # tables join seeds by it
                raise BrokenDecision("{seed} must not hold the sign |: write two seed words.", seed=seed)
            if len(seed) > LONGEST_SEED:
                raise BrokenDecision(
                    "The seed word {seed} is too long: write a phrase of at most {most} characters.",
                    seed=f"{seed[:LONGEST_SEED]}…",
                    most=LONGEST_SEED,
                )
        if {*chosen} == {*self.codebook.seeds.get(objective, self.plan.objectives[objective].seeds)}:
            raise NothingDecided("These are its seed words already: change at least one of them.")
        return self._decided(Seeds(objective, chosen))

    def words(self, word_list: WordList, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Decision:
        """Words left out of counts, as words of the question or as function words, and words put back."""
        if word_list not in WORD_LISTS:
            raise ValueError(f"{word_list!r} is no list of words")
        added, removed = _once_each(add), _once_each(remove)
        if not (added or removed):
            raise BrokenDecision("Write at least one word to leave out of the counts, or to put back.")
        return self._decided(Words(word_list, added, removed))

    # Judgements

    def judge(self, answer: str, text: str, objective: str, holds: bool, proposed: bool) -> Decision:
        """Whether the answer speaks of the objective; `proposed`: counting says so at present."""
        self._require_objective(objective)
        return self._decided(Judge(_answer(answer), objective, holds, proposed, digest_of(text)))

    def judge_none(self, answer: str, text: str, proposed: str = "") -> Decision:
        """The answer speaks of none of the objectives; `proposed` is the one that counting had proposed."""
        if proposed:
            self._require_objective(proposed)
        return self._decided(JudgeNone(_answer(answer), digest_of(text), proposed))

    # Themes

    def confirm(
        self, label: str, description: str, answers: Mapping[str, str], objective: str = ""
    ) -> Decision:
        """A candidate becomes a theme, of these answers (text by id); its id is `codebook.next_theme`."""
        if objective:
            self._require_objective(objective)
        if not answers:
            raise BrokenDecision("A theme needs at least one answer: pick those that speak of it.")
        members = tuple(sorted(Member(_answer(answer), digest_of(text)) for answer, text in answers.items()))
        return self._decided(
            Confirm(self.codebook.next_theme, _label(label), _description(description), members, objective)
        )

    def rename(self, theme: str, label: str, description: str) -> Decision:
        self._theme(theme)
        return self._decided(Rename(theme, _label(label), _description(description)))

    def merge(self, theme: str, into: str) -> Decision:
        """The answers of `theme` go `into` another, which keeps its label, description and objective."""
        self._theme(theme)
        self._theme(into)
        if theme == into:
            raise BrokenDecision("A theme cannot be merged with itself: choose another one.")
        return self._decided(Merge(theme, into))

    def split(self, theme: str, label: str, answers: Iterable[str]) -> Decision:
        """These answers of the theme become `codebook.next_theme`, linked to the same objective."""
        members = {member.answer for member in self._theme(theme).members}
        picked = tuple(sorted({*answers} & members))
        if not 0 < len(picked) < len(members):
            raise BrokenDecision(
                "Pick at least one answer for the new theme, and leave at least one in the old one."
            )
        return self._decided(Split(theme, self.codebook.next_theme, _label(label), picked))

    def move(self, answer: str, text: str, to: str) -> Decision:
        """The answer goes to this theme; to none, when `to` is ""."""
        out_of, digest = self.codebook.theme_of.get(_answer(answer), ""), digest_of(text)
        if Member(answer, digest) in self._theme(to).members if to else not out_of:
            raise NothingDecided("The answer stands there already: choose another theme for it.")
        return self._decided(Move(answer, digest, out_of, to))

    def discard(self, theme: str) -> Decision:
        """The theme is none; its answers stand in no theme."""
        self._theme(theme)
        return self._decided(Discard(theme))

    def link(self, theme: str, objective: str) -> Decision:
        """Its answers speak of this objective from now on; of none by it, when `objective` is ""."""
        self._theme(theme)
        if objective:
            self._require_objective(objective)
        return self._decided(Link(theme, objective))

    def set_aside(self, words: Iterable[str], answers: Iterable[str]) -> Decision:
        """A candidate of these words and answers is no theme."""
        aside = SetAside(_once_each(words), tuple(sorted({_answer(answer) for answer in answers})))
        if not (aside.words or aside.answers):
            raise ValueError("a candidate has words or answers")
        return self._decided(aside)

    # Copies

    def cluster(self, cluster: str, kind: ClusterKind, contributions: Iterable[str]) -> Decision:
        """What it means that these contributions say the same; `cluster` is an id that names none of them."""
        members = tuple(sorted({*contributions}))
        if kind not in CLUSTER_KINDS:
            raise ValueError(f"{kind!r} is no kind of cluster")
        if not cluster or cluster in members or "" in members:
            raise ValueError(f"{cluster!r} is no id of a cluster: it would outlast an erased contribution")
        if len(members) < 2:
            raise BrokenDecision("Copies are at least two contributions: pick one more.")
        return self._decided(Verdict(cluster, kind, members))

    def _decided(self, payload: Payload) -> Decision:
        by = _one_line(self.by)
        if len(by) > LONGEST_NAME:
            raise BrokenDecision("Say who decides in at most {most} characters.", most=LONGEST_NAME)
        return Decision(payload, self.at, by)

    def _theme(self, theme: str) -> Theme:
        found = self.codebook.themes.get(theme)
        if found is None:
            raise ThemeGone(
                "This theme is there no more: it was merged, discarded or undone. Look at the themes again."
            )
        return found

    def _require_objective(self, objective: str) -> None:
        if objective not in self.plan.objectives:
            raise BrokenDecision(
                "{objective} is no objective of this plan: choose one of {known}.",
                objective=objective,
                known=", ".join(self.plan.objectives),
            )


def _label(label: str) -> str:
    label = _one_line(label)
    if not 0 < len(label) <= LONGEST_LABEL:
        raise BrokenDecision(
            "Give the theme a label of at most {most} characters: maps and tables call it by that.",
            most=LONGEST_LABEL,
        )
    return label


def _description(description: str) -> str:
    description = plain_text(description)
    if len(description) > LONGEST_DESCRIPTION:
        raise BrokenDecision(
            "Describe the theme in at most {most} characters (found: {length}).",
            most=LONGEST_DESCRIPTION,
            length=len(description),
        )
    return description


def _answer(answer: str) -> str:
    if answer.count("/") < 2:
        raise ValueError(f"{answer!r} is no id of an answer")
    return answer


def _once_each(words: Iterable[str]) -> tuple[str, ...]:
    """The words in their order, each in its first spelling; empty ones are left out."""
    kept: dict[str, str] = {}
    for word in map(_one_line, words):
        if word:
            kept.setdefault(word.casefold(), word)
    return tuple(kept.values())


def _one_line(text: str) -> str:
    return " ".join(plain_text(text).split())
