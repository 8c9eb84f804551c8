"""Set the project up in its own ``.venv`` and run it, test it or lint it, with nothing but Python.

    python3 packaging/bootstrap.py run | demo | test | test-core | lint

``make`` calls this on Linux and macOS; on Windows call it with ``py``. Needs Python 3.11 or later.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"

# What Qt loads from the system on Linux, and the package that has it (Debian and Ubuntu; Fedora).
QT_LIBRARIES = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
}
FONT_PACKAGE = ("fonts-dejavu-core", "dejavu-sans-fonts")


def say(text: str) -> None:
    print(text, flush=True)


def stop(text: str) -> None:
    raise SystemExit(f"\n{text}")


# Setting up


def python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_environment(folder: Path, requirements: list[str]) -> Path:
    """A virtual environment with the project and ``requirements``; made again when they change."""
    inputs = CONSTRAINTS.read_text() + (ROOT / "pyproject.toml").read_text() + repr(requirements)
    stamp = folder / ".stamp"
    digest = hashlib.sha256((sys.version + inputs).encode()).hexdigest()
    python = python_of(folder)
    if stamp.exists() and stamp.read_text() == digest:
        return python
    say(f"Setting up {folder.name} (once; about a minute and 1 GB) ...")
    create_venv(folder)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run_or_stop([*pip, "--constraint", str(CONSTRAINTS), *requirements])
    stamp.write_text(digest)
    return python


def create_venv(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    if not has_ensurepip():
        install_system_packages([f"python3.{sys.version_info.minor}-venv"], ["python3-pip"])
    venv.create(folder, with_pip=True)


def has_ensurepip() -> bool:
    return (
        subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True).returncode
        == 0
    )


def run_or_stop(command: list[str]) -> None:
    if subprocess.run(command, cwd=ROOT).returncode:
        stop("Setting up failed; pip's own words are above. Is the package index reachable?")


def require_qt_libraries() -> None:
    """Install what Qt needs from the system where that is possible, else name it."""
    if not sys.platform.startswith("linux"):
        return
    missing = [names for library, names in QT_LIBRARIES.items() if not can_load(library)]
    if not has_fonts():
        missing.append(FONT_PACKAGE)
    if missing:
        install_system_packages([m[0] for m in missing], [m[1] for m in missing])


def can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts() -> bool:
    folders = (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".fonts",
        Path.home() / ".local/share/fonts",
    )
    return any(next(f.rglob("*.[to]t[fc]"), None) for f in folders if f.is_dir())


def install_system_packages(debian: list[str], fedora: list[str]) -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installing system packages: {' '.join(debian)}")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=environment)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *debian]
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode == 0:
            return
    stop(
        "These system packages are missing:\n"
        f"  Debian, Ubuntu:  sudo apt-get install {' '.join(debian)}\n"
        f"  Fedora:          sudo dnf install {' '.join(sorted(set(fedora)))}\n"
        "Install them and run the same command again."
    )


def full_environment() -> Path:
    require_qt_libraries()
    return make_environment(ROOT / ".venv", ["--editable", ".[rtx,test,lint]"])


def core_environment() -> Path:
    """Everything but Qt: the project's own dependencies less those that only the window needs."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    window_only = ("pyside6", "pyqtgraph", "superqt", "fast-sugiyama", "pytest-qt")
    wanted = [*project["dependencies"], *extras["rtx"], *extras["test"]]
    kept = [r for r in wanted if not r.lower().startswith(window_only)]
    return make_environment(ROOT / ".venv-core", kept)


# Verbs


def has_display() -> bool:
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def run() -> list[list[str]]:
    if not has_display():
        say("There is no display here, so instead of the window: trtstudio demo")
        return demo()
    sample = ROOT / "resources" / "samples" / "efficientnet_lite0.onnx"
    return [[str(full_environment()), "-m", "trtstudio", str(sample)]]


def demo() -> list[list[str]]:
    return [[str(full_environment()), "-m", "trtstudio", "demo"]]


# A file's tests stay in one process, since they share what was made for them.
PYTEST = ("-m", "pytest", "-q", "-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")


def test() -> list[list[str]]:
    return [[str(full_environment()), *PYTEST]]


def test_core() -> list[list[str]]:
    say("The same tests where PySide6 is not installed:")
    no_qt_options = ["-W", "ignore:Unknown config option:pytest.PytestConfigWarning"]
    return [[str(core_environment()), *PYTEST, *no_qt_options, "--ignore=tests/gui"]]


def lint() -> list[list[str]]:
    python = full_environment()
    bin_folder = python.parent
    return [
        [str(python), "-m", "ruff", "check", "."],
        [str(python), "-m", "ruff", "format", "--check", "."],
        [str(python), "-m", "mypy"],
        [str(bin_folder / "lint-imports")],
    ]


VERBS = {"run": run, "demo": demo, "test": test, "test-core": test_core, "lint": lint}


def main() -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 (whoever calls this may have any Python)
        stop(f"TRT Studio needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    if len(sys.argv) != 2 or sys.argv[1] not in VERBS:
        stop(f"usage: bootstrap.py {' | '.join(VERBS)}")
    for command in VERBS[sys.argv[1]]():
        code = subprocess.run(command, cwd=ROOT).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
