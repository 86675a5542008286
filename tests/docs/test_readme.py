"""What the readme says is so: its commands run, its files exist, and both languages say the same."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")


def commands(name: str) -> list[str]:
    text = (ROOT / name).read_text("utf-8")
    return [
        line.split("  #")[0].strip()
        for block in re.findall(r"```sh\n(.*?)```", text, re.S)
        for line in block.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]


def test_both_readmes_give_the_same_commands():
    assert commands("README.md") == commands("README.zh-CN.md") != []


def test_the_two_commands_come_first():
    assert commands("README.md")[:2] == ["make run", "make test"]


@pytest.mark.parametrize("name", READMES)
def test_linked_files_exist(name):
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / name).read_text("utf-8")):
        if "://" not in target:
            assert (ROOT / target).exists(), f"{name} links to {target}, which is not there"


@pytest.mark.parametrize("command", [c for c in commands("README.md") if c.startswith("make ")])
def test_make_targets_exist(command):
    done = subprocess.run(["make", "-n", *shlex.split(command)[1:]], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_tongchou_commands_run_in_order(tmp_path):
    ran = [c for c in commands("README.md") if re.match(r"(\.venv/bin/)?tongchou ", c)]
    assert ran
    for name in ("src", "tests"):
        (tmp_path / name).symlink_to(ROOT / name)
    environment = {**os.environ, "TONGCHOU_HOME": str(tmp_path / "home"), "HOME": str(tmp_path / "home")}
    for command in ran:
        words = shlex.split(command)
        done = subprocess.run(
            [sys.executable, "-m", "tongchou", *words[1:]],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            env=environment,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
