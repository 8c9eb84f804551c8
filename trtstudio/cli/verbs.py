"""The verbs by name. Each is imported when it is asked for, with only what it needs."""

from argparse import Namespace
from collections.abc import Callable

from trtstudio.cli.output import Report

Verb = Callable[[Namespace, Callable[[], bool]], Report]


def find_verb(name: str) -> Verb:
    """What does the work, given the options and a function that says whether to stop."""
    match name:
        case "inspect":
            from trtstudio.cli.inspect import inspect

            return inspect
        case "compare":
            from trtstudio.cli.compare import compare

            return compare
        case "build":
            from trtstudio.cli.build import build

            return build
        case "convert":
            from trtstudio.cli.convert import convert

            return convert
        case "run":
            from trtstudio.cli.run import run

            return run
        case "bench":
            from trtstudio.cli.bench import bench

            return bench
        case "profile":
            from trtstudio.cli.profile import profile

            return profile
        case "memory":
            from trtstudio.cli.memory import memory

            return memory
        case "refit":
            from trtstudio.cli.refit import refit

            return refit
        case "history":
            from trtstudio.cli.history import history

            return history
        case "doctor":
            from trtstudio.cli.doctor import doctor

            return doctor
        case "runtimes":
            from trtstudio.cli.runtimes import runtimes

            return runtimes
        case "demo":
            from trtstudio.demo import demo

            return demo
    raise ValueError(name)
