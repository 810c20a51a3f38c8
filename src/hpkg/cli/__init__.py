"""The command line: parse, call, print.

Data goes to stdout, messages to stderr; every error is a message and a hint with the exit code of its kind. A command
is a module with a function that makes it for a language, named in `COMMANDS`. Not for: any work of its own.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Final

import click

from hpkg.cli.welcome import root
from hpkg.errors import EXIT_CODES, CallerError, HpkgError, StoreError
from hpkg.messages import LANGUAGES, Language, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["COMMANDS", "main", "run", "spoken_language"]

COMMANDS: Final[dict[str, str]] = {
    "ask": "hpkg.cli.ask:command",
    "questions": "hpkg.cli.questions:command",
    "search": "hpkg.cli.search:command",
    "show": "hpkg.cli.show:command",
    "sparql": "hpkg.cli.sparql:command",
    "check": "hpkg.cli.check:command",
    "build": "hpkg.cli.build:command",
    "facts": "hpkg.cli.facts:command",
    "review": "hpkg.cli.review:command",
    "changes": "hpkg.cli.changes:command",
    "export": "hpkg.cli.export:command",
    "picture": "hpkg.cli.picture:command",
    "stats": "hpkg.cli.stats:command",
    "load": "hpkg.cli.load:command",
    "serve": "hpkg.cli.serve:command",
    "mcp": "hpkg.cli.mcp:command",
    "publish": "hpkg.cli.publish:command",
    "release": "hpkg.cli.release:command",
}
"""Where each command is made: `module:function`, the function taking the language."""

_INTERRUPTED: Final = 130
_OBJECTS: Final = 100_000
"""New objects after which those that hold one another are looked for."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A command makes many objects that stay and few rings of them: to look for rings so often is a tenth of its time.
    gc.set_threshold(_OBJECTS)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run `hpkg` with `arguments` and return the exit code.

    0 is success, 1 "does not conform", and an error has the code of its kind in `hpkg.errors.EXIT_CODES`.
    """
    language = spoken_language(arguments, os.environ)
    try:
        code = root(language, COMMANDS).main(list(arguments), prog_name="hpkg", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):
        # The reader has gone (`hpkg … | head`), which click and rich turn into an exit of their own; no command of ours
        # leaves that way. There is nothing more to say, not even by the interpreter when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KeyboardInterrupt, click.Abort):
        return _INTERRUPTED
    except (HpkgError, click.ClickException, OSError) as error:
        return _report(_as_ours(error, language), language)
    return code if isinstance(code, int) else 0


def spoken_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language to speak: of `--lang`, else of `HPKG_LANG`, else of the locale, else English.

    >>> spoken_language(["ask", "sums", "--lang", "vi"], {})
    'vi'
    >>> spoken_language([], {"LANG": "vi_VN.UTF-8"})
    'vi'
    >>> spoken_language([], {"LANG": "C"})
    'en'
    """
    said = [environment.get("HPKG_LANG", ""), _locale(environment)]
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == "--lang":
            said.insert(0, following)
        elif argument.startswith("--lang="):
            said.insert(0, argument.partition("=")[2])
    for language in said:
        if language in LANGUAGES:
            return language
    return "en"


def _locale(environment: Mapping[str, str]) -> str:
    """Return the language of the locale, two letters."""
    return next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")[:2]


def _report(error: HpkgError, language: Language) -> int:
    click.echo(f"hpkg: {error.message(language)}\n{error.hint(language)}", err=True)
    return next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind))


def _as_ours(error: HpkgError | click.ClickException | OSError, language: Language) -> HpkgError:
    """Return an error of click or of the machine as one of ours, in words that exist in both languages."""
    if isinstance(error, HpkgError):
        return error
    if isinstance(error, OSError):
        return StoreError("machine-refused", where=str(error.filename or ""), reason=error.strerror)
    return _misuse(error, language)


def _misuse(error: click.ClickException, language: Language) -> CallerError:
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "hpkg"
    if isinstance(error, click.NoSuchOption):
        return CallerError("option-unknown", where=error.option_name, command=command)
    if isinstance(error, click.MissingParameter):
        return CallerError("argument-missing", where=_named(error.param), command=command)
    if isinstance(error, click.BadOptionUsage):
        return CallerError("option-without-value", where=error.option_name, command=command)
    if isinstance(error, click.BadParameter):
        allowed = error.param.type.choices if error.param and isinstance(error.param.type, click.Choice) else ()
        return CallerError(
            "option-value-wrong",
            where=_named(error.param),
            allowed=", ".join(allowed) or text("cli.see-help", language),
        )
    return CallerError("usage-wrong", where=command, command=command)


def _named(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return ""
    return parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
