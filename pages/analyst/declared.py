"""The rules that were changed after the opening, as every map must tell them."""

from __future__ import annotations

from analysis.sentences.changed import changed_rules
from consultation.occasion import Consultation
from pages.analyst.told import quiet
from pages.frame.language import language


def tell_changed_rules(consultation: Consultation) -> None:
    """Below a map: one quiet line for each later change, oldest first; nothing when there is none."""
    for later in consultation.changed_after_opening(language()):
        quiet(changed_rules(later.changes, later.day, later.reason, language()))
