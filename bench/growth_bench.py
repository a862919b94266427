"""How load, filter and page times grow with the number of profiles. The projects are generated once, below build/bench-data."""

import json
import sys
import time
import urllib.parse

import http_client
import projects
import report
import servers

WHERES = {
    "equality": 'properties["plan"] == "pro" and properties["Total Spent"] > 50',
    "substring": '"gmail" in properties["$email"]',
    "date": 'properties["$last_seen"] >= "2026-06-01T00:00:00"',
}
REPETITIONS = 7


def measure(profiles):
    directory = projects.generated(profiles)
    row = {"profiles": profiles, "MB": sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) / 1e6}
    begin = time.perf_counter()
    with servers.emulator("--no-rate-limit", "--fixtures", str(directory)) as server:
        servers.wait_for_answer(server, http_client.ENGAGE + "&where=false")
        row["load ms"] = (time.perf_counter() - begin) * 1000
        row["memory MB"] = server.memory_mb()
        connection = http_client.Connection(server.port)
        ask = lambda parameters: connection.get(http_client.request_bytes(http_client.ENGAGE + parameters))
        for name, where in WHERES.items():
            # A query that was run before is not run again: each one is another text.
            queries = [f"&page_size=1&where={urllib.parse.quote(where + ' ' * turn)}" for turn in range(REPETITIONS)]
            times = [projects.milliseconds(lambda: ask(query)) for query in queries]
            row[f"{name} ms, first"] = times[0]
            row[f"{name} ms"] = report.median(times[1:])
        session_id = json.loads(ask("")[1])["session_id"]
        for name, page in (("page 0", 0), ("last page", profiles // 1000 - 1)):
            query = f"&session_id={session_id}&page={page}"
            row[f"{name} ms"] = report.median([projects.milliseconds(lambda: ask(query)) for _ in range(REPETITIONS)])
    return row


def main(sizes):
    report.print_head("growth: load and queries by number of profiles, over HTTP")
    rows = [measure(size) for size in sizes]
    print("| " + " | ".join(rows[0]) + " |\n|" + "---|" * len(rows[0]))
    for row in rows:
        print("| " + " | ".join(f"{value:.2f}" if isinstance(value, float) and value < 100 else f"{value:.0f}" for value in row.values()) + " |")


main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000, 1_000_000])
