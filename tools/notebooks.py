"""Keep the notebooks of all languages in one form and in step: run | sync | check.

    python tools/notebooks.py run [FILE ...]             run every cell, write the canonical form
    python tools/notebooks.py sync [--stamp] [FILE ...]  carry code from the original to its translations
    python tools/notebooks.py check [FILE ...]           say what is wrong; exit code 1 if anything is

Without a FILE all of course/<language>/*.ipynb and source/<language>/*/*.ipynb are meant. The original language is the
first in words/languages.toml. Cells are joined by their ids. Code is the same in every language, except in the one cell
tagged `language`. A translated prose cell carries the hash of what it translates (metadata.jejaring.translates);
`sync --stamp` writes these hashes, and only when asked to, so that a changed original shows up in `check`.
"""

import argparse
import hashlib
import itertools
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError

from jejaring.errors import NotebookError
from jejaring.language import LANGUAGES

__all__ = ["canonical", "check", "find", "main", "run", "sync"]

Notebook = dict[str, Any]
Cell = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
ORIGINAL = next(iter(LANGUAGES))
PATTERNS = ("course/{}/*.ipynb", "source/{}/*/*.ipynb")

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_METADATA = {"deletable", "editable", "jejaring", "jupyter", "nbgrader", "tags"}
# Each of these tags takes a cell out of a check, and metadata.jejaring.reason has to say why.
EXEMPTIONS = {"nbval-ignore-output", "nbval-raises-exception", "nbval-skip", "raises-exception", "long-code"}

CELLS, CODE_LINES, CODE_RUN, WORDS, WORDS_PER_LINE = (25, 45), 20, 2, (1000, 2200), 10

START = 'data-commandlinker-command="notebook:run-all-cells"'

_SLUG = re.compile(r"(?!.*\b[0-9a-f]{8,}\b)[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LINKS = re.compile(r"^(?:\[[^\]]*\]\([^)]*\)(?: · )?)+$", re.MULTILINE)
_ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|al|art|cf|dkk|dll|dr|drs|dsb|dst|e\.g|ed|eds|hlm|i\.e|ir|jl|no|nos|pp?|prof|ps|st|vol|vs?)|^\s*\d+)\.$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(\S*[.!?…])[\"'”’)\]*_]*\s+(?=[\"'“‘(*_\[]*[A-ZÀ-Þ])")


# The canonical form


def canonical(notebook: Notebook) -> str:
    """Return a notebook's one canonical text: no widget state, no timing, sorted keys, cells counted from the top.

    Texts and pictures among the outputs stay. Nothing else depends on when, where or how often it was run.
    """
    count = itertools.count(1)
    cells = [_canonical_cell(cell, count) for cell in notebook["cells"]]
    own = dict(notebook["metadata"].get("jejaring", {}))
    if "assignment" not in own:  # an assignment's source keeps the instructor's right answers; nbgrader strips them
        own.pop("answers", None)
    metadata = NOTEBOOK_METADATA | ({"jejaring": own} if own else {})
    plain = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _canonical_cell(cell: Cell, count: Iterator[int]) -> Cell:
    metadata = {key: cell["metadata"][key] for key in CELL_METADATA if cell["metadata"].get(key) not in ({}, [], None)}
    if "tags" in metadata:
        metadata["tags"] = sorted(set(metadata["tags"]))
    plain = {"cell_type": cell["cell_type"], "id": cell["id"], "metadata": metadata, "source": _lines(_source(cell))}
    if cell.get("attachments"):
        plain["attachments"] = cell["attachments"]
    if cell["cell_type"] == "code":
        number = next(count) if _source(cell).strip() else None  # nbval takes a cell without a number for one never run
        plain |= {"execution_count": number, "outputs": list(_canonical_outputs(cell["outputs"], number))}
    return plain


