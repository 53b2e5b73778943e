"""The maps: result tables in, pictures out. Nothing is measured here, only placed and worded.

priority map   objectives by feasibility and need, each with its stability intervals as a cross
theme map      objectives by how much they are spoken of and how widely
ladder         how often each objective takes each position, with those compatible outlined
rating bars    how the ratings spread over the scale, "non so" apart
group dots     where groups agree and where they part; intervals of each group for one objective
pattern match  two groups face to face
ranked list    the same objectives one under the other: what a map becomes on a telephone
coverage map   strategic by guiding questions, with the answers of each cell and its silences marked
attendance     who has come to a room so far, beside those invited; where it is silent, as cells
vote           dots by both ways of counting, points of a nominal group; how far a second round moved
wall           a chart drawn 960 px wide, to be shown twice as large: all in one look, readable from afar
label          an objective's code and short name, placed where it collides with nothing
picture        a chart with its own heading, of a given width in px; a chart as wide as its container
               has none, for it stands under the page's heading (`sentences`)

Colour and symbol say the strategic question, everywhere; symbols alone tell them apart in grey.
"""
