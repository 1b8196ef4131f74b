"""A network under the hands: what a page does with it, what is measured of it, what the page shows of it.

It serves the network desk and the exercises of kind ``network``. What it keeps stays in this process: real names from a
file go to a page only while the reader asks to see them.
"""

import gzip
import secrets
import uuid
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import networkx as nx

from jejaring import readings
from jejaring.language import word, words
from jejaring.networks import from_survey, pseudonymise, to_edges_csv, to_graphml
from jejaring.widgets import desk_reports, desk_troubles
from jejaring.widgets.desk_reports import Measured
from jejaring.widgets.drawings import MOST_PEOPLE, MOST_TIES, Drawing, lay_out, read_drawing
from jejaring.widgets.samples import ALL, EMPTY, SAMPLES, Source

__all__ = ["BENCH_FILES", "KERNEL", "Bench", "page_words", "serve"]

KERNEL: Final = uuid.uuid4().hex
"""The page asks each kernel once for what draws the map."""

_HERE = Path(__file__).parent
BENCH_FILES: Final = ("desk_network.js", "desk_map.js", "desk.js")
"""What a page needs besides keeper.js, beside this file."""

_SEED: Final = secrets.randbits(64)  # decides who is P1: nobody can work it out from the names
_MOST_SUGGESTED: Final = 5
_GIVEN: Final = "given"
_FILE_WISHES: Final = frozenset(["csv", "relation"])
_MEASURE_WISHES: Final = frozenset(["freeze", "thaw", "back", "suggest"])
_WISHES: Final = frozenset(["hello", "load", "names", "arrange", "download"]) | _FILE_WISHES | _MEASURE_WISHES


