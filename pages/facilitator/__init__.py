"""What whoever runs a workshop meets: prepare it, run it, and the wall that the room looks at.

posters    what is printed: the sheet for the door, a card for each table
"""
