"""The house stands: set-up, locks, licences, contracts and what the READMEs promise."""

from __future__ import annotations

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS: dict[str, list[str]] = {
    "requirements-build.lock": PROJECT["dependency-groups"]["build"],
    "requirements.lock": PROJECT["project"]["dependencies"],
    "requirements-dev.lock": [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]],
}
READMES = ("README.md", "README.vi.md")
MACHINES = [
    {"python_version": version, "python_full_version": f"{version}.0", "sys_platform": platform}
    for version in ("3.11", "3.12", "3.13", "3.14")
    for platform in ("linux", "darwin", "win32")
]


def named(machine: dict[str, str]) -> str:
    """Return the name of a machine in the list of tests."""
    return f"{machine['python_version']}-{machine['sys_platform']}"


def locked(name: str) -> list[Requirement]:
    """Return the pins of a lock file."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    return [Requirement(line.removesuffix("\\")) for line in lines if line and line[0] not in " #"]


def on(machine: dict[str, str], pins: list[Requirement]) -> dict[str, str]:
    """Return the version of each package that is installed on `machine`."""
    here = [pin for pin in pins if pin.marker is None or pin.marker.evaluate(machine)]
    assert len(here) == len({pin.name for pin in here}), "a package is pinned twice"
    return {pin.name: str(pin.specifier).removeprefix("==") for pin in here}


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    """The set-up script as a module."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", GROUPS)
@pytest.mark.parametrize("machine", MACHINES, ids=named)
def test_a_lock_satisfies_what_pyproject_asks_for(name: str, machine: dict[str, str]) -> None:
    """On every Python and system that hpkg is for, each requirement that is for it is pinned to a version it allows."""
    versions = on(machine, locked(name))
    for wanted in map(Requirement, GROUPS[name]):
        if wanted.marker is None or wanted.marker.evaluate(machine):
            assert wanted.specifier.contains(versions[wanted.name]), wanted


@pytest.mark.parametrize("machine", MACHINES, ids=named)
def test_the_locks_agree(machine: dict[str, str]) -> None:
    """What is tested is what is run: the developers' versions are those of the users."""
    tested = on(machine, locked("requirements-dev.lock"))
    for name in ("requirements-build.lock", "requirements.lock"):
        for package, version in on(machine, locked(name)).items():
            assert tested.get(package, version) == version
    assert set(on(machine, locked("requirements.lock"))) <= set(tested)


@pytest.mark.parametrize("name", GROUPS)
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    """A lock names versions and hashes; where packages come from is the user's own setting."""
    text = (ROOT / name).read_text("utf-8")
    pins = re.split(r"\n(?=\S)", text.strip())
    assert len(pins) == len(locked(name))
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}\b", pin) for pin in pins)
    assert "://" not in text
    assert "--index" not in text


