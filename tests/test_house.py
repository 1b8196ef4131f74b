"""The house stands: pins, names, links and the environment that Binder builds."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions, version
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
REPOSITORY = PROJECT["project"]["urls"]["Repository"].removeprefix("https://github.com/")
DOCUMENTS = ["README.md", "README.id.md", "CONTRIBUTING.md"]


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def locked(python: str = "") -> dict[str, str]:
    """Return the pinned versions for a Python version (this one by default)."""
    where = {"python_version": python[:4], "python_full_version": python} if python else {}
    pins = [Requirement(line) for line in PINS if not line.startswith("#")]
    return {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in pins
        if pin.marker is None or pin.marker.evaluate(where)
    }


# Pins


@pytest.mark.parametrize("python", ["3.11.0", "3.12.1", "3.13.0"])
def test_lock_holds_every_dependency_within_its_range(python: str) -> None:
    pins = locked(python)
    wanted = [*PROJECT["project"]["dependencies"], *(line for extra in EXTRAS.values() for line in extra)]
    outside = [line for line in wanted if not (need := Requirement(line)).specifier.contains(pins[need.name.lower()])]
    assert not outside, "run `make lock`"


def test_lock_is_nothing_but_pins() -> None:
    shape = re.compile(r"[a-z0-9-]+==[\w.]+( ; [\w '\"().<>=!-]+)?")
    assert [line for line in PINS if not line.startswith("#") and not shape.fullmatch(line)] == []


def test_what_is_installed_is_what_is_locked() -> None:
    def installed(name: str) -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            return "missing"

    wrong = {name: (pin, installed(name)) for name, pin in locked().items() if installed(name) != pin}
    assert not wrong, "(pinned, installed); run `make lab` or any other target, which installs the lock"


def test_every_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wanted = [*PROJECT["project"]["dependencies"], *(line for extra in EXTRAS.values() for line in extra)]
    assert [line for line in wanted if not re.search(re.escape(f'"{line}",') + r" +# \w", text)] == []


def _core() -> set[str]:
    """Names of all packages that come with `pip install jejaring`."""
    names: set[str] = set()
    waiting = ["jejaring"]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in names:
            continue
        names.add(name)
        for line in distribution(name).requires or []:
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({**default_environment(), "extra": ""}):
                waiting.append(need.name)
    return names


def foreign_modules() -> set[str]:
    """Name every installed module that no core dependency brings, and the usual compiled ones."""
    core = _core()
    provided = packages_distributions().items()
    return {module for module, names in provided if not core & {canonicalize_name(name) for name in names}} | {
        "numpy",
        "pandas",
        "scipy",
        "igraph",
        "networkit",
    }


def test_course_imports_with_its_core_dependencies_alone() -> None:
    """No numpy, no pandas, no kernel, no server: what JupyterLite has must be enough."""
    foreign = foreign_modules()
    modules = sorted(
        ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        for path in tracked("src/jejaring/*.py")
    )
    assert {"nbformat", "jupyterlab"} <= foreign
    program = f"""
import importlib, sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {foreign!r}:
            raise ModuleNotFoundError(name + " is no core dependency", name=name)
sys.meta_path.insert(0, Refuse())
for module in {modules!r}:
    importlib.import_module(module)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# Names


