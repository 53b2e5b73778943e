"""Services named in one answer, each with the words near it that tell what is wanted of it.

A mention is read by the cue nearest to it in the same sentence, at most `REACH` words away; a sign between
two words, like a comma, counts as `PARTED` words more. Among equals the cue that stands before holds: "aprire
uno sportello e tenere il nido". A cue after a word like "non" says nothing, unless the list has it with
that word: "non chiudere" is a wish to keep. A cue that begins the answer (`^`) counts where no other does,
and only where services were asked for: "Sportelli nei mercati." is a wish there, among resources it is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.text.corpus import Corpus, read_words
from analysis.text.folding import folded
from analysis.text.lexicon import Lexicon
from analysis.text.service_lists import NAMED, NOT, Cue, ServiceList

REACH = 8  # words: further away a cue mostly speaks of something else
PARTED = 2  # words that a comma or a bracket counts for
BETWEEN_NAME, BETWEEN_CUE = 1, 2  # function words that may stand between two words of a name, or of a cue
SENTENCE_ENDS = frozenset(".;!?…\n")


@dataclass(frozen=True)
class _Pattern:
    """A name or a cue as keys; `number` says whose."""

    keys: tuple[str, ...]
    number: int


class _Patterns:
    """Patterns by their first key, those of most words first."""

    def __init__(self, patterns: Sequence[_Pattern]) -> None:
        self._by_first: dict[str, list[_Pattern]] = defaultdict(list)
        for pattern in sorted(patterns, key=lambda one: (-len(one.keys), one.keys, one.number)):
            self._by_first[pattern.keys[0]].append(pattern)

    @property
    def firsts(self) -> set[str]:
        return set(self._by_first)

    def at(self, said: Said, place: int, between: int) -> Iterator[tuple[_Pattern, list[int]]]:
        """Those that stand at `place`, with the places of their words."""
        for pattern in self._by_first.get(said.keys[place], ()):
            if places := _followed(said, place, pattern.keys, between):
                yield pattern, places


@dataclass(frozen=True)
class Said:
    """The words of one answer, as in a corpus; `sentence` and `steps` number each word's sentence and place.

    `asked`: whether services were asked for.
    """

    text: str
    asked: bool
    starts: list[int]
    ends: list[int]
    keys: list[str]
    content: list[bool]
    joined: list[bool]
    sentence: list[int]
    steps: list[int]


@dataclass(frozen=True)
class Told:
    """A service named at `start` to `end` of a text, what is wanted of it, and the words that told."""

    service: int
    start: int
    end: int
    wants: str
    cue: str


@dataclass(frozen=True)
class Reader:
    """One language's lists, ready to be looked for."""

    names: _Patterns
    shown: list[tuple[str, str]]
    cues: _Patterns
    known: Sequence[Cue]
    nots: frozenset[str]


@dataclass(frozen=True)
class Mention:
    first: int
    last: int
    service: int


@dataclass(frozen=True)
class _Found:
    """A cue where it stands, or nowhere if the service begins the answer; `of`: the mention beside it."""

    places: list[int]
    kind: str
    of: Mention | None
    last_resort: bool


def reader_of(lists: ServiceList, lexicon: Lexicon) -> Reader:
    ways = [(way, number) for number, names in enumerate(lists.services) for way in names]
    names = []
    for (_, number), (keys, content) in zip(ways, _keys([way for way, _ in ways], lexicon), strict=True):
        telling = tuple(key for key, tells in zip(keys, content, strict=True) if tells)
        names.append(_Pattern(telling if len(telling) > 1 else keys, number))
    cues, nots = [], set()
    for number, (cue, (keys, _)) in enumerate(
        zip(lists.cues, _keys([cue.words for cue in lists.cues], lexicon), strict=True)
    ):
        if cue.kind == NOT:
            nots.add(keys[0])
        elif keys:
            cues.append(_Pattern(keys, number))
    shown = [(folded(names[0]), names[0]) for names in lists.services]
    return Reader(_Patterns(names), shown, _Patterns(cues), lists.cues, frozenset(nots))


def _keys(written: Sequence[str], lexicon: Lexicon) -> list[tuple[tuple[str, ...], tuple[bool, ...]]]:
    """The keys of what stands in a list, read as answers are, and which of its words tell something."""
    ids = [f"{number:09}" for number in range(len(written))]
    table = pd.DataFrame({"answer_id": ids, "contribution_id": ids, "text": written}, dtype="str")
    read = read_words(table.assign(language=lexicon.language), {lexicon.language: lexicon})
    return [
        (
            tuple(read.vocabulary[key] for key in read.keys[begin:end]),
            tuple(bool(tells) for tells in read.content[begin:end]),
        )
        for begin, end in zip(read.bounds[:-1].tolist(), read.bounds[1:].tolist(), strict=True)
    ]


def said_in(corpus: Corpus, answer: int, text: str, *, asked: bool) -> Said:
    """The words of an answer, which has this text; `asked`: whether services were asked for."""
    place = slice(int(corpus.bounds[answer]), int(corpus.bounds[answer + 1]))
    starts, ends, joined = (column[place].tolist() for column in (corpus.starts, corpus.ends, corpus.joined))
    sentence, steps, number, step = [], [], 0, 0
    for word, beside in enumerate(joined):
        if word and not beside:
            number += not SENTENCE_ENDS.isdisjoint(text[ends[word - 1] : starts[word]])
            step += PARTED
        sentence.append(number)
        steps.append(step)
        step += 1
    keys = [corpus.vocabulary[key] for key in corpus.keys[place]]
    return Said(text, asked, starts, ends, keys, corpus.content[place].tolist(), joined, sentence, steps)


