#!/bin/bash
# Clients that know only mixpanel.com, under `engage-emulator exec`: each prints what plain HTTP prints. Run by tests/clients/run, which
# sets ENGAGE_EMULATOR_BIN.
set -euo pipefail

readonly project=2195193
readonly account=demo.5f3a1c.mp-service-account:demo-secret
readonly query="api/query/engage?project_id=$project"
readonly form='where=properties["$city"] == "Malmö"'
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export XDG_DATA_HOME=$scratch/data

check() { # NAME ACTUAL EXPECTED
    if [[ $2 != "$3" ]]; then
        printf 'FAILED - %s\nexpected: %.2000s\n     got: %.2000s\n' "$1" "$3" "$2"
        exit 1
    fi
    echo "ok - $1"
}

# With one clock and one seed every run gives the same bytes, ids of sessions included.
run() { # COMMAND...
    env -u NO_PROXY -u no_proxy "$ENGAGE_EMULATOR_BIN" exec --clock 2026-09-01T00:00:00Z --seed 1 --no-rate-limit -- "$@" 2>"$scratch/report"
}
code() { # COMMAND...   prints its exit code
    local code=0
    "$@" >/dev/null 2>&1 || code=$?
    echo $code
}

expected=$(run bash -c "curl -s -u $account \"\$ENGAGE_EMULATOR_URL/$query\" --data-urlencode '$form'")
check 'plain HTTP answers' "${expected:0:29}" '{"results":[{"$distinct_id":"'
check 'the report counts requests' "$(<"$scratch/report")" "engage-emulator: 1 request
       1  POST /api/query/engage -> 200"

check 'curl through the proxy' "$(run curl -s -u $account "https://mixpanel.com/$query" --data-urlencode "$form")" "$expected"
check 'curl through the proxy without TLS' "$(run curl -s -u $account "http://eu.mixpanel.com/$query" --data-urlencode "$form")" "$expected"
check 'curl over TLS' \
    "$(run bash -c "curl -s -u $account \"\$ENGAGE_EMULATOR_TLS_URL/$query\" --data-urlencode '$form'")" "$expected"
check 'TLS 1.1 is refused' \
    "$(run bash -c 'curl -s --tls-max 1.1 "$ENGAGE_EMULATOR_TLS_URL/livez" || echo $?')" 35

check 'Python requests' "$(run /usr/bin/python3 -c "
import requests
print(requests.post('https://mixpanel.com/$query', auth=tuple('$account'.split(':')), data=dict(['''$form'''.split('=', 1)])).text)")" "$expected"
check 'Python urllib' "$(run /usr/bin/python3 -c "
import base64, urllib.parse, urllib.request
body = urllib.parse.urlencode([tuple('''$form'''.split('=', 1))]).encode()
headers = {'Authorization': 'Basic ' + base64.b64encode(b'$account').decode()}
print(urllib.request.urlopen(urllib.request.Request('https://mixpanel.com/$query', body, headers)).read().decode())")" "$expected"
check 'fetch of node' "$(run node -e "
const headers = {Authorization: 'Basic ' + btoa('$account')};
fetch('https://mixpanel.com/$query', {method: 'POST', headers, body: new URLSearchParams('$form')}).then(r => r.text()).then(console.log)")" "$expected"
check 'https of node' "$(run node -e "
const form = new URLSearchParams('$form').toString();
const request = require('https').request('https://mixpanel.com/$query', {method: 'POST', auth: '$account', headers: {'Content-Type': 'application/x-www-form-urlencoded'}}, answer => answer.pipe(process.stdout));
request.end(form)")" "$expected"
check 'http of node' "$(run node -e "
require('http').get('http://in.mixpanel.com/livez', answer => answer.pipe(process.stdout))")" ok

refusal='{"error": "engage-emulator answers for mixpanel.com only and did not contact example.com; --proxy-allow HOST lets a host through"}'
check 'another host is not contacted' "$(run curl -s http://example.com/)" "$refusal"
check 'another host is not contacted over TLS' "$(run bash -c 'curl -s https://example.com/ || echo $?')" 56
check 'the report names it' "$(<"$scratch/report")" "engage-emulator: 1 request
       1  example.com:443 -> 403"
check 'nor by node' "$(run node -e "fetch('https://example.com/').catch(error => console.log(error.cause.code))")" ECONNREFUSED

