"""The wheel, installed bare into an empty environment, works without Django; with [web] it has its assets."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, cwd=ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    done = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "-c", str(ROOT / "constraints.txt"), str(wheel)],
        capture_output=True,
        text=True,
    )
    if done.returncode != 0 and "No matching distribution" in done.stderr and not os.environ.get("CI"):
        pytest.skip("no package registry can be reached from here")
    assert done.returncode == 0, done.stderr
    return python


@pytest.mark.slow
def test_bare_install_has_no_django_and_runs(bare: Path, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}
    tongchou = bare.parent / "tongchou"
    assert "read" in run(tongchou, "--help", env=environment, cwd=tmp_path).stdout
    paper = tmp_path / "paper.txt"
    paper.write_text(
        "关于推进河湖长制的意见\n一、主要任务\n（一）建立巡河制度。每月巡河一次。（市水务局负责）\n", "utf-8"
    )
    run(tongchou, "read", paper, "-o", tmp_path / "out.json", env=environment, cwd=tmp_path)
    assert "市水务局" in (tmp_path / "out.json").read_text("utf-8")
    found = subprocess.run([str(bare), "-c", "import django"], capture_output=True)
    assert found.returncode != 0


@pytest.mark.slow
def test_web_without_its_extra_says_what_to_install(bare: Path, tmp_path: Path) -> None:
    done = subprocess.run([str(bare.parent / "tongchou"), "demo"], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 2
    assert "tongchou[web]" in done.stdout + done.stderr


@pytest.mark.slow
def test_wheel_carries_the_data_and_the_built_assets(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in ("tongchou/regions/taiyuan/datapackage.json", "tongchou/regions/taiyuan/policy/taiyuan-2019.txt"):
        assert needed in names
    assert any(n.startswith("tongchou/web/static/dist/") and n.endswith(".js") for n in names)
    assert any(n.startswith("tongchou/web/static/dist/") and n.endswith(".css") for n in names)
    assert any(n.startswith("tongchou/policy/vocabulary/") for n in names)