def _canonical_outputs(outputs: Iterable[Cell], number: int | None) -> Iterator[Cell]:
    """Drop widget views and old counters; join what one stream said in several pieces."""
    kept: list[Cell] = []
    for output in outputs:
        plain = {key: value for key, value in output.items() if key not in {"execution_count", "transient"}}
        if "data" in plain:
            plain["data"] = {mime: _joined(data) for mime, data in plain["data"].items() if mime != WIDGET_VIEW}
            plain["metadata"] = {
                mime: seen for mime, seen in plain["metadata"].items() if mime in plain["data"] and seen
            }
            if not plain["data"]:
                continue
        if plain["output_type"] == "stream":
            plain["text"] = _joined(plain["text"])
            if kept and (kept[-1]["output_type"], kept[-1].get("name")) == ("stream", plain["name"]):
                kept[-1]["text"] += plain["text"]
                continue
        kept.append(plain)
    for plain in kept:
        if plain["output_type"] == "execute_result":
            plain["execution_count"] = number
        if "text" in plain:
            plain["text"] = _lines(plain["text"])
        if "data" in plain:
            plain["data"] = {
                mime: _lines(data) if isinstance(data, str) else data for mime, data in plain["data"].items()
            }
        yield plain


def _joined(text: Any) -> Any:
    """The text of a list of lines; anything else (JSON data) as it is."""
    return "".join(text) if isinstance(text, list) and all(isinstance(line, str) for line in text) else text


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _source(cell: Cell) -> str:
    return str(_joined(cell["source"])).rstrip("\n")


# Which notebooks there are


def find(files: Iterable[Path] = (), root: Path = ROOT) -> list[Path]:
    """Return these notebooks, or all that are written by hand."""
    chosen = [Path(file).resolve() for file in files]
    return chosen or sorted(
        path for code in LANGUAGES for pattern in PATTERNS for path in root.glob(pattern.format(code))
    )


def _language(path: Path, root: Path) -> str:
    """The folder right under course/ or source/."""
    return path.relative_to(root).parts[1]


def _edition(path: Path, language: str, root: Path) -> Path:
    """The same notebook in another language."""
    part, _, *rest = path.relative_to(root).parts
    return root.joinpath(part, language, *rest)


def _read(path: Path) -> Notebook:
    try:
        notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
        ids = [cell.get("id") for cell in notebook["cells"]]
        if twins := {name for name in ids if ids.count(name) > 1}:  # validation would rename them
            raise NotebookError(f"{path}: several cells share the id {', '.join(map(str, twins))}; rename all but one")
        nbformat.validate(notebook)
    except (OSError, ValueError, TypeError, LookupError, AttributeError, nbformat.ValidationError) as error:
        what = str(error).splitlines()[0]
        raise NotebookError(f"{path}: is no valid notebook ({what}); save it again from JupyterLab") from error
    return notebook


def _write(path: Path, notebook: Notebook) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(canonical(notebook), encoding="utf-8", newline="\n")


# run


def run(path: Path) -> None:
    """Run every cell in a fresh kernel and write the canonical form; a failing cell leaves the file as it was."""
    notebook = nbformat.reads(json.dumps(_read(path)), as_version=4)
    running = ["the start of the kernel"]
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        store_widget_state=False,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],  # a kernel on this machine warns about its transport
        resources={"metadata": {"path": path.parent}},
        on_cell_start=lambda cell, cell_index: running.append(f"cell {cell['id']}"),  # noqa: ARG005  # asked for by name
    )
    # An assignment is marked by the answers in its file; lessons are run as a student meets them, without any.
    env = os.environ | ({"JEJARING_NOTEBOOK": str(path)} if "assignment" in _own(notebook) else {})
    try:
        client.execute(env=env)
    except (CellControlSignal, DeadKernelError) as error:
        last = re.sub(r"\x1b\[[\d;]*m", "", str(error).strip().splitlines()[-1])
        raise NotebookError(
            f"{path}, {running[-1]}: {last}\nMend it and run again; the file was not touched."
        ) from error
    _write(path, notebook)


# sync


