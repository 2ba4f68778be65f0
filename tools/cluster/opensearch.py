"""OpenSearch nodes on loopback, each a process of its own: jars from Maven, the launcher in ``OpenSearchNode.java``."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

HERE = Path(__file__).parent
_RESOLVING_SECONDS = 300
_STARTING_SECONDS = 120
_ASKING_SECONDS = 30
_JAVA = ("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlog4j2.level=WARN")
_SETTINGS = {
    "cluster.name": "cancu-tests",
    "network.host": "127.0.0.1",
    "http.type": "netty4",
    "transport.type": "netty4",
    "action.auto_create_index": "false",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "cluster.fault_detection.follower_check.interval": "500ms",
    "cluster.fault_detection.leader_check.interval": "500ms",
    "node.processors": "2",
}


class CannotStart(Exception):
    """No cluster can be started here; the reason, as a skipped test gives it."""


@dataclass(slots=True)
class Cluster:
    """Running nodes. ``processes``: node name → process; ``urls``: node name → where it answers."""

    urls: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]]
    logs: Path
    commands: dict[str, list[str]]

    @property
    def nodes(self) -> str:
        """The addresses of all nodes as an index URL has them."""
        return ",".join(self.urls.values())

    def ask(self, path: str) -> object:
        """The answer of the first living node to ``GET path``, from JSON."""
        for name, process in self.processes.items():
            if process.poll() is None:
                with urllib.request.urlopen(self.urls[name] + path, timeout=_ASKING_SECONDS) as answer:
                    return orjson.loads(answer.read())
        raise AssertionError("no node is alive")

    def elected(self) -> str:
        """The name of the node that the others elected as their manager."""
        (found,) = self.ask("/_cat/cluster_manager?format=json")  # type: ignore[misc]
        return str(found["node"])

    def kill(self, name: str) -> None:
        """``kill -9`` of one node."""
        self.processes[name].kill()
        self.processes[name].wait()

    def start(self, name: str) -> None:
        """Start a node that does not run, on the data it had."""
        with open(self.logs / f"{name}.log", "ab") as log:
            self.processes[name] = subprocess.Popen(self.commands[name], stdin=subprocess.PIPE, stdout=log, stderr=log)

    def wait_until_whole(self) -> None:
        """Wait until all nodes have found each other and every part of every index has its copies.

        Raises ``CannotStart`` where a node ended or that takes too long.
        """
        until = time.monotonic() + _STARTING_SECONDS
        while time.monotonic() < until:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    said = (self.logs / f"{name}.log").read_text(errors="replace")
                    raise CannotStart(f"{name} ended with {process.returncode}: {said.strip()[-600:]}")
            try:
                health = self.ask("/_cluster/health")
            except OSError:
                health = {}
            whole = (len(self.processes), "green")
            if isinstance(health, dict) and (health.get("number_of_nodes"), health.get("status")) == whole:
                return
            time.sleep(0.25)
        raise CannotStart(f"{len(self.processes)} nodes were not one cluster within {_STARTING_SECONDS} s")


def _class_path() -> str:
    """The class path of the launcher; jars and classes are made once for each version of the files here.

    Raises ``CannotStart`` with the reason where Java, Maven or the jars are missing.
    """
    for program in ("java", "javac", "mvn"):
        if shutil.which(program) is None:
            raise CannotStart(f"needs {program}: apt-get install openjdk-17-jdk-headless maven")
    sources = [HERE / "pom.xml", HERE / "OpenSearchNode.java"]
    version = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cancu-tests"
    folder = cache / f"opensearch-{version}"
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=cache))
        try:
            copy = ["mvn", "-q", "-B", "-f", sources[0], "dependency:copy-dependencies", f"-DoutputDirectory={made}"]
            _run([*copy, "-DincludeScope=runtime"])
            _run(["javac", "-nowarn", "-cp", f"{made}/*", "-d", made, sources[1]])
            if not folder.is_dir():  # nobody else was faster
                made.rename(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    return f"{folder}:{folder}/*"


def _run(command: list[str | Path]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_RESOLVING_SECONDS, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise CannotStart(f"{command[0]} took over {_RESOLVING_SECONDS} s: is Maven Central out of reach?") from error
    if done.returncode:
        raise CannotStart(f"{command[0]} failed: {(done.stdout + done.stderr).strip()[-300:]}")


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that nothing listens on."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


@contextmanager
def cluster(count: int = 3) -> Iterator[Cluster]:
    """``count`` nodes that have found each other; all are ended and their files deleted when the block is left.

    Raises ``CannotStart`` where there is no Java, no Maven, or the jars cannot be had.
    """
    classes = _class_path()
    home = Path(tempfile.mkdtemp(prefix="cancu-opensearch-"))
    names = [f"node-{number}" for number in range(1, count + 1)]
    ports = free_ports(2 * count)
    shared = {
        **_SETTINGS,
        "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in ports[count:]),
        "cluster.initial_cluster_manager_nodes": ",".join(names),
    }
    made = Cluster({}, {}, home, {})
    try:
        for name, http, transport in zip(names, ports, ports[count:], strict=False):
            own = {"node.name": name, "http.port": http, "transport.port": transport}
            settings = [f"{key}={value}" for key, value in {**shared, **own}.items()]
            made.commands[name] = ["java", *_JAVA, "-cp", classes, "OpenSearchNode", str(home / name), *settings]
            made.urls[name] = f"http://127.0.0.1:{http}"
            made.start(name)
        made.wait_until_whole()
        yield made
    finally:
        for process in made.processes.values():
            process.kill()
        for process in made.processes.values():
            process.wait()
            if process.stdin is not None:
                process.stdin.close()
        shutil.rmtree(home, ignore_errors=True)
