"""The user's language, for files that people read; what the command line prints is English."""

import ctypes
import locale
import os
import re
import sys

from trtstudio import assets
from trtstudio.model import core_words
from trtstudio.model.language import Language

_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""As gettext looks at them: the first that is set says it."""


def user_language() -> Language:
    """That of the locale where it is translated, else English."""
    catalogue = assets.ROOT / "translations" / f"trtstudio_{_locale()}.ts"
    core_words.use(catalogue if catalogue.is_file() else None)
    return core_words.language()


def _locale() -> str:
    """``zh_CN``; empty where nothing is said."""
    said = next((value for name in _VARIABLES if (value := os.environ.get(name))), "")
    if not said and sys.platform == "win32":
        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return re.split("[:.@]", said, maxsplit=1)[0]
