"""The conversation: what is asked, who answers, what people decide, where it is kept.

plan                the plan being consulted on, for a territory and a period
strategic question  one of the plan's areas
objective           what the plan proposes under a strategic question
guiding question    what a participant is asked, under each strategic question
rules               what is declared before opening, and fixes how results are computed
declaration         rules declared in place of earlier ones, dated and with a reason
target              the share of a category that participants should have, with its source
decision            what a person decides while reading: kept in a log, dated, undoable
codebook            what holds of all decisions: seeds, themes, codings, copies
theme               a pattern in answers that a person has confirmed and named
coding              whether an answer speaks of an objective, as a person judged it
cluster             answers that a person confirmed to be one campaign, or the same answer twice
invitations         how many people of each group were asked to take part
consultation        one plan put to people between two dates; its stage is draft, open, paused or closed
workshop            one occasion of gathering answers; its invitation is a short word
round, table        what a workshop asks at once, for so many minutes; where people sit, with its own word
step                what a facilitator does while it runs: kept in a log, dated, undoable
room                what holds after all steps: open rounds, timers, the wall, votes, notes
ballot, vote        what a room votes on, and what one person gives: dots, points, or ratings again
moderation          an answer read by a person before it is shown: passed, or hidden for a counted reason
wording             a version of the plan's words; every answer is tied to the one it replies to
late                sent after its question was closed, from a form begun before: kept and marked
trial               what a draft gathers to be tried out; its opening forgets it
minutes             what was asked, who took part, noted, voted and done in a workshop
stakeholder group   the part of the city a participant speaks from
unit                what is counted once: the organisation if declared, else the contribution
contribution        everything one participant (or table) has said; each sending is a version of it
answer              one reply to one guiding question under one strategic question
return code         the private code that opens a contribution again

This package knows nothing of screens, terminals or of `analysis`; what leaves it for analysis are
the tidy tables of `consultation.tables`.
"""