def _followed(said: Said, place: int, keys: Sequence[str], between: int) -> list[int]:
    """The places of `keys`, the first at `place`, with at most so many function words between; else none."""
    places = [place]
    for key in keys[1:]:
        found = _next(said, places[-1], key, between)
        if found is None:
            return []
        places.append(found)
    return places


def _next(said: Said, place: int, key: str, between: int) -> int | None:
    for following in range(place + 1, min(place + between + 2, len(said.keys))):
        if not said.joined[following]:
            return None
        if said.keys[following] == key:
            return following
        if said.content[following]:
            return None
    return None


def read_mentions(said: Said, reader: Reader) -> Iterator[Told]:
    """Each service named in an answer, from left to right, with what is wanted of it."""
    mentions = _mentions(said, reader)
    cues = _cues(said, reader, mentions) if mentions else []
    for mention in mentions:
        start, end = said.starts[mention.first], said.ends[mention.last]
        near = [(*_apart(said, cue, mention), cue) for cue in cues if _speaks_of(said, cue, mention)]
        near = [one for one in near if one[0] <= REACH or one[3].of is not None]
        if not near or (cue := min(near, key=lambda one: one[:3])[3]).kind == NAMED:
            yield Told(mention.service, start, end, NAMED, "")
        else:
            yield Told(mention.service, start, end, cue.kind, _written(said, cue))


def _speaks_of(said: Said, cue: _Found, mention: Mention) -> bool:
    same = said.sentence[cue.places[0]] == said.sentence[mention.first] if cue.places else True
    return same and cue.of in (None, mention)


def _apart(said: Said, cue: _Found, mention: Mention) -> tuple[int, bool, int]:
    """How far a cue is from a mention, whether it comes after, and where it stands."""
    if cue.last_resort:
        return REACH + 1, False, 0
    after = cue.places[0] > mention.last
    near, far = (mention.last, cue.places[0]) if after else (cue.places[-1], mention.first)
    return said.steps[far] - said.steps[near], after, cue.places[0]


def _written(said: Said, cue: _Found) -> str:
    return said.text[said.starts[cue.places[0]] : said.ends[cue.places[-1]]] if cue.places else ""


def _mentions(said: Said, reader: Reader) -> list[Mention]:
    """The services named, from left to right, the longest name where several stand."""
    found = [
        (-len(places), places[0], places[-1], pattern.number)
        for place in range(len(said.keys))
        for pattern, places in reader.names.at(said, place, BETWEEN_NAME)
    ]
    taken: set[int] = set()
    mentions = []
    for _, first, last, number in sorted(found):
        span = set(range(first, last + 1))
        if taken.isdisjoint(span):
            taken |= span
            mentions.append(Mention(first, last, number))
    return sorted(mentions, key=lambda mention: mention.first)


def _cues(said: Said, reader: Reader, mentions: Sequence[Mention]) -> list[_Found]:
    """The cues that say something, each word in one of them: the leftmost, then the longest counts."""
    taken = {place for mention in mentions for place in range(mention.first, mention.last + 1)}
    turned: set[int] = set()
    found = []
    for place in range(len(said.keys)):
        for pattern, places in reader.cues.at(said, place, BETWEEN_CUE):
            cue = reader.known[pattern.number]
            if not taken.isdisjoint(places):
                continue
            if cue.first and (place or not said.asked):
                continue
            of = _beside(said, places, cue, mentions)
            if of is None and (cue.before or cue.after):
                continue
            taken.update(places)
            if _turned(said, places[0], reader, turned):
                turned.update(places)
            else:
                found.append(_Found(places, cue.kind, of, last_resort=cue.first))
            break
    bare = next((cue for cue in reader.known if cue.first and not cue.words), None)
    if bare and said.asked and not mentions[0].first:
        found.append(_Found([], bare.kind, mentions[0], last_resort=True))
    return found


def _beside(said: Said, places: Sequence[int], cue: Cue, mentions: Sequence[Mention]) -> Mention | None:
    """The mention that stands where the cue has its `_`."""
    for mention in mentions:
        if cue.after and mention.first > places[-1] and _linked(said, places[-1], mention.first):
            return mention
        if cue.before and mention.last < places[0] and _linked(said, mention.last, places[0]):
            return mention
    return None


def _linked(said: Said, left: int, right: int) -> bool:
    between = range(left + 1, right)
    return (
        len(between) <= BETWEEN_CUE
        and all(said.joined[left + 1 : right + 1])
        and not any(said.content[place] for place in between)
    )


def _turned(said: Said, place: int, reader: Reader, turned: set[int]) -> bool:
    """Whether a word like "non", or a cue that one has turned round, stands before `place`.

    Nothing but function words may stand between: in "non serve aprire" both say nothing.
    """
    while place > 0 and said.joined[place]:
        place -= 1
        if place in turned or said.keys[place] in reader.nots:
            return True
        if said.content[place]:
            return False
    return False
