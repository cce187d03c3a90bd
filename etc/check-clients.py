#!/usr/bin/env python3
"""Has the official clients of the APIs that the server speaks ask it, in every mode.

    etc/check-clients.py LAUNCHER FOLDER [--write]

Starts `LAUNCHER serve` with the small model on a free port of this machine. The clients for Python (see
check-clients.txt) are those of the Python that runs this; those for Node.js are in FOLDER/node_modules; those for Java
are built and run by clients/run. Fails if one of them does not get what it should, or if docs/reference/compatibility.md
does not say what was tried; --write writes it.
What a model of this size says does not matter, only whether clients understand the protocol."""

import contextlib
import json
import os
import pathlib
import re
import secrets
import subprocess
import sys
import tempfile

import anthropic
import openai
from inspect_ai import Task
from inspect_ai import eval as inspect_eval
from inspect_ai.dataset import Sample
from inspect_ai.scorer import includes
from inspect_ai.solver import generate

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE.parent / "docs/reference/compatibility.md"
MODEL = "smollm2-135m"
MODES = ["instant", "thinking", "contemplating"]
EMBEDDER = "all-minilm-l6-v2"
OWN = {"polymnia": {"agents": 2, "budget": {"tokens": 800}, "seed": 1}}
QUESTION = "What is 2 + 3?"
SCHEMA = {
    "type": "object",
    "properties": {"colour": {"type": "string", "enum": ["red", "green"]}},
    "required": ["colour"],
    "additionalProperties": False,
}
PARAMETERS = {
    "type": "object",
    "properties": {"city": {"type": "string", "enum": ["Rome", "Oslo"]}},
    "required": ["city"],
    "additionalProperties": False,
}
RESULT = "It is 21 degrees and sunny."


class Chat:
    """openai-python, Chat Completions."""

    def __init__(self, url):
        self.client = openai.OpenAI(base_url=url, api_key="none", max_retries=0)

    def ask(self, mode, **more):
        more.setdefault("messages", [{"role": "user", "content": QUESTION}])
        more.setdefault("max_completion_tokens", 96)
        return self.client.chat.completions.create(model=mode, extra_body=OWN, **more)

    def answer(self, mode):
        got = self.ask(mode)
        assert got.choices[0].message.content and got.usage.completion_tokens > 0
        assert got.choices[0].finish_reason in ("stop", "length")

    def stream(self, mode):
        chunks = list(self.ask(mode, stream=True, stream_options={"include_usage": True}))
        assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
        assert chunks[-1].usage.total_tokens > 0

    def tools(self, mode):
        tools = [{"type": "function", "function": {"name": "weather", "parameters": PARAMETERS, "strict": True}}]
        named = {"type": "function", "function": {"name": "weather"}}
        asked = [{"role": "user", "content": "What is the weather in Rome?"}]
        got = self.ask(mode, messages=asked, tools=tools, tool_choice=named)
        message = got.choices[0].message
        assert got.choices[0].finish_reason == "tool_calls"
        assert json.loads(message.tool_calls[0].function.arguments)["city"] in ("Rome", "Oslo")
        asked.append(message.model_dump(exclude_none=True))
        asked += [{"role": "tool", "tool_call_id": call.id, "content": RESULT} for call in message.tool_calls]
        assert self.ask(mode, messages=asked, tools=tools, tool_choice="none").choices[0].message.content

    def form(self, mode):
        form = {"type": "json_schema", "json_schema": {"name": "colour", "schema": SCHEMA, "strict": True}}
        got = self.ask(mode, response_format=form, max_completion_tokens=200)
        assert json.loads(got.choices[0].message.content)["colour"] in ("red", "green")

    def errors(self, mode):
        refused(openai.NotFoundError, lambda: self.client.chat.completions.create(model="x", messages=[]))
        refused(openai.BadRequestError, lambda: self.ask(mode, temperature=9), "temperature")