@pytest.mark.parametrize(
    "path",
    [path for path in tracked("src/jejaring/*.py", "autograder/*.py", "tools/*.py") if path.stem != "__main__"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_public_module_says_what_it_is_and_what_it_offers(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{path}: write a docstring"
    if path.stem.startswith("_") and path.stem != "__init__":
        return
    if path.stem == "__init__" and len(tree.body) == 1:
        return  # a package that offers its modules and nothing else
    (offered,) = [node.value for node in tree.body if isinstance(node, ast.Assign) and _names(node) == ["__all__"]]
    said: list[str] = ast.literal_eval(offered)
    assert said
    assert not any(name.startswith("_") for name in said)


def _names(node: ast.Assign) -> list[str]:
    return [target.id for target in node.targets if isinstance(target, ast.Name)]


def test_every_exemption_gives_its_reason() -> None:
    exempt = re.compile(r"# (?:noqa|type: ignore|pragma)\b(?P<rest>.*)")
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := exempt.search(line)) and path != Path(__file__) and not re.search(r"# \w+ \w", found["rest"])
    ]
    assert bare == [], "write the reason on the same line: `# noqa: S603  # our own list of arguments`"


# Texts


def test_version_and_repository_are_the_same_everywhere() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changes = re.findall(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    own = PROJECT["project"]["version"]
    assert citation["version"] == own
    assert not changes or changes[0] == own
    texts = [*(ROOT / name for name in DOCUMENTS), ROOT / "CITATION.cff"]
    linked = {name for path in texts for name in _repositories(path.read_text(encoding="utf-8"))}
    assert linked == {REPOSITORY}


def _repositories(text: str) -> Iterator[str]:
    for found in re.finditer(r"(?:github\.com|mybinder\.org/v2/gh)/([\w-]+/[\w-]+)", text):
        yield found[1]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_points_at_what_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text)]
    opened = [link.partition("lab/tree/")[2] for link in links if "lab/tree/" in link]
    paths = [link for link in links if link and "://" not in link] + opened
    assert [path for path in paths if not (ROOT / path).exists()] == []
    targets = set(re.findall(r"\bmake ([a-z]+)", text))
    offered = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert targets <= set(offered)


def test_recipes_have_at_most_five_steps() -> None:
    recipes = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n## ")[1:]
    steps = {recipe.splitlines()[0]: len(re.findall(r"^\d\. ", recipe, re.MULTILINE)) for recipe in recipes}
    assert sum(count > 0 for count in steps.values()) == 4
    assert max(steps.values()) <= 5


# The environment of Binder and conda


def environment() -> tuple[list[str], list[str]]:
    """Return the conda part and the pip part of environment.yml."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    (pip,) = [item["pip"] for item in listed if isinstance(item, dict)]
    return [item for item in listed if isinstance(item, str)], pip


def test_conda_brings_python_and_pip_alone() -> None:
    conda, pip = environment()
    assert conda == ["python=3.12", "pip"]
    assert pip[-1].startswith("-e .")


def test_binder_builds_this_environment() -> None:
    """What Binder would do, short of building: the image's recipe is written from the files of the repository."""
    done = subprocess.run(
        [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Building conda environment for python=3.12\n" in done.stderr
    assert "unspecified" not in done.stderr + done.stdout
    assert '--file "environment.yml"' in done.stdout
    # pip reads requirements.lock and the package itself, so the repository has to be there first
    assert re.search(r"COPY --chown=\S+ src/ \$\{REPO_DIR\}.*env update", done.stdout, re.DOTALL)


@pytest.mark.slow
def test_pip_part_of_the_environment_installs_and_works(tmp_path: Path) -> None:
    _, pip = environment()
    checkout = tmp_path / "jejaring"
    subprocess.run(["git", "clone", "--quiet", ROOT, checkout], check=True)
    # conda writes the pip part into a file beside environment.yml
    (checkout / "pip.txt").write_text("\n".join(pip), encoding="utf-8")
    subprocess.run([_python312(), "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    for arguments in (
        ["-m", "pip", "install", "--quiet", "-r", "pip.txt"],
        ["-m", "pip", "check"],
        ["-m", "jupyter", "lab", "--version"],
        ["-c", "import jejaring"],
    ):
        done = subprocess.run([python, *arguments], cwd=checkout, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def _python312() -> str:
    """The Python that environment.yml asks for, or the one that runs the tests."""
    places = ["python3.12", *map(str, Path.home().glob(".pyenv/versions/3.12*/bin/python"))]
    for place in places:
        try:
            said = subprocess.run(
                [place, "-c", "import sys; print(sys.version_info[:2])"], capture_output=True, check=False
            )
        except OSError:
            continue
        if said.stdout.strip() == b"(3, 12)":
            return place
    return sys.executable