def sync(path: Path, *, stamp: bool = False, root: Path = ROOT) -> None:
    """Carry the code of an original into each of its translations; prose stays, or starts as a copy to be translated.

    Parameters
    ----------
    path : Path
        A notebook in the original language.
    stamp : bool
        Also write into each translated cell the hash of its original: "this translation is up to date".
    root : Path
        The folder that holds course/ and source/.
    """
    original = _read(path)
    for language in LANGUAGES:
        if language == ORIGINAL:
            continue
        target = _edition(path, language, root)
        edition = _read(target) if target.exists() else {"cells": [], "metadata": {}}
        known = {cell["id"]: cell for cell in edition["cells"]}
        if extra := known.keys() - {cell["id"] for cell in original["cells"]}:
            raise NotebookError(
                f"{target}: {path} has no cell {', '.join(sorted(extra))}; add it there or delete it here"
            )
        cells = [_translated(cell, known.get(cell["id"]), language, stamp=stamp) for cell in original["cells"]]
        own = _own(original) | {"language": language}
        if "answers" in _own(edition):  # an essay is answered in the language of its edition
            own["answers"] = _own(edition)["answers"]
        _write(target, {"cells": cells, "metadata": {"jejaring": own}})


def _translated(cell: Cell, known: Cell | None, language: str, *, stamp: bool) -> Cell:
    """One cell of a translation: shared cells follow the original, prose keeps its own words."""
    fresh: Cell = json.loads(json.dumps(cell))
    if _tags(cell) >= {"language"}:
        fresh["source"] = _source(known) if known else _source(cell).replace(f'"{ORIGINAL}"', f'"{language}"')
    elif _shared(cell):
        if cell["cell_type"] == "code" and known and _source(known) == _source(cell):
            fresh["outputs"] = known.get("outputs", [])  # they speak the language of the translation
        elif cell["cell_type"] == "code":
            fresh["outputs"] = []
    else:
        mark = _own(known).get("translates") if known else None
        fresh["source"] = _source(known) if known else _source(cell)
        if mark or (stamp and known):
            fresh["metadata"]["jejaring"] = _own(fresh) | {"translates": _hash(cell) if stamp else mark}
    return fresh


def _hash(cell: Cell) -> str:
    return hashlib.sha256(_source(cell).encode()).hexdigest()[:16]


def _shared(cell: Cell) -> bool:
    """Whether a cell is the same in every language: code, raw, and the empty place for a student's own text."""
    if cell["cell_type"] != "markdown":
        return True
    return bool(cell["metadata"].get("nbgrader", {}).get("solution")) and not _source(cell).strip(".… \n")


def _own(cell: Cell) -> dict[str, Any]:
    return dict(cell["metadata"].get("jejaring", {}))


def _tags(cell: Cell) -> set[str]:
    return set(cell["metadata"].get("tags", []))


# check


def check(path: Path, root: Path = ROOT) -> Iterator[str]:
    """Say what is wrong with a notebook: file, cell, what to do."""
    text, notebook = path.read_text(encoding="utf-8"), _read(path)
    language, name = _language(path, root), path.relative_to(root)
    if text != canonical(notebook):
        yield f"{name}: is not in canonical form; run `python tools/notebooks.py run {name}`"
    found = [*_check_language(notebook, language), *_check_cells(notebook)]
    if name.parts[0] == "course":
        found += [*_check_start(notebook), *_check_grain(notebook)]
    if language != ORIGINAL:
        original = _edition(path, ORIGINAL, root)
        if original.exists():
            found += _check_parity(_read(original), notebook, str(original.relative_to(root)))
        else:
            found.append(f"has no original {original.relative_to(root)}; write that first")
    else:
        for other in LANGUAGES:
            if not _edition(path, other, root).exists():
                found.append(f"has no edition in {other!r}; run `python tools/notebooks.py sync {name}` and translate")
    yield from (f"{name}, {problem}" if problem.startswith("cell ") else f"{name}: {problem}" for problem in found)


def _check_language(notebook: Notebook, language: str) -> Iterator[str]:
    if (said := _own(notebook).get("language")) != language:
        yield f"metadata.jejaring.language is {said!r}; write {language!r}, the name of its folder"
    if not _own(notebook).keys() & {"lesson", "assignment"}:
        yield 'metadata.jejaring names no "lesson" or "assignment"; add it'
    marked = [cell for cell in notebook["cells"] if "language" in _tags(cell)]
    if len(marked) != 1 or f'use_language("{language}")' not in _source(marked[0]):
        yield f"exactly one cell, tagged `language`, must call use_language({language!r}); {len(marked)} have the tag"