class Bench:
    """One network, and what a page may do with it.

    Parameters
    ----------
    dataset : str
        What lies there first, where nothing is given.
    given : Drawing, optional
        The network that an exercise gives, which may be an empty one; samples are then not to be had, and files only if
        nobody is in it.
    directed : bool, optional
        What networks from files become; without it, those from files have a direction.
    measured : bool
        Whether anything is measured.
    read : callable
        Takes an answer from a notebook as a drawing, or gives None.

    Examples
    --------
    >>> Bench("kite", read=lambda answer: None).drawing.graph().degree("Diane")
    6
    """

    def __init__(
        self,
        dataset: str = EMPTY,
        *,
        given: Drawing | None = None,
        directed: bool | None = None,
        measured: bool = True,
        read: Callable[[object], Drawing | None],
    ) -> None:
        self._given = given and lay_out(given)
        self._directed, self._is_measured, self._read = directed, measured, read
        self._source: Source | None = None
        self._origin, self._relation_now = EMPTY, ""
        self._measured = Measured(Drawing())
        self._before: Measured | None = None
        self._real: dict[str, str] = {}  # from file and pseudonym to name; never leaves this process unasked
        self._files = 0
        self._is_named = False
        self._measure, self._marks = "", False
        self._person: str | None = None
        self._open(dataset if given is None else _GIVEN)

    @property
    def drawing(self) -> Drawing:
        """The network as it lies there now."""
        return self._measured.drawing

    @property
    def wishes(self) -> frozenset[str]:
        """What a page may wish for."""
        refused = frozenset() if self._is_measured else _MEASURE_WISHES
        return _WISHES - (refused | _FILE_WISHES if self._given and self._given.people else refused)

    def take(self, content: Mapping[str, Any], buffers: list[Any]) -> dict[str, Any]:
        """Take the page's drawing and wishes, and give what it shall show.

        Parameters
        ----------
        content : mapping
            ``asked`` comes back as ``answered``; the rest may be: ``network`` as edited, ``measure``, ``person``,
            ``brokers``, and ``do`` with one of `wishes`.
        buffers : list of bytes
            The file that is to be opened.

        Returns
        -------
        dict
            The reply.
        """
        reply: dict[str, Any] = {"answered": content.get("asked")}
        try:
            if "network" in content:
                self._put(read_drawing(content["network"]))
            self._look(content)
            wish = content.get("do")
            if isinstance(wish, str) and wish in self.wishes:
                reply |= getattr(self, f"_{wish}")(content.get("with"), buffers)
        except ValueError as error:
            reply["problem"] = {"text": word("desk.said.damaged", trouble=str(error)[:300])}
        return reply | {
            "report": self._report(),
            "state": self._state(),
            "names": self._shown() if self._is_named else {},
        }

    def restore(self, value: object) -> None:
        """Take an answer from a notebook if it is another network than this; where there is none, what was given."""
        stored = self._read(value)
        if stored is None:
            stored = self._given
        if stored is not None and not _same(stored, self.drawing):
            self._put(stored if stored is self._given else lay_out(stored))

    def _hello(self, value: object, _: list[Any]) -> dict[str, Any]:
        """A page that shows the network anew, and what it knows as the answer; names are hidden again."""
        self._is_named = False
        self.restore(value)
        return {"network": self.drawing.page(), "fresh": True}

    def _load(self, name: object, _: list[Any]) -> dict[str, Any]:
        """Lay a sample there, or clear it; in an exercise, begin again."""
        if name not in ((EMPTY, *SAMPLES) if self._given is None else (_GIVEN,)):
            return {}
        self._open(str(name))
        return self._replaced("desk.said.loaded", name=word(f"desk.samples.{name}"))

    def _csv(self, name: object, buffers: list[Any]) -> dict[str, Any]:
        """Open a survey; where it is broken, say where, and leave everything as it is."""
        called = str(name)[:100]
        try:
            survey = from_survey(bytes(buffers[0]) if buffers else b"")
        except ValueError as error:
            return {"problem": desk_troubles.told(str(error), called)}
        if len(survey.people) > MOST_PEOPLE or len(survey.ties) > MOST_TIES:
            size = {"people": len(survey.people), "ties": len(survey.ties)}
            return {"problem": {"text": word("desk.said.too_large", **size, most=MOST_PEOPLE, most_ties=MOST_TIES)}}
        self._files += 1
        hidden, key = pseudonymise(survey, seed=_SEED)
        self._real |= {f"{self._files}:{pseudonym}": real for real, pseudonym in key.items()}
        self._lay(Source(hidden, directed=self._directed is not False, groups={}, file=str(self._files)), "csv")
        return self._replaced("desk.said.opened", name=called)

    def _relation(self, name: object, _: list[Any]) -> dict[str, Any]:
        """Show another relation of the same people."""
        if self._source is None or name not in self._source.relations:
            return {}
        self._lay(self._source, self._origin, str(name))
        return self._replaced("desk.said.relation", name=_relation_name(str(name)))

    def _names(self, wanted: object, _: list[Any]) -> dict[str, Any]:
        """Show the real names, or hide them again."""
        self._is_named = wanted is True
        return {}

    def _freeze(self, _: object, __: list[Any]) -> dict[str, Any]:
        """Keep the network as what was before."""
        self._before = self._measured
        return {"said": word("desk.said.frozen")}

    def _thaw(self, _: object, __: list[Any]) -> dict[str, Any]:
        """Compare no longer."""
        self._before = None
        return {"said": word("desk.said.thawed")}

    def _back(self, _: object, __: list[Any]) -> dict[str, Any]:
        """Undo the redesign."""
        if self._before is None:
            return {}
        self._measured = self._before
        return self._replaced("desk.said.back")

    def _suggest(self, count: object, _: list[Any]) -> dict[str, Any]:
        """Name ties that would bring everybody nearer; the page adds them."""
        if type(count) is not int or not 1 <= count <= _MOST_SUGGESTED:
            return {}
        if self._before is None:
            self._before = self._measured
        try:
            ties = desk_reports.suggest(self.drawing, count)
        except ValueError as error:
            return {"problem": {"text": str(error)}}
        shown = self._shown() if self._is_named else {}
        pairs = ", ".join("–".join(shown.get(name, name) for name in tie) for tie in ties)
        return {
            "add": [list(tie) for tie in ties],
            "said": word("desk.said.suggested" if ties else "desk.said.no_tie", ties=pairs),
        }

    def _arrange(self, _: object, __: list[Any]) -> dict[str, Any]:
        """Lay everybody out anew."""
        self._measured = Measured(lay_out(self.drawing))
        return {
            "places": {name: list(place) for name, place in self.drawing.places.items()},
            "said": word("desk.said.arranged"),
        }

    def _download(self, form: object, _: list[Any]) -> dict[str, Any]:
        """Write the network as a file, under the names that are shown."""
        shown = self._shown() if self._is_named else {}
        drawing = self.drawing
        if not drawing.people:
            return {"problem": {"text": word("desk.said.nobody")}}
        if form == "graphml":
            graph = drawing.graph()
            text = to_graphml(nx.relabel_nodes(graph, dict(shown)))
        elif form == "csv":
            delimiter = ";" if word("figure.separators")[0] == "," else ","
            text = "\ufeff" + to_edges_csv(drawing.survey(shown), delimiter=delimiter)
        else:
            return {}
        name = f"{word('desk.said.file')}.{form}"
        return {"file": {"name": name, "text": text}, "said": word("desk.said.saved", name=name)}

    # What is kept

    def _open(self, name: str) -> None:
        """Lay a sample there, or what was given."""
        if name not in (EMPTY, _GIVEN):
            self._lay(SAMPLES[name](), name)
            return
        self._source, self._origin, self._relation_now = None, EMPTY, ""
        self._measured = Measured(self._given or Drawing())
        self._before = self._measured if self.drawing.people and self._is_measured else None

    def _lay(self, source: Source, origin: str, relation: str = "") -> None:
        """Lay one relation of a source on the desk."""
        self._source, self._origin = source, origin
        self._relation_now = relation or next(iter(source.relations), "")
        self._before, self._measured = None, Measured(source.drawing(self._relation_now))

    def _put(self, drawing: Drawing) -> None:
        """Take an edited drawing; what was measured counts on while only places changed."""
        if drawing == self.drawing:
            return
        measured = Measured(drawing)
        if (drawing.names, drawing.ties, drawing.directed) == (
            self.drawing.names,
            self.drawing.ties,
            self.drawing.directed,
        ):
            measured = self._measured.moved(drawing)
        self._measured = measured

    def _look(self, content: Mapping[str, Any]) -> None:
        """Take what the reader looks at."""
        if "measure" in content:
            self._measure = str(content["measure"])
        if "person" in content:
            self._person = content["person"] if isinstance(content["person"], str) else None
        if "brokers" in content:
            self._marks = content["brokers"] is True

    def _replaced(self, key: str, **fields: str) -> dict[str, Any]:
        """Tell the page that another network lies here."""
        return {"network": self.drawing.page(), "said": word(key, **fields)}

    def _shown(self) -> dict[str, str]:
        """Real names by pseudonym, of those on the desk whose name is kept here."""
        people = self.drawing.people
        return {each.name: self._real[each.key] for each in people if each.is_coded and each.key in self._real}

    def _state(self) -> dict[str, Any]:
        """Where the drawing comes from, and what can be chosen."""
        relations = self._source.relations if self._source else ()
        return {
            "source": self._origin,
            "relations": [[name, _relation_name(name)] for name in relations] if len(relations) > 1 else [],
            "relation": self._relation_now,
            "coded": bool(self._shown()),
            "named": self._is_named,
            "frozen": self._before is not None,
        }

    def _report(self) -> dict[str, Any]:
        """All that is said about the network now."""
        measured, shown = self._measured, self._shown() if self._is_named else {}
        twin = word("desk.said.twin", people=len(self.drawing.people), ties=len(self.drawing.ties))
        if not self.drawing.people:
            return {"reading": word("desk.said.nobody")}
        if not self._is_measured:
            return {"twin": twin}
        key = self._measure if self._measure in measured.measures else measured.measures[0]
        table = measured.table(key, shown)
        top = self.drawing.names[int(table[0][0])] if table else None
        person = self._person if self._person in self.drawing.names else None
        report: dict[str, Any] = {
            "measures": [[each, _capital(readings.name(each))] for each in measured.measures],
            "measure": key,
            "meaning": readings.meaning(key),
            "numbers": measured.numbers(),
            "table": table,
            "sizes": measured.sizes(key),
            "reading": measured.reading(key, person or top, shown),
            "twin": twin,
        }
        if self._marks:
            report["brokers"] = measured.brokers()
        if self._before is not None:
            report["compare"] = desk_reports.compare(self._before, measured, key, person or top, shown)
        return report


