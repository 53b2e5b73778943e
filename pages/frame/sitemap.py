"""Which pages there are, and for whom. A new page is named here, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from consultation.language import Language

PROJECT = Path(__file__).parent.parent.parent
WELCOME = "pages/stakeholder/welcome.py"
ANSWER = "pages/stakeholder/answer.py"
MINE = "pages/stakeholder/mine.py"
VOTE = "pages/stakeholder/vote.py"
PREPARE = "pages/facilitator/prepare.py"
RUN = "pages/facilitator/run.py"
WALL = "pages/facilitator/wall.py"
MAP = "pages/analyst/priority_map.py"
CONSULTATIONS = "pages/administrator/consultations.py"


@dataclass(frozen=True)
class Place:
    """One page: its file from the project's folder, its name for people, its address."""

    file: str
    title: str
    url: str

    @property
    def audience(self) -> str:
        return self.file.split("/")[1]

    @property
    def writing(self) -> bool:
        """Whether people write here, in one narrow column; elsewhere they read, over the whole width."""
        return self.file in (ANSWER, MINE, VOTE)

    @property
    def invited(self) -> bool:
        """Whether an invitation in its address is for this page itself; elsewhere it leads to answer."""
        return self.file in (ANSWER, VOTE, WALL)


def places(language: Language) -> list[Place]:
    """Every page, in the order of the navigation."""
    say = language.say
    return [
        Place(WELCOME, say("Welcome"), ""),
        Place(ANSWER, say("Take part"), "partecipa"),
        Place(MINE, say("My contribution"), "il-mio-contributo"),
        Place(VOTE, say("Vote"), "vota"),
        Place(PREPARE, say("Prepare"), "prepara"),
        Place(RUN, say("Run the room"), "conduci"),
        Place(WALL, say("Wall"), "muro"),
        Place(MAP, say("Priority map"), "mappa"),
        Place("pages/analyst/coverage.py", say("Who speaks of what"), "copertura"),
        Place("pages/analyst/words.py", say("Words"), "parole"),
        Place("pages/analyst/objectives.py", say("Objectives"), "obiettivi"),
        Place("pages/analyst/visions.py", say("Visions and services"), "visioni-servizi"),
        Place("pages/analyst/themes.py", say("New themes"), "temi-nuovi"),
        Place("pages/analyst/copies.py", say("Copies"), "copie"),
        Place("pages/analyst/contributions.py", say("Answers"), "risposte"),
        Place(CONSULTATIONS, say("Consultations"), "consultazioni"),
    ]
