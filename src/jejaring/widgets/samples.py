"""Networks to begin with: those that come with networkx, and a small survey of a class that never was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from jejaring.networks import Survey, from_edges, from_survey
from jejaring.two_mode import projection
from jejaring.widgets.drawings import Drawing, as_drawn, find_places

if TYPE_CHECKING:
    from jejaring.layouts import Places

__all__ = ["ALL", "EMPTY", "SAMPLES", "Source"]

EMPTY: Final = "empty"
"""Nothing: draw it yourself."""
ALL: Final = "*"
"""All relations of a survey together."""

_KITE = ("Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane")
_CLASS = """from,to,relation,strength
Ani,Bayu,information,3
Ani,Citra,information,2
Bayu,Citra,information,3
Citra,Ani,information,2
Citra,Dewi,information,1
Dewi,Eko,information,3
Eko,Dewi,information,3
Eko,Fitri,information,2
Fitri,Dewi,information,2
Gilang,Dewi,information,1
Gilang,Hana,information,3
Hana,Gilang,information,3
Hana,Indra,information,2
Indra,Gilang,information,1
Joko,Hana,information,1
Kirana,Joko,information,2
Joko,Kirana,information,2
Laras,Eko,information,1
Ani,Dewi,problem_solving,2
Bayu,Dewi,problem_solving,1
Citra,Dewi,problem_solving,3
Eko,Dewi,problem_solving,2
Fitri,Dewi,problem_solving,2
Gilang,Dewi,problem_solving,2
Hana,Gilang,problem_solving,2
Indra,Gilang,problem_solving,1
Joko,Gilang,problem_solving,2
Kirana,Joko,problem_solving,1
Laras,Eko,problem_solving,2
Ani,Bayu,access,3
Bayu,Ani,access,3
Dewi,Eko,access,2
Gilang,Hana,access,2
Hana,Indra,access,3
Joko,Kirana,access,3
Kirana,Joko,access,3
"""
_SEATS = {"Ani": "A", "Bayu": "A", "Citra": "A", "Dewi": "B", "Eko": "B", "Fitri": "B", "Laras": "B"}


@dataclass(frozen=True, eq=False)
class Source:
    """Where a drawing comes from: a survey, and what else is known about its people.

    Parameters
    ----------
    survey : Survey
        People and ties, in one relation or several.
    directed : bool
        Whether who names whom matters.
    groups : mapping of str to str
        The group of each person; empty where there are none.
    file : str
        Name of the file whose pseudonyms stand for names; empty where names are no secret.
    """

    survey: Survey
    directed: bool
    groups: Mapping[str, str]
    file: str = ""

    @property
    def relations(self) -> tuple[str, ...]:
        """Relations in which there are ties; more than one of them can also be seen together, as ``"*"``."""
        used = {tie.relation for tie in self.survey.ties}
        found = tuple(relation for relation in self.survey.relations if relation in used)
        return (*found, ALL) if len(found) > 1 else found

    def drawing(self, relation: str) -> Drawing:
        """The network of one relation; people keep their places in all of them."""
        survey = self.survey
        network: nx.Graph[Any] = survey.combined() if relation not in survey.relations else survey.graph(relation)
        return as_drawn(
            network if self.directed else _without_direction(network), self._places, self.groups, file=self.file
        )

    @cached_property
    def _places(self) -> Places:
        """Where people stand, whatever the relation."""
        return find_places(self.survey.combined())


def _without_direction(network: nx.Graph[Any]) -> nx.Graph[Any]:
    """Join two answering arrows to one tie, as strong as the stronger."""
    plain: nx.Graph[Any] = nx.Graph()
    plain.add_nodes_from(network)
    for one, other, weight in network.edges(data="weight", default=1.0):
        known = plain.get_edge_data(one, other, {"weight": weight})["weight"]
        plain.add_edge(one, other, weight=max(weight, known))
    return plain


def _of(network: nx.Graph[Any], groups: Mapping[str, str] | None = None) -> Source:
    """Take an undirected network of networkx."""
    rows = [(str(one), str(other), float(weight)) for one, other, weight in network.edges(data="weight", default=1)]
    return Source(from_edges(rows, people=[str(node) for node in network]), directed=False, groups=groups or {})


def _kite() -> Source:
    """Krackhardt's kite with the names he gave."""
    return _of(nx.relabel_nodes(nx.krackhardt_kite_graph(), dict(enumerate(_KITE))))


def _karate() -> Source:
    """Zachary's club; members are numbered from 1 as he did."""
    club = nx.karate_club_graph()
    groups = {str(node + 1): str(club.nodes[node]["club"]) for node in club}
    return _of(nx.relabel_nodes(club, {node: str(node + 1) for node in club}), groups)


def _class() -> Source:
    """Twelve students who don't exist, two rows of seats and those who come late; three relations."""
    survey = from_survey(_CLASS)
    return Source(survey, directed=True, groups={name: _SEATS.get(name, "C") for name in survey.people})


SAMPLES: dict[str, Callable[[], Source]] = {
    "kite": cache(_kite),
    "class": cache(_class),
    "karate": cache(_karate),
    "florentine": cache(lambda: _of(nx.florentine_families_graph())),
    "miserables": cache(lambda: _of(nx.les_miserables_graph())),
    "davis": cache(lambda: _of(projection(nx.davis_southern_women_graph()))),
}
"""What to begin with, by name, in the order in which it is offered.

References
----------
Krackhardt, D. (1990). Assessing the political landscape. *Administrative Science Quarterly* 35, 342-369.
Zachary, W. W. (1977). An information flow model for conflict and fission in small groups. *Journal of Anthropological
Research* 33, 452-473.
Padgett, J. F., & Ansell, C. K. (1993). Robust action and the rise of the Medici. *American Journal of Sociology* 98,
1259-1319.
Knuth, D. E. (1993). *The Stanford GraphBase*. Addison-Wesley.
Davis, A., Gardner, B. B., & Gardner, M. R. (1941). *Deep South*. University of Chicago Press.
"""
