"""Settings: where they come from, which there are, and what a wrong one does."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.serve.client import ROOT, TOKEN, running

from hpkg.cli import COMMANDS
from hpkg.cli.welcome import root
from hpkg.errors import CallerError
from hpkg.messages import LANGUAGES
from hpkg.serve import Settings, load_settings

if TYPE_CHECKING:
    from hpkg.messages import Language


def test_a_flag_counts_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    """Each setting is told by the first that tells it; one that nobody tells has its default."""
    file = tmp_path / "hpkg.toml"
    file.write_text('timeout = 3\nworkers = 3\nqueue = 3\ntoken_file = "tokens"\n', "utf-8")
    environment = {"HPKG_SERVE_WORKERS": "2", "HPKG_SERVE_QUEUE": "2", "HPKG_SERVE_OTHER": "x"}
    told = load_settings({"queue": 1, "timeout": None}, environment, file)
    assert (told.queue, told.workers, told.timeout, told.port) == (1, 2, 3.0, Settings().port)
    assert told.token_file == Path("tokens")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("timeout = ", "serve-settings-unreadable"),
        ("patiance = 3", "serve-setting-unknown"),
        ('timeout = "soon"', "serve-setting-wrong"),
        ("workers = -1", "serve-setting-wrong"),
    ],
)
def test_a_wrong_file_is_told(tmp_path: Path, content: str, code: str) -> None:
    """A file that cannot be read, an unknown name and a wrong value each have an error of their own."""
    file = tmp_path / "hpkg.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(CallerError) as refused:
        load_settings({}, {}, file)
    assert refused.value.code == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_is_an_option(language: Language) -> None:
    """`hpkg serve --help` lists every setting that there is, in both languages."""
    group = root(language, COMMANDS)
    command = group.get_command(group.make_context("hpkg", [], resilient_parsing=True), "serve")
    assert command is not None
    options = {option for parameter in command.params for option in parameter.opts}
    assert {f"--{field.name.replace('_', '-')}" for field in fields(Settings)} <= options


def test_writing_needs_tokens_and_a_folder(tmp_path: Path) -> None:
    """A file of tokens must hold some, and there must be a folder to keep what is written."""
    tokens = tmp_path / "tokens"
    tokens.write_text(" \n", "utf-8")
    with pytest.raises(CallerError) as none:
        Settings(token_file=tokens, state=tmp_path).tokens()
    tokens.write_text("one\n\ntwo\n", "utf-8")
    with pytest.raises(CallerError) as nowhere:
        Settings(token_file=tokens).tokens()
    assert (none.value.code, nowhere.value.code) == ("serve-tokens-none", "serve-state-missing")
    assert Settings(token_file=tokens, state=tmp_path).tokens() == {"one", "two"}
    assert Settings().tokens() == frozenset()


def test_a_state_that_is_broken_or_old_is_told(tmp_path: Path) -> None:
    """What was written is never dropped in silence: a broken file stops the start, one of an older build is told."""
    state = tmp_path / "state"
    state.mkdir()
    (state / "dataset.nq").write_text("# built long-ago\n<urn:s> <urn:p> 'kept' <urn:g> .\n".replace("'", '"'), "utf-8")
    (tmp_path / "tokens").write_text(TOKEN, "utf-8")
    with running("--state", str(state)) as client:
        assert client.ask("ASK { GRAPH <urn:g> { <urn:s> <urn:p> 'kept' } }")
        assert any("warning" in line for line in client.log_at_end())
    (state / "dataset.nq").write_text("<urn:s> <urn:p>", "utf-8")
    with pytest.raises(AssertionError, match="what was written cannot be read"), running("--state", str(state)):
        pass


def test_the_pages_of_deployment_name_real_settings() -> None:
    """Every flag on the page of deployment, in the unit and in the image is one that the command has."""
    known = {f"--{field.name.replace('_', '-')}" for field in fields(Settings)} | {"--settings", "--help", "--endpoint"}
    page = (ROOT / "docs/deploy/README.md").read_text("utf-8")
    flags = {word.strip("`.,;:()") for word in page.split() if word.strip("`(").startswith("--")}
    assert len(flags) > 8
    assert flags <= known
    assert "HPKG_SERVE_HOST" in (ROOT / "docs/deploy/Containerfile").read_text("utf-8")
