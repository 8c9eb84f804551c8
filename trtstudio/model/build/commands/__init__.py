"""A build request in other tools' words, to be copied. Pure text; any thread."""

import os
from collections.abc import Callable

from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.command_forms import FORMS as FORMS
from trtstudio.model.build.command_forms import Form
from trtstudio.model.build.commands.own import own_words
from trtstudio.model.build.commands.polygraphy import polygraphy_command
from trtstudio.model.build.commands.script import script
from trtstudio.model.build.commands.shell import Command, join
from trtstudio.model.build.commands.trtexec import trtexec_command
from trtstudio.model.runtime import RuntimeKind

_COMMANDS: dict[str, Callable[[BuildRequest, RuntimeKind], Command]] = {
    "trtstudio": lambda request, _kind: Command(("trtstudio", *own_words(request))),
    "trtexec-10": lambda request, kind: trtexec_command(request, kind, 10),
    "trtexec-11": lambda request, kind: trtexec_command(request, kind, 11),
    "polygraphy": polygraphy_command,
}


def copy_as(
    request: BuildRequest, form: Form, kind: RuntimeKind, *, windows: bool = os.name == "nt"
) -> str:
    """The command line, or the Python script, that builds what the request asks of this kind of
    TensorRT. What a tool cannot express stands before it as comments.
    """
    if form == "python":
        return script(request, kind)
    command = _COMMANDS[form](request, kind)
    mark = "rem" if windows else "#"
    comments = (f"{mark} {' '.join(note.split())}" for note in command.notes)
    return "\n".join((*comments, join(command, windows=windows)))
