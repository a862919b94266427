#!/bin/bash
# curl, with a form in the body; prints one line a task of the file $TASKS: the rows of all pages.
set -euo pipefail

base_url=${BASE_URL:-https://mixpanel.com}

ask() { # TASK PARAMETERS   (both JSON)
    local form=()
    mapfile -t form < <(jq -r 'to_entries[] | "--data-urlencode", "\(.key)=\(.value)"' <<<"$2")
    curl -sS -u "$(jq -r '"\(.username):\(.secret)"' <<<"$1")" --data '' "${form[@]}" "$base_url/api/query/engage?project_id=$(jq .project_id <<<"$1")"
}

jq -c '.[] | del(.rows)' "$TASKS" | while read -r task; do
    parameters=$(jq -c .parameters <<<"$task")
    page=$(ask "$task" "$parameters")
    rows=$(jq -c '.results[]' <<<"$page")
    while jq -e '(.results | length) >= .page_size' <<<"$page" >/dev/null; do
        page=$(ask "$task" "$(jq -c --argjson parameters "$parameters" '$parameters + {session_id, page: (.page + 1)}' <<<"$page")")
        rows+=$'\n'$(jq -c '.results[]' <<<"$page")
    done
    jq -sc . <<<"$rows"
done