def _check_cells(notebook: Notebook) -> Iterator[str]:
    for cell in notebook["cells"]:
        here = f"cell {cell['id']}"
        if not _SLUG.fullmatch(cell["id"]):
            yield f"{here}: its id is no slug; name what it says, such as `seats-are-not-power`"
        exempt, reason = _tags(cell) & EXEMPTIONS, _own(cell).get("reason")
        if exempt and not reason:
            yield f"{here}: is tagged {', '.join(sorted(exempt))}; say why in metadata.jejaring.reason"
        if reason and not exempt:
            yield f"{here}: gives a reason in metadata.jejaring but no tag needs one; remove it"
        if cell["cell_type"] == "code":
            yield from (f"{here}: {problem}" for problem in _check_outputs(cell))
        elif cell["cell_type"] == "markdown" and not _shared(cell):
            yield from (f"{here}: {problem}" for problem in _check_sentences(_source(cell)))


def _check_outputs(cell: Cell) -> Iterator[str]:
    for output in cell["outputs"]:
        if output["output_type"] == "error" and "raises-exception" not in _tags(cell):
            yield f"ends in {output['ename']}; mend it, or tag it `raises-exception` with a reason"
        if output.get("name") == "stderr":
            yield f"writes to stderr ({_joined(output['text']).splitlines()[0]}); mend the cause"
        if _ADDRESS.search(json.dumps(output)):
            yield "shows the address of an object, which changes with every run; give the object a repr"


def _check_sentences(source: str) -> Iterator[str]:
    """One sentence per line; tables, code, headings and formulas are left alone."""
    before = ""
    for line in _prose_lines(source):
        for end in _SENTENCE_END.finditer(line):
            if not _ABBREVIATION.search(line[: end.end(1)]):
                yield f"two sentences on one line; break it after “{line[: end.end(1)][-30:]}”"
        if before and before[-1] not in ".!?…:;*_|" and re.match(r"[a-zà-þ]", line):
            yield f"a sentence runs over two lines; join “{before[-20:]}” and “{line[:20]}”"
        before = line.rstrip()


def _prose_lines(source: str) -> Iterator[str]:
    """Lines of running text; a line that is none comes as an empty one."""
    fenced = formula = False
    for line in source.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        if line.strip().startswith("$$") and line.count("$$") == 1:
            formula = not formula
        plain = not (fenced or formula) and not line.lstrip().startswith(("#", "|", "<", "```", "$$"))
        yield line.strip() if plain else ""


def _check_start(notebook: Notebook) -> Iterator[str]:
    """One click starts a lesson, and what only shows an exercise or a panel is collapsed."""
    if START not in _source(notebook["cells"][0]):
        yield f"cell {notebook['cells'][0]['id']}: has no start button; end it with <button {START}>▶ …</button>"
    for cell in notebook["cells"]:
        shows = re.search(r"^(?:ask\(|from jejaring\.(?:panels|widgets)\b)", _source(cell), re.MULTILINE)
        if cell["cell_type"] == "code" and shows and not cell["metadata"].get("jupyter", {}).get("source_hidden"):
            yield f"cell {cell['id']}: shows an exercise or a panel; collapse its input (View, Collapse Selected Code)"


