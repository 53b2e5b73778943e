"""How far people and groups agree.

agreement    of one frequency vector: van der Eijk's A, polarisation, median
consensus    of groups: group-informed consensus, and how far groups diverge
concordance  of orders: Kendall's W, and how alike two groups' profiles are
table        all of it, an objective a row
opinion      the same consensus on the comments of a Polis conversation
"""
