"""The way in for what was said elsewhere: foreign files end in the tidy tables.

sheet    the cells of a delimited text file, with the row numbers a person sees in a spreadsheet
unread   a row that could not be used: its number, its file and why; the other rows count
notice   something that was read otherwise than it stood, told with its count
mapping  which column of a foreign file holds what
"""
