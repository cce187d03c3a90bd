#!/usr/bin/env python3
"""Has Inspect AI itself read the logs that Polymnia writes.

usage: check-inspect-logs.py FOLDER
       check-inspect-logs.py --own FILE

FOLDER holds expected.json and, for each name in it, NAME.json and NAME.eval, as the test
InspectReadsLogsTest leaves them in eval/target/inspect-logs. Each log is read in full, by its
header, sample by sample and by its summaries, dumped by the command line, and bundled for the
viewer; every difference to expected.json is told, and the exit status is then 1.

With --own, Inspect runs a task of two questions on its mock model and its log is kept as FILE, in
JSON, for Polymnia to report.

Needs Python 3.10 or later with the package inspect-ai.
"""

import json
import math
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

TIMEOUT = 300
# Programs that dump a log; each takes a core while it starts.
AT_ONCE = 2


class Differences:
    """What was found and is not as it should be."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def compare(self, what: str, found: Any, wanted: Any) -> None:
        if isinstance(wanted, float):
            same = isinstance(found, (int, float)) and math.isclose(found, wanted, abs_tol=1e-9)
        else:
            same = found == wanted
        if not same:
            self.lines.append(f"{what}: {found!r} instead of {wanted!r}")

    def add(self, line: str) -> None:
        self.lines.append(line)


def tokens(usage: Any) -> dict[str, int]:
    """A ModelUsage in the words of expected.json."""
    return {
        "read": usage.input_tokens,
        "held": usage.input_tokens_cache_read or 0,
        "written": usage.output_tokens,
    }


def by_role(usage: dict[str, Any]) -> dict[str, dict[str, int]]:
    return {role: tokens(each) for role, each in usage.items()}


def summed(roles: dict[str, dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for role in roles.values():
        for kind, count in role.items():
            total[kind] = total.get(kind, 0) + count
    return total


def reasoning(message: Any) -> str:
    if isinstance(message.content, str):
        return ""
    return "".join(part.reasoning for part in message.content if part.type == "reasoning")


def check_usage(
    out: Differences, where: str, holder: Any, wanted: dict[str, Any], model: str
) -> None:
    out.compare(f"{where}: role_usage", by_role(holder.role_usage), wanted)
    models = {name: tokens(usage) for name, usage in holder.model_usage.items()}
    out.compare(f"{where}: model_usage", models, {model: summed(wanted)} if wanted else {})
    for name, usage in holder.model_usage.items():
        out.compare(
            f"{where}: total_tokens of {name}", usage.total_tokens, sum(tokens(usage).values())
        )


def check_header(out: Differences, where: str, log: Any, wanted: dict[str, Any]) -> None:
    out.compare(f"{where}: version", log.version, 2)
    out.compare(f"{where}: status", log.status, wanted["status"])
    out.compare(f"{where}: task", log.eval.task, wanted["task"])
    out.compare(f"{where}: model", log.eval.model, wanted["model"])
    out.compare(f"{where}: mode", log.eval.model_args.get("mode"), wanted["mode"])
    out.compare(f"{where}: has an error", log.error is not None, wanted["status"] == "error")
    out.compare(
        f"{where}: has an end", bool(log.stats.completed_at), wanted["status"] != "started"
    )
    check_usage(out, f"{where}: stats", log.stats, wanted["roles"], wanted["model"])
    if "accuracy" not in wanted:
        out.compare(f"{where}: results", log.results, None)
        return
    if log.results is None or not log.results.scores:
        out.add(f"{where}: there are no scores")
        return
    metrics = log.results.scores[0].metrics
    for name in ("accuracy", "stderr"):
        if name not in metrics:
            out.add(f"{where}: there is no metric {name}")
    if "accuracy" in metrics:
        out.compare(f"{where}: accuracy", float(metrics["accuracy"].value), wanted["accuracy"])
    failed = sum(1 for sample in wanted["samples"] if "error" in sample)
    out.compare(
        f"{where}: completed_samples",
        log.results.completed_samples,
        len(wanted["samples"]) - failed,
    )


def check_sample(
    out: Differences, where: str, sample: Any, wanted: dict[str, Any], model: str
) -> None:
    out.compare(f"{where}: total_time", sample.total_time, wanted["seconds"])
    out.compare(f"{where}: completion", sample.output.completion, wanted["text"])
    scores = list((sample.scores or {}).values())
    out.compare(f"{where}: value", scores[0].value if scores else None, wanted["value"])
    out.compare(
        f"{where}: limit", sample.limit.type if sample.limit else None, wanted.get("limit")
    )
    if "error" in wanted:
        message = sample.error.message if sample.error else ""
        if wanted["error"] not in message:
            out.add(f"{where}: the error is {message!r} and not {wanted['error']!r}")
    else:
        out.compare(f"{where}: error", sample.error, None)
        out.compare(f"{where}: last message", sample.messages[-1].text, wanted["text"])
        out.compare(f"{where}: last role", sample.messages[-1].role, "assistant")
    if "reasoning" in wanted:
        out.compare(f"{where}: reasoning", reasoning(sample.messages[-1]), wanted["reasoning"])
    check_usage(out, where, sample, wanted["roles"], model)
    out.compare(f"{where}: events", [event.event for event in sample.events], wanted["events"])
    out.compare(
        f"{where}: ids of events",
        len({event.uuid for event in sample.events if event.uuid}),
        len(sample.events),
    )
    agents = {
        event.role: tokens(event.output.usage)
        for event in sample.events
        if event.event == "model" and event.output.usage
    }
    out.compare(
        f"{where}: tokens of the agents' events",
        agents,
        {role: usage for role, usage in wanted["roles"].items() if role != "shared"},
    )


def key(sample: dict[str, Any]) -> tuple[str, int]:
    return sample["id"], sample["epoch"]


def check_samples(out: Differences, where: str, log: Any, wanted: dict[str, Any]) -> None:
    found = {(str(sample.id), sample.epoch): sample for sample in log.samples or []}
    out.compare(
        f"{where}: samples", sorted(found), sorted(key(each) for each in wanted["samples"])
    )
    out.compare(f"{where}: number of samples", len(log.samples or []), len(wanted["samples"]))
    for each in wanted["samples"]:
        if key(each) in found:
            check_sample(
                out, f"{where}: {key(each)}", found[key(each)], each, wanted["model"]
            )


def check_one_by_one(out: Differences, where: str, path: str, wanted: dict[str, Any]) -> None:
    from inspect_ai.log import read_eval_log_sample, read_eval_log_sample_summaries

    for each in wanted["samples"]:
        sample = read_eval_log_sample(path, each["id"], each["epoch"])
        check_sample(out, f"{where}: alone: {key(each)}", sample, each, wanted["model"])
    summaries = {
        (str(summary.id), summary.epoch): summary
        for summary in read_eval_log_sample_summaries(path)
    }
    out.compare(
        f"{where}: summaries",
        sorted(summaries),
        sorted(key(each) for each in wanted["samples"]),
    )
    for each in wanted["samples"]:
        summary = summaries.get(key(each))
        if summary is None:
            continue
        place = f"{where}: summary: {key(each)}"
        scores = list((summary.scores or {}).values())
        out.compare(f"{place}: value", scores[0].value if scores else None, each["value"])
        out.compare(f"{place}: limit", summary.limit, each.get("limit"))
        out.compare(f"{place}: has an error", summary.error is not None, "error" in each)


def command() -> str:
    """The program of the package, from the environment that runs this if it is there."""
    beside = shutil.which("inspect", path=str(Path(sys.executable).parent))
    program = beside or shutil.which("inspect")
    if program is None:
        sys.exit("There is no program 'inspect'. Install the package inspect-ai and try again.")
    return program


def run(out: Differences, where: str, arguments: list[str]) -> str:
    """Returns what the program printed, or nothing if it failed, which is told."""
    result = subprocess.run(
        [command(), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )
    if result.returncode != 0:
        out.add(
            f"{where}: inspect {' '.join(arguments)} ended with {result.returncode}:"
            f" {result.stderr.strip() or result.stdout.strip()}"
        )
        return ""
    return result.stdout


def check_dump(path: Path, wanted: dict[str, Any]) -> list[str]:
    """Returns how the dump of a log differs."""
    out = Differences()
    where = path.name
    text = run(out, where, ["log", "dump", str(path)])
    if not text:
        return out.lines
    try:
        dumped = json.loads(text)
    except ValueError as e:
        out.add(f"{where}: inspect log dump printed no JSON: {e}")
        return out.lines
    out.compare(f"{where}: dump: status", dumped.get("status"), wanted["status"])
    out.compare(
        f"{where}: dump: number of samples",
        len(dumped.get("samples") or []),
        len(wanted["samples"]),
    )
    return out.lines


def check_file(out: Differences, path: Path, wanted: dict[str, Any]) -> None:
    from inspect_ai.log import read_eval_log

    where = path.name
    try:
        log = read_eval_log(str(path))
        header = read_eval_log(str(path), header_only=True)
        check_header(out, where, log, wanted)
        check_samples(out, where, log, wanted)
        check_header(out, f"{where}: header only", header, wanted)
        out.compare(f"{where}: header only: samples", header.samples, None)
        check_one_by_one(out, where, str(path), wanted)
    except Exception as e:  # whatever Inspect throws is a difference, and the next file matters too
        out.add(f"{where}: Inspect cannot read it: {type(e).__name__}: {e}")


def check_bundle(out: Differences, files: list[Path], task: str) -> None:
    """Bundles the logs for the viewer, under names as Inspect gives them."""
    with tempfile.TemporaryDirectory() as scratch:
        logs = Path(scratch) / "logs"
        bundle = Path(scratch) / "bundle"
        logs.mkdir()
        for number, file in enumerate(files):
            name = f"2026-03-01T10-00-00-00-00_{task}_{file.stem}{number}{file.suffix}"
            shutil.copyfile(file, logs / name)
        run(
            out,
            "bundle",
            ["view", "bundle", "--log-dir", str(logs), "--output-dir", str(bundle)],
        )
        if not (bundle / "index.html").is_file():
            out.add("bundle: there is no index.html")
        copied = [p for p in bundle.rglob("*_*") if p.name.startswith("2026-03-01T10")]
        out.compare("bundle: logs", len(copied), len(files))


def check(folder: Path) -> int:
    try:
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as e:
        sys.exit(f"{folder}/expected.json cannot be read: {e}. Run the tests of module eval first.")
    if not expected:
        sys.exit(f"{folder}/expected.json names no log.")
    out = Differences()
    logs = {
        folder / f"{name}{suffix}": wanted
        for name, wanted in expected.items()
        for suffix in (".json", ".eval")
    }
    files = [path for path in logs if path.is_file()]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        dumps = {path: pool.submit(check_dump, path, logs[path]) for path in files}
        for path, wanted in logs.items():
            if path not in dumps:
                out.add(f"{path.name}: the file is not there")
                continue
            check_file(out, path, wanted)
            out.lines += dumps[path].result()
    check_bundle(out, files, "mixed")
    for line in out.lines:
        print(line, file=sys.stderr)
    if out.lines:
        print(f"{len(out.lines)} differences in {len(files)} logs", file=sys.stderr)
        return 1
    print(f"Inspect AI reads all {len(files)} logs as they were meant.")
    return 0


def write_own(file: Path) -> int:
    from inspect_ai import Task, eval
    from inspect_ai.dataset import Sample
    from inspect_ai.model import ModelOutput, ModelUsage, get_model
    from inspect_ai.scorer import match
    from inspect_ai.solver import generate

    answers = [ModelOutput.from_content("mockllm/model", text) for text in ("2", "4")]
    for answer in answers:
        # Otherwise Inspect would fetch a tokeniser to count.
        answer.usage = ModelUsage(input_tokens=7, output_tokens=1, total_tokens=8)
    questions = [
        Sample(id="one", input="What is 1 + 1?", target="2"),
        Sample(id="two", input="What is 2 + 3?", target="5"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        logs = eval(
            Task(name="sums", dataset=questions, solver=generate(), scorer=match()),
            model=get_model("mockllm/model", custom_outputs=answers),
            log_dir=folder,
            log_format="json",
            max_samples=1,
            display="none",
        )
        written = sorted(Path(folder).glob("*.json"))
        if len(logs) != 1 or logs[0].status != "success" or len(written) != 1:
            print("Inspect did not finish its own task", file=sys.stderr)
            return 1
        shutil.copyfile(written[0], file)
    return 0


def main(arguments: list[str]) -> int:
    if len(arguments) == 2 and arguments[0] == "--own":
        return write_own(Path(arguments[1]))
    if len(arguments) == 1 and not arguments[0].startswith("-"):
        return check(Path(arguments[0]))
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
