"""The network desk: draw a network or load one, see it measured, redesign it and compare, take it away.

The page holds the drawing and draws at once; Python checks what it gets, measures it, and keeps it for when the cell is
run again. What the page shows travels in messages only: neither the notebook's outputs nor a saved widget holds it, and
real names from a file stay in this process unless the reader asks to see them.
"""

import gzip
import secrets
import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final

import anywidget
import networkx as nx
import traitlets
from IPython.core.getipython import get_ipython
from IPython.display import display

from jejaring import answers, readings
from jejaring.answers import Answer
from jejaring.exercises.bank import load
from jejaring.figures.picture import Picture
from jejaring.language import word, words
from jejaring.networks import from_survey, pseudonymise, to_edges_csv, to_graphml
from jejaring.widgets import desk_reports, desk_troubles
from jejaring.widgets.desk_reports import Measured
from jejaring.widgets.drawings import ANSWER_PEOPLE, ANSWER_TIES, MOST_PEOPLE, MOST_TIES, Drawing, lay_out, read_drawing
from jejaring.widgets.figure import FIGURE_CSS, still_html
from jejaring.widgets.samples import ALL, EMPTY, SAMPLES, Source

__all__ = ["NetworkDesk", "network_desk"]

_HERE = Path(__file__).parent
_KERNEL: Final = uuid.uuid4().hex  # the page asks each kernel once
_SEED: Final = secrets.randbits(64)  # decides who is P1: nobody can work it out from the names
_MOST_SUGGESTED: Final = 5
_PAGE: Final = ("keeper.js", "desk_network.js", "desk_answer.js", "desk_map.js", "desk.js")
_JS: Final = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _PAGE)
_CSS: Final = FIGURE_CSS + "".join((_HERE / name).read_text(encoding="utf-8") for name in ("panel.css", "desk.css"))


def network_desk(dataset: str = "kite", answer: str | None = None) -> "NetworkDesk":
    """Give the reader a desk to draw, measure and redesign a network on.

    Run again, the cell shows what was on the desk before, as long as Python runs.

    Parameters
    ----------
    dataset : str
        What lies on it first: ``"empty"``, ``"kite"``, ``"class"`` (a made-up survey with three relations),
        ``"karate"``, ``"florentine"``, ``"miserables"`` or ``"davis"``.
    answer : str, optional
        Name under which the network is stored in the notebook, like the answer to an exercise; without it, the
        network lives as long as Python does.

    Returns
    -------
    NetworkDesk
        To be displayed.

    Raises
    ------
    ValueError
        If there is no such data set, or the name is that of an exercise, whose answer would be overwritten.

    Examples
    --------
    >>> network_desk("florentine")
    NetworkDesk('15 simpul dan 20 ikatan. Ikatan terbanyak: Medici (6).')
    """
    if dataset not in (EMPTY, *SAMPLES):
        raise ValueError(f"dataset={dataset!r}: there is no such data set; choose {', '.join((EMPTY, *SAMPLES))}.")
    if answer and (known := load().get(answer)) and known.kind != "network":
        raise ValueError(f"answer={answer!r}: that is an exercise of its own; choose a name that no exercise has.")
    place = answer or f"{dataset} {_cell()}"
    desk = _desks.get(place)
    if desk is None or desk.comm is None:
        desk = _desks[place] = NetworkDesk(dataset, answer)
    else:
        desk.renew()
    return desk


