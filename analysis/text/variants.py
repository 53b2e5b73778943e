"""How the wordings of one copied text differ: which there are, and the words that each added or dropped.

Words are compared as copies are: without case and punctuation. A moved passage is told as dropped in one
place and added in another.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

import pandas as pd

from analysis.text.shingles import normalised

KEPT = 6  # words shown before and after a change: enough to find the place


def variants(copies: pd.DataFrame) -> pd.DataFrame:
    """The wordings of each copied text, a row each.

    `copies` has a row per copied answer: `contribution_id`, `answer_id`, `model` and `likeness` as in
    `duplicates.find_copies`, and `text`. Columns: `model`, `answer_id` (the smallest that has these words),
    `text` as it stands there, `likeness`, `n_contributions`. Texts of most contributions come first; of each
    the wording most like its model (the model's own, unless it is absent), then those given most.
    """
    given = copies.assign(words=pd.Series(normalised(copies["text"].tolist()), index=copies.index))
    by = given.sort_values("answer_id").groupby(["model", "words"], sort=False)
    rows = by.agg(answer_id=("answer_id", "first"), text=("text", "first"), likeness=("likeness", "max"))
    rows = rows.assign(n_contributions=by["contribution_id"].nunique()).reset_index()
    rows["own"] = rows["likeness"] == rows.groupby("model")["likeness"].transform("max")
    rows["of_model"] = rows["model"].map(given.groupby("model")["contribution_id"].nunique())
    rows = rows.sort_values(
        ["of_model", "model", "own", "n_contributions", "likeness", "answer_id"],
        ascending=[False, True, False, False, False, True],
        ignore_index=True,
    )
    return rows[["model", "answer_id", "text", "likeness", "n_contributions"]]


def marked_differences(model: str, other: str) -> str:
    """`other` in one line, `[+ words]` that `model` has not, and `(− words)` that only `model` has.

    "" if both have the same words. Of what stays the same, `KEPT` words stand on each side of a change.
    """
    before, after = model.split(), other.split()
    here, there = normalised(before), normalised(after)
    compared = difflib.SequenceMatcher(None, here, there, autojunk=False)
    told: list[str] = []
    changed = False
    for tag, i, j, k, m in compared.get_opcodes():
        if tag == "equal":
            told.extend(_around(after[k:m], first=k == 0, last=m == len(after)))
            continue
        dropped, added = _wordy(before[i:j], here[i:j]), _wordy(after[k:m], there[k:m])
        if dropped:
            told.append(f"(− {' '.join(dropped)})")
        if added:
            told.append(f"[+ {' '.join(added)}]")
        changed = changed or bool(dropped or added)
    return " ".join(told) if changed else ""


def _around(words: Sequence[str], *, first: bool, last: bool) -> Iterator[str]:
    """Words that both have, as many as tell the place of what stands before and after them."""
    begin, end = (0 if first else KEPT), (0 if last else KEPT)
    if len(words) <= begin + end + 1:
        yield from words
        return
    yield from words[:begin]
    yield "…"
    yield from words[len(words) - end :]


def _wordy(words: Sequence[str], compared: Sequence[str]) -> list[str]:
    """Those with a letter or a digit: a dash between blanks is no word."""
    return [word for word, plain in zip(words, compared, strict=True) if plain]
