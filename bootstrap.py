"""Set hpkg up on a machine that has Python 3.11 or newer with pip and venv, and nothing else.

    python3 bootstrap.py demo             set up; build the graph from the report; ask which tasks serve the pillars
    python3 bootstrap.py test [ARGUMENT…] set up; run the tests, each ARGUMENT handed to pytest
    python3 bootstrap.py setup            set up for development, and run nothing

What is installed goes into `.venv` beside this file, at the versions and hashes of the lock files. A set-up that is
there already is used as it is, without the network. The exit code is that of the step that failed, else 0.
Not for: using an installed hpkg, which needs none of this.
"""

# Only the standard library, and only what Python 3.7 can parse: an older Python must get as far as the message.
from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

NEEDED = (3, 11)
ROOT = Path(__file__).resolve().parent

BUILD, RUNTIME, DEVELOPMENT = "requirements-build.lock", "requirements.lock", "requirements-dev.lock"
LOCKS = {"demo": (BUILD, RUNTIME), "test": (BUILD, DEVELOPMENT), "setup": (BUILD, DEVELOPMENT)}

# For all tests at once; for a few, starting more processes takes longer than it saves. One process more than there are
# processors: tests wait for servers and browsers. Work is stolen rather than dealt out, so that the tests of a module
# stay in one process and what they share is made once.
SIDE_BY_SIDE = (f"--numprocesses={min(4, (os.cpu_count() or 1) + 1)}", "--dist=worksteal")

TEXTS = {
    "python-too-old": (
        "hpkg cần Python {needed} trở lên; đây là Python {found} ({path}).",
        "hpkg needs Python {needed} or newer; this is Python {found} ({path}).",
    ),
    "no-venv": (
        "Python này thiếu venv hoặc pip. Trên Debian và Ubuntu: apt install python3-venv",
        "This Python lacks venv or pip. On Debian and Ubuntu: apt install python3-venv",
    ),
    "unknown": ("Không có lệnh “{word}”.", "There is no command “{word}”."),
    "usage": (
        """\
Cách dùng: python3 bootstrap.py demo | test [THAM SỐ CỦA PYTEST…] | setup
  demo   cài đặt; dựng đồ thị từ báo cáo; hỏi nhiệm vụ nào phục vụ các trụ cột
  test   cài đặt; chạy toàn bộ kiểm thử
  setup  chỉ cài đặt, để phát triển
""",
        """\
Usage: python3 bootstrap.py demo | test [PYTEST ARGUMENT…] | setup
  demo   set up; build the graph from the report; ask which tasks serve the pillars
  test   set up; run all the tests
  setup  only set up, for development""",
    ),
    "create": ("Tạo môi trường {path}", "Creating the environment {path}"),
    "install": (
        "Cài các gói trong {lock} (chỉ tải về lần đầu)",
        "Installing the packages of {lock} (downloaded the first time only)",
    ),
    "install-hpkg": ("Cài hpkg từ thư mục này", "Installing hpkg from this folder"),
    "run": ("Chạy: {command}", "Running: {command}"),
    "failed": (
        "Không xong, mã lỗi {code}: {command}",
        "Failed with exit code {code}: {command}",
    ),
    "failed-install": (
        "Lần cài đầu tiên cần mạng. Có mạng rồi thì chạy lại lệnh này; phần đã xong được giữ lại.",
        "The first installation needs the network. Run the command again once there is one; what is done is kept.",
    ),
}


class StepError(Exception):
    """A command ended with an exit code other than 0."""

    def __init__(self, code: int) -> None:
        """Keep `code`, which becomes the exit code of the script."""
        super().__init__(code)
        self.code = code


def say(key: str, **values: object) -> None:
    """Print the text of `key` on stderr, in Vietnamese and in English."""
    for text in TEXTS[key]:
        print(text.format(**values), file=sys.stderr, flush=True)


def digest(*names: str) -> str:
    """Return one SHA-256 over the files `names` of this folder."""
    whole = hashlib.sha256()
    for name in names:
        whole.update((ROOT / name).read_bytes())
    return whole.hexdigest()


def wanted() -> dict[str, str]:
    """Return what an environment that is up to date was made from."""
    return {
        "python": sys.version,
        "place": str(ROOT),
        "locks": digest(BUILD, RUNTIME, DEVELOPMENT),
        "project": digest("pyproject.toml"),
    }


