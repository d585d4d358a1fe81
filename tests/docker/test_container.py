"""The container files without an engine: their form, and their settings against the managed server's."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tailgraph.graph.server import config, container

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "docker" / "Dockerfile").read_text(encoding="utf-8")
INSTRUCTIONS = [tuple(line.split(maxsplit=1)) for line in DOCKERFILE.splitlines() if re.match("[A-Z]", line)]


def setting(variable: str) -> str:
    """The rule of the image, backwards."""
    return variable.removeprefix("NEO4J_").replace("__", "\0").replace("_", ".").replace("\0", "_")


def test_the_environment_is_what_the_settings_say() -> None:
    given = dict(COMPOSE["services"]["neo4j"]["environment"])
    assert given.pop("NEO4J_AUTH_FILE") == "/run/secrets/neo4j_auth"
    assert given == container.environment()


def test_the_settings_are_those_of_the_managed_server_but_for_addresses_and_folders() -> None:
    managed = config.managed(container.BOLT_PORT, container.HTTP_PORT, "512m", "256m")
    ours = container.settings()
    other = {name for name, value in ours.items() if managed.get(name) != value}
    assert other == {"server.default_listen_address"}
    assert {name.rpartition(".")[0] for name in managed.keys() - ours.keys()} == {
        "server.directories", "server.bolt", "server.http"}


def test_variables_name_their_settings() -> None:
    assert {setting(name): value for name, value in container.environment().items()} == container.settings()


def test_the_version_is_that_of_the_lock_file() -> None:
    assert COMPOSE["services"]["neo4j"]["image"] == f"neo4j:{config.VERSION}-community"


def test_ports_are_published_on_loopback_alone() -> None:
    published = {service: body.get("ports", []) for service, body in COMPOSE["services"].items()}
    assert published == {"neo4j": ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687"], "tailgraph": []}


@pytest.mark.parametrize("service", ["neo4j", "tailgraph"])
def test_services_have_no_more_than_they_need(service: str) -> None:
    body = COMPOSE["services"][service]
    assert body["read_only"] is True
    assert body["cap_drop"] == ["ALL"]
    assert body["security_opt"] == ["no-new-privileges:true"]
    assert not body.keys() & {"privileged", "cap_add", "network_mode", "pid", "ipc", "devices"}


def test_no_password_stands_in_the_files() -> None:
    variables = {name for body in COMPOSE["services"].values() for name in body["environment"]}
    assert {name for name in variables if re.search("PASS|AUTH", name)} == {"NEO4J_AUTH_FILE"}
    assert COMPOSE["secrets"] == {"neo4j_auth": {"file": "./secrets/neo4j_auth"}}
    command = ["git", "check-ignore", "docker/secrets/neo4j_auth"]
    ignored = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ignored.stdout.strip() == "docker/secrets/neo4j_auth"


def test_the_command_line_does_not_run_as_root() -> None:
    names = [name for name, _ in INSTRUCTIONS]
    last_stage = INSTRUCTIONS[len(names) - names[::-1].index("FROM") - 1:]
    [user] = [argument for name, argument in last_stage if name == "USER"]
    assert int(user) > 0
    after = [name for name, _ in last_stage[[name for name, _ in last_stage].index("USER"):]]
    assert after == ["USER", "WORKDIR", "ENTRYPOINT", "CMD"]


def test_all_that_is_copied_is_there_and_let_in() -> None:
    copied = {source for name, argument in INSTRUCTIONS if name == "COPY" and "--from" not in argument
              for source in argument.split()[:-1] if not source.startswith("--")}
    assert {source for source in copied if not (ROOT / source).exists()} == set()
    let_in = (ROOT / "docker" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied == {line[1:] for line in let_in if line.startswith("!")}


def test_all_packages_are_copied() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    copied = {argument.split()[0] for name, argument in INSTRUCTIONS if name == "COPY"}
    assert folders | {"src"} <= copied


@pytest.mark.parametrize(("given", "expected"), [("", "from-the-secret"), ("given", "given")])
def test_the_entrypoint_takes_the_password_from_the_secret(tmp_path: Path, given: str, expected: str) -> None:
    (tmp_path / "neo4j_auth").write_text("neo4j/from-the-secret\n")
    stand_in = tmp_path / "tailgraph"
    stand_in.write_text('#!/bin/sh\necho "$NEO4J_PASSWORD" "$@"\n')
    stand_in.chmod(0o755)
    script = (ROOT / "docker" / "entrypoint.sh").read_text(encoding="utf-8")
    script = script.replace("/run/secrets/neo4j_auth", str(tmp_path / "neo4j_auth"))
    environ = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "NEO4J_PASSWORD": given}
    command = ["sh", "-c", script, "entrypoint.sh", "query", "list"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    assert done.stdout == f"{expected} query list\n"
