"""The pages of whoever reads a consultation: what was found first, its words one choice away.

results    what one consultation says, computed once for every change in it and every choice of groups
arrivals   answers that came in while somebody reads
group filter  the groups looked at; none chosen means all
pick       one objective, cell or word, chosen in a chart or in its selectbox twin: the last used holds
"""
