#!/usr/bin/env bash
# Fuzzes one target, or all one after the other: tools/fuzz.sh TARGET|all [SECONDS]. What is found is left in fuzz/found, the
# inputs that reach new code in fuzz/corpus; the last lines tell how much was run and reached. Needs a C++ compiler.
set -euo pipefail
cd "$(dirname "$0")/.."

[ $# -ge 1 ] || { echo "usage: tools/fuzz.sh TARGET|all [SECONDS]; targets are those of tests/properties/mod.rs" >&2; exit 2; }
seconds=${2:-60}
host=$(rustc -vV | sed -n 's/^host: //p')
# counters of covered code as the engine wants them; the target is named so that build scripts are built without
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1 --cfg fuzzing"
cargo build --release --manifest-path fuzz/Cargo.toml --target-dir fuzz/target --target "$host"
fuzz=fuzz/target/$host/release/fuzz

targets=$1
[ "$1" != all ] || targets=$(sed -n 's/.*Target { name: "\([a-z-]*\)".*/\1/p' tests/properties/mod.rs)
bad=0
for target in $targets; do
    export IMRLINT_FUZZ=$target
    IMRLINT_SEEDS=fuzz "$fuzz" >/dev/null
    mkdir -p "fuzz/found/$target"
    dictionary=()
    [ ! -s "fuzz/$target.dict" ] || dictionary=("-dict=fuzz/$target.dict")
    echo "=== $target, $seconds seconds"
    "$fuzz" "fuzz/corpus/$target" "${dictionary[@]}" "-artifact_prefix=fuzz/found/$target/" "-max_total_time=$seconds" \
        -max_len=16384 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 2>&1 |
        grep -aE 'DONE|INITED|ERROR|panicked|^stat::|Test unit|assertion|BINGO' || true
    [ -z "$(ls -A "fuzz/found/$target")" ] || { echo "found: fuzz/found/$target"; bad=1; }
done
exit $bad
