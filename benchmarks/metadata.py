"""Airflow's metadata on a fresh home: `python -m benchmarks.metadata HOME`, never measured."""

import sys
from pathlib import Path

from cli import airflow_process

if __name__ == "__main__":
    airflow_process.prepare(Path(sys.argv[1]))
