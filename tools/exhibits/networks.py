"""Networks to look at."""

from functools import cache

from jejaring.figures import networks as figures
from jejaring.figures.picture import Picture
from jejaring.language import pick
from jejaring.layouts import stress_layout
from jejaring.networks import Survey, from_survey

__all__ = ["network_map", "relations_compared"]

_TEAM = """from,communication,information,problem_solving,knowledge,access
Ani,"Budi, Cici, Dedi, Eka","Budi, Cici",Budi,"Budi, Cici, Dedi",Budi
Budi,"Ani, Cici, Dedi, Fitri","Ani, Fitri",Fitri,"Ani, Cici, Fitri",Ani
Cici,"Ani, Budi, Dedi",Ani,Ani,"Ani, Dedi",
Dedi,"Ani, Cici, Eka","Ani, Cici",Ani,Ani,Cici
Eka,"Ani, Dedi",Ani,Ani,,
Fitri,"Budi, Gilang, Hana, Ika","Budi, Gilang",Gilang,"Budi, Gilang, Hana","Budi, Gilang"
Gilang,"Fitri, Hana, Ika","Fitri, Hana",Fitri,"Fitri, Hana",Hana
Hana,"Fitri, Gilang","Gilang, Ika",Gilang,Gilang,
Ika,"Fitri, Gilang",Hana,Fitri,Hana,Gilang
Joko,,,,,
"""


@cache
def _team() -> Survey:
    """Ten colleagues in two rooms; one of them has only just come."""
    return from_survey(_TEAM)


def network_map() -> Picture:
    """Who talks with whom in two rooms, and the one pair between them."""
    together = _team().combined()
    ties = [(one, other, float(together.edges[one, other]["relations"])) for one, other in together.edges]
    rooms = [pick({"id": f"ruang {number}", "en": f"room {number}"}) for number in (1, 2)]
    named = {person: float(together.in_degree(person)) for person in together}
    return figures.network_map(
        stress_layout(together),
        ties,
        title=pick({"id": "Siapa bertanya kepada siapa?", "en": "Who turns to whom?"}),
        directed=True,
        values=named,
        value_name=pick({"id": "derajat masuk", "en": "in-degree"}),
        groups={person: rooms[person not in ("Ani", "Budi", "Cici", "Dedi", "Eka")] for person in together},
        marked=["Budi", "Fitri"],
        marked_ties=[("Budi", "Fitri"), ("Fitri", "Budi")],
        marked_name=pick({"id": "penghubung", "en": "brokers"}),
        removed=[("Eka", "Ika")],
    )


def relations_compared() -> Picture:
    """Ten people, five questions."""
    survey = _team()
    ties = {relation: survey.graph(relation).number_of_edges() for relation in survey.relations}
    return figures.relations_compared(ties, people=len(survey.people))
