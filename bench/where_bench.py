"""Filters: beside DuckDB on the same profiles, cold and warm, alone and in conjunctions; what they cost by size, in memory, and
beside open sessions. where_bench.py [PROFILES]"""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import urllib.parse

import http_client
import projects
import report
import servers

PROGRAMS = pathlib.Path(os.environ.get("ENGAGE_WHERE_PROGRAMS") or pathlib.Path(servers.EMULATOR).parent.parent / "bench")
ROUNDS = 9
REPETITIONS = 5
GROWTH = [1_000, 10_000, 100_000, 1_000_000]
SESSION_PROFILES = 100_000
SESSION_COUNTS = [1, 100, 5_000]

# What is asked in both languages, how many times faster than DuckDB it has to be, and where the meanings differ.
COMPARISONS = [
    ("equality and comparison", 'properties["plan"] == "pro" and properties["Total Spent"] > 50', """plan = 'pro' AND "Total Spent" > 50""", 5, ""),
    ("the same, any letter case", 'properties["plan"] == "pro" and properties["Total Spent"] > 50', """plan ILIKE 'pro' AND "Total Spent" > 50""", None,
     "== ignores letter case; what DuckDB's own = does is the row above"),
    ("defined", 'defined(properties["trial"])', "trial IS NOT NULL", 5, ""),
    ("equality", 'properties["$city"] == "London"', """"$city" = 'London'""", 5, ""),
    ("date", 'properties["$last_seen"] >= datetime("2026-04-01")', """"$last_seen" >= TIMESTAMP '2026-04-01 00:00:00'""", 3, ""),
    ("part of a text", '"gmail" in properties["$email"]', """contains("$email", 'gmail')""", 1, "contains() heeds letter case, `in` does not"),
    ("the same, any letter case", '"gmail" in properties["$email"]', """"$email" ILIKE '%gmail%'""", 2, ""),
]
WHERES = dict.fromkeys(where for _, where, _, _, _ in COMPARISONS)

SELECTIVE = 'properties["Total Spent"] > 1182.2'
COSTLY = '"gmail" in properties["$email"]'


