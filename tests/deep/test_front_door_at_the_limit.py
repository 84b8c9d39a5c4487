"""As large as a record's file may be, whatever is in it: judged, reported and printed in bounded time and memory.

Each file is read in a process of its own, so that its memory can be told from that of the others.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.parse import SIZE_LIMIT
from generator.records import FOLDERS
from tests.bombs import BOMBS, nested
from tests.projects import BASE, ROOT, Project

pytestmark = [pytest.mark.deep, pytest.mark.skipif(sys.platform != "linux", reason="memory is told as Linux tells it")]

SECONDS = 12.0
"""Of processor time for each step: more than twice what it takes, since a core that is shared is slow."""
MEGABYTES = 512
JUDGE = """
import json, re, sys, time
from pathlib import Path
from generator.formats import as_github, as_json, as_text
from generator.pipeline import Project, check, explain

def timed(make):
    began = time.process_time()
    return make(), time.process_time() - began

content = Path(sys.argv[1])
project = Project(content, content, "Name")
(records, problems), judged = timed(lambda: check(content, "content"))
_, as_lines = timed(lambda: list(as_text(explain(project, problems, records, limit=1_000))))
_, as_data = timed(lambda: as_json(explain(project, problems, records, fold=False)))
_, as_commands = timed(lambda: list(as_github(explain(project, problems, records, limit=1_000))))
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1_024
print(json.dumps({"judged": judged, "text": as_lines, "json": as_data, "github": as_commands, "megabytes": peak, "problems": len(problems)}))
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_file_at_the_limit(name: str, tmp_path: Path) -> None:
    bomb = BOMBS[name]
    content = Path(shutil.copytree(BASE, tmp_path / "content"))
    (content / FOLDERS[bomb.kind] / "bomb.yaml").write_bytes(bomb.of_size(SIZE_LIMIT))
    done = subprocess.run([sys.executable, "-c", JUDGE, content], cwd=ROOT, capture_output=True, text=True, timeout=170, check=True)
    took = json.loads(done.stdout)
    print(took)
    assert took.pop("problems") < 5_000
    assert took.pop("megabytes") < MEGABYTES
    assert max(took.values()) < SECONDS, took


@pytest.mark.parametrize("depth", [1_000, 10_000, 300_000])
def test_any_depth(depth: int, tmp_path: Path) -> None:
    content = Path(shutil.copytree(BASE, tmp_path / "content"))
    for number, make in enumerate(nested(depth).values()):
        (content / "places" / f"bomb-{number}.yaml").write_text(make()[:SIZE_LIMIT], encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", JUDGE, content], cwd=ROOT, capture_output=True, text=True, timeout=170, check=True)
    took = json.loads(done.stdout)
    assert took.pop("problems") == len(nested(depth))
    assert took.pop("megabytes") < MEGABYTES
    assert max(took.values()) < SECONDS, took


def test_a_thousand_broken_files(project: Project) -> None:
    for number in range(1_000):
        project.write(
            f"places/p{number}.yaml",
            f"name: P {number}\nkind: twon\nwithin: fable-vally\nsumary: 'x\n" if number % 2 else f"name: [{number}\n",
        )
    began = time.monotonic()
    done = project.run("check")
    took = time.monotonic() - began
    print(f"{took:.1f} s")
    assert done.returncode == 1
    assert "in 1000 files" in done.stderr
    assert took < 30
