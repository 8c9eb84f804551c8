"""``trtstudio runtimes``, and working with another interpreter's TensorRT."""

import os
import subprocess
from argparse import Namespace
from collections.abc import Callable, Sequence
from typing import Any

from trtstudio.cli.output import Report, say, table
from trtstudio.host.engines import Engines
from trtstudio.host.interpreters import entry_arguments
from trtstudio.model.errors import StudioError, as_studio_error
from trtstudio.model.files import expanded
from trtstudio.model.interpreters import (
    OWN,
    Interpreter,
    KnownRuntime,
    check_python,
    read_interpreters,
    write_interpreters,
)
from trtstudio.model.requests import ProbeRequest

_PROBE_S = 120


def runtimes(options: Namespace, _cancelled: Callable[[], bool]) -> Report:
    """List the interpreters that have a TensorRT; add one, or forget one."""
    known = {k.interpreter: k for k in read_interpreters()}
    if options.remove:
        gone = Interpreter(str(expanded(options.remove).absolute()))
        if known.pop(gone, None) is None:
            gone = check_python(options.remove)
            known.pop(gone, None)
        write_interpreters(known.values())
    added = [check_python(options.add)] if options.add else []
    asked = probe([OWN, *known, *(a for a in added if a not in known)])
    if added or any(known.get(k.interpreter) != k for k in asked[1:]):
        write_interpreters(asked[1:])
    for unable in (k for k in asked if k.interpreter in added and k.problem):
        say(f"warning: {unable.problem}")
    return Report(0, {"runtimes": [_json(k) for k in asked]}, table([_row(k) for k in asked]))


def probe(interpreters: Sequence[Interpreter]) -> list[KnownRuntime]:
    """Ask every one in a process of its own what it has, all at once."""
    engines = Engines()
    try:
        jobs = [(i, engines.submit(ProbeRequest(), i)) for i in interpreters]
        return [_answer(interpreter, job) for interpreter, job in jobs]
    finally:
        engines.close()


def _answer(interpreter: Interpreter, job: Any) -> KnownRuntime:
    try:
        found = job.future.result(_PROBE_S)
    except Exception as error:
        problem = as_studio_error(error)
        words = [problem.message, *problem.details.strip().splitlines()[-1:]]
        return KnownRuntime(interpreter, None, " ".join(words))
    problem_words = found.runtime_problem.splitlines()
    return KnownRuntime(interpreter, found, problem_words[0] if problem_words else "")


def _row(known: KnownRuntime) -> tuple[str, str, str]:
    runtime = known.installation.runtime if known.installation else None
    python = known.interpreter.python or "this program's own"
    return (runtime.label if runtime else "-", python, known.problem)


def _json(known: KnownRuntime) -> dict[str, Any]:
    runtime = known.installation.runtime if known.installation else None
    return {
        "python": known.interpreter.python or None,
        "runtime": runtime.label if runtime else None,
        "kind": runtime.kind if runtime else None,
        "version": runtime.version if runtime else None,
        "targets": list(runtime.targets) if runtime else [],
        "problem": known.problem,
    }


def run_there(python: str, words: Sequence[str]) -> int:
    """Do what the words say in another interpreter; its exit code. It hears Ctrl+C itself."""
    interpreter = check_python(python)
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [interpreter.python, "-P", *entry_arguments("cli"), *words]
    try:
        process = subprocess.Popen(command, env=environment)
    except OSError as error:
        raise StudioError(
            f"{interpreter.python} cannot be started: {error.strerror}.",
            hint="Give the python of a virtual environment.",
        ) from error
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
