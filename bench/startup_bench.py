"""From exec to the first complete 200 of an authenticated page: the built-in demo against an express mock."""

import sys
import time

import http_client
import report
import servers


def first_answer_ms(start):
    begin = time.perf_counter()
    with start() as server:
        servers.wait_for_answer(server, http_client.ENGAGE)
        return (time.perf_counter() - begin) * 1000


def main(rounds):
    report.print_head(f"startup, {rounds} rounds in turn, medians")
    contestants = {"engage-emulator": servers.emulator, "express": servers.express}
    times = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, start in contestants.items():
            times[name].append(first_answer_ms(start))
    for name, values in times.items():
        print(f"{name}: median {report.median(values):.1f} ms, {min(values):.1f} to {max(values):.1f}")
    ours = report.median(times["engage-emulator"])
    ratio = report.median([theirs / mine for mine, theirs in zip(times["engage-emulator"], times["express"])])
    report.print_goal("first 200", f"{ours:.1f} ms", "at most 10 ms", ours <= 10)
    report.print_goal("faster than express", f"{ratio:.1f}x", "at least 20x", ratio >= 20)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
