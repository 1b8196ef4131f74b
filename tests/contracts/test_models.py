"""What every model obeys. Models are found by being modules of `jejaring`; what else lives there is named here."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from tests.test_house import foreign_modules

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "jejaring"
HOUSE = {"answers", "data", "errors", "language", "variants"}  # no models
FILES = [path for path in sorted(PACKAGE.glob("*.py")) if path.stem not in HOUSE and not path.stem.startswith("_")]
PRIVATE = [path for path in sorted(PACKAGE.glob("_*.py")) if path.stem != "__init__"]
PARTS = ("figures", "panels", "widgets", "exercises", "words", "language", "answers")
LONGEST = 40  # lines of a function, its docstring and blank lines aside
SOURCES = tomllib.loads((ROOT / "course" / "data" / "bibliography.toml").read_text(encoding="utf-8"))


def public(path: Path) -> Iterator[tuple[str, Any]]:
    """Public functions and classes of a module, and the public methods of its classes."""
    module = importlib.import_module(f"jejaring.{path.stem}")
    for name in module.__all__:
        thing = getattr(module, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            yield name, thing


MODELS = [pytest.param(path, id=path.stem) for path in FILES]
OFFERED = [pytest.param(thing, id=f"{path.stem}.{name}") for path in FILES for name, thing in public(path)]


@pytest.mark.parametrize("path", [*MODELS, *(pytest.param(path, id=path.stem) for path in PRIVATE)])
def test_no_function_is_long(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    long = {}
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if body:
                own = range(
                    node.lineno - 1, body[0].lineno - 1 if not ast.get_docstring(node) else node.body[0].lineno - 1
                )
                rest = range(body[0].lineno - 1, node.end_lineno or body[0].lineno)
                count = sum(bool(lines[at].strip()) for at in (*own, *rest))
                if count > LONGEST:
                    long[node.name] = count
    assert long == {}


@pytest.mark.parametrize("path", MODELS)
def test_a_model_knows_neither_words_nor_pictures(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in named if name.startswith(tuple(f"jejaring.{part}" for part in PARTS))} == set()
    assert {name for name in named if name.startswith(("plotly", "ipywidgets", "anywidget"))} == set()


@pytest.mark.parametrize("path", MODELS)
def test_chance_enters_through_a_seed_alone(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    calls = re.findall(r"\brandom\.(?!Random\b)\w+", source)
    assert calls == [], "draw from random.Random(seed)"
    assert re.findall(r"\bRandom\(\)", source) == [], "give it a seed"


@pytest.mark.parametrize("thing", OFFERED)
def test_what_is_public_explains_itself(thing: Any) -> None:
    said = inspect.getdoc(thing) or ""
    first = said.splitlines()[0] if said else ""
    assert first.endswith((".", "?")), "the first line says the idea"
    if isinstance(thing, FunctionType):
        parameters = [name for name in inspect.signature(thing).parameters if name not in ("self", "cls")]
        sections = ["Parameters"] * bool(parameters) + ["Examples"]
        sections += (
            ["Raises"] if re.search(r"\braise \w+Error\(|_checks|\b(whole|number|share|choice)\(", _body(thing)) else []
        )
        assert [section for section in sections if f"{section}\n{'-' * len(section)}" not in said] == []
        assert re.search(r"^(Returns|Yields)\n-+", said, re.MULTILINE)
        listed = said.partition("Parameters\n----------\n")[2].partition("\n\n")[0]
        names = {
            name.strip().lstrip("*")
            for line in re.findall(r"^(\S.*?) :", listed, re.MULTILINE)
            for name in line.split(",")
        }
        names |= {line.strip().lstrip("*") for line in re.findall(r"^(\*\S+)$", listed, re.MULTILINE)}
        assert names == set(parameters)
        assert ">>>" in said


def _body(thing: FunctionType) -> str:
    """Source without the docstring."""
    return inspect.getsource(thing).replace(inspect.getdoc(thing) or "\0", "")


@pytest.mark.parametrize("thing", OFFERED)
def test_a_seed_is_asked_for_by_name(thing: Any) -> None:
    signature = inspect.signature(thing)
    if "seed" in signature.parameters:
        assert signature.parameters["seed"].kind is inspect.Parameter.KEYWORD_ONLY


@pytest.mark.parametrize("path", MODELS)
def test_every_reference_is_in_the_bibliography(path: Path) -> None:
    """Docstrings cite "Author, A. (year)." or, for laws, "Law 7/2017" and "PP 28/2018"."""
    known = {(name, entry["year"]) for entry in SOURCES.values() for name in _surnames(entry["author"])}
    missing = []
    for block in re.findall(r"References\n\s*-+\n(.*?)(?:\n\s*\n|\"\"\")", path.read_text(encoding="utf-8"), re.DOTALL):
        text = re.sub(r"\s+", " ", block)
        cited = re.findall(r"([A-ZÀ-Þ][\w'’-]+), [A-Z]\.[^()]{0,200}?\((\d{4})\)\.", text)
        cited_laws = re.findall(r"\b(UU|PP|Perpres|Permendagri|Law) (\d+)/(\d{4})", text)
        assert cited or cited_laws or "Fatwa" in text, f"no author and year found in: {text}"
        missing += [(name, year) for name, year in cited if (name, int(year)) not in known]
        missing += [f"{kind} {law}/{year}" for kind, law, year in cited_laws if not _has_law(kind, law, year)]
    assert missing == [], "add them to course/data/bibliography.toml"


def _surnames(authors: str) -> list[str]:
    return [person.partition(",")[0].split()[-1] for person in authors.split(";")] + [
        person.partition(",")[0].split()[0] for person in authors.split(";")
    ]


def _has_law(kind: str, law: str, year: str) -> bool:
    prefix = {"UU": "uu", "Law": "uu", "PP": "pp", "Perpres": "perpres", "Permendagri": "permendagri"}[kind]
    return f"{prefix}{law}-{year}" in SOURCES


def test_models_run_with_the_core_dependencies_alone() -> None:
    """Every doctest of every model, with numpy and all that is not core refused."""
    names = [f"jejaring.{path.stem}" for path in FILES]
    program = f"""
import doctest, importlib, sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {foreign_modules()!r}:
            raise ModuleNotFoundError(name + " is no core dependency", name=name)
sys.meta_path.insert(0, Refuse())
flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
done = [doctest.testmod(importlib.import_module(name), optionflags=flags) for name in {names!r}]
assert "numpy" not in sys.modules
print(sum(each.attempted for each in done))
sys.exit(any(each.failed for each in done))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert int(done.stdout.splitlines()[-1]) >= 17
