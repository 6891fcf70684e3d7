"""What deploy/ holds cannot be built or started here: it is checked as its programs would read it, and
that it names what there is. tests/browser/test_nginx.py and test_replicas.py run its nginx files."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
HEALTH = "/api/health"
NOT_RUN = re.compile(r"never (built|started|applied)\s(#\s)?where it was written")
COMPOSE_SPEC = ROOT / "tests" / "data" / "compose-spec.json"  # compose-spec 170098b, Apache-2.0


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's, in order, with continued lines joined."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Dockerfile").read_text("utf-8"), flags=re.M)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines if line)]


def said(name: str) -> list[str]:
    return [rest for each, rest in instructions() if each == name]


def kubernetes() -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text("utf-8")))


def containers() -> dict[str, dict[str, Any]]:
    return {
        each["metadata"]["name"]: each["spec"]["template"]["spec"]["containers"][0]
        for each in kubernetes()
        if each["kind"] == "Deployment"
    }


@pytest.mark.parametrize(
    "name", ["Dockerfile", "compose.yaml", "kubernetes.yaml", "minsheng.service"]
)
def test_what_was_not_run_says_so(name):
    assert NOT_RUN.search((DEPLOY / name).read_text("utf-8"))


def test_the_image_copies_what_there_is_and_runs_it_as_nobody_in_particular():
    known = {"ARG", "FROM", "WORKDIR", "RUN", "COPY", "ENV", "USER", "EXPOSE", "HEALTHCHECK", "CMD"}
    assert {name for name, _ in instructions()} == known
    stages = said("FROM")
    assert all(each.startswith("${PYTHON}") for each in stages)
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").split()
    for line in said("COPY"):
        *sources, _ = line.split()
        if not line.startswith("--from="):
            assert all((ROOT / each).exists() for each in sources), line
            assert all(f"!{each}" in ignored for each in sources), line
    assert said("USER") == ["10001:10001"]
    names = [name for name, _ in instructions()]
    assert "RUN" not in names[names.index("USER") :]


def test_what_starts_and_what_asks_for_health_is_what_the_program_has():
    (start,), (port,) = said("CMD"), said("EXPOSE")
    program, *arguments = json.loads(start)
    assert (program, arguments[:2]) == ("streamlit", ["run", "app.py"])
    config = (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    assert f"\nport = {port}\n" in config
    check = json.loads(said("HEALTHCHECK")[0].partition(" CMD ")[2])
    ast.parse(check[-1])
    assert f"127.0.0.1:{port}{HEALTH}'" in check[-1]
    every = list(containers().values())
    assert {each["readinessProbe"]["httpGet"]["path"] for each in every} == {HEALTH}


def test_compose_is_valid_and_only_one_instance_edits():
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    compose = yaml.safe_load(text)
    jsonschema.Draft7Validator(json.loads(COMPOSE_SPEC.read_text("utf-8"))).validate(compose)
    services = compose["services"]
    instances = {name: each for name, each in services.items() if name != "nginx"}
    assert all(each["read_only"] and each["tmpfs"] == ["/tmp"] for each in instances.values())
    edits = [
        name for name, each in instances.items() if "MINSHENG_EDIT_AT" not in each["environment"]
    ]
    writes = [n for n, each in instances.items() for v in each["volumes"] if v.endswith(":/data")]
    assert edits == writes == ["editor"]
    assert "replicas" not in services["editor"].get("deploy", {})
    for volume in services["nginx"]["volumes"]:
        assert (DEPLOY / volume.split(":")[0]).is_file()
    build = services["editor"]["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()


def test_kubernetes_is_valid_and_of_the_same_shape():
    for each in kubernetes():
        kubernetes_validate.validate(each, "1.34", strict=True)
    pods = containers()
    names = [each["name"] for each in pods["minsheng-viewer"]["env"]]
    assert "MINSHENG_EDIT_AT" in names
    assert "MINSHENG_EDIT_AT" not in [each["name"] for each in pods["minsheng-editor"]["env"]]
    for name in ("minsheng-editor", "minsheng-viewer"):
        assert pods[name]["securityContext"]["readOnlyRootFilesystem"]
    (data,) = (m for m in pods["minsheng-viewer"]["volumeMounts"] if m["name"] == "data")
    assert data["readOnly"]
    kustomization = yaml.safe_load((DEPLOY / "kustomization.yaml").read_text("utf-8"))
    (files,) = (each["files"] for each in kustomization["configMapGenerator"])
    for name in [*kustomization["resources"], *(each.rpartition("=")[2] for each in files)]:
        assert (DEPLOY / name).is_file()
    mounted = {m["subPath"] for m in pods["minsheng-nginx"]["volumeMounts"]}
    assert mounted == {each.partition("=")[0] for each in files}


@pytest.mark.parametrize("services", ["compose", "kubernetes"])
def test_the_containers_nginx_is_given_every_name_its_files_ask_for(services):
    if services == "compose":
        given = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["nginx"][
            "environment"
        ]
    else:
        given = {each["name"] for each in containers()["minsheng-nginx"]["env"]}
    asked = set(re.findall(r"\$\{(\w+)\}", (DEPLOY / "instances.conf.template").read_text("utf-8")))
    # NGINX_LOCAL_RESOLVERS is what the image makes of NGINX_ENTRYPOINT_LOCAL_RESOLVERS.
    assert asked - {"NGINX_LOCAL_RESOLVERS"} <= set(given)
    assert "NGINX_ENTRYPOINT_LOCAL_RESOLVERS" in given


@pytest.mark.parametrize("name", ["instances.conf", "instances.conf.template"])
def test_nginx_takes_its_files(name, tmp_path):
    """Debian's nginx is older than `resolve`, which it is asked without."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed: apt-get install nginx")
    text = re.sub(r"\$\{\w+\}", "127.0.0.1", (DEPLOY / name).read_text("utf-8"))
    text = text.replace(" resolve", "")
    site = (DEPLOY / "nginx.conf").read_text("utf-8")
    conf = tmp_path / "nginx.conf"
    conf.write_text(
        f"error_log stderr; pid {tmp_path}/pid; events {{}} http {{ access_log off; {text} {site} }}",
        "utf-8",
    )
    done = subprocess.run([program, "-t", "-c", conf], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_systemd_takes_the_unit(tmp_path):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed: apt-get install systemd")
    text = (DEPLOY / "minsheng.service").read_text("utf-8")
    streamlit = Path(sys.executable).with_name("streamlit")
    text = text.replace("/opt/minsheng/.venv/bin/streamlit", str(streamlit))
    unit = tmp_path / "minsheng.service"
    unit.write_text(text.replace("User=minsheng", "User=nobody"), "utf-8")
    done = subprocess.run(
        [program, "verify", "--man=no", str(unit)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )
    of_ours = [line for line in done.stderr.splitlines() if "minsheng" in line]
    assert of_ours == []
    assert done.returncode == 0


@pytest.mark.slow
def test_the_wheelhouse_installs_without_a_network_and_the_program_runs(tmp_path):
    """As the Makefile says it; the folder of the repository is left as it is."""
    wheels = tmp_path / "wheels"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    subprocess.run(
        ["make", "wheelhouse", f"WHEELS={wheels}", f"PYTHON_VERSION={version}"],
        cwd=ROOT,
        check=True,
    )
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = "-m pip install --quiet --no-index --require-hashes -r requirements.lock --find-links"
    subprocess.run([python, *install.split(), wheels], cwd=ROOT, check=True)
    done = subprocess.run(
        [python, "-m", "minsheng", "check"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "没有错误" in done.stdout, done.stdout
