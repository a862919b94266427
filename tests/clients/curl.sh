#!/bin/bash
# curl as people write it, against the demo project. Run by tests/clients/run, which sets ENGAGE_EMULATOR_BIN.
# shellcheck disable=SC2016 # Property names begin with a dollar sign.
set -euo pipefail
cd "$(dirname "$0")"
source ./checks.sh

readonly project=2195193
readonly account=demo.5f3a1c.mp-service-account:demo-secret
readonly secret=demo-api-secret
readonly rows=../../fixtures/data/demo/profiles.ndjson
readonly computed_at='2026-09-01T00:00:00.000000+00:00'

mkfifo "$scratch/ready"
"$ENGAGE_EMULATOR_BIN" serve --port 0 --ready-format json --clock 2026-09-01T00:00:00Z --no-rate-limit >"$scratch/ready" &
emulator=$!
trap 'kill -9 $emulator 2>/dev/null || true; rm -rf "$scratch"' EXIT
read -r ready <"$scratch/ready"
base="http://127.0.0.1:$(jq .port <<<"$ready")"
readonly engage="$base/api/query/engage"

# curl without the caller's ~/.curlrc or proxy.
ask() { curl -q --noproxy '*' --silent --show-error --max-time 20 "$@"; }

# What a query selects: total and ids, or the whole body of an error.
selected() { ask "$@" | jq -r 'if .error then tojson else "\(.total) \([.results[]."$distinct_id"] | join(","))" end'; }
# The same from the fixtures, by a jq condition over a row.
expected() { jq -rs "[.[] | select($1)] | \"\(length) \([.[].\"\$distinct_id\"][:1000] | join(\",\"))\"" "$rows"; }

# Whole bodies; only the random id of the session varies.
row=$(sed -n 5p "$rows")
body=$(ask -u "$account" "$engage?project_id=$project" --data 'distinct_id=user-0005')
check 'the whole text of an answer' "$(sed -E 's/"[0-9]{13}-[0-9a-f]{32}"/"SESSION"/' <<<"$body")" \
    "{\"results\":[$row],\"page\":0,\"session_id\":\"SESSION\",\"page_size\":1000,\"total\":1,\"status\":\"ok\",\"computed_at\":\"$computed_at\"}"
check 'the session id begins with the time of the query' "$(jq -r '.session_id[:14]' <<<"$body")" 1788220800000-

pro=$(expected '."$properties".plan == "pro"')
readonly where='where=properties["plan"] == "pro"'
readonly encoded='where=properties%5B%22plan%22%5D%20%3D%3D%20%22pro%22'
check 'the fixtures have users on the plan pro' "${pro%% *}" "$(grep -c '"plan":"pro"' "$rows")"
check "--data 'where=…' with raw = signs, service account" "$(selected -u "$account" "$engage?project_id=$project" --data "$where")" "$pro"
check '--data-urlencode' "$(selected -u "$account" "$engage?project_id=$project" --data-urlencode "$where")" "$pro"
check 'project_id in the body' "$(selected -u "$account" "$engage" -d project_id=$project -d "$where")" "$pro"
check 'project secret with a colon' "$(selected -u "$secret:" "$engage" --data "$where")" "$pro"
check 'project secret with a colon and the project id' "$(selected -u "$secret:" "$engage?project_id=$project" --data "$where")" "$pro"
check 'project secret without a colon' "$(selected -H "Authorization: Basic $(printf %s "$secret" | base64)" "$engage" --data "$where")" "$pro"
check 'project secret doubled' "$(selected -u "$secret:$secret" "$engage" --data "$where")" "$pro"
check 'GET with a query string' "$(selected -u "$account" "$engage?project_id=$project&$encoded")" "$pro"
check 'GET with -G' "$(selected -u "$account" -G "$engage" -d project_id=$project --data-urlencode "$where")" "$pro"
check 'trailing slash' "$(selected -u "$account" "$engage/?project_id=$project" --data "$where")" "$pro"
check 'GET with a trailing slash' "$(selected -u "$account" "$engage/?project_id=$project&$encoded")" "$pro"
check '/api/2.0/engage' "$(selected -u "$account" "$base/api/2.0/engage?project_id=$project" --data "$where")" "$pro"
check '/api/2.0/engage/ with GET' "$(selected -u "$account" "$base/api/2.0/engage/?project_id=$project&$encoded")" "$pro"

readonly json='{"where":"properties[\"plan\"] == \"pro\"","project_id":"2195193"}'
check 'JSON body' "$(selected -u "$account" "$engage" -H 'Content-Type: application/json' --data "$json")" "$pro"
check 'JSON body under the content type of a form' "$(selected -u "$account" "$engage" --data "$json")" "$pro"
check 'the body wins over the URL' "$(selected -u "$account" "$engage?project_id=$project&where=false" --data "$where")" "$pro"
check 'multi-line where in a form' "$(selected -u "$account" "$engage?project_id=$project" --data-urlencode $'where=properties["plan"]\n == "pro"')" "$pro"
check 'unicode in a where' "$(selected -u "$account" "$engage?project_id=$project" --data-urlencode 'where=properties["$city"] == "Malmö"')" \
    "$(expected '."$properties"."$city" == "Malmö"')"
check 'HTTP/1.0' "$(selected --http1.0 -u "$account" "$engage?project_id=$project" --data "$where")" "$pro"
check 'chunked upload' "$(selected -H 'Transfer-Encoding: chunked' -u "$account" "$engage?project_id=$project" --data "$where")" "$pro"
check 'compression offered' "$(selected --compressed -u "$account" "$engage?project_id=$project" --data "$where")" "$pro"
check 'Expect: 100-continue is answered before the body is sent' \
    "$(ask -v -H 'Expect: 100-continue' --expect100-timeout 15 -u "$account" "$engage?project_id=$project" --data "$where" 2>&1 >/dev/null | grep '^< HTTP' | tr -d '\r' | tr '\n' ' ')" \
    '< HTTP/1.1 100 Continue < HTTP/1.1 200 OK '
