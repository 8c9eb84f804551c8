"""Python interpreters that have a TensorRT, and what each said when it was asked. Any thread.

A plan runs only with the TensorRT that built it, so several are kept side by side: other virtual
environments. The list is a small JSON file.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs

from trtstudio.model.array_json import from_json
from trtstudio.model.errors import StudioError
from trtstudio.model.files import expanded, read_file, whole_file
from trtstudio.model.plan.file import PlanHeader, why_not
from trtstudio.model.runtime import Installation


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python executable; empty for the one that this program runs in. ``module`` names the
    TensorRT to take (``tensorrt`` or ``tensorrt_rtx``) where both are installed there.
    """

    python: str = ""
    module: str = ""


OWN = Interpreter()
"""The interpreter of this program."""


@dataclass(frozen=True, slots=True)
class KnownRuntime:
    """An interpreter and what it said when it was last asked, or in one sentence why it could
    not say anything.
    """

    interpreter: Interpreter
    installation: Installation | None = None
    problem: str = ""

    @property
    def runtime_label(self) -> str:
        """``TensorRT-RTX 1.6.1.120``; empty where there is none."""
        runtime = self.installation.runtime if self.installation else None
        return runtime.label if runtime else ""

    @property
    def label(self) -> str:
        """``TensorRT-RTX 1.6.1.120 (/venvs/rtx16)``; the folder only of another interpreter."""
        name = self.runtime_label or "No TensorRT"
        if self.interpreter == OWN:
            return name
        return f"{name} ({environment_name(self.interpreter.python)})"


def environment_name(python: str) -> str:
    """The folder of the environment that an executable belongs to: ``/venvs/rtx16/bin/python`` is
    ``/venvs/rtx16``.
    """
    folder = Path(python).parent
    return str(folder.parent if folder.name.lower() in ("bin", "scripts") else folder)


def default_path() -> Path:
    """Where the program keeps its list."""
    return platformdirs.user_config_path("trtstudio", appauthor=False) / "runtimes.json"


def read_interpreters(path: Path | None = None) -> tuple[KnownRuntime, ...]:
    """The other interpreters that were added; none where there is no list. Raises StudioError where
    it is damaged.
    """
    path = path or default_path()
    try:
        return from_json(read_file(path), tuple[KnownRuntime, ...])
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.DecodeError) as error:
        raise StudioError(
            f"The list of runtimes in {path} cannot be read.",
            hint="Delete that file and add the runtimes again.",
            details=str(error),
        ) from error


def write_interpreters(known: Iterable[KnownRuntime], path: Path | None = None) -> None:
    """Keep the list. Raises StudioError where it cannot be written."""
    with whole_file(path or default_path()) as file:
        file.write(msgspec.json.format(msgspec.json.encode(tuple(known)), indent=1))


def check_python(python: str) -> Interpreter:
    """The interpreter of this executable, or of the environment in this folder. Raises StudioError
    where there is none.
    """
    path = expanded(python)
    places = [path, path / "bin/python", path / "Scripts/python.exe"]
    found = next(filter(os.path.isfile, places), None)  # it raises nothing for a long name
    if found is None:
        raise StudioError(
            f"There is no Python interpreter at {path}.",
            hint="Give the folder of a virtual environment, or its python itself.",
        )
    # Not resolved: a virtual environment's python is a link, and it is the link that matters.
    return Interpreter(str(found.absolute()))


def find_fitting(header: PlanHeader, known: Sequence[KnownRuntime]) -> KnownRuntime | None:
    """The first runtime that nothing in the plan's header speaks against, else the first that
    could on another GPU, else None.
    """
    able = [k for k in known if k.installation is not None and k.installation.runtime is not None]
    fitting = [k for k in able if _problem(header, k) is None]
    reading = [k for k in able if _reads(header, k)]
    return next(iter((*fitting, *reading)), None)


def _problem(header: PlanHeader, known: KnownRuntime) -> StudioError | None:
    assert known.installation is not None
    devices = known.installation.devices
    device = devices[0] if devices else None
    return why_not(header, known.installation.runtime, device, known.installation.device_problem)


def _reads(header: PlanHeader, known: KnownRuntime) -> bool:
    """Whether it is of the plan's own kind and version, as far as those tell."""
    return known.runtime_label == header.label
