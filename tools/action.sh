#!/usr/bin/env bash
# The steps of action.yml. What is asked for comes in variables, never as text of the script.
#
#     action.sh install     puts imrlint into the path of the steps that follow
#     action.sh check       lints; the exit code goes into the step's outputs, so that the findings are uploaded first
set -euo pipefail

install() {
    local bin=$RUNNER_TEMP/imrlint/bin
    mkdir -p "$bin"
    if [ -n "${IMRLINT_VERSION:-}" ]; then
        local system
        system=$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
        gh release download "$IMRLINT_VERSION" --repo "$IMRLINT_REPOSITORY" --pattern "imrlint-$system.tar.gz" --output - |
            tar -xz -C "$bin"
    else
        cargo install --quiet --locked --path "$GITHUB_ACTION_PATH" --root "$RUNNER_TEMP/imrlint"
    fi
    "$bin/imrlint" --version
    echo "$bin" >>"$GITHUB_PATH"
}

check() {
    local code=0 paths args
    # parted as a shell would, without expanding anything: imrlint knows patterns itself
    mapfile -t paths < <(xargs -n 1 printf '%s\n' <<<"${IMRLINT_PATHS:-.}")
    mapfile -t args < <(xargs -r -n 1 printf '%s\n' <<<"${IMRLINT_ARGS:-}")
    imrlint check --format github --output "sarif=$IMRLINT_SARIF" ${args[@]+"${args[@]}"} -- "${paths[@]}" || code=$?
    {
        echo "exit-code=$code"
        # without a file there is nothing to upload: wrong usage, or a broken rulebook
        if [ -s "$IMRLINT_SARIF" ]; then echo "sarif=$IMRLINT_SARIF"; fi
    } >>"$GITHUB_OUTPUT"
}

"${1:?install or check}"
