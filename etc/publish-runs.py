#!/usr/bin/env python3
"""Packs runs of an evaluation for docs/results, and unpacks them again.

usage: publish-runs.py pack EVALUATIONS RESULTS
       publish-runs.py unpack RESULTS EVALUATIONS

pack copies each run below EVALUATIONS to RESULTS/runs: run.json without the questions, which are
the data's, status.json, judge.jsonl, and results.jsonl as results.jsonl.gz; and what the report
says (report.md, report.json, plots) to RESULTS. The page with the samples is left out, as it holds
the questions.

unpack copies the runs back. 'polymnia eval' with the same tasks, model, seed and data then puts the
questions back, asks what is not finished and writes the report anew; it never overwrites a run that
is there.

Needs Python 3.10 or later.
"""

import gzip
import json
import shutil
import sys
from pathlib import Path

KEPT = ("status.json", "judge.jsonl")


def copy_kept(source: Path, target: Path) -> None:
    """Copies what is published as it is, and removes what is no longer there."""
    for name in KEPT:
        if (source / name).exists():
            shutil.copyfile(source / name, target / name)
        else:
            (target / name).unlink(missing_ok=True)


def pack(evaluations: Path, results: Path) -> None:
    heads = sorted(evaluations.glob("*/*/run.json"))
    if not heads:
        sys.exit(f"There is no run in {evaluations}; make one with polymnia eval.")
    report = evaluations / "report"
    if not (report / "report.md").exists():
        sys.exit(f"There is no report in {report}; make it with polymnia report.")
    for head in heads:
        target = results / "runs" / head.parent.relative_to(evaluations)
        target.mkdir(parents=True, exist_ok=True)
        run = json.loads(head.read_bytes())
        run["samples"] = []
        (target / "run.json").write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", "utf-8")
        lines = head.with_name("results.jsonl").read_bytes()
        whole = lines[: lines.rfind(b"\n") + 1]
        packed = target / "results.jsonl.gz"
        if not packed.exists() or gzip.decompress(packed.read_bytes()) != whole:
            packed.write_bytes(gzip.compress(whole, mtime=0))
        copy_kept(head.parent, target)
    for file in sorted(report.glob("*")):
        if file.suffix in (".md", ".json", ".svg"):
            shutil.copyfile(file, results / file.name)
    print(f"{len(heads)} runs are in {results}.")


def unpack(results: Path, evaluations: Path) -> None:
    heads = sorted((results / "runs").glob("*/*/run.json"))
    if not heads:
        sys.exit(f"There is no run in {results / 'runs'}.")
    for head in heads:
        target = evaluations / head.parent.relative_to(results / "runs")
        if target.exists():
            sys.exit(f"{target} is there already; move it away, or choose another folder.")
    for head in heads:
        target = evaluations / head.parent.relative_to(results / "runs")
        target.mkdir(parents=True)
        shutil.copyfile(head, target / "run.json")
        packed = head.with_name("results.jsonl.gz").read_bytes()
        (target / "results.jsonl").write_bytes(gzip.decompress(packed))
        copy_kept(head.parent, target)
    print(f"{len(heads)} runs are in {evaluations}.")


def main() -> None:
    match sys.argv[1:]:
        case ["pack", evaluations, results]:
            pack(Path(evaluations), Path(results))
        case ["unpack", results, evaluations]:
            unpack(Path(results), Path(evaluations))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
