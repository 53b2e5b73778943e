"""Which comments of a Polis conversation hold across its opinion groups, from Polis's own export."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.accord.opinion import comment_consensus
from consultation.errors import Notice
from consultation.importing.polis import read_conversation
from consultation.importing.unread import Unread


def consensus(
    votes: Path, comments: Path, groups: Path
) -> tuple[pd.DataFrame, tuple[Unread, ...], tuple[Notice, ...]]:
    """The table of `comment_consensus`, the rows of the three files that could not be used, what is told.

    Raises `UnreadableFile` and `MissingColumns`.
    """
    read = read_conversation(votes, comments, groups)
    return comment_consensus(read.votes, read.comments, read.groups), read.unread, read.notices