class Responses:
    """openai-python, Responses."""

    def __init__(self, url):
        self.client = openai.OpenAI(base_url=url, api_key="none", max_retries=0)

    def ask(self, mode, **more):
        more.setdefault("input", QUESTION)
        more.setdefault("max_output_tokens", 96)
        return self.client.responses.create(model=mode, extra_body=OWN, **more)

    def answer(self, mode):
        got = self.ask(mode, instructions="Be brief.")
        assert got.output_text and got.usage.output_tokens > 0 and got.status in ("completed", "incomplete")
        again = self.ask(mode, input="Sure?", previous_response_id=got.id)
        assert again.output_text and self.client.responses.retrieve(got.id).output_text == got.output_text

    def stream(self, mode):
        events = list(self.ask(mode, stream=True))
        words = "".join(event.delta for event in events if event.type == "response.output_text.delta")
        assert words and events[-1].response.output_text == words
        assert events[-1].type in ("response.completed", "response.incomplete")

    def tools(self, mode):
        tools = [{"type": "function", "name": "weather", "parameters": PARAMETERS, "strict": True}]
        named = {"type": "function", "name": "weather"}
        got = self.ask(mode, input="What is the weather in Rome?", tools=tools, tool_choice=named)
        calls = [item for item in got.output if item.type == "function_call"]
        assert json.loads(calls[0].arguments)["city"] in ("Rome", "Oslo")
        results = [{"type": "function_call_output", "call_id": call.call_id, "output": RESULT} for call in calls]
        again = self.ask(mode, input=results, previous_response_id=got.id, tools=tools, tool_choice="none")
        assert again.output_text

    def form(self, mode):
        form = {"format": {"type": "json_schema", "name": "colour", "schema": SCHEMA, "strict": True}}
        got = self.ask(mode, text=form, max_output_tokens=200)
        assert json.loads(got.output_text)["colour"] in ("red", "green")

    def background(self, mode):
        got = self.ask(mode, background=True)
        assert got.status == "in_progress"
        while got.status == "in_progress":
            got = self.client.responses.retrieve(got.id)
        assert got.status in ("completed", "incomplete") and got.output_text
        long = self.ask(mode, background=True, max_output_tokens=2000, input="Tell a long story.")
        assert self.client.responses.cancel(long.id).status in ("cancelled", "completed", "incomplete")

    def errors(self, mode):
        refused(openai.NotFoundError, lambda: self.client.responses.retrieve("resp_x"))
        refused(openai.BadRequestError, lambda: self.ask(mode, top_p=9), "top_p")


class Messages:
    """anthropic, Messages."""

    def __init__(self, url):
        self.client = anthropic.Anthropic(base_url=url.removesuffix("/v1"), api_key="none", max_retries=0)

    def ask(self, mode, **more):
        more.setdefault("messages", [{"role": "user", "content": QUESTION}])
        more.setdefault("max_tokens", 96)
        return self.client.messages.create(model=mode, extra_body=OWN, **more)

    def answer(self, mode):
        got = self.ask(mode, system="Be brief.")
        assert got.content[-1].text and got.usage.output_tokens > 0
        assert got.stop_reason in ("end_turn", "max_tokens")
        counted = self.client.messages.count_tokens(model=mode, messages=[{"role": "user", "content": QUESTION}])
        assert counted.input_tokens > 0

    def stream(self, mode):
        with self.client.messages.stream(
            model=mode,
            max_tokens=96,
            messages=[{"role": "user", "content": QUESTION}],
            extra_body=OWN,
        ) as stream:
            words = "".join(stream.text_stream)
            whole = stream.get_final_message()
        assert words and whole.content[-1].text == words and whole.usage.output_tokens > 0

    def tools(self, mode):
        tools = [{"name": "weather", "input_schema": PARAMETERS}]
        asked = [{"role": "user", "content": "What is the weather in Rome?"}]
        got = self.ask(mode, messages=asked, tools=tools, tool_choice={"type": "tool", "name": "weather"})
        calls = [block for block in got.content if block.type == "tool_use"]
        assert got.stop_reason == "tool_use" and calls[0].input["city"] in ("Rome", "Oslo")
        asked.append({"role": "assistant", "content": [block.model_dump() for block in got.content]})
        results = [{"type": "tool_result", "tool_use_id": call.id, "content": RESULT} for call in calls]
        asked.append({"role": "user", "content": results})
        assert self.ask(mode, messages=asked, tools=tools, tool_choice={"type": "none"}).content[-1].text

    def form(self, mode):
        got = self.ask(mode, max_tokens=200, output_config={"format": {"type": "json_schema", "schema": SCHEMA}})
        assert json.loads(got.content[-1].text)["colour"] in ("red", "green")

    def errors(self, mode):
        refused(anthropic.NotFoundError, lambda: self.ask("x"))
        refused(anthropic.BadRequestError, lambda: self.ask(mode, max_tokens=0), "max_tokens")


class Embeddings:
    """openai-python, Embeddings."""

    def __init__(self, url):
        self.client = openai.OpenAI(base_url=url, api_key="none", max_retries=0)

    def embeddings(self, _):
        texts = ["A cat sat on the mat.", "Rain fell on Rome."]
        names = [model.id for model in self.client.models.list()]
        # Without a format the client asks for packed numbers and unpacks them.
        packed = self.client.embeddings.create(model=EMBEDDER, input=texts, user="ada")
        plain = self.client.embeddings.create(model=EMBEDDER, input=texts, encoding_format="float")
        assert EMBEDDER in names and packed.usage.prompt_tokens > 0
        for one, other in zip(packed.data, plain.data, strict=True):
            assert len(one.embedding) == 384 and one.index == other.index
            assert abs(sum(number * number for number in one.embedding) - 1) < 1e-4
            assert max(abs(a - b) for a, b in zip(one.embedding, other.embedding, strict=True)) < 1e-6
        refused(openai.NotFoundError, lambda: self.client.embeddings.create(model="x", input=texts), EMBEDDER)
        long = ["cat", "cat " * 600]
        refused(openai.BadRequestError, lambda: self.client.embeddings.create(model=EMBEDDER, input=long), "input[1]")


def refused(kind, ask, words=""):
    try:
        ask()
    except kind as error:
        assert words in str(error), error
        return
    raise AssertionError("it was not refused")