def _check_grain(notebook: Notebook) -> Iterator[str]:
    cells = notebook["cells"]
    if not CELLS[0] <= len(cells) <= CELLS[1]:
        yield f"has {len(cells)} cells; a lesson has {CELLS[0]} to {CELLS[1]}"
    words = sum(_count_words(cell) for cell in cells)
    if not WORDS[0] <= words <= WORDS[1]:
        yield f"has {words} words; a lesson has {WORDS[0]} to {WORDS[1]}"
    lines = sum(_count_lines(cell) for cell in cells if not cell["metadata"].get("jupyter", {}).get("source_hidden"))
    if words < WORDS_PER_LINE * lines:
        yield f"has {words} words for {lines} visible lines of code; write {WORDS_PER_LINE} a line or collapse inputs"
    row = 0
    for cell in cells:
        row = row + 1 if cell["cell_type"] == "code" else 0
        if row == CODE_RUN + 1:
            yield f"cell {cell['id']}: is the third code cell in a row; say first what it is for"
        if (long := _count_lines(cell)) > CODE_LINES and "long-code" not in _tags(cell):
            yield f"cell {cell['id']}: has {long} lines of code; move some into a model or keep {CODE_LINES}"


def _count_words(cell: Cell) -> int:
    """Words that a reader reads: no code blocks, no tags, no link targets, no line of links to other lessons."""
    if cell["cell_type"] != "markdown":
        return 0
    text = _LINKS.sub("", _source(cell))
    text = re.sub(r"```.*?```|<[^>]*>|(?<=\])\([^)]*\)", " ", text, flags=re.DOTALL)
    return len(re.findall(r"\w+(?:[-'’.,]\w+)*", text))


def _count_lines(cell: Cell) -> int:
    return sum(bool(line.strip()) for line in _source(cell).splitlines()) if cell["cell_type"] == "code" else 0


def _check_parity(original: Notebook, translation: Notebook, name: str) -> Iterator[str]:
    """The same cells in the same order, the same code, and translations that know their original."""
    ids = [[cell["id"] for cell in notebook["cells"]] for notebook in (original, translation)]
    if ids[0] != ids[1]:
        odd = sorted(set(ids[0]) ^ set(ids[1]))
        what = f"one lacks {', '.join(odd)}" if odd else "the order differs"
        yield f"cells differ from {name}: {what}; run `python tools/notebooks.py sync {name}`"
    known = {cell["id"]: cell for cell in original["cells"]}
    mend = f"run `python tools/notebooks.py sync {name}`"
    for cell in translation["cells"]:
        if (twin := known.get(cell["id"])) is None:
            continue
        here = f"cell {cell['id']}"
        if "language" in _tags(twin):
            continue
        if _neutral(cell) != _neutral(twin):
            yield f"{here}: kind, tags or metadata differ from {name}; {mend}"
        elif _shared(twin) and _source(cell) != _source(twin):
            yield f"{here}: differs from {name}, where code is written; {mend}"
        elif not _shared(twin) and _own(cell).get("translates") != _hash(twin):
            yield f"{here}: {name} has changed since; translate it again, then {mend[:-1]} --stamp`"


def _neutral(cell: Cell) -> tuple[str, Cell]:
    """What must be the same in every language besides the source."""
    own = {key: value for key, value in _own(cell).items() if key != "translates"}
    return cell["cell_type"], {key: value for key, value in (cell["metadata"] | {"jejaring": own}).items() if value}


# The command line


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Obey a command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="notebooks.py", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("command", choices=["run", "sync", "check"])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--stamp", action="store_true", help="with sync: say that the translations are up to date")
    chosen = parser.parse_intermixed_args(arguments)  # `sync --stamp FILE` as well as `sync FILE --stamp`
    # The kernel of this environment, not one of the same name in the home folder; and no notebook of an outer session.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ.pop("JPY_SESSION_NAME", None)

    try:
        return _obey(chosen.command, find(chosen.files, root), root, stamp=chosen.stamp)
    except NotebookError as error:
        print(error, file=sys.stderr)
        return 1


def _obey(command: str, paths: list[Path], root: Path, *, stamp: bool) -> int:
    if command == "check":
        problems = [problem for path in paths for problem in check(path, root)]
        print(*problems, f"{len(paths)} notebooks, {len(problems)} problems", sep="\n")
        return int(bool(problems))
    for path in paths:
        if command == "run":
            print(f"run {path}")
            run(path)
        elif _language(path, root) == ORIGINAL:
            sync(path, stamp=stamp, root=root)
    return 0


if __name__ == "__main__":
    sys.exit(main())