def due(found: dict[str, object], now: dict[str, str], locks: tuple[str, ...]) -> list[str]:
    """Return the steps that bring the environment described by `found` up to `now` with `locks` installed.

    >>> now = {"python": "3.11", "place": "/a", "locks": "1", "project": "1"}
    >>> due({}, now, ("requirements.lock",))
    ['create', 'requirements.lock', 'hpkg']
    >>> due({**now, "installed": ["requirements.lock"]}, now, ("requirements.lock",))
    []
    >>> due({**now, "project": "0", "installed": ["requirements.lock"]}, now, ("requirements.lock",))
    ['hpkg']
    """
    # An environment of another Python, place or lock is not mended: leftovers would hide a missing requirement.
    if any(found.get(part) != now[part] for part in ("python", "place", "locks")):
        return ["create", *locks, "hpkg"]
    installed = found.get("installed")
    missing = [lock for lock in locks if not isinstance(installed, list) or lock not in installed]
    return missing if found.get("project") == now["project"] else [*missing, "hpkg"]


def environment() -> dict[str, str]:
    """Return the variables for a command: those of the caller, less what would lead it out of this folder."""
    astray = {"PYTHONHOME", "PYTHONPATH", "HPKG_HOME"}
    inherited = {key: value for key, value in os.environ.items() if key not in astray}
    inherited.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    return inherited


def run(*command: object) -> None:
    """Run `command` in this folder.

    Raises:
        StepError: It ended with another exit code than 0.
    """
    line = [str(part) for part in command]
    code = subprocess.run(line, cwd=ROOT, env=environment(), check=False).returncode
    if code:
        say("failed", code=code, command=" ".join(line))
        # A process that a signal ended has a negative code here; a shell says 128 + signal.
        raise StepError(code if code > 0 else 128 - code)


class Environment:
    """The virtual environment in `.venv`, and the note in it that says what it was made from."""

    def __init__(self, folder: Path) -> None:
        """Name the places in `folder`, whether or not anything is there yet."""
        self.folder = folder
        self.programs = folder / ("Scripts" if os.name == "nt" else "bin")
        self.note = folder / "hpkg-setup.json"

    def program(self, name: str) -> Path:
        """Return the path of an installed command."""
        return self.programs / (name + ".exe" if os.name == "nt" else name)

    def found(self) -> dict[str, object]:
        """Return what the note says; nothing when there is no whole environment."""
        if not (self.note.is_file() and self.program("python").exists()):
            return {}
        said: dict[str, object] = json.loads(self.note.read_text("utf-8"))
        return said

    def create(self) -> None:
        """Make the environment anew."""
        say("create", path=self.folder)
        if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
            say("no-venv")
            raise StepError(1)
        if self.folder.exists():
            shutil.rmtree(self.folder)
        run(sys.executable, "-m", "venv", self.folder)

    def install(self, *arguments: object) -> None:
        """Run pip in the environment, without build isolation: what builds packages is locked as well."""
        pip = (self.program("python"), "-I", "-m", "pip", "install", "-qq", "--no-build-isolation", "--use-pep517")
        try:
            run(*pip, *arguments)
        except StepError:
            say("failed-install")
            raise

    def set_up(self, locks: tuple[str, ...]) -> None:
        """Bring the environment up to date, and do nothing when it is."""
        found, now = self.found(), wanted()
        steps = due(found, now, locks)
        known = [] if "create" in steps else found.get("installed")
        installed = [str(lock) for lock in known] if isinstance(known, list) else []
        project = now.pop("project")
        for step in steps:
            if step == "create":
                self.create()
            elif step == "hpkg":
                say("install-hpkg")
                self.install("--no-deps", "--editable", ROOT)
            else:
                say("install", lock=step)
                self.install("--require-hashes", "--requirement", ROOT / step)
                installed.append(step)
            # Written after each step, so that a set-up that was broken off goes on where it stopped.
            done = {**now, "installed": installed, "project": project if step == "hpkg" else None}
            self.note.write_text(json.dumps(done, indent=1) + "\n", "utf-8")


def main(arguments: list[str]) -> int:
    """Do what `arguments` say and return the exit code."""
    if sys.version_info < NEEDED:
        needed, found = (".".join(str(part) for part in version[:2]) for version in (NEEDED, sys.version_info))
        say("python-too-old", needed=needed, found=found, path=sys.executable)
        return 1
    task, rest = (arguments[0], arguments[1:]) if arguments else ("--help", [])
    if task in {"--help", "-h"}:
        say("usage")
        return 0
    if task not in LOCKS or (rest and task != "test"):
        say("unknown", word=" ".join(arguments))
        say("usage")
        return 2
    here = Environment(ROOT / ".venv")
    commands: dict[str, list[tuple[Path | str, ...]]] = {
        "demo": [(here.program("hpkg"), "build"), (here.program("hpkg"), "ask", "tasks-by-pillar")],
        "test": [(here.program("python"), "-m", "pytest", *(rest or SIDE_BY_SIDE))],
        "setup": [],
    }
    try:
        here.set_up(LOCKS[task])
        for command in commands[task]:
            say("run", command=" ".join([Path(command[0]).name, *map(str, command[1:])]))
            run(*command)
    except StepError as failure:
        return failure.code
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
