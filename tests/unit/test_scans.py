"""`make lint` looks for dangerous calls and for secrets: each scan sees what is planted."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
LINT = (ROOT / "Makefile").read_text("utf-8").partition("\nlint:")[2].partition("\n\n")[0]


def scanned(tool: str, *arguments: str) -> int:
    return subprocess.run(
        [str(BIN / tool), *arguments], cwd=ROOT, capture_output=True, check=False
    ).returncode


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("import subprocess; subprocess.run(input(), shell=True)", 1),
        ("access = 'user'  # \u202e the line is read backwards \u2066", 1),
        ("import hashlib; hashlib.md5(b'').hexdigest()", 1),
        ("import subprocess; subprocess.run(['true'], check=True)", 0),
    ],
)
def test_a_dangerous_call_is_found(tmp_path: Path, line: str, code: int) -> None:
    (tmp_path / "planted.py").write_text(f"{line}\n", "utf-8")
    options = ("--quiet", "--recursive", "--configfile", "pyproject.toml")
    assert f"bandit {' '.join(options)}" in LINT
    assert scanned("bandit", *options, str(tmp_path)) == code


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("aws_key = 'AKIA" + "Q3EGRHBN" * 2 + "'", 1),
        ("-----BEGIN RSA " + "PRIVATE KEY-----", 1),
        ("url = 'https://reader:Zq8" + "vR2xT@files.example/a'", 1),
        ("password = 'hG7#kd" + "Q2!mZx'", 1),
        ("url = 'https://reader:sesam@files.example/a'", 0),
    ],
)
def test_a_secret_is_found(tmp_path: Path, line: str, code: int) -> None:
    (tmp_path / "planted.py").write_text(f"{line}\n", "utf-8")
    options = ("--baseline", ".secrets.baseline")
    assert f"detect-secrets-hook {' '.join(options)}" in LINT
    assert scanned("detect-secrets-hook", *options, str(tmp_path / "planted.py")) == code