check 'no connection leaves this machine' "$(run /usr/bin/python3 -B connections.py)" 'refused 403
emulator 127.0.0.1
requests 127.0.0.1
node 127.0.0.1'

# A name that only this request knows the address of.
readonly ask_db="
require('http').get({host: 'db.internal', port: new URL(process.env.ENGAGE_EMULATOR_URL).port, path: '/livez',
    lookup: (host, options, found) => options.all ? found(null, [{address: '127.0.0.1', family: 4}]) : found(null, '127.0.0.1', 4)}, answer => answer.pipe(process.stdout))
    .on('error', error => console.log(error.code))"
check 'node is refused a name that is not allowed' "$(run node -e "$ask_db")" ECONNREFUSED
check 'node is let through to one that is' "$("$ENGAGE_EMULATOR_BIN" exec --proxy-allow '*.internal' -- node -e "$ask_db" 2>/dev/null)" ok

check 'the exit code of the command' "$(code run bash -c 'exit 7')" 7
check 'a command that a signal ends' "$(code run bash -c 'kill -KILL $$')" 137
check 'a command that does not exist' "$(code run ./no-such-command)" 127
check 'no command' "$("$ENGAGE_EMULATOR_BIN" exec 2>&1 || true)" 'engage-emulator: -- COMMAND is required (engage-emulator exec --help tells more)'
left=$(run bash -c 'tail -f /dev/null & echo $!')
check 'nothing that the command started runs on' "$(code kill -0 "$left")" 1

mkfifo "$scratch/up" "$scratch/never"
run bash -c "trap 'exit 9' TERM; echo \$PPID >$scratch/up; read -r _ <>'$scratch/never'" &
running=$!
read -r emulator <"$scratch/up"
kill -TERM "$emulator"
ended=0
wait $running || ended=$?
check 'signals reach the command' $ended 9

ca=$("$ENGAGE_EMULATOR_BIN" ca)
check 'the certificate is in the data folder' "$ca" "$scratch/data/engage-emulator/ca.pem"
check 'only the user can read it' "$(stat -c %a "$ca" "${ca%.pem}.key" | tr '\n' ' ')" '600 600 '
check 'ca --print' "$("$ENGAGE_EMULATOR_BIN" ca --print)" "$(<"$ca")"
chmod 640 "${ca%.pem}.key"
check 'a key that others can read is refused' "$(run true || cat "$scratch/report")" \
    "engage-emulator: ${ca%.pem}.key: others can read this key; chmod 600 it, or make a new one: engage-emulator ca --remove"
check 'ca --remove' "$("$ENGAGE_EMULATOR_BIN" ca --remove)" "removed the local CA of ${ca%/ca.pem}"
check 'ca --remove again' "$("$ENGAGE_EMULATOR_BIN" ca --remove)" "there was no local CA in ${ca%/ca.pem}"

mkfifo "$scratch/ready"
"$ENGAGE_EMULATOR_BIN" serve --port 0 --tls --tls-port 0 --proxy-port 0 --ready-format json --clock 2026-09-01T00:00:00Z --seed 1 >"$scratch/ready" &
emulator=$!
trap 'kill -9 $emulator 2>/dev/null || true; rm -rf "$scratch"' EXIT
read -r ready <"$scratch/ready"
port=$(jq .port <<<"$ready")
check 'env of a running emulator' "$(eval "$("$ENGAGE_EMULATOR_BIN" env --port "$port")"; curl -s -u $account "https://mixpanel.com/$query" --data-urlencode "$form")" "$expected"
check 'env as JSON' "$("$ENGAGE_EMULATOR_BIN" env --port "$port" --print-env json | jq -r .MP_API_BASE_URL)" "http://127.0.0.1:$port"
# Connections that say nothing, and handshakes that stop half way.
check 'a thousand silent connections to each port do not stop others' "$(eval "$("$ENGAGE_EMULATOR_BIN" env --port "$port")"; /usr/bin/python3 - <<EOF
import resource, socket, requests
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
silent = []
for port in $(jq '.tls_port, .proxy_port' <<<"$ready" | paste -sd,):
    for i in range(1000):
        silent.append(socket.create_connection(("127.0.0.1", port)))
        silent[-1].send(b"\x16\x03\x01" if i % 2 else b"CONNECT mixp")
print(requests.get("https://mixpanel.com/livez").text, end="")
EOF
)" ok
kill -TERM $emulator
wait $emulator
