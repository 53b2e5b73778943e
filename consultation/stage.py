"""How far a consultation has come."""

from __future__ import annotations

from typing import Literal

Stage = Literal["draft", "open", "paused", "closed"]
"""In preparation; taking answers; taking none for now; taking none any more."""