def rows_of(client):
    for scenario in ("answer", "stream", "tools", "form", "background", "errors", "embeddings"):
        test = getattr(client, scenario, None)
        # A vector has no mode.
        for mode in (["yes"] if scenario == "embeddings" else MODES) if test else []:
            try:
                test(mode)
            except Exception as error:
                raise SystemExit(f"{client.__doc__} {scenario} in {mode}: {error!r}") from error
            yield client.__doc__.strip("."), scenario, mode


def others(*command):
    """Runs clients of another language, which print a row for each scenario that passed."""
    done = subprocess.run(command, text=True, capture_output=True)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def evaluate(url):
    """Inspect asks ten samples in each mode, as it would ask any endpoint."""
    os.environ.update(LOCAL_BASE_URL=url, LOCAL_API_KEY="none")
    samples = [Sample(input=f"What is {n} + {n}?", target=str(2 * n)) for n in range(10)]
    for mode in MODES:
        with tempfile.TemporaryDirectory() as logs:
            task = Task(dataset=samples, solver=generate(), scorer=includes())
            model = f"openai-api/local/{mode}"
            [log] = inspect_eval(task, model=model, max_tokens=48, max_connections=2, display="none", log_dir=logs)
            assert log.status == "success" and len(log.samples) == 10, log.error
            assert all(sample.output.completion and sample.model_usage for sample in log.samples), mode
        yield "inspect eval, ten samples", "answer", mode


def fuzz(launcher):
    """Sends what the OpenAPI document allows, and what it does not: no answer may be undocumented or a 5xx."""
    checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
    limits = ["--phases", "coverage,fuzzing", "--max-examples", "15", "--max-time", "60", "--seed", "1"]
    # It could fetch gigabytes, delete what this machine has, and ask whatever it reaches.
    limits += ["--exclude-path-regex", "^/api/(models/|endpoints)"]
    # A server of its own, with a key that goes on to let in when people share it, as one of the requests has it.
    key = secrets.token_hex()
    header = ["--header", f"Authorization: Bearer {key}"]
    with tempfile.TemporaryDirectory() as place, serving(launcher, place, key) as url:
        command = [sys.executable, "-m", "schemathesis.cli", "run", url.removesuffix("/v1") + "/openapi.json", *header]
        done = subprocess.run([*command, "--checks", checks, *limits], cwd=place, text=True, capture_output=True)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    print(next(line.strip() for line in done.stdout.splitlines() if "generated" in line and "passed" in line))


def page(rows):
    words = {
        "answer": "an answer, and a second turn where the API keeps the first; tokens counted",
        "stream": "the same, streamed",
        "tools": "a call that is demanded, its result, the answer",
        "form": "an answer that fits a JSON Schema",
        "background": "answered while nobody waits: asked for, cancelled",
        "errors": "an unknown model or response, a value that is out of range",
        "embeddings": "vectors of two texts, packed and not; an unknown model, a text that is too long",
    }
    lines = [
        "# What the official clients were tried with",
        "",
        "`.ci/run` lets each of them ask a server with the smallest model, in every mode; `etc/check-clients.py` makes",
        "this page and says what is asked. The fields that the server knows are in",
        "[server.md](../design/server.md#fields). schemathesis sends what `/openapi.json` allows and what it does not: no",
        "answer is undocumented, none a 5xx.",
        "",
        "| client | " + " | ".join(words) + " |",
        "| --- |" + " --- |" * len(words),
    ]
    for client in dict.fromkeys(row[0] for row in rows):
        cells = []
        for scenario in words:
            modes = [row[2] for row in rows if row[:2] == (client, scenario)]
            cells.append("every mode" if modes == MODES else ", ".join(modes) or "-")
        lines.append(f"| {client} | " + " | ".join(cells) + " |")
    lines += ["", *(f"- **{name}**: {what}" for name, what in words.items()), ""]
    return "\n".join(lines)


@contextlib.contextmanager
def serving(launcher, folder, key=""):
    """Starts a server on a free port of this machine, which keeps its runs in a folder."""
    command = [launcher, "serve", "--model", MODEL, "--port", "0", "--data-dir", folder]
    environment = {**os.environ, "POLYMNIA_API_KEY": key}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            for line in server.stdout:
                if found := re.search(r"http://\S+/v1", line):
                    yield found.group()
                    return
            raise SystemExit("the server did not say where it answers")
        finally:
            server.terminate()


def main():
    launcher, folder = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as place, serving(launcher, place) as url:
        rows = [row for client in (Chat, Responses, Messages, Embeddings) for row in rows_of(client(url))]
        rows += others("node", HERE / "check-clients.mjs", url, folder)
        rows += others(HERE.parent / "clients/run", url, MODEL)
        rows += evaluate(url)
    fuzz(launcher)
    text = page(rows)
    if "--write" in sys.argv:
        PAGE.write_text(text)
    elif PAGE.read_text() != text:
        raise SystemExit(f"{PAGE.name} is not what was tried; run {pathlib.Path(__file__).name} with --write")
    print(f"{len(rows)} scenarios passed")


main()
