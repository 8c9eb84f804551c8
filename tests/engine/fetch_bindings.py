"""Fetches the Python bindings of several TensorRTs and puts a stand-in library beside each, so that
``test_generations.py`` can ask the real modules. Needs pip and a C compiler (``cc``); Linux.

Usage: ``export TRTSTUDIO_BINDINGS=$(python tests/engine/fetch_bindings.py FOLDER)``
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

VERSIONS = ("10.0.1", "10.8.0.43", "10.16.1.11", "11.0.0.114", "11.4.0.106")
LIBRARIES = ("libnvinfer.so", "libnvonnxparser.so", "libnvinfer_plugin.so")
PACKAGE = "from tensorrt_bindings import *\nfrom tensorrt_bindings import __version__\n"


def fetch(version: str, folder: Path) -> None:
    """Unpack one version's bindings, the package ``tensorrt`` over them and the stand-in."""
    with tempfile.TemporaryDirectory() as wheels:
        requirement = f"tensorrt-cu12-bindings=={version}"
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--dest", wheels, requirement], check=True, stdout=sys.stderr)
        for wheel in Path(wheels).glob("*.whl"):
            zipfile.ZipFile(wheel).extractall(folder)
    package = folder / "tensorrt"
    package.mkdir(exist_ok=True)
    (package / "__init__.py").write_text(PACKAGE, encoding="utf-8")
    compile_stand_in(folder / "tensorrt_bindings", version.partition(".")[0])


def compile_stand_in(folder: Path, major: str) -> None:
    """One library under the three names that the bindings look for beside themselves."""
    source = Path(__file__).with_name("stand_in.c")
    library = folder / f"{LIBRARIES[0]}.{major}"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
    for name in LIBRARIES[1:]:
        alias = folder / f"{name}.{major}"
        alias.unlink(missing_ok=True)
        alias.symlink_to(library.name)


def main() -> None:
    """Fetch all versions into the folder named on the command line and print it."""
    root = Path(sys.argv[1]).absolute()
    for version in VERSIONS:
        fetch(version, root / version)
    print(root)


if __name__ == "__main__":
    main()
