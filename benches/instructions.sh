#!/bin/sh
# Guard against regressions: counts instructions and compares them with benches/instructions.txt. Counts do not move with
# the load of the machine. `--set` writes the present counts. Skipped where valgrind is not installed.
set -eu
cd "$(dirname "$0")/.."
if ! command -v valgrind >/dev/null; then
    echo "skipped: valgrind is not installed"
    exit 0
fi
cargo build --quiet --profile profiling
known=benches/instructions.txt
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null target/profiling/imrlint \
        check --exit-zero --format jsonl "$@" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'
}
one=$(count tests/letters/$(ls tests/letters | grep '\.txt$' | head -1))
all=$(count tests/letters)
if [ "${1:-}" = --set ]; then
    printf 'one-letter %s\nall-letters %s\n' "$one" "$all" >"$known"
    exit 0
fi
status=0
while read -r name before; do
    case $name in one-letter) now=$one ;; *) now=$all ;; esac
    echo "$name: $now instructions, $((now * 100 / before)) % of $before"
    # a tenth more is a regression; other compilers move the counts by a few parts in a hundred
    [ "$now" -le $((before * 110 / 100)) ] || status=1
done <"$known"
exit $status
