"""Listening to words: from what people wrote to what they speak of.

token          a word as it stands in the text, with its offsets
function word  a word that only holds a sentence together; left out when words are counted
lexicon        one language's function words and the headwords the dictionary gets wrong
key            a word's headword without accents and capitals: what is counted under one name
run            words side by side, with nothing but blanks between them; phrases stay inside one
corpus         the answers, read once: what words, pairs and proposals are all computed from
seed           an everyday word or phrase by which an objective is recognised
deciding words the words of an answer that made it resemble an objective
"""
