"""The forms that a build can be copied in; ``model.commands`` writes them. Any thread."""

from typing import Literal, get_args

Form = Literal["trtstudio", "trtexec-10", "trtexec-11", "polygraphy", "python"]
FORMS: tuple[Form, ...] = get_args(Form)
