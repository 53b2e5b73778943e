"""Listening to words: from what people wrote to what they speak of.

token          a word as it stands in the text, with its offsets
function word  a word that only holds a sentence together; left out when words are counted
lexicon        one language's function words, units, and the headwords the dictionary gets wrong
unit           words of the field that say one thing together: "terzo settore", counted as one word
key            a word's headword without accents and capitals: what is counted under one name
run            words side by side, with nothing but blanks between them; phrases stay inside one
corpus         the answers, read once into columns: what words, pairs and proposals are all computed from
seed           an everyday word or phrase by which an objective is recognised
deciding words the words of an answer that made it resemble an objective
basis          who says that an answer speaks of an objective: its author, a reviewer, a taught model, seeds
key word       a word that one side of a comparison uses more than the other
candidate      a pattern in answers of no objective, proposed as a theme until a person names it
copy           an answer that says the same as another, nearly word for word; a family of them is a cluster
mention        a service named in an answer, with what is wanted of it: to start, change or keep it
"""
