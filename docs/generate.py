"""Write the pages that the program itself can say best: commands, errors, questions, and the READMEs' example.

    python docs/generate.py          write them
    python docs/generate.py --check  exit 1 if one of them is not what would be written

Not for: pages that people write.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hpkg.cli import COMMANDS
from hpkg.cli.command import Session
from hpkg.cli.welcome import root
from hpkg.errors import EXIT_CODES
from hpkg.home import home
from hpkg.messages import LANGUAGES, Language, catalogue
from hpkg.pipeline import render_questions
from hpkg.questions import all_questions
from hpkg.questions.reference import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hpkg.cli.command import Group

ROOT = Path(__file__).resolve().parent.parent
READMES: dict[Language, str] = {"en": "README.md", "vi": "README.vi.md"}
WIDTH = 96

_CLI = """\
# The command line · Dòng lệnh

What `hpkg COMMAND --help` says in both languages. Data goes to stdout, messages to stderr. Exit codes: 0 done, 1 the
graph does not conform, {codes}, 130 interrupted; what each error means is in [errors](errors.md). The options of each
question are in [questions](questions.md).

Những gì `hpkg LỆNH --help` nói, bằng cả hai thứ tiếng. Dữ liệu ra đầu ra chuẩn, thông báo ra đầu ra lỗi. Mã kết thúc
như trên; ý nghĩa của từng lỗi ở trang [errors](errors.md), tùy chọn của từng câu hỏi ở trang [questions](questions.md).
"""

_ERRORS = """\
# Errors · Lỗi

Every error that hpkg raises has a stable code, says what is wrong and what to do. Words in braces are filled in when it
happens.

Mỗi lỗi của hpkg có một mã cố định, nói rõ sai ở đâu và cần làm gì. Chữ trong ngoặc nhọn được điền khi lỗi xảy ra.
"""

_EXAMPLE = re.compile(r"(?<=```console\n\$ hpkg )(?P<call>[^\n]*)\n.*?(?=```\n)", re.DOTALL)


def pages() -> dict[Path, str]:
    """Return what each page must say, by its path."""
    return {
        ROOT / "docs/cli.md": cli_page(),
        ROOT / "docs/errors.md": errors_page(),
        ROOT / "graph/queries.ttl": render_questions(home(ROOT)),
        ROOT / "docs/questions.md": reference(all_questions(home(ROOT))),
        **{ROOT / name: with_output((ROOT / name).read_text("utf-8"), language) for language, name in READMES.items()},
    }


def cli_page() -> str:
    """Return the help of every command in both languages."""
    codes = ", ".join(f"{code} {kind.__name__}" for kind, code in EXIT_CODES.items())
    sections = [_CLI.format(codes=codes)]
    for name in ("", *COMMANDS):
        sections.append(f"## `{f'hpkg {name}'.strip()}`\n")
        sections += [f"```text\n{help_of(name, language)}\n```\n" for language in LANGUAGES]
    return "\n".join(sections)


def help_of(name: str, language: Language) -> str:
    """Return what `hpkg NAME --help` says in `language`."""
    group: Group = root(language, COMMANDS)
    ctx = group.make_context("hpkg", [], resilient_parsing=True, terminal_width=WIDTH, obj=Session(language, ROOT))
    if name:
        command = group.get_command(ctx, name)
        assert command is not None
        ctx = command.make_context(name, [], parent=ctx, resilient_parsing=True, terminal_width=WIDTH)
    return "\n".join(line.rstrip() for line in ctx.get_help().splitlines())


def errors_page() -> str:
    """Return every error code with its text and hint in both languages."""
    return "\n".join((_ERRORS, *_error_sections()))


def _error_sections() -> Iterator[str]:
    texts = {language: catalogue(language) for language in LANGUAGES}
    for code in sorted(key.removeprefix("error.") for key in texts["en"] if key.startswith("error.")):
        yield f"## `{code}`\n"
        for language in ("en", "vi"):
            said, hint = (_plain(texts[language][f"{group}.{code}"]) for group in ("error", "hint"))
            yield f"- {said} {hint}"
        yield ""


def _plain(template: str) -> str:
    return " ".join(template.replace("{{", "{").replace("}}", "}").split())


def with_output(readme: str, language: Language) -> str:
    """Return `readme` with what its example command prints now."""
    return _EXAMPLE.sub(lambda found: f"{found['call']}\n{output_of(found['call'], language)}", readme)


def output_of(call: str, language: Language) -> str:
    """Return what `hpkg CALL` prints on stdout in `language`."""
    environment = os.environ | {"COLUMNS": str(WIDTH), "HPKG_LANG": language, "HPKG_HOME": str(ROOT), "NO_COLOR": "1"}
    program = [sys.executable, "-c", "from hpkg.cli import main; main()", *shlex.split(call)]
    run = subprocess.run(program, env=environment, capture_output=True, check=True)
    return "\n".join(line.rstrip() for line in run.stdout.decode().strip("\n").splitlines()) + "\n"


def main(arguments: list[str]) -> int:
    """Write the pages, or only tell which of them are old."""
    old = {path: said for path, said in pages().items() if not path.is_file() or path.read_text("utf-8") != said}
    for path, said in old.items():
        sys.stderr.write(f"{path.relative_to(ROOT)}\n")
        if arguments != ["--check"]:
            path.write_text(said, "utf-8")
    # A program of its own: a notebook is run in a kernel.
    run = subprocess.run([sys.executable, ROOT / "docs/notebook.py", *arguments], check=False)
    return 1 if old and arguments == ["--check"] else run.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
