#!/usr/bin/env python3
"""Reads every output format with parsers that are not imrlint's: SARIF and JUnit against their published schemas, HTML in
a browser, all with letters that try to become markup.

    tests/formats.py target/debug/imrlint --schemas FOLDER [--browser chromium]

FOLDER holds sarif-schema-2.1.0.json and junit.xsd. Needs the packages jsonschema and lxml. Not part of `cargo test`,
which must pass without any of this.
"""

import argparse
import collections
import html
import html.parser
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

import jsonschema
from lxml import etree

HERE = pathlib.Path(__file__).parent
HOSTILE = (
    "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
    "<svg onload=document.title='owned'>]]><!-- --&gt; &amp; {0} [a](1) `b` |c| ::error::d %0A $(e) "
    "\u2028\u202edlrow\u202c \0 \x1b[31m \u200b \ufeff \U0001f600 ﷺ é"
)
PATHS = ["a&b <c> '1%,2#3 é.txt", "<img src=x onerror=document.title=1>.txt", "::warning::x.txt", "[a](b) |`c`.txt"]
FORMATS = {"json": "r.json", "jsonl": "r.jsonl", "sarif": "r.sarif", "github": "r.log", "github-summary": "r.md",
           "gitlab": "r.gitlab", "junit": "r.xml", "html": "r.html"}


def letters(folder):
    """Letters with findings and with hostile words at the places that findings quote."""
    source = (HERE / "letters" / "esi-three-levels-approved.txt").read_text()
    assert "L4-L5 and L5-S1" in source
    for n, name in enumerate(PATHS):
        text = source.replace("L4-L5 and L5-S1", f"L4-L5 {HOSTILE} and L5-S1", 1).replace("CLINICAL CASE SUMMARY", f"CLINICAL CASE SUMMARY\n\n{HOSTILE}", 1)
        # other line ends and characters of four bytes move every kind of offset
        text = ("\U0001f600 é\r\n" * n) + (text.replace("\n", "\r\n") if n % 2 else text)
        (folder / name).write_bytes(text.encode())
    for letter in sorted((HERE / "letters").glob("*.txt")):
        (folder / letter.name).write_bytes(letter.read_bytes())
    (folder / "zz-empty.txt").write_bytes(b"")


