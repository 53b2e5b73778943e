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
quadrant           where an objective stands on the priority map

Every function is pure: tables, rules and a seed in, tables out. This package knows nothing of screens,
terminals, storage or of `consultation`.
"""
