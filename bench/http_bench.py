"""Requests a second against nginx that serves the same bytes as a static file, wrk beside both."""

import itertools
import json
import sys

import http_client
import report
import servers
import wrk

CONNECTIONS = (1, 5, 64)
GOALS = {1000: (50, 60, 45), 1: (40, 40, 30)}  # Percent of nginx, by profiles of a page and connections.
FLAGS = ("--no-rate-limit", "--auth", "on")


def pages_of(server):
    """For each page size: the target of a first page, of the same page in its session, and its bytes."""
    pages = {}
    for size in GOALS:
        first = f"{http_client.ENGAGE}&page_size={size}"
        body = http_client.get(server.port, first)[1]
        pages[size] = {"new session": first, "session": f"{first}&page=0&session_id={json.loads(body)['session_id']}", "body": body}
    return pages


def measure(rounds, seconds):
    """Loads by (contestant, page size, connections), one of each round."""
    loads = {}
    with servers.emulator(*FLAGS) as emulator:
        servers.wait_for_answer(emulator, http_client.ENGAGE)
        pages = pages_of(emulator)
        with servers.nginx({f"page{size}": page["body"] for size, page in pages.items()}) as nginx:
            for _, size, connections in itertools.product(range(rounds), pages, CONNECTIONS):
                page = pages[size]
                for name, server, target in (
                    ("nginx", nginx, f"/page{size}"),
                    ("session", emulator, page["session"]),
                    ("new session", emulator, page["new session"]),
                ):
                    load = wrk.run(server, target, connections, seconds)
                    loads.setdefault((name, size, connections), []).append(load)
    return pages, loads


def middle(loads, field):
    return report.median([getattr(load, field) for load in loads])


def main(rounds, seconds):
    report.print_head(f"http, {rounds} rounds of {seconds} s each in turn, medians, wrk -t1 on the same machine")
    pages, loads = measure(rounds, seconds)
    for size, page in pages.items():
        print(f"page of {size} profiles: {len(page['body'])} bytes")
    print("| page | connections | server | requests/s | % of nginx | p50 ms | p99 ms | CPU µs |\n|---|---|---|---|---|---|---|---|")
    goals = []
    for size, (connections, goal) in itertools.chain(*([(size, pair) for pair in zip(CONNECTIONS, GOALS[size])] for size in pages)):
        reference = loads["nginx", size, connections]
        for name in ("nginx", "session", "new session"):
            ours = loads[name, size, connections]
            percent = report.median([100 * mine.per_second / theirs.per_second for mine, theirs in zip(ours, reference)])
            print(f"| {size} | {connections} | {name} | {middle(ours, 'per_second'):.0f} | {percent:.0f} "
                  f"| {middle(ours, 'p50_ms'):.2f} | {middle(ours, 'p99_ms'):.2f} | {middle(ours, 'cpu_us'):.0f} |")
            if name == "session":
                goals.append((f"{size} profiles, {connections} connections", f"{percent:.0f} % of nginx", f"at least {goal} %", percent >= goal))
    for goal in goals:
        report.print_goal(*goal)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, int(sys.argv[2]) if len(sys.argv) > 2 else 2)
