"""Fuzz what reads the records: `python -m tests.fuzz [--seconds 60] [--target front_door] [corpus folders or flags of libFuzzer]`.

Atheris changes inputs and keeps those that reach code which none reached before. It is not among the packages of the tests,
since not every system has it: `pip install --group deep`. What breaks a promise is written to `tests/fuzz/found/<target>`; made
small (`-minimize_crash=1`) and moved to `tests/fuzz/regressions/<target>` it is asked by the ordinary tests for ever.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

OWN = Path(__file__).parent
NAMES = ("front_door", "texts")
SLOWEST = 10
"""Seconds for one input; libFuzzer takes a longer one for a hang."""
LONGEST = 4_096
"""Bytes of an input. What grows with the size is measured by other tests."""


def main() -> int:
    """Fuzz one target in this process, or each in one of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Look for bytes that break what reads the records.")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--target", choices=NAMES, help="by default one after the other")
    parser.add_argument("--without-libyaml", action="store_true", help="read YAML as it is read where PyYAML has no libyaml")
    given, others = parser.parse_known_args()
    try:
        import atheris
    except ImportError:
        print(
            "Atheris is not here, and there is no fuzzing without it: pip install --group deep (Linux, Python up to 3.13)", file=sys.stderr
        )
        return 2
    if not given.target:
        return max(
            subprocess.run([sys.executable, "-m", "tests.fuzz", "--target", name, *sys.argv[1:]], check=False).returncode for name in NAMES
        )
    with atheris.instrument_imports(include=["generator", "yaml"]):
        import yaml

        from generator import parse

        from .seeds import dictionary, seeds
        from .targets import TARGETS
    if given.without_libyaml:
        parse._Parser = yaml.SafeLoader
    found = OWN / "found" / given.target
    found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="briefbook-fuzz-") as folder:
        work = Path(folder)
        (work / "words").write_text(dictionary(given.target), encoding="ascii")
        for name in ("new", "seeds"):
            (work / name).mkdir()
        for name, data in seeds(given.target):
            (work / "seeds" / name).write_bytes(data)
        own = [
            f"-max_total_time={given.seconds}",
            f"-dict={work / 'words'}",
            f"-artifact_prefix={found}/",
            f"-timeout={SLOWEST}",
            f"-max_len={LONGEST}",
        ]
        folders = [each for each in others if not each.startswith("-")]
        flags = [each for each in others if each.startswith("-")]
        atheris.Setup([sys.argv[0], *own, *flags, *(folders or [str(work / "new")]), str(work / "seeds")], TARGETS[given.target])
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
