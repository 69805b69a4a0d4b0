#!/usr/bin/env bash
# What the program is built from: no package that speaks to a network, and only licences that may be passed on. Works
# without a network, from Cargo.lock and what cargo has at hand. Prints each offender; exit code 1 if there is one.
set -euo pipefail
cd "$(dirname "$0")/.."

# packages whose business is a network, and parts of packages that are
networks='reqwest|hyper|hyper-util|h2|h3|quinn|ureq|attohttpc|isahc|curl|curl-sys|openssl|openssl-sys|native-tls|rustls|webpki|ring|aws-lc-rs|socket2|mio|tokio|async-std|smol|async-io|async-net|polling|tungstenite|websocket|trust-dns-resolver|hickory-resolver|dns-lookup|libssh2-sys|ssh2|git2|libgit2-sys|gix|suppaftp|lettre|tonic|zmq|nanomsg|redis|sentry|opentelemetry|tracing-appender|minreq|url|http'
# licences of which one must be among the choices that a package gives
licences='MIT|MIT-0|Apache-2.0|BSD-2-Clause|BSD-3-Clause|ISC|Zlib|0BSD|Unlicense|CC0-1.0|Unicode-3.0|BSL-1.0|Apache-2.0 WITH LLVM-exception'
bad=0

built=$(cargo tree --locked --offline --edges normal,build --target all --prefix none --format '{p}|{l}|{f}' 2>/dev/null ||
    cargo tree --locked --offline --edges normal,build --prefix none --format '{p}|{l}|{f}')
built=$(sort -u <<<"$built")

while IFS='|' read -r package licence features; do
    name=${package%% *}
    if grep -qxE "$networks" <<<"$name"; then
        echo "$package speaks to a network"
        bad=1
    fi
    if grep -qE '(^|,)net(,|$)' <<<"$features"; then
        echo "$package is built with its part for networks"
        bad=1
    fi
    # "A OR B" and the older "A/B" leave a choice; of "A AND B" each must be good
    choices=$(sed -e 's/[()]//g' -e 's| */ *| OR |g' -e 's/ OR /\n/g' <<<"${licence% (\*)}")
    good=0
    while read -r choice; do
        all=1
        while read -r one; do grep -qxE "$licences" <<<"$one" || all=0; done < <(sed 's/ AND /\n/g' <<<"$choice")
        [ "$all" = 0 ] || good=1
    done <<<"$choices"
    if [ "$good" = 0 ]; then
        echo "$package has the licence \"$licence\""
        bad=1
    fi
done <<<"$built"

# the program's own text opens no connection either
if grep -rnE 'std::net|TcpStream|UdpSocket|UnixStream|TcpListener' src build.rs; then
    echo "the program names a connection"
    bad=1
fi
echo "$(wc -l <<<"$built") packages looked at"
exit "$bad"
