#!/usr/bin/env python3
"""Tests check-dependencies.py with a small copy of OSV's API on this machine."""

import json
import subprocess
import sys
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SCRIPT = Path(__file__).with_name("check-dependencies.py")
LIBRARY = "pkg:maven/org.example/library@1.0"
SAFE = "pkg:maven/org.example/safe@2.0"
NPM = "pkg:npm/%40scope/thing@3.0"
VULNERABLE = {
    "id": "GHSA-aaaa",
    "aliases": ["CVE-2026-1"],
    "summary": "Reads\nbeyond the end",
    "affected": [
        {
            "package": {"name": "org.example:library"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}],
        },
        {"package": {"name": "other"}, "ranges": [{"events": [{"fixed": "9"}]}]},
    ],
}


class Osv(BaseHTTPRequestHandler):
    """Answers as OSV does: results in the order of the questions, long ones in pages."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked += [query["package"]["purl"] for query in body["queries"]]
        self.send({"results": [self.result(query) for query in body["queries"]]})

    def result(self, query):
        pages = self.server.known.get(query["package"]["purl"], [[]])
        page = int(query.get("page_token", 0))
        result = {"vulns": [{"id": id, "modified": "2026-01-01"} for id in pages[page]]}
        if page + 1 < len(pages):
            result["next_page_token"] = str(page + 1)
        return result if result["vulns"] else {}

    def do_GET(self):
        self.send(self.server.details[self.path.rpartition("/")[2]])

    def send(self, answer):
        content = self.server.broken or json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


class CheckDependenciesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Osv)
        self.server.asked, self.server.known, self.server.broken = [], {}, b""
        self.server.details = {"GHSA-aaaa": VULNERABLE}
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.api = f"http://127.0.0.1:{self.server.server_port}"
        self.ignore("# nothing\n")
        self.sbom(LIBRARY + "?type=jar", LIBRARY, SAFE, NPM, "pkg:maven/dev.polymnia/core@0.1.0")

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")

    def ignore(self, text):
        self.write("ignored.txt", text)

    def sbom(self, *purls):
        components = [{"purl": purl} for purl in purls] + [{"name": "without a purl"}]
        self.write("sbom.json", json.dumps({"bomFormat": "CycloneDX", "components": components}))

    def check(self, api=None):
        command = [sys.executable, str(SCRIPT), "--api", api or self.api]
        command += ["--sbom", str(self.folder / "sbom.json")]
        command += ["--ignore", str(self.folder / "ignored.txt")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def test_each_package_that_is_not_ours_is_asked_about_once(self):
        code, told = self.check()

        self.assertEqual(0, code, told)
        self.assertEqual(sorted([LIBRARY, SAFE, NPM]), sorted(self.server.asked))
        self.assertIn("0 known vulnerabilities", told)

    def test_what_is_known_is_told_with_the_version_that_repairs_it(self):
        self.server.known = {LIBRARY: [["GHSA-aaaa"]]}

        code, told = self.check()

        self.assertEqual(1, code, told)
        self.assertIn("org.example:library 1.0: GHSA-aaaa (CVE-2026-1)", told)
        self.assertIn("Reads beyond the end", told)
        self.assertIn("repaired in 1.1\n", told)

    def test_all_pages_are_read_and_what_was_taken_back_does_not_count(self):
        self.server.known = {NPM: [["GHSA-gone"], ["GHSA-bbbb"]]}
        self.server.details |= {
            "GHSA-gone": {"withdrawn": "2026-01-01"},
            "GHSA-bbbb": {"details": "Something else"},
        }

        code, told = self.check()

        self.assertEqual(1, code, told)
        self.assertIn("@scope/thing 3.0: GHSA-bbbb", told)
        self.assertIn("no version that is known", told)
        self.assertNotIn("GHSA-gone", told)

    def test_what_does_not_concern_us_is_ignored_until_its_day(self):
        self.server.known = {LIBRARY: [["GHSA-aaaa"]]}
        for id in ("GHSA-aaaa", "CVE-2026-1"):
            self.ignore(f"{id} org.example:library 9999-12-31 not used\n")
            code, told = self.check()
            self.assertEqual(0, code, told)
            self.assertIn("ignored until 9999-12-31: not used", told)

        self.ignore("GHSA-aaaa org.example:library 2020-01-31 not used\n")
        code, told = self.check()
        self.assertEqual(1, code, told)
        self.assertIn("its time is over", told)
        self.ignore("GHSA-aaaa org.example:safe 9999-12-31 not used\n")
        code, told = self.check()
        self.assertEqual(1, code, told)
        self.assertIn("nothing of the kind", told)

    def test_nothing_is_ignored_without_a_reason(self):
        for line in ("GHSA-aaaa org.example:library 9999-12-31", "GHSA-aaaa a:b soon not used"):
            self.ignore(line)
            code, told = self.check()
            self.assertEqual(2, code, told)
            self.assertIn("line 1", told)

    def test_a_network_that_fails_says_nothing_about_libraries(self):
        self.assertEqual(3, self.check("http://127.0.0.1:9")[0])
        for broken in (b"<html>", b"[]", b"{}", b'{"results": []}'):
            self.server.broken = broken
            code, told = self.check()
            self.assertEqual(3, code, told)
            self.assertIn(self.api, told)

    def test_an_sbom_without_packages_is_a_mistake(self):
        self.sbom("pkg:maven/dev.polymnia/core@0.1.0")
        self.assertEqual(2, self.check()[0])
        self.write("sbom.json", "[]")
        self.assertEqual(2, self.check()[0])


if __name__ == "__main__":
    unittest.main()
