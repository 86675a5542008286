"""The page on running it for real is complete and its files are what it says."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")


def test_the_table_of_settings_is_complete():
    # Test-only variables are not settings of the product.
    used = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(
            r"""(?:environ(?:\.get|\.setdefault)?[\[(]|getenv\()["'](TONGCHOU_\w+)""", path.read_text()
        )
    }
    listed = re.findall(r"^\| `(TONGCHOU_\w+)` \|", PAGE, re.M)
    assert len(listed) == len(set(listed))
    assert set(listed) == used


def test_linked_files_exist():
    for target in re.findall(r"\]\(([^)#]+)", PAGE):
        assert (ROOT / "docs" / target).is_file(), target


def test_units_call_commands_that_exist():
    from importlib.metadata import entry_points

    commands = {e.name for e in entry_points(group="tongchou.commands")}
    called = set()
    for path in (ROOT / "docs" / "operations").glob("*.service"):
        unit = configparser.ConfigParser(strict=False, interpolation=None)
        unit.read(path, "utf-8")
        assert unit["Service"]["User"] == "tongchou"
        called |= set(re.findall(r"/bin/tongchou (\w+)", path.read_text("utf-8")))
    assert called == {"serve", "worker", "backup", "verify", "notices", "digest"} <= commands


def test_the_compose_file_runs_server_worker_and_database():
    told = yaml.safe_load((ROOT / "docs" / "operations" / "compose.yaml").read_text("utf-8"))
    services = told["services"]
    assert services["serve"]["command"].split()[0] == "serve" and services["worker"]["command"] == "worker"
    assert services["database"]["image"] == "postgres:15"
    settings = set(services["serve"]["environment"])
    assert settings <= set(re.findall(r"`(TONGCHOU_\w+)`", PAGE))
    # Nothing secret stands in the file.
    assert "${POSTGRES_PASSWORD" in services["database"]["environment"]["POSTGRES_PASSWORD"]
