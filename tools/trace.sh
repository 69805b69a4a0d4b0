#!/usr/bin/env bash
# Shows, by a trace of system calls, that a run speaks to nobody and writes no file but its outputs.
#
#     tools/trace.sh PROGRAM [LETTERS...]
#
# Lints the letters (those of tests/letters if none is named) with a report in every format, and with a PDF among them if
# there is one, so that the process that reads PDFs is traced too. Needs strace. Exit code 1 if anything else was done.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
program=$(realpath "${1:?the program to trace}")
shift
[ $# -gt 0 ] || set -- "$here/tests/letters"
letters=()
for path in "$@"; do letters+=("$(realpath "$path")"); done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/out"
outputs=()
for format in pretty concise json jsonl sarif github github-summary gitlab junit html; do
    outputs+=(--output "$format=$work/out/$format")
done
calls='%network,open,openat,openat2,creat,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,link,linkat,symlink,symlinkat'
strace -f -qq -o "$work/trace" -e "trace=$calls" \
    "$program" check --no-config --exit-zero --format concise "${outputs[@]}" "${letters[@]}" >/dev/null 2>"$work/said" || true
[ -s "$work/out/html" ] || { cat "$work/said"; echo "the run wrote no report"; exit 1; }

bad=0
# what std's Command uses to hear from a child that could not be started is a pair of sockets within this machine
network=$(grep -E '(socket|connect|bind|listen|accept4?|send(to|msg|mmsg)|recv(from|msg|mmsg)|getsockopt|setsockopt|shutdown)\(' "$work/trace" |
    grep -vE 'socketpair\(AF_UNIX' || true)
if [ -n "$network" ]; then
    echo "calls of the network:"
    echo "$network"
    bad=1
fi
written=$(grep -E 'O_(WRONLY|RDWR|CREAT)|(creat|rename(at2?)?|unlink(at)?|mkdir(at)?|link(at)?|symlink(at)?)\(' "$work/trace" |
    grep -vF "$work/out" | grep -vE '"/dev/(null|tty)"' | grep -vE '= -1 E' || true)
if [ -n "$written" ]; then
    echo "files written that are no outputs:"
    echo "$written"
    bad=1
fi
left=$(find "$work/out" -type f | grep -vcE '/(pretty|concise|json|jsonl|sarif|github|github-summary|gitlab|junit|html)$' || true)
if [ "$left" != 0 ]; then
    echo "$left files left over beside the outputs"
    bad=1
fi
echo "$(grep -c 'open' "$work/trace") files opened, $(find "$work/out" -type f | wc -l) outputs written, $(grep -c 'read-pdf\|SIGCHLD' "$work/trace" || true) processes ended"
exit "$bad"
