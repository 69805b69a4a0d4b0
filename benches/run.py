#!/usr/bin/env python3
"""Whole runs beside ripgrep: CPU time of many letters and of one, as ratios of interleaved pairs.

    benches/run.py FOLDER [--runs 7] [--terms FILE]

FOLDER holds letters as .txt files. The yardstick for many letters is `rg -i -F -f TERMS --count-matches FOLDER`; without
--terms the longer words of the shipped vocabulary are taken, so figures for two lists do not compare. For one letter it is
`rg -c Upheld LETTER`. On a shared machine CPU ratios are steady where times are not.
"""
import argparse, os, pathlib, re, statistics, subprocess, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def cpu(command):
    """Seconds of user and system time of a finished process."""
    before = os.times()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        while process.stdout.read(1 << 16):
            pass
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def compare(name, ours, theirs, runs, times=1):
    """Prints the median ratio of interleaved pairs; a pair is so many runs of each, for what is soon over."""
    pairs = [(sum(cpu(ours) for _ in range(times)), sum(cpu(theirs) for _ in range(times))) for _ in range(runs + 1)][1:]
    ratios = sorted(a / b for a, b in pairs if b)
    own = statistics.median(a for a, _ in pairs) / times * 1000
    print(f"{name}: {statistics.median(ratios):.2f} x rg ({ratios[0]:.2f} - {ratios[-1]:.2f}), {own:.1f} ms of CPU")


def terms():
    """The names in the shipped vocabulary, some 600 of them."""
    names = set()
    for file in sorted((ROOT / "rules/lexicon").rglob("*.yaml")):
        names.update(re.findall(r"[A-Za-z][A-Za-z -]{6,30}[a-z]", file.read_text()))
    return sorted(names)[:: max(1, len(names) // 600)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--terms", type=pathlib.Path)
    parser.add_argument("--linter", type=pathlib.Path, default=ROOT / "target/release/imrlint")
    args = parser.parse_args()
    ours = [str(args.linter), "check", "--exit-zero", "--format", "jsonl"]
    one = str(min(args.folder.rglob("*.txt")))
    with tempfile.TemporaryDirectory() as folder:
        listed = args.terms or pathlib.Path(folder) / "terms.txt"
        if not args.terms:
            listed.write_text("\n".join(terms()) + "\n")
        many = ["rg", "-j1", "-i", "-F", "-f", str(listed), "--count-matches", str(args.folder)]
        compare("many letters", ours + [str(args.folder)], many, args.runs)
    compare("one letter", ours + [one], ["rg", "-c", "Upheld", one], args.runs, times=10)


if __name__ == "__main__":
    main()
