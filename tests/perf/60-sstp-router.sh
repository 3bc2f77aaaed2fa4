#!/bin/bash
# This program in the rig that measures tunnels beside each other: PERF_PEERS=tests/perf run-all …
# SSTP_ROUTER names the binary to measure; otherwise it is what `./ci aot` makes.
. "$PERF_LIB"
DESC="SSTP (this program at both ends), TLS 1.3 AES-256-GCM over TCP"
ROUTER=${SSTP_ROUTER:-$(cd "$(dirname "$0")/../.." && pwd)/out/native/sstp-router}
NEED="$ROUTER"
version() { "$ROUTER" --version; }

prepare() {
    make_cert
    mkdir -p "$WORK/right/files"
    cp "$WORK/both.pem" "$WORK/right/files/"
    cat >"$WORK/right.rsc" <<E
/certificate import file-name=both.pem name=server passphrase=""
/ppp secret add local-address=$INNER_RIGHT name=tester password=secret remote-address=$INNER_LEFT service=sstp
/interface sstp-server server set certificate=server enabled=yes
E
    cat >"$WORK/left.rsc" <<E
/interface sstp-client add connect-to=$OUTER_RIGHT disabled=no name=sstp-out1 password=secret user=tester
E
}

server_up() {
    spawn_right server "$ROUTER" run --state "$WORK/right" --config "$WORK/right.rsc"
    wait_listen "$RIGHT" tcp 443
}

client_up() {
    spawn_left client "$ROUTER" run --state "$WORK/left" --config "$WORK/left.rsc"
}

client_down() { rm -rf "$WORK/left"; }

peer_main "$@"