def run(binary, folder, out, more=()):
    outputs = [word for name, file in FORMATS.items() for word in ("--output", f"{name}={out / file}")]
    command = [binary, "check", "--severity", "info", "--format", "concise", *outputs, *more, "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 3, (done.returncode, done.stderr[-2000:])
    left = [name for name in os.listdir(out) if name.endswith(".part")]
    assert not left, left
    return done


def spans(jsonl):
    return [json.loads(line) for line in jsonl.read_text().split("\n") if line]


def plain(path):
    return path[2:] if path.startswith("./") else path


def check_sarif(file, schema, folder, findings):
    log = json.loads(file.read_text())
    jsonschema.validators.validator_for(schema)(schema).validate(log)
    (one,) = log["runs"]
    driver = one["tool"]["driver"]
    found = []
    for result in one["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        linked = set(re.findall(r"(?<!\\)\]\((\d+)\)", result["message"]["text"]))
        assert linked == {str(l["id"]) for l in result.get("relatedLocations", [])}, result["message"]
        places = result["locations"] + result.get("relatedLocations", [])
        for flow in result.get("codeFlows", []):
            places += [step["location"] for step in flow["threadFlows"][0]["locations"]]
        for place in places:
            place = place["physicalLocation"]
            uri, region = place["artifactLocation"]["uri"], place["region"]
            assert not re.search(r"[^A-Za-z0-9._~/%-]", uri) and not uri.startswith("/"), uri
            data = (folder / urllib.parse.unquote(uri)).read_bytes()
            words = data[region["byteOffset"]:][: region["byteLength"]].decode()
            text = data.decode()
            assert words == text[region["charOffset"]:][: region["charLength"]] == region.get("snippet", {}).get("text", words)
            lines = text.split("\n")
            start = sum(len(l) + 1 for l in lines[: region["startLine"] - 1]) + region["startColumn"] - 1
            end = sum(len(l) + 1 for l in lines[: region["endLine"] - 1]) + region["endColumn"] - 1
            assert (start, end) == (region["charOffset"], region["charOffset"] + region["charLength"])
        region = result["locations"][0]["physicalLocation"]["region"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        found.append((urllib.parse.unquote(uri), result["ruleId"], region["byteOffset"], region["byteLength"]))
        assert result["partialFingerprints"]["primaryLocationLineHash"]
    expected = [(plain(f["path"]), f["rule"], f["span"]["start"], f["span"]["end"] - f["span"]["start"]) for f in findings]
    assert found == expected, "SARIF has other findings than JSON Lines"
    for rule in driver["rules"]:
        for key in ("shortDescription", "fullDescription", "help"):
            assert 0 < len(rule[key]["text"]) and (key == "help" or len(rule[key]["text"]) <= 1024)
        assert rule["help"]["markdown"] and len(rule["properties"]["tags"]) <= 10
        assert rule["properties"]["precision"] in ("very-high", "high", "medium", "low")
    notes = one["invocations"][0]["toolExecutionNotifications"]
    assert "empty-file" in [note["descriptor"]["id"] for note in notes]
    return [(path, rule) for path, rule, *_ in found]


def check_github(file):
    found = []
    for line in file.read_text().split("\n"):
        command = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        if not command:
            assert "::" not in line[:3], line
            continue
        properties = dict(pair.split("=", 1) for pair in command[2].split(","))
        value = {key: urllib.parse.unquote(value) for key, value in properties.items()}
        if "line" in value:
            found.append((value["file"], value["title"]))
    return found


def check_summary(file):
    text = file.read_text()
    assert len(text.encode()) < 1024 * 1024
    rows = [line for line in text.split("\n") if re.match(r"\| (error|warning|info)\b", line)]
    for row in rows:
        assert row.count("|") == 6 and not re.search(r"[<>`*\[\]_]", row), row
    cells = [[html.unescape(cell.strip()) for cell in row.split("|")] for row in rows]
    return [(row[2].rsplit(":", 1)[0], row[4]) for row in cells]


def check_gitlab(file):
    issues = json.loads(file.read_text())
    marks = [issue["fingerprint"] for issue in issues]
    assert len(set(marks)) == len(marks)
    for issue in issues:
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["description"] and issue["location"]["lines"]["begin"] >= 1
    return [(issue["location"]["path"], issue["check_name"]) for issue in issues]


def check_junit(file, schema):
    tree = etree.parse(str(file))
    schema.assertValid(tree)
    found = []
    for number, suite in enumerate(tree.getroot()):
        assert suite.get("id") == str(number)
        for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(kind)) == len(suite.findall(f"testcase/{tag}")), suite.get("name")
        for failure in suite.findall("testcase/failure"):
            told = re.findall(r"(?m)^(.*):\d+:\d+: (?:error|warning|info)\[(.*?)\]: ", failure.text)
            assert told
            found += [(plain(path), rule) for path, rule in told]
    return found


class Page(html.parser.HTMLParser):
    """Letters and cards of a page: what a reader sees."""

    def __init__(self, text):
        super().__init__()
        self.sheets, self.cards, self.names, self.tags = [], [], [], collections.Counter()
        self.ids, self.links, self.stack = set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        value = dict(attributes)
        self.tags[tag] += 1
        self.stack.append((tag, value.get("class", "")))
        assert not [name for name in value if name.startswith("on") or name == "style"], value
        assert value.get("src") is None and (value.get("href") or "#").startswith("#"), value
        if "id" in value:
            assert value["id"] not in self.ids, value
            self.ids.add(value["id"])
        if tag == "a" and "href" in value:
            self.links.append(value["href"][1:])
        if value.get("class") == "sheet":
            self.sheets.append("")
        if "data-r" in value:
            self.cards.append((len(self.names) - 1, value["data-r"]))
        if tag == "h2" and len(self.stack) > 2 and self.stack[-3][0] == "article":
            self.names.append("")

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = [tag for tag, _ in self.stack]
        if any(name == "sheet" for _, name in self.stack):
            told = self.stack[-1][1] == "x"
            if self.stack[-1][1] != "page":
                self.sheets[-1] += chr(int(data[2:], 16)) if told else data
        if tags[-1:] == ["h2"] and "article" in tags:
            self.names[-1] += data


def check_html(file, folder, browser):
    text = file.read_text()
    page = Page(text)
    assert page.tags["script"] == 1 and not page.tags["img"] and not page.tags["svg"]
    missing = [link for link in page.links if link not in page.ids]
    assert not missing, missing
    squeeze = lambda words: [line.rstrip() for line in words.replace("\f", " ").split("\n") if line.strip()]
    for name, sheet in zip(page.names, page.sheets):
        assert squeeze(sheet) == squeeze((folder / name).read_bytes().decode().replace("\r", "")), f"{name} is not verbatim"
    assert any("\u202e" in sheet and "\0" in sheet for sheet in page.sheets)
    if browser:
        dom, log = opened(browser, file)
        seen = Page(dom)
        assert "<title>imrlint report</title>" in dom, "a letter ran a script"
        assert 'id="filter" hidden' not in dom, "the page's own script did not run"
        assert re.search(r"<output>\d+ findings</output>", dom)
        assert not re.search(r"Refused|Content Security Policy|Uncaught", log), log
        assert seen.sheets == page.sheets and not seen.tags["img"]
    return [(plain(page.names[letter]), rule) for letter, rule in page.cards]


def opened(browser, file):
    with tempfile.TemporaryDirectory() as home:
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                   "--disable-background-networking", "--disable-component-update", "--disable-sync",
                   "--enable-logging=stderr", f"--user-data-dir={home}", "--dump-dom", file.as_uri()]
        done = subprocess.run(command, capture_output=True, timeout=120)
    console = [line for line in done.stderr.decode(errors="replace").split("\n") if "CONSOLE" in line]
    return done.stdout.decode(), "\n".join(console)


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("binary")
    options.add_argument("--schemas", required=True, type=pathlib.Path)
    options.add_argument("--browser")
    given = options.parse_args()
    sarif = json.loads((given.schemas / "sarif-schema-2.1.0.json").read_text())
    junit = etree.XMLSchema(etree.parse(str(given.schemas / "junit.xsd")))
    binary = str(pathlib.Path(given.binary).resolve())
    with tempfile.TemporaryDirectory() as home:
        folder, out = pathlib.Path(home, "letters"), pathlib.Path(home, "out")
        folder.mkdir(), out.mkdir()
        letters(folder)
        done = run(binary, folder, out)
        findings = spans(out / "r.jsonl")
        for finding in findings:
            span, data = finding["span"], (folder / finding["path"]).read_bytes()
            assert data[span["start"]:span["end"]].decode() == finding["text"]
        hostile = [f for f in findings if plain(f["path"]) in PATHS and "onerror" in f["text"]]
        assert len(hostile) >= len(PATHS), "findings quote the hostile words"
        expected = sorted((plain(f["path"]), f["rule"]) for f in findings)
        told = {
            "json": [(plain(f["path"]), f["rule"]) for f in json.loads((out / "r.json").read_text())["findings"]],
            "sarif": check_sarif(out / "r.sarif", sarif, folder, findings),
            "github": check_github(out / "r.log"),
            "github-summary": check_summary(out / "r.md"),
            "gitlab": check_gitlab(out / "r.gitlab"),
            "junit": check_junit(out / "r.xml", junit),
            "html": check_html(out / "r.html", folder, given.browser),
        }
        for name, found in told.items():
            assert sorted(found) == expected, (name, set(expected) ^ set(found))
            print(f"{name}: {len(found)} findings, the same")
        again = pathlib.Path(home, "again")
        again.mkdir()
        run(binary, folder, again)
        for file in FORMATS.values():
            assert (out / file).read_bytes() == (again / file).read_bytes(), f"{file} differs from run to run"
        assert len(done.stdout.splitlines()) >= len(findings)
    print("all formats hold")


if __name__ == "__main__":
    sys.exit(main())
