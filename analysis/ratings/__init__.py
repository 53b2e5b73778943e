"""From ratings to priorities.

sample, estimates       ratings as numbers; every group's mean in every replicate
weighting, raking       how groups weigh, what that costs, weights that match declared targets
priorities, quadrants   need and feasibility, their intervals, places on the map
t_interval, bounds      a second opinion on small groups; how far need could move if all had rated
distribution, profiles  how ratings spread over the scale; what each group says by itself
tiers, sensitivity      what a council can be told, and what other choices would change
rating_findings         all of it, in tables small enough to keep
"""
