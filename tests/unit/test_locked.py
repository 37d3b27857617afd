"""What is installed was hashed before: by uv.lock, and uv itself by uv.txt."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))


def test_every_file_of_the_lock_has_a_hash() -> None:
    outside = [one for one in LOCK["package"] if one["name"] != PROJECT["project"]["name"]]
    assert len(outside) > 200
    for package in outside:
        assert "registry" in package["source"], package["name"]
        files = [*package.get("wheels", []), *filter(None, [package.get("sdist")])]
        assert files, package["name"]
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one["hash"]) for one in files)


def test_uv_itself_has_one_and_builds_our_package() -> None:
    text = (ROOT / "uv.txt").read_text("utf-8")
    [version] = re.findall(r"^(\w+)==(\S+) \\$", text, re.MULTILINE)
    assert version[0] == "uv"
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", text)) > 10
    # Of the same minor version it is uv's own: nothing more is fetched.
    least, next_ = re.findall(r"\d+\.\d+", PROJECT["build-system"]["requires"][0])[0:2]
    assert version[1].startswith(f"{least}.")
    assert int(next_.partition(".")[2]) == int(least.partition(".")[2]) + 1


def test_nothing_else_is_installed() -> None:
    texts = [(ROOT / name).read_text("utf-8") for name in ("Makefile", "Dockerfile", ".ci/run")]
    pips = re.findall(r"pip install.*", "\n".join(texts))
    assert len(pips) == 2
    assert all("--require-hashes" in one and "-r uv.txt" in one for one in pips)
    syncs = re.findall(r"(?:uv|\$\(UV\)) sync.*", "\n".join(texts))
    assert len(syncs) == 3
    assert all("--frozen" in one for one in syncs)
