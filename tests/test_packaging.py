"""What setuptools is told, against what lies on disk: a forgotten folder would be missed by users alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
FOLDERS = ("graph", "nlp", "flights", "ingest", "queries")
CODE = {".py", ".pyi"}


def packages_on_disk() -> dict[str, Path]:
    ours = {path.parent for path in (ROOT / "src" / "tailgraph").rglob("__init__.py")}
    found = {".".join(folder.relative_to(ROOT / "src").parts): folder for folder in ours}
    for name in FOLDERS:
        for path in (ROOT / name).rglob("__init__.py"):
            found[".".join(("tailgraph", *path.parent.relative_to(ROOT).parts))] = path.parent
    return found


def tracked(*folders: str) -> list[Path]:
    """The files that git knows, relative to the root, and that are there."""
    command = ["git", "ls-files", *folders]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [Path(line) for line in listed.stdout.splitlines() if os.path.lexists(ROOT / line)]


def data_files() -> set[str]:
    """What is no code and lies in a package's folder, as paths in the wheel."""
    real = [path for path in tracked(*FOLDERS, "src")
            if path.suffix not in CODE and not (ROOT / path).is_symlink()]
    return {path.relative_to("src").as_posix() if path.parts[0] == "src" else f"tailgraph/{path.as_posix()}"
            for path in real}


def test_every_package_is_listed() -> None:
    assert set(SETTINGS["packages"]) == packages_on_disk().keys()


def test_every_package_is_where_the_mapping_says() -> None:
    mapped = {name: ROOT / folder for name, folder in SETTINGS["package-dir"].items() if name}
    assert mapped == {name: path for name, path in packages_on_disk().items() if "src" not in path.parts}


def test_every_folder_of_code_is_a_package() -> None:
    bare = {path.parent for name in FOLDERS for path in (ROOT / name).rglob("*.py")
            if not (path.parent / "__init__.py").exists()}
    assert bare == set()


@pytest.mark.parametrize("name", FOLDERS)
def test_static_tools_find_each_folder(name: str) -> None:
    link = ROOT / "src" / "tailgraph" / name
    assert link.is_symlink()
    assert link.readlink() == Path("../..") / name


def test_the_wheel_holds_all_data(tmp_path: Path) -> None:
    for path in tracked():
        copy = tmp_path / "source" / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / path, copy, follow_symlinks=False)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
               "--disable-pip-version-check", "--wheel-dir", str(tmp_path), str(tmp_path / "source")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert data_files() <= held
    assert not {name for name in held if not name.startswith("tailgraph/")}


def installs(target: str) -> list[str]:
    """What pip would be asked for, were nothing there yet."""
    command = ["make", "--dry-run", "--always-make", "--no-print-directory", target]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if "pip install" in line and "--upgrade" not in line]


@pytest.mark.parametrize("target", ["install", "demo"])
def test_running_installs_only_what_running_needs(target: str) -> None:
    [asked] = installs(target)
    assert "--editable ." in asked
    assert "--group" not in asked


@pytest.mark.parametrize("target", ["lint", "test", "test-full", "bench"])
def test_checks_install_what_they_need(target: str) -> None:
    assert any("--editable ." in asked for asked in installs(target))
    assert any("--group dev" in asked for asked in installs(target))
