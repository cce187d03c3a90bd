#!/usr/bin/env python3
"""Asks OSV (https://osv.dev) for known vulnerabilities of the libraries that Polymnia ships.

usage: check-dependencies.py [--sbom FILE ...] [--ignore FILE] [--api URL]

Makes a CycloneDX SBOM of what ships with ./build, and of what the page has from its lock file, or takes
those that --sbom names, and asks about each Maven or npm package in them. What is found is told with the versions that repair it.

The file of --ignore (etc/ignored-vulnerabilities.txt) has a line for each finding that does not
concern us: its id or one of its other names, the package, until when, and why:

    GHSA-0000-0000-0000 org.example:library 2027-01-31 only its server part, which is not used

Exit code: 0 nothing is known, 1 something is, 2 the command or a file is wrong, 3 it could not be
asked, which says nothing about the libraries. No key is needed; proxies are the environment's.

Needs Python 3.10 or later, and a network.
"""

import argparse
import datetime
import json
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
API = "https://api.osv.dev"
PLUGIN = "org.cyclonedx:cyclonedx-maven-plugin:2.9.3:makeBom"
# The program, the library for programs, and what runs programs of a model without bubblewrap.
SHIPPED = ("dist", "langchain4j", "graalpy")
KINDS = ("pkg:maven/", "pkg:npm/")
OWN = "pkg:maven/dev.polymnia/"
AT_ONCE = 500
MOST_PAGES = 100
SECONDS = 60


class Wrong(Exception):
    """The command or a file is wrong."""


class Unasked(Exception):
    """It could not be asked."""


@dataclass
class Finding:
    """A vulnerability of a package."""

    id: str
    package: str
    version: str
    names: set[str] = field(default_factory=set)
    summary: str = ""
    repaired: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        names = ", ".join(sorted(self.names - {self.id}))
        repaired = ", ".join(self.repaired) or "no version that is known"
        return (
            f"{self.package} {self.version}: {self.id}{f' ({names})' if names else ''}\n"
            f"  {self.summary or 'no summary'}\n  repaired in {repaired}"
        )


@dataclass(frozen=True)
class Ignored:
    """A finding that does not concern us."""

    id: str
    package: str
    until: datetime.date
    reason: str

    def covers(self, finding: Finding, today: datetime.date) -> bool:
        named = self.id == finding.id or self.id in finding.names
        return named and self.package == finding.package and today <= self.until


def name_and_version(purl: str) -> tuple[str, str]:
    """Splits pkg:maven/org.example/library@1.0?type=jar into org.example:library and 1.0."""
    path, _, version = purl.split("?")[0].split("#")[0].rpartition("@")
    kind, _, name = path.removeprefix("pkg:").partition("/")
    name = urllib.parse.unquote(name)
    return (name.replace("/", ":") if kind == "maven" else name), urllib.parse.unquote(version)


def purls(sboms: list[Path]) -> list[str]:
    """Returns the packages of some SBOMs, each once and without what says only which file it is."""
    found = set()
    for file in sboms:
        try:
            components = json.loads(file.read_text(encoding="utf-8"))["components"]
            found |= {component.get("purl", "") for component in components}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as e:
            raise Wrong(f"{file} is no CycloneDX SBOM as JSON ({e}); make it anew.") from e
    plain = {purl.split("?")[0].split("#")[0] for purl in found}
    asked = sorted(p for p in plain if p.startswith(KINDS) and not p.startswith(OWN) and "@" in p)
    if not asked:
        names = ", ".join(map(str, sboms))
        raise Wrong(f"There is no package of Maven or npm in {names}; is it the right SBOM?")
    return asked


def make_sboms() -> list[Path]:
    """Has Maven write the SBOMs of what ships."""
    command = [str(HERE / "build"), "--quiet", "-Pdistribution,graalpy", "-pl", ",".join(SHIPPED)]
    command += ["-am", "-DskipTests", "-Dspotless.skip", "compile", PLUGIN]
    command += ["-DoutputFormat=json", "-DoutputName=sbom", "-DincludeTestScope=false"]
    command += ["-DincludeProvidedScope=false", "-DincludeSystemScope=false"]
    print("Making the SBOMs …", flush=True)
    if subprocess.run(command, cwd=HERE, check=False).returncode != 0:
        raise Unasked("The SBOMs could not be made; what Maven says stands above.")
    return [HERE / module / "target" / "sbom.json" for module in SHIPPED] + [page_sbom()]


