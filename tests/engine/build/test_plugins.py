"""Plugin libraries are looked at before anything of them runs."""

import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from trtstudio.engine import runtime
from trtstudio.engine.build import plugins
from trtstudio.engine.build.plugins import check_plugin, load_plugins
from trtstudio.model.errors import StudioError

MAKES_A_FILE = """
#include <stdio.h>
void *getPluginRegistry(void);
int {name}(void) {{ return 1; }}
__attribute__((constructor)) static void begin(void) {{ fclose(fopen("{mark}", "w")); }}
"""


class Registry:
    """A plugin registry that keeps what it is given."""

    def __init__(self, answer: object) -> None:
        self.loaded: list[str] = []
        self._answer = answer

    def load_library(self, path: str) -> object:
        self.loaded.append(path)
        return self._answer


def compile_library(folder: Path, name: str) -> tuple[Path, Path]:
    """A library with one function, and the file that shows that it was loaded."""
    if sys.platform != "linux" or not shutil.which("cc"):
        pytest.skip("there is no C compiler for Linux here")
    source, path, mark = folder / "p.c", folder / "libp.so", folder / "loaded"
    source.write_text(MAKES_A_FILE.format(name=name, mark=mark), encoding="utf-8")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", path, source], check=True)
    return path, mark


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The installed TensorRT as one that has plugins."""
    registry = Registry("handle")
    monkeypatch.setattr(plugins, "abilities", lambda _: ("plugins",))
    return SimpleNamespace(
        __name__="tensorrt",
        registry=registry,
        get_plugin_registry=lambda: registry,
        init_libnvinfer_plugins=lambda *_: True,
    )


@pytest.fixture(autouse=True)
def _no_logger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "process_logger", lambda _: None)


def test_a_library_of_creators_goes_to_the_registry(module: Any, tmp_path: Path) -> None:
    path, mark = compile_library(tmp_path, "getCreators")
    load_plugins(module, [str(path)], trusted=True)
    assert module.registry.loaded == [str(path)]
    assert not mark.exists()  # the registry, which loads it, is played here


def test_a_library_that_initialises_itself_is_loaded(module: Any, tmp_path: Path) -> None:
    path, mark = compile_library(tmp_path, "initLibNvInferPlugins")
    load_plugins(module, [str(path)], trusted=True)
    assert mark.exists()
    assert module.registry.loaded == []


def test_nothing_is_loaded_that_nobody_agreed_to(module: Any, tmp_path: Path) -> None:
    path, mark = compile_library(tmp_path, "initLibNvInferPlugins")
    with pytest.raises(StudioError, match=r"libp\.so") as caught:
        load_plugins(module, [str(path)], trusted=False)
    assert "--trust-plugins" in caught.value.hint
    assert not mark.exists()


def test_another_library_is_refused_before_any_is_loaded(module: Any, tmp_path: Path) -> None:
    path, mark = compile_library(tmp_path, "initLibNvInferPlugins")
    other = tmp_path / "other.so"
    other.write_bytes(b"text")
    for wrong in (other, Path(sys.executable).resolve()):
        with pytest.raises(StudioError) as caught:
            load_plugins(module, [str(path), str(wrong)], trusted=True)
        assert caught.value.hint
    assert not mark.exists()


def test_a_library_that_the_registry_refuses(module: Any, tmp_path: Path) -> None:
    path, _ = compile_library(tmp_path, "getPluginCreators")
    module.get_plugin_registry = lambda: Registry(None)
    with pytest.raises(StudioError, match="cannot be loaded") as caught:
        load_plugins(module, [str(path)], trusted=True)
    assert "refused" in caught.value.details


def test_a_library_that_lacks_another(module: Any, tmp_path: Path) -> None:
    source, path = tmp_path / "p.c", tmp_path / "libp.so"
    compile_library(tmp_path, "initLibNvInferPlugins")
    source.write_text(
        "void nowhere_to_be_found(void); void initLibNvInferPlugins(void) {"
        " nowhere_to_be_found(); }",
        encoding="utf-8",
    )
    subprocess.run(["cc", "-shared", "-fPIC", "-Wl,-z,now", "-o", path, source], check=True)
    with pytest.raises(StudioError, match="cannot be loaded") as caught:
        load_plugins(module, [str(path)], trusted=True)
    assert "nowhere_to_be_found" in caught.value.details


def test_what_registers_itself_is_a_plugin_library(tmp_path: Path) -> None:
    source, path = tmp_path / "p.c", tmp_path / "libp.so"
    compile_library(tmp_path, "unused")
    source.write_text(
        "void *getPluginRegistry(void); void *f(void) { return getPluginRegistry(); }",
        encoding="utf-8",
    )
    subprocess.run(["cc", "-shared", "-fPIC", "-o", path, source], check=True)
    assert "getPluginRegistry" in check_plugin(path).needed


def test_without_libraries_nothing_is_asked_of_rtx() -> None:
    load_plugins(runtime.load(), [], trusted=False)
