#!/usr/bin/env python3
"""Lints letters through Apache Spark's `pipe` and compares with one machine, byte for byte.

Needs Java 17 or newer and PySpark (`pip install pyspark`), and a built imrlint (`cargo build --release`):

    tools/spark_pipe.py                                   # 10,000 letters in a local cluster of two workers
    tools/spark_pipe.py --count 200 --master 'local[2]'   # a short trial in one process

The letters are those of tests/letters, repeated under different ids; `--letters DIR` takes other text files. Exit code 0 if
both ways gave the same bytes.
"""

import argparse
import itertools
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--linter", default=str(ROOT / "target/release/imrlint"), help="the program to run")
    parser.add_argument("--letters", type=Path, default=ROOT / "tests/letters", help="folder of .txt letters")
    parser.add_argument("--count", type=int, default=10_000, help="number of records")
    parser.add_argument("--partitions", type=int, default=8, help="parts that Spark works on")
    parser.add_argument("--master", default="local-cluster[2,1,1024]", help="where Spark runs")
    return parser.parse_args()


def write_records(args, path):
    """One record a line; ids differ, texts repeat."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(args.letters.glob("*.txt"))]
    if not texts:
        sys.exit(f"error: no .txt letters in {args.letters}")
    with open(path, "w", encoding="utf-8") as out:
        for n, text in enumerate(itertools.islice(itertools.cycle(texts), args.count)):
            out.write(json.dumps({"id": f"letter-{n:06}", "text": text}) + "\n")


def on_one_machine(command, records):
    with open(records, "rb") as lines:
        return subprocess.run(command, stdin=lines, stdout=subprocess.PIPE, check=True).stdout


def on_spark(args, command, records):
    from pyspark import SparkConf, SparkContext

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf().setMaster(args.master).setAppName("imrlint").set("spark.ui.enabled", "false")
    conf.set("spark.ui.showConsoleProgress", "false")
    with SparkContext(conf=conf) as context:
        context.setLogLevel("ERROR")
        begun = time.perf_counter()
        # checkCode: a worker's error is an error of the job
        piped = context.textFile(str(records), args.partitions).pipe(shlex.join(command), checkCode=True)
        lines = piped.collect()
        parts = piped.getNumPartitions()
        return "".join(line + "\n" for line in lines).encode(), parts, time.perf_counter() - begun


def main():
    args = arguments()
    linter = Path(args.linter).resolve()
    if not linter.exists():
        sys.exit(f"error: there is no {linter}; run cargo build --release, or name the program with --linter")
    # each worker has one core: one thread is enough there
    command = [str(linter), "check", "--input-format", "jsonl", "--threads", "1", "-"]
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "letters.jsonl"
        write_records(args, records)
        begun = time.perf_counter()
        expected = on_one_machine(command, records)
        alone = time.perf_counter() - begun
        found, parts, spark = on_spark(args, command, records)
    findings = sum(len(json.loads(line)["findings"]) for line in expected.splitlines())
    print(f"{args.count} letters, {findings} findings, {len(expected)} bytes")
    print(f"one process: {alone:.1f} s; Spark {args.master}, {parts} partitions: {spark:.1f} s")
    if found != expected:
        pairs = zip(expected.splitlines(), found.splitlines())
        first = next((n for n, (a, b) in enumerate(pairs, 1) if a != b), "the end")
        sys.exit(f"error: Spark gave other bytes, first in line {first}")
    print("same bytes")


if __name__ == "__main__":
    main()
