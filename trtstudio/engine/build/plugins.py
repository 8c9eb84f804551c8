"""Plugin libraries: looked at before they are loaded, since loading one runs it. For the thread
that builds or runs.
"""

import ctypes
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from trtstudio.engine.build.option_list import abilities
from trtstudio.engine.logger import process_logger
from trtstudio.model.build.shared_library import Symbols, read_symbols
from trtstudio.model.errors import StudioError

_CREATORS = frozenset({"getCreators", "getPluginCreators"})
_REGISTERS_ITSELF = frozenset({"getPluginRegistry", "getBuilderPluginRegistry"})
_INITIALISER = "initLibNvInferPlugins"


def check_plugin(path: Path) -> Symbols:
    """What a library exports and needs, without loading it. Raises StudioError for a file that is
    no plugin library of TensorRT.
    """
    symbols = read_symbols(path)
    if symbols.exported & {*_CREATORS, _INITIALISER} or symbols.needed & _REGISTERS_ITSELF:
        return symbols
    raise StudioError(
        f"{path.name} is no plugin library of TensorRT: it has no {' or '.join(sorted(_CREATORS))} "
        "and registers no plugin.",
        hint="Choose the library that the plugin's own build makes.",
    )


def load_plugins(module: ModuleType, paths: Sequence[str], *, trusted: bool) -> None:
    """Register the plugins of TensorRT itself and of these libraries, all of which are checked
    before the first is loaded. Raises StudioError for what cannot be loaded, or may not.
    """
    if paths and not trusted:
        names = ", ".join(Path(path).name for path in paths)
        raise StudioError(
            f"Nobody has agreed to load {names}.",
            hint="A plugin library runs as a program of yours. Agree to it if you know who made "
            "it; on the command line with --trust-plugins.",
        )
    found = [(Path(path), check_plugin(Path(path))) for path in paths]
    if "plugins" not in abilities(module):
        return
    module.init_libnvinfer_plugins(process_logger(module), "")
    for path, symbols in found:
        _load(module, path, symbols)


def _load(module: ModuleType, path: Path, symbols: Symbols) -> None:
    try:
        if symbols.exported & _CREATORS:
            handle = module.get_plugin_registry().load_library(str(path.resolve()))
            if handle is None:
                raise OSError("TensorRT's plugin registry refused it")
            return
        library = ctypes.CDLL(str(path.resolve()), mode=ctypes.RTLD_GLOBAL)
        if _INITIALISER in symbols.exported:
            library[_INITIALISER](None, b"")
    except (OSError, RuntimeError) as error:
        raise StudioError(
            f"The plugin library {path.name} cannot be loaded.",
            hint="It may need another TensorRT, or another library that is not here.",
            details=str(error),
        ) from error
