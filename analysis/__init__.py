"""The listening: from words and ratings to priorities.

answer, rating     rows of the tidy tables that come in
unit               what is resampled and counted once within its stakeholder group
word               a lemma with folded accents, shown by its commonest surface form
seed               an everyday word or phrase by which an objective is recognised
coding             an objective given to an answer; its basis is author, reviewed or proposed
need               group-balanced importance and urgency, 0 to 100
feasibility        group-balanced, 0 to 100; never part of need
salience           share of answering participants who speak of an objective, group-balanced, 0 to 1
breadth            how evenly groups speak of it: 0 one group only, 1 all alike
stability interval how far a result would move with another make-up of similar participants
replicate          one of the resamples that everything is read from
weighing           how groups count in need and feasibility: alike, by their people, or as declared
quadrant           where an objective stands on the priority map
rank acceptability how often an objective takes each position
compatible places  the positions that the ratings do not rule out
consensus          how far every group agrees that an objective matters, 0 to 1
agreement          how far people agree, −1 to 1; polarisation is the other way, 0 to 1
tier               what a council can be told of an objective: robust, likely, contested, watch
badge              what words say beside a tier
line               of the sensitivity table: one choice that could have been another
profile            what one stakeholder group says by itself

Every function is pure: tables, rules and a seed in, tables out. This package knows nothing of screens,
terminals, storage or of `consultation`.
"""