class Lines:
    """A program that answers lines of JSON with lines of JSON. Its first line says what it has loaded."""

    def __init__(self, command, cwd=None):
        self.process = subprocess.Popen(list(map(str, command)), cwd=cwd, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.about = self._read()

    def _read(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("ended at once: " + " ".join(self.process.args))
        return json.loads(line)

    def ask(self, **task):
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        answer = self._read()
        if "error" in answer:
            raise RuntimeError(f"{task}: {answer['error']}")
        return answer

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def emulator_lines(profiles):
    return contextlib.closing(Lines([PROGRAMS / "where_filter", projects.generated(profiles)]))


def duckdb_lines(profiles):
    rows = projects.generated(profiles) / "profiles.ndjson"
    return contextlib.closing(Lines(["node", servers.ROOT / "bench/where_duckdb.mjs", rows], cwd=servers.NODE_PACKAGES))


def short(number):
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"


def print_table(head, rows):
    print("\n| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(short(cell) if isinstance(cell, float) else str(cell) for cell in row) + " |")
    print(flush=True)


def parsing():
    report.print_head("where: parsing (Google Benchmark)")
    printed = subprocess.run([PROGRAMS / "where_bench", "--benchmark_format=json"], check=True, capture_output=True, text=True).stdout
    microseconds = {row["name"]: (row["cpu_time"] / 1000, row.get("label", "")) for row in json.loads(printed)["benchmarks"]}
    print_table(["benchmark", "us", "where"], [(name, us, f"`{label}`" if label else "") for name, (us, label) in microseconds.items()])
    slowest = max(us for name, (us, _) in microseconds.items() if name.startswith("usual"))
    report.print_goal("the slowest usual where", f"{slowest:.2f} us", "10 us", slowest < 10)
    per_term = [microseconds[f"terms/{terms}"][0] / terms for terms in (10, 100, 1000)]
    spread = max(per_term) / min(per_term)
    report.print_goal("a term of a chain of 10, 100 and 1,000", f"{spread:.2f} times at most", "2 times: linear", spread < 2)


def side_by_side(profiles):
    report.print_head(f"where: {profiles:,} profiles, warm, beside DuckDB's typed columns, one thread each")
    with emulator_lines(profiles) as ours, duckdb_lines(profiles) as duckdb:
        print(f"DuckDB {duckdb.about['version']}: loaded in {duckdb.about['load_ms']:.0f} ms, columns {', '.join(duckdb.about['compression'])}")
        print(f"engage-emulator: loaded in {ours.about['load_ms']:.0f} ms")
        print("times are CPU times: other programs on the machine lengthen wall time only")
        print("DuckDB keeps no results between queries. Its row groups know their least and largest values; this many of them would let a group be skipped:")
        for group in duckdb.about["skippable"]:
            print(f"  {group['condition']}: {group['skipped']} of {group['row_groups']} row groups")
        taken = {row: ([], [], []) for row in COMPARISONS}
        counts = {}
        for round_number in range(ROUNDS + 1):
            for row in COMPARISONS:
                _, where, sql, _, _ = row
                mine = ours.ask(where=where, repeat=REPETITIONS)
                other = duckdb.ask(where=sql, repeat=REPETITIONS)
                counts[row] = mine["matches"], other["matches"]
                if round_number > 0:
                    for times, value in zip(taken[row], (mine["ns_per_profile"], other["ns_per_profile"], other["cpu_per_wall"])):
                        times.append(value)
    table = []
    for row, (mine, other, cpu) in taken.items():
        ratio = report.median([b / a for a, b in zip(mine, other)])
        table.append((row[0], f"`{row[1]}`", f"`{row[2]}`", report.median(mine), report.median(other), ratio, report.median(cpu), counts[row][0], row[4]))
    print_table(["filter", "where", "SQL", "ns/profile", "DuckDB, ns/profile", "times faster", "DuckDB CPU/wall", "matches", "meaning"], table)
    for (name, _, sql, goal, _), line in zip(taken, table):
        if goal:
            report.print_goal(f"{name}, {sql}", f"{short(line[5])} times faster", f"{goal} times", line[5] >= goal)
    differing = [f"{row[0]} ({row[2]}): {mine} and {other}" for row, (mine, other) in counts.items() if mine != other]
    report.print_goal("both match the same profiles", "; ".join(differing) or "yes, for every filter", "yes", not differing)


def cold(profiles):
    report.print_head(f"where: {profiles:,} profiles, cold (columns are built on the way)")
    with emulator_lines(profiles) as ours:
        rows = []
        for name in ours.about["names"]:
            where = f"defined(properties[{json.dumps(name)}])"
            rows.append((f"`{where}`", 1, ours.ask(where=where, repeat=REPETITIONS, cold=True)["ns_per_profile"]))
        for where in WHERES:
            answer = ours.ask(where=where, repeat=REPETITIONS, cold=True)
            rows.append((f"`{where}`", where.count("properties["), answer["ns_per_profile"]))
    print_table(["where", "properties", "ns/profile", "ns/profile and property"], [(*row, row[2] / row[1]) for row in rows])
    where, properties, slowest = max(rows, key=lambda row: row[2] / row[1])
    report.print_goal("the slowest cold filter", f"{slowest / properties:.0f} ns per profile and property, {where}", "250 ns", slowest / properties < 250)


def conjunctions(profiles):
    report.print_head(f"where: {profiles:,} profiles, conjunctions with a rare and a costly part")
    wheres = [SELECTIVE, COSTLY, f"{SELECTIVE} and {COSTLY}", f"{COSTLY} and {SELECTIVE}", f"not ({SELECTIVE}) or {COSTLY}"]
    with emulator_lines(profiles) as ours:
        taken = {where: [] for where in wheres}
        for round_number in range(ROUNDS + 1):
            for where in wheres:
                answer = ours.ask(where=where, repeat=REPETITIONS)
                taken[where].append((answer["ns_per_profile"], answer["matches"]))
    cost = {where: report.median([ns for ns, _ in times[1:]]) for where, times in taken.items()}
    print_table(["where", "ns/profile", "matches"], [(f"`{where}`", cost[where], taken[where][0][1]) for where in wheres])
    share = taken[SELECTIVE][0][1] / profiles
    suggested = cost[SELECTIVE] + share * cost[COSTLY]
    for where in wheres[2:]:
        report.print_goal(f"{where}", f"{cost[where] / suggested:.2f} times what its rare part ({share:.4f} of the rows) suggests", "2 times",
                          cost[where] < 2 * suggested)


def memory(profiles):
    report.print_head(f"where: {profiles:,} profiles, memory with every property queried")
    with emulator_lines(profiles) as ours:
        names, json_bytes = ours.about["names"], ours.about["json_bytes"]
        for where in [*(f"defined(properties[{json.dumps(name)}])" for name in names), *WHERES]:
            ours.ask(where=where)
        used = ours.ask(memory=True)
    times = used["rss_bytes"] / json_bytes
    print(f"{json_bytes / 1e6:.0f} MB of JSON, mapped; {ours.about['rss_bytes'] / 1e6:.0f} MB resident when loaded, {used['rss_bytes'] / 1e6:.0f} MB with a column "
          f"for each of {len(names)} properties, {used['anonymous_bytes'] / 1e6:.0f} MB of them anonymous")
    report.print_goal("resident memory of profiles and columns", f"{times:.2f} times the JSON", "1.6 times", times < 1.6)
    with servers.emulator("--no-rate-limit", "--fixtures", str(projects.generated(profiles))) as server:
        servers.wait_for_answer(server, http_client.ENGAGE + "&where=false")
        with contextlib.closing(http_client.Connection(server.port)) as connection:
            for where in [*(f"defined(properties[{json.dumps(name)}])" for name in names), *WHERES]:
                connection.get(request(where))
        times = server.memory_mb() * 2**20 / json_bytes
    report.print_goal("resident memory of the server after a query of each, with their sessions", f"{times:.2f} times the JSON", "1.6 times", times < 1.6)


def growth(profiles):
    report.print_head("where: by number of profiles, warm; ns per profile")
    rows = []
    for size in [size for size in GROWTH if size <= max(profiles, GROWTH[1])]:
        with emulator_lines(size) as ours:
            repeat = max(REPETITIONS, 1_000_000 // size)
            ours.ask(where=" and ".join(WHERES))
            rows.append([f"{size:,}", *(ours.ask(where=where, repeat=repeat)["ns_per_profile"] for where in WHERES)])
    print_table(["profiles", *(f"`{where}`" for where in WHERES)], rows)
    # A thousand profiles cost what starting a filter costs; from there on the profiles count.
    times = max(last / first for first, last in zip(rows[1][1:], rows[-1][1:]))
    report.print_goal("a profile among the most, against one among 10,000", f"{times:.2f} times at most", "3 times (out of the caches)", times < 3)


def sessions():
    report.print_head(f"where: {SESSION_PROFILES:,} profiles, over HTTP, beside open sessions")
    with contextlib.ExitStack() as stack:
        opened = {count: stack.enter_context(servers.emulator("--no-rate-limit", "--fixtures", str(projects.generated(SESSION_PROFILES))))
                  for count in SESSION_COUNTS}
        for count, server in opened.items():
            servers.wait_for_answer(server, http_client.ENGAGE + "&where=false")
            with contextlib.closing(http_client.Connection(server.port)) as connection:
                for number in range(count):
                    # A where of its own, so that no two sessions share their rows.
                    connection.get(request(f'properties["logins"] == {number}'))
        connections = {count: http_client.Connection(server.port) for count, server in opened.items()}
        times = {count: [] for count in SESSION_COUNTS}
        for round_number in range(40):
            for count, connection in connections.items():
                # New to any cache.
                where = f'properties["plan"] == "pro" and properties["Total Spent"] > {50 + round_number / 1000}'
                times[count].append(projects.milliseconds(lambda: connection.get(request(where))))
    rows = [(f"{count:,}", report.median(values[1:])) for count, values in times.items()]
    print_table(["sessions", "ms"], rows)
    ratio = report.median([most / one for one, most in zip(times[SESSION_COUNTS[0]][1:], times[SESSION_COUNTS[-1]][1:])])
    report.print_goal("a query beside 5,000 sessions, against one session", f"{ratio:.2f} times", "1.2 times", ratio < 1.2)


def request(where):
    return http_client.request_bytes(f"{http_client.ENGAGE}&page_size=1&where={urllib.parse.quote(where)}")


def main(profiles):
    parsing()
    side_by_side(profiles)
    cold(profiles)
    conjunctions(profiles)
    memory(profiles)
    growth(profiles)
    sessions()


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