def serve(bench: Bench, send: Callable[..., None], content: object, buffers: list[Any]) -> None:
    """Answer a page: with what draws the map, or with what the bench says."""
    if content == {"need": "cytoscape"}:
        send({"cytoscape": "gzip"}, buffers=[_packed_cytoscape()])
    elif isinstance(content, dict) and "asked" in content:
        send(bench.take(content, buffers))


def page_words() -> dict[str, Any]:
    """All words that the page needs, fields in braces left open."""
    samples = {name: word(f"desk.samples.{name}") for name in (EMPTY, *SAMPLES)}
    return {
        **words("desk.page"),
        "samples": [[name, said] for name, said in samples.items()],
        "decimal": word("exercise.decimal"),
    }


@cache
def _packed_cytoscape() -> bytes:
    """Pack the cytoscape.js that lies beside this file: 436 kB become 136."""
    return gzip.compress((_HERE / "vendor" / "cytoscape.min.js").read_bytes(), compresslevel=9, mtime=0)


def _relation_name(relation: str) -> str:
    """What a relation is called."""
    if relation == ALL:
        return word("desk.said.all_relations")
    return words("figure.relations.names").get(relation, relation).replace("<br>", " ")


def _capital(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def _same(one: Drawing, other: Drawing) -> bool:
    """Whether two drawings are the same network, wherever people stand."""
    return (one.names, one.ties, one.directed) == (other.names, other.ties, other.directed)
