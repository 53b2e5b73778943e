"""Which place each objective takes, and how surely.

ranking       places over replicates, and the places compatible with what was rated
ranked        the same for the objectives that may be ranked
smaa          whatever importance and urgency weigh
other_orders  Borda's count and a single index, as checks
"""
