#!/bin/bash
# Clients that know only mixpanel.com, under `engage-emulator exec`: each prints what plain HTTP prints. Run by tests/clients/run, which
# sets ENGAGE_EMULATOR_BIN.
set -euo pipefail
source "$(dirname "$0")/checks.sh"

readonly project=2195193
readonly account=demo.5f3a1c.mp-service-account:demo-secret
readonly query="api/query/engage?project_id=$project"
readonly form='where=properties["$city"] == "Malmö"'

# With one clock and one seed every run gives the same bytes, ids of sessions included.
run() { # COMMAND...
    env -u NO_PROXY -u no_proxy "$ENGAGE_EMULATOR_BIN" exec --clock 2026-09-01T00:00:00Z --seed 1 --no-rate-limit -- "$@" 2>"$scratch/report"
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
run bash -c 'exec 3<>/dev/tcp/127.0.0.1/${ENGAGE_EMULATOR_URL##*:}; printf "GET /livez\033[2J\xC3\xB6 HTTP/1.0\r\n\r\n" >&3; cat <&3 >/dev/null'
check 'the report has nothing that a terminal would obey' "$(<"$scratch/report")" "engage-emulator: 1 request
       1  GET /livez%1B[2J%C3%B6 -> 404"

# A certificate that the machine trusts stands for that of the real service.
trusted=(/etc/ssl/certs/*.pem)
readonly verify="openssl verify '${trusted[0]}' 2>/dev/null || true"
check 'the machine trusts it' "$(bash -c "$verify")" "${trusted[0]}: OK"
check 'clients that find another way do not' "$(run bash -c "$verify")" ''
check 'they do where hosts are let through' "$("$ENGAGE_EMULATOR_BIN" exec --proxy-allow example.com -- bash -c "$verify" 2>/dev/null)" "${trusted[0]}: OK"
if command -v java >/dev/null; then
    check 'Java comes to the proxy, and has to be told to trust it' "$(run java ../../examples/java/Profiles.java true || { grep -q 'PKIX path building failed' "$scratch/report" && echo refused; })" refused
fi

check 'no connection leaves this machine' "$(run /usr/bin/python3 -B connections.py)" 'refused 403
emulator 127.0.0.1
requests 127.0.0.1
node 127.0.0.1'

readonly ask_itself='curl -s "$ENGAGE_EMULATOR_URL/livez"; node -e "fetch(process.env.ENGAGE_EMULATOR_URL + \"/livez\").then(r => r.text()).then(text => process.stdout.write(text))"
    /usr/bin/python3 -c "import os, urllib.request; print(urllib.request.urlopen(os.environ[\"ENGAGE_EMULATOR_URL\"] + \"/livez\").read().decode(), end=\"\")"'
hosts=(127.0.0.2 0.0.0.0)
if grep -qs . /proc/net/if_inet6; then hosts+=(::1 ::); fi
for host in "${hosts[@]}"; do
    check "its own address where it listens on $host" "$("$ENGAGE_EMULATOR_BIN" exec --host $host --allow-remote --control-token t -- bash -c "$ask_itself" 2>/dev/null)" $'ok\nok\nok'
done
check 'a data folder that cannot be made' "$(XDG_DATA_HOME=/dev/null run true || cat "$scratch/report")" \
    'engage-emulator: cannot create /dev/null/engage-emulator: Not a directory'

readonly ask="fetch('https://mixpanel.com/livez').then(r => r.text()).then(console.log, error => console.log(error.cause.code))"
for options in 'env: {}' 'execArgv: []' 'env: {}, execArgv: []' "env: require('worker_threads').SHARE_ENV, execArgv: []"; do
    check "a worker of node with $options" "$(run node -e "new (require('worker_threads').Worker)(\`$ask\`, {eval: true, $options})")" ok
done
check 'a data folder with a blank and quotes' "$(XDG_DATA_HOME="$scratch/a \"b'" run node -e "console.log(require('child_process').execFileSync(
    'node', ['-e', \`$ask\`], {env: {PATH: process.env.PATH}, encoding: 'utf8'}).trim())")" ok
for start in "execFileSync('node', ['-e', ask], options)" "execSync('node -e \"' + ask + '\"', options)" "spawnSync('node', ['-e', ask], options).stdout" \
    "execSync('curl -s https://mixpanel.com/livez', options)"; do
    check "$start of node with an environment of its own" "$(run node -e "
        const ask = \`$ask\`, options = {env: {PATH: process.env.PATH}, encoding: 'utf8'};
        console.log(require('child_process').$start.trim())")" ok
done
for start in "promisify(exec)('node -e \"' + ask + '\"', options).then(({stdout}) => console.log(stdout.trim()))" "spawn('node', ['-e', ask], {...options, stdio: 'inherit'})"; do
    check "$start of node with an environment of its own" "$(run node --input-type=module -e "
        import {exec, spawn} from 'node:child_process'; import {promisify} from 'node:util';
        const ask = \`$ask\`, options = {env: {PATH: process.env.PATH}, encoding: 'utf8'};
        $start")" ok
done
check 'a name of this machine is looked up by node itself' "$(run node -e "
    require('net').connect({host: 'localhost', port: new URL(process.env.ENGAGE_EMULATOR_URL).port, lookup: (host, options, found) =>
        found(null, options.all ? [{address: '192.0.2.1', family: 4}] : '192.0.2.1', 4)}, function () { console.log(this.remoteAddress); this.end(); })")" 127.0.0.1

printf 'quota = 1\n' >"$scratch/config.toml"
readonly ask_twice="for i in 1 2; do curl -s -o /dev/null -w '%{http_code} ' -u $account 'https://mixpanel.com/$query'; done"
check 'flags from the environment' "$(ENGAGE_EMULATOR_QUOTA=1 "$ENGAGE_EMULATOR_BIN" exec -- bash -c "$ask_twice" 2>/dev/null)" '200 429 '
check 'and from a file' "$("$ENGAGE_EMULATOR_BIN" exec --config "$scratch/config.toml" -- bash -c "$ask_twice" 2>/dev/null)" '200 429 '
check 'flags that only serve has' "$("$ENGAGE_EMULATOR_BIN" exec --port-file=x -- true 2>&1 || true)" \
    'engage-emulator: The following argument was not expected: --port-file=x; --port-file is a flag of serve (engage-emulator exec --help tells more)'

# A name that only this request knows the address of.
readonly ask_db="
require('http').get({host: 'db.internal', port: new URL(process.env.ENGAGE_EMULATOR_URL).port, path: '/livez',
    lookup: (host, options, found) => options.all ? found(null, [{address: '127.0.0.1', family: 4}]) : found(null, '127.0.0.1', 4)}, answer => answer.pipe(process.stdout))
    .on('error', error => console.log(error.code))"
check 'node is refused a name that is not allowed' "$(run node -e "$ask_db")" ECONNREFUSED
check 'node is let through to one that is' "$("$ENGAGE_EMULATOR_BIN" exec --proxy-allow '*.internal' -- node -e "$ask_db" 2>/dev/null)" ok

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
check 'env leaves to the shell what it has there' \
    "$(export NODE_OPTIONS=--no-warnings; eval "$("$ENGAGE_EMULATOR_BIN" env --port "$port")"; echo "$NODE_OPTIONS")" \
    "--no-warnings --require=$XDG_DATA_HOME/engage-emulator/node_hook.cjs"
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

for port_flag in --tls --proxy-port=0; do
    "$ENGAGE_EMULATOR_BIN" serve --port 0 --tls-port 0 $port_flag --ready-format json >"$scratch/ready" &
    emulator=$!
    read -r ready <"$scratch/ready"
    port=$(jq .port <<<"$ready")
    check "env refuses an emulator with $port_flag alone" "$("$ENGAGE_EMULATOR_BIN" env --port "$port" 2>&1 || true)" \
        "engage-emulator: http://127.0.0.1:$port: has no port for TLS or for proxying; start it with serve --tls --proxy-port 9799"
    kill -TERM $emulator
    wait $emulator
done