class NetworkDesk(anywidget.AnyWidget):
    """A desk with one network on it.

    Parameters
    ----------
    dataset : str
        What lies on it first.
    answer : str, optional
        Name under which the network is stored in the notebook.

    Examples
    --------
    >>> desk = NetworkDesk("kite")
    >>> desk.drawing.graph().degree("Diane")
    6
    """

    _esm: ClassVar[str] = _JS
    _css: ClassVar[str] = _CSS
    kernel = traitlets.Unicode(_KERNEL).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    qid = traitlets.Unicode("").tag(sync=True)
    value = traitlets.Any(None).tag(sync=True)
    t = traitlets.Float(0.0).tag(sync=True)
    tries = traitlets.Int(0).tag(sync=True)
    where = traitlets.Unicode("").tag(sync=True)

    def __init__(self, dataset: str, answer: str | None = None) -> None:
        known = answers.current(answer) if answer else None
        super().__init__(words=_page_words(), qid=answer or "", value=None, t=known.t if known else 0.0)
        self._source: Source | None = None
        self._origin, self._relation_now = EMPTY, ""
        self._measured = Measured(Drawing())
        self._before: Measured | None = None
        self._real: dict[str, str] = {}  # from file and pseudonym to name; never leaves this process unasked
        self._files = 0
        self._is_named = False
        self._measure, self._marks = "", False
        self._person: str | None = None
        self._open(dataset)
        if known and (stored := _stored(known.value)):
            self._put(stored)
            self.value = known.value
        self.on_msg(_answer)
        self.observe(self._restored, "t")

    @property
    def drawing(self) -> Drawing:
        """The network as it lies on the desk now."""
        return self._measured.drawing

    @property
    def picture(self) -> Picture:
        """The network as a still picture with its sentence."""
        return desk_reports.picture(self.drawing, word("desk.page.title"))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.picture.twin!r})"

    def _ipython_display_(self) -> None:
        """Display the still picture, then the live desk."""
        picture = self.picture
        display({"text/plain": picture.twin, "text/html": still_html(picture)}, raw=True)
        live, metadata = self._repr_mimebundle_() or ({}, {})
        display({**live, "text/plain": "", "text/html": ""}, metadata=metadata, raw=True)

    def renew(self) -> None:
        """Speak the language of now."""
        self.words = _page_words()

    # What the page may ask for

    def take(self, content: Mapping[str, Any], buffers: list[Any]) -> dict[str, Any]:
        """Take the page's drawing and wishes, and give what it shall show.

        Parameters
        ----------
        content : mapping
            ``asked`` comes back as ``answered``; the rest may be: ``network`` as edited, ``measure``, ``person``,
            ``brokers``, and ``do`` with one wish of `_WISHES`.
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
            if isinstance(wish, str) and wish in _WISHES:
                reply |= getattr(self, f"_{wish}")(content.get("with"), buffers)
        except ValueError as error:
            reply["problem"] = {"text": word("desk.said.damaged", trouble=str(error)[:300])}
        return reply | {
            "report": self._report(),
            "state": self._state(),
            "names": self._shown() if self._is_named else {},
        }

    def _hello(self, _: object, __: list[Any]) -> dict[str, Any]:
        """A page that shows the desk anew; names are hidden again."""
        self._is_named = False
        return {"network": self.drawing.page(), "fresh": True}

    def _load(self, name: object, _: list[Any]) -> dict[str, Any]:
        """Lay a sample on the desk, or clear it."""
        if name not in (EMPTY, *SAMPLES):
            return {}
        self._open(str(name))
        return self._replaced("desk.said.loaded", name=word(f"desk.samples.{name}"))

    def _csv(self, name: object, buffers: list[Any]) -> dict[str, Any]:
        """Open a survey; where it is broken, say where, and leave the desk as it is."""
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
        self._lay(Source(hidden, directed=True, groups={}, file=str(self._files)), "csv")
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

    # What the desk keeps

    def _open(self, dataset: str) -> None:
        """Lay a sample on the desk."""
        if dataset == EMPTY:
            self._source, self._origin, self._relation_now = None, EMPTY, ""
            self._before, self._measured = None, Measured(Drawing())
        else:
            self._lay(SAMPLES[dataset](), dataset)

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

    def _restored(self, _: object) -> None:
        """The page stored the drawing, or found a newer one in the notebook."""
        if not self.qid:
            return
        answers.remember(self.qid, Answer(self.value, self.t))
        stored = _stored(self.value)
        if stored and not _same(stored, self.drawing):
            self._put(stored)
            self.send(
                {
                    "network": self.drawing.page(),
                    "fresh": True,
                    "report": self._report(),
                    "state": self._state(),
                    "names": {},
                }
            )

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
        if not self.drawing.people:
            return {"reading": word("desk.said.nobody")}
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
            "twin": word("desk.said.twin", people=len(self.drawing.people), ties=len(self.drawing.ties)),
        }
        if self._marks:
            report["brokers"] = measured.brokers()
        if self._before is not None:
            report["compare"] = desk_reports.compare(self._before, measured, key, person or top, shown)
        return report


_desks: dict[str, NetworkDesk] = {}
_WISHES: Final = frozenset(
    ["hello", "load", "csv", "relation", "names", "freeze", "thaw", "back", "suggest", "arrange", "download"]
)


def _answer(desk: NetworkDesk, content: object, buffers: list[Any]) -> None:
    """Answer a page."""
    if content == {"need": "cytoscape"}:
        desk.send({"cytoscape": "gzip"}, buffers=[_packed_cytoscape()])
    elif isinstance(content, dict) and "asked" in content:
        desk.send(desk.take(content, buffers))


@cache
def _packed_cytoscape() -> bytes:
    """Pack the cytoscape.js that lies beside this file: 436 kB become 136."""
    return gzip.compress((_HERE / "vendor" / "cytoscape.min.js").read_bytes(), compresslevel=9, mtime=0)


def _page_words() -> dict[str, Any]:
    """All words that the page needs, fields in braces left open."""
    samples = {name: word(f"desk.samples.{name}") for name in (EMPTY, *SAMPLES)}
    return {
        **words("desk.page"),
        "samples": [[name, said] for name, said in samples.items()],
        "decimal": word("exercise.decimal"),
    }


def _relation_name(relation: str) -> str:
    """What a relation is called."""
    if relation == ALL:
        return word("desk.said.all_relations")
    return words("figure.relations.names").get(relation, relation).replace("<br>", " ")


def _capital(text: str) -> str:
    """Begin with a capital."""
    return text[:1].upper() + text[1:]


def _stored(value: object) -> Drawing | None:
    """A network from a notebook, or None if it is no such thing."""
    try:
        return read_drawing(value, most_people=ANSWER_PEOPLE, most_ties=ANSWER_TIES)
    except ValueError:
        return None


def _same(one: Drawing, other: Drawing) -> bool:
    """Whether two drawings are the same network, wherever people stand."""
    return (one.names, one.ties, one.directed) == (other.names, other.ties, other.directed)


def _cell() -> str:
    """Name the notebook cell that is running, where that is known."""
    shell: Any = get_ipython()
    try:
        return str(shell.get_parent()["metadata"]["cellId"])
    except (AttributeError, KeyError, TypeError):
        return ""
