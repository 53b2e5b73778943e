"""What every page shares. A page decides nothing: it asks the frame who is there and what is looked at.

A page of the analyst begins with its gate and its language, and then shows:

    consultation = chosen(may_read_map)  # consultation.permissions: the gate, stops the page unless allowed;
    say = language().say                 # shows the choice to staff, and "invented" over an example

access.visitor()            who is there, for the predicates of consultation.permissions
choice.chosen(may)          the consultation looked at (see above)
choice.look_at(id)          makes another one the chosen one (before `st.switch_page`)
choice.invitation()         the word of the workshop this visitor came with, or nothing
language.language()         the reader's language: say, count, number, pick, tell
access.staff_roles()        the roles a link gave, for what the navigation shows
rooms.live(workshop)        a workshop at this moment: its room, who came, votes, moderation
rooms.step(live, make)      does something in it, unless somebody else came first
guesses.look_up(word)       where an invitation leads; guessing is slowed down
public_address.joining()    by which address phones get here, and the link of a word
qr.picture(link)            the code a phone's camera reads, as SVG
store.store()               the one store of this process
store.contributions(id)     the latest version of each, read again only when something changed
store.reading(id)           the same with their revision, read together: what is kept of one is of the other
store.revision(id)          the key for `st.cache_data` of results (defined in imported modules only)
store.forget(id)            after every erasure: nothing of that consultation stays in this process's memory
store.on_forget(callback)   a memory of its own (the analyst's desk) is told the id, and lets go too
quotes.quotes(answers, consultation, key=…)   a paged list of plain texts, deciding words in brackets
problems.told()             `with told(): …` shows a `Problem` once, in the reader's language
plain.plain(text)           text made safe where Streamlit would read Markdown
style.to_the_top(step)      a page of several steps begins each at its top
style.wide(key), narrow(key)   containers for wide screens only, and for phones only (640 px)
sitemap.places(language)    which pages there are; a new page is named there
"""
