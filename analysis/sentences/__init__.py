"""What the charts say, in words: findings first, hedged as far as the figures demand.

Basis     what a chart stands on: how many took part, in how many groups, whether it is invented
Reading   the words of one chart: its finding, its basis, what it says and what it does not say
finding   a chart's title: what was found, never the kind of chart
standing  where an objective stands on the priority map, in words; on the border when that is not sure

No sentence says "first" or "the most": without rank acceptability the furthest is "among the most".
"""

from analysis.sentences.basis import Basis, Reading, without_chart
from analysis.sentences.coverage import of_coverage, of_silence
from analysis.sentences.figures import each, interval, named, quadrant_name, share, standing
from analysis.sentences.nothing import why_no_map
from analysis.sentences.priorities import how_resampled, of_priorities, of_ranked, why_no_priority_map
from analysis.sentences.themes import of_theme_list, of_themes, why_no_theme_list, why_no_theme_map

__all__ = [
    "Basis",
    "Reading",
    "each",
    "how_resampled",
    "interval",
    "named",
    "of_coverage",
    "of_priorities",
    "of_ranked",
    "of_silence",
    "of_theme_list",
    "of_themes",
    "quadrant_name",
    "share",
    "standing",
    "why_no_map",
    "why_no_priority_map",
    "why_no_theme_list",
    "why_no_theme_map",
    "without_chart",
]