check 'Expect: 100-continue' "$(selected -H 'Expect: 100-continue' --expect100-timeout 15 -u "$account" "$engage?project_id=$project" --data "$where")" "$pro"

# Large requests.
{ printf 'where=properties["plan"] == "pro"&distinct_ids='; jq -cs '[.[]."$distinct_id"] + [range(75000) | "unknown-\(.)"]' "$rows"; } >"$scratch/form"
check 'the form has more than 1 MB' "$(($(stat -c %s "$scratch/form") > 1048576))" 1
check '1 MB form with -d @file' "$(selected -u "$account" "$engage?project_id=$project" -d "@$scratch/form")" "$pro"
{ printf 'where=properties["plan"] == "pro"'; head -c 1000000 /dev/zero | tr '\0' ' '; } >"$scratch/form"
check 'a where of 1 MB' "$(selected -u "$account" "$engage?project_id=$project" -d "@$scratch/form")" "$pro"
ids=$(jq -cs '[.[]."$distinct_id"]' <(head -2400 "$rows"))
url="$engage?project_id=$project&page_size=2500&output_properties=%5B%5D&distinct_ids=$(jq -rn --arg ids "$ids" '$ids | @uri')"
check 'the URL has more than 40 kB' "$((${#url} > 40960))" 1
check 'a URL of that size, GET' "$(selected -u "$account" "$url")" "2400 $(head -2400 "$rows" | jq -r '."$distinct_id"' | paste -sd,)"
check 'the same list as a form' "$(selected -u "$account" "$engage?project_id=$project&page_size=2500" -d "distinct_ids=$ids")" \
    "2400 $(head -2400 "$rows" | jq -r '."$distinct_id"' | paste -sd,)"

# HEAD: the head of GET, no body, and the connection stays usable.
check 'HEAD has no body and leaves the connection in step' \
    "$(ask -u "$account" -o /dev/null -I "$engage?project_id=$project" -w '%{http_code} %{size_download} ' \
        --next -q --noproxy '*' -s -u "$account" -o /dev/null "$engage?project_id=$project" -w '%{http_code} %{num_connects}')" '200 0 200 0'
check 'HEAD names the length that GET sends' \
    "$(ask -u "$account" -I "$engage?project_id=$project&where=false" | tr -d '\r' | sed -n 's/^Content-Length: //p')" \
    "$(ask -u "$account" "$engage?project_id=$project&where=false" | wc -c)"

# Headers of an answer: each recorded header, with its value.
check 'the headers of an answer' \
    "$(ask -u "$account" -H 'Host: mixpanel.com' -D - -o /dev/null "$engage?project_id=$project&where=false" | tr -d '\r' | sed -E 's/^(Query-Ids: )[0-9a-f]{32}$/\1<32 hex>/' |
        grep -E '^(HTTP|Server|Content-Type|Vary|Cache-Control|X-Server-Elapsed|Query-Ids|Strict-Transport-Security|Access-Control-Allow-(Methods|Headers)):? ?' | sort)" \
    'Access-Control-Allow-Headers: X-PINGOTHER,Content-Type,MaxDataServiceVersion,DataServiceVersion,Authorization,X-Requested-With,If-Modified-Since,x-query-api-python
Access-Control-Allow-Methods: GET, POST, OPTIONS
Cache-Control: no-cache, no-store
Content-Type: application/json
HTTP/1.1 200 OK
Query-Ids: <32 hex>
Server: nginx
Strict-Transport-Security: max-age=63072000; includeSubDomains; preload
Vary: Accept-Encoding
X-Server-Elapsed: 0.000'

# Refusals, whole.
refused() { ask -w ' %{http_code}' "$@"; }
check 'no credentials' "$(refused "$engage?project_id=$project")" \
    "{\"request\": \"/api/query/engage?project_id=$project\", \"error\": \"Unable to authenticate request\"} 401"
check 'a wrong secret' "$(refused -u wrong: "$engage?project_id=$project")" \
    "{\"request\": \"/api/query/engage?project_id=$project\", \"error\": \"Unable to authenticate request\"} 401"
check 'a service account without project_id' "$(refused -u "$account" "$engage")" \
    '{"request": "/api/query/engage", "error": "Error in project_id: required when a service account authenticates the request"} 400'
check 'a project that the account is not in' "$(refused -u "$account" "$engage?project_id=1")" \
    '{"request": "/api/query/engage?project_id=1", "error": "User is not a member of this project"} 403'
check 'a page without a session' "$(refused -u "$secret:" "$engage" -d page=1)" \
    '{"request": "/api/query/engage", "error": "must have session_id when requesting page > 0"} 400'
check 'a cohort that is not JSON with an id' "$(refused -u "$secret:" "$engage" -d filter_by_cohort=5100008)" \
    '{"request": "/api/query/engage", "error": "Invalid parameter: filter_by_cohort"} 400'
check 'an endpoint that does not exist' "$(refused -u "$secret:" "$base/api/2.0/webhooks?project_id=4025923")" \
    '{"request": "/api/2.0/webhooks?project_id=4025923", "error": "Invalid API endpoint"} 400'

kill -TERM $emulator
status=0
wait $emulator || status=$?
check 'SIGTERM ends the emulator with exit code 0' "$status" 0
