"""A build asks nothing of any other machine. (What a page asks for is watched in every test with a browser.)"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import ROOT, Project, files_of, flood_project

WATCH = """
import sys
def watch(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"}:
        with open(sys.argv[1], "a") as stream:
            stream.write(f"{event} {arguments}\\n")
sys.addaudithook(watch)
"""
BUILD = f"{WATCH}\nfrom generator.cli import main\nmain(sys.argv[2:])"
ASK = f"{WATCH}\nimport socket\nsocket.socket().connect_ex(('192.0.2.1', 9))"
WITHOUT_NETWORK = ["unshare", "--user", "--map-root-user", "--net"]


def can_do_without() -> bool:
    try:
        return not subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True, check=False).returncode
    except OSError:
        return False


@pytest.mark.skipif(not can_do_without(), reason="nothing here takes the network from a process")
def test_a_build_without_a_network_is_the_same_and_never_asks_for_one(built: Project, tmp_path: Path) -> None:
    project, asked = flood_project(tmp_path / "project"), tmp_path / "asked"

    def alone(code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [*WITHOUT_NETWORK, sys.executable, "-c", code, asked, *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    done = alone(BUILD, "-C", project.folder, "build")
    assert done.returncode == 0, done.stderr
    assert files_of(project.site) == files_of(built.site)
    assert not asked.exists(), asked.read_text()
    alone(ASK)
    assert "192.0.2.1" in asked.read_text(), "the watch would have seen it"