def test_every_dependency_is_told_with_its_door() -> None:
    """`docs/dependencies.md` lists what `pyproject.toml` lists, and a contract guards each door it names."""
    page = (ROOT / "docs/dependencies.md").read_text("utf-8")
    groups = PROJECT["dependency-groups"]
    optional = PROJECT["project"]["optional-dependencies"].values()
    wanted = [*PROJECT["project"]["dependencies"], *(line for group in optional for line in group)]
    told = {name for row in re.findall(r"^\| ([a-z0-9, -]+) \|", page, re.MULTILINE) for name in row.split(", ")}
    assert told - {"package"} == {
        Requirement(line).name for line in [*wanted, *groups["dev"], *groups["build"], *groups["places"]]
    }
    contracts = {contract["id"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}
    for name, told_doors in re.findall(r"^\| ([a-z0-9-]+) \|[^|\n]+\|[^|\n]+\| (`[a-z.`, ]+`) \|$", page, re.MULTILINE):
        assert contracts[f"door-{name}"]["allowed_importers"] == re.findall(r"[a-z.]+", told_doors)
    doors = {name.removeprefix("door-") for name in contracts if name.startswith("door-")}
    assert doors == {Requirement(line).name for line in wanted} - {"rdflib"}


def test_an_older_python_gets_as_far_as_the_message(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """The script parses on Python 3.7 and tells, in both languages, which Python is needed and which this is."""
    source = (ROOT / "bootstrap.py").read_text("utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "NEEDED", (9, 0))
        assert bootstrap.main(["demo"]) == 1
    said = capsys.readouterr().err
    assert "cần Python 9.0 trở lên" in said
    assert "needs Python 9.0 or newer" in said
    assert PROJECT["project"]["requires-python"] == ">=" + ".".join(map(str, bootstrap.NEEDED))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [([], 0, "Usage:"), (["--help"], 0, "Cách dùng:"), (["demos"], 2, "“demos”"), (["demo", "x"], 2, "“demo x”")],
)
def test_a_wrong_call_is_told(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    """A word that is no command is named, with those there are."""
    assert bootstrap.main(arguments) == code
    assert said in capsys.readouterr().err


def test_only_what_is_missing_is_set_up(bootstrap: ModuleType) -> None:
    """Nothing to do when all is there; a new lock, Python or place begins anew; a new pyproject only installs hpkg."""
    now = bootstrap.wanted()
    locks = bootstrap.LOCKS["demo"]
    whole = {**now, "installed": list(locks)}
    assert bootstrap.due({}, now, locks) == ["create", *locks, "hpkg"]
    assert bootstrap.due(whole, now, locks) == []
    assert bootstrap.due({**whole, "project": "old"}, now, locks) == ["hpkg"]
    assert bootstrap.due(whole, now, bootstrap.LOCKS["test"]) == [bootstrap.DEVELOPMENT]
    for part in ("locks", "python", "place"):
        assert bootstrap.due({**whole, part: "old"}, now, locks) == ["create", *locks, "hpkg"]


def test_a_broken_environment_counts_for_nothing(bootstrap: ModuleType, tmp_path: Path) -> None:
    """A note without the Python it speaks of is no environment."""
    here = bootstrap.Environment(tmp_path)
    here.note.write_text('{"python": "3.11"}', "utf-8")
    assert here.found() == {}
    here.program("python").parent.mkdir()
    here.program("python").touch()
    assert here.found() == {"python": "3.11"}


def test_a_step_that_fails_ends_the_script_with_its_code(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code is that of the command; one that a signal ended has 128 and its number."""
    for program, code in (("import sys; sys.exit(7)", 7), ("import os; os.kill(os.getpid(), 15)", 143)):
        with pytest.raises(bootstrap.StepError) as failed:
            bootstrap.run(sys.executable, "-c", program)
        assert failed.value.code == code
    assert "exit code 7" in capsys.readouterr().err


@pytest.mark.parametrize("name", READMES)
def test_both_readmes_give_the_two_commands(bootstrap: ModuleType, name: str) -> None:
    """One command for the main job, one for the tests, each alone on its line, and both exist."""
    lines = (ROOT / name).read_text("utf-8").splitlines()
    commands = [line for line in lines if line.startswith("python3 bootstrap.py")]
    assert commands == ["python3 bootstrap.py demo", "python3 bootstrap.py test"]
    assert {command.split()[-1] for command in commands} <= bootstrap.LOCKS.keys()


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    """The script is valid, stops at the first failure, and runs the tests the way a reader would."""
    script = (ROOT / ".ci/run").read_text("utf-8")
    assert script.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in script
    assert re.search(r"^(\w+=\S+ )?python3 bootstrap\.py test$", script, re.MULTILINE)
    assert subprocess.run(["/bin/bash", "-n", ROOT / ".ci/run"], check=False).returncode == 0  # noqa: S603 — ours


def test_the_licences_are_whole() -> None:
    """Both licences are the published texts, from their title to their end."""
    code, data = ((ROOT / name).read_text("utf-8") for name in ("LICENSE", "LICENSE-DATA"))
    assert re.match(r"\s+Apache License\n\s+Version 2\.0, January 2004\n", code)
    assert "END OF TERMS AND CONDITIONS" in code
    assert data.startswith("Attribution 4.0 International\n")
    assert data.endswith("Creative Commons may be contacted at creativecommons.org.\n")
    assert all(f"Section {number} -- " in data for number in range(1, 9))


def test_everything_says_the_same_version() -> None:
    """The package, the citation and the change log speak of one version."""
    version = PROJECT["project"]["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    log = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"\n## [{version}]" in log or f"What will be {version}." in log


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_is_long(path: Path) -> None:
    """A module that needs more than 500 lines is two."""
    assert len(path.read_text("utf-8").splitlines()) <= 500