def page_sbom() -> Path:
    """Writes an SBOM of what is in the page, which Maven does not know."""
    lock = json.loads((HERE / "web" / "package-lock.json").read_text(encoding="utf-8"))
    purls = [
        f"pkg:npm/{urllib.parse.quote(path.rpartition('node_modules/')[2])}@{one['version']}"
        for path, one in lock["packages"].items()
        if path and not one.get("dev")
    ]
    file = HERE / "web" / "target" / "page-sbom.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"components": [{"purl": purl} for purl in purls]}), encoding="utf-8")
    return file


def ask(url: str, body: object = None) -> dict:
    """Asks the API once."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as response:
            answer = json.load(response)
    except (OSError, HTTPException, ValueError) as e:
        raise Unasked(f"{url} could not be asked: {e}. Try again with a network.") from e
    if not isinstance(answer, dict):
        raise Unasked(f"{url} did not answer with an object; is it the API of OSV?")
    return answer


def ids(api: str, packages: list[str]) -> dict[str, set[str]]:
    """Returns the ids of what is known, by package."""
    found: dict[str, set[str]] = {}
    queries = [(purl, {"package": {"purl": purl}}) for purl in packages]
    for _ in range(MOST_PAGES):
        if not queries:
            return found
        now, queries = queries[:AT_ONCE], queries[AT_ONCE:]
        url = f"{api}/v1/querybatch"
        results = ask(url, {"queries": [query for _, query in now]}).get("results")
        if not isinstance(results, list) or len(results) != len(now):
            raise Unasked(f"{url} did not answer each question; is it the API of OSV?")
        for (purl, query), result in zip(now, results):
            for vulnerability in result.get("vulns", []):
                found.setdefault(purl, set()).add(vulnerability["id"])
            if result.get("next_page_token"):
                queries.append((purl, {**query, "page_token": result["next_page_token"]}))
    raise Unasked(f"{api} has more pages than anybody can read; is it the API of OSV?")


def finding(api: str, purl: str, id: str, cache: dict[str, dict]) -> Finding | None:
    """Returns what is known of a vulnerability; nothing if it was taken back."""
    if id not in cache:
        cache[id] = ask(f"{api}/v1/vulns/{urllib.parse.quote(id)}")
    told = cache[id]
    if told.get("withdrawn"):
        return None
    package, version = name_and_version(purl)
    repaired = [
        event["fixed"]
        for affected in told.get("affected", [])
        if affected.get("package", {}).get("name") == package
        for span in affected.get("ranges", [])
        if span.get("type") != "GIT"
        for event in span.get("events", [])
        if "fixed" in event
    ]
    return Finding(
        id,
        package,
        version,
        {id, *told.get("aliases", [])},
        " ".join((told.get("summary") or told.get("details") or "").split())[:200],
        sorted(set(repaired)),
    )


def ignored(file: Path) -> list[Ignored]:
    """Reads what does not concern us."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as e:
        raise Wrong(f"{file} cannot be read: {e}.") from e
    entries = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = line.split(maxsplit=3)
        try:
            id, package, until, reason = parts
            entries.append(Ignored(id, package, datetime.date.fromisoformat(until), reason))
        except ValueError as e:
            raise Wrong(
                f"{file}, line {number}: '{line}' is not ID PACKAGE DATE REASON; write all four."
            ) from e
    return entries


def check(api: str, sboms: list[Path], allowed: list[Ignored], today: datetime.date) -> int:
    packages = purls(sboms)
    print(f"Asking {api} about {len(packages)} packages …", flush=True)
    cache: dict[str, dict] = {}
    all = [
        one
        for purl, known in sorted(ids(api, packages).items())
        for id in sorted(known)
        if (one := finding(api, purl, id, cache))
    ]
    used, told = set(), 0
    for one in all:
        entry = next((entry for entry in allowed if entry.covers(one, today)), None)
        if entry:
            used.add(entry)
            print(f"{one}\n  ignored until {entry.until}: {entry.reason}")
        else:
            told += 1
            print(one)
    for entry in allowed:
        if entry not in used:
            why = "its time is over" if today > entry.until else "nothing of the kind was found"
            print(f"Ignored for nothing: {entry.id} {entry.package}: {why}; take it out.")
    print(f"{told} known vulnerabilities, and {len(all) - told} that are ignored.")
    return 1 if told else 0


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sbom", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--ignore", type=Path, metavar="FILE")
    parser.add_argument("--api", default=API, metavar="URL")
    said = parser.parse_args(words)
    try:
        allowed = ignored(said.ignore or HERE / "etc" / "ignored-vulnerabilities.txt")
        sboms = said.sbom or make_sboms()
        return check(said.api.rstrip("/"), sboms, allowed, datetime.date.today())
    except Wrong as e:
        print(e, file=sys.stderr)
        return 2
    except Unasked as e:
        print(e, file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
