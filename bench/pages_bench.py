"""Instructions of one page, counted by callgrind: they must not depend on the page's number or on how many match."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import report
import servers

PROGRAM = os.environ.get("ENGAGE_PAGE_BENCH") or str(pathlib.Path(servers.EMULATOR).parent.parent / "bench/page_bench")
TOLERANCE = 1.02  # The pages differ in bytes by that much.


def answers(command):
    """What page_bench prints: a line of numbers for each page."""
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [[float(number) for number in line.split()] for line in printed.splitlines()]


def instructions(arguments):
    """By page. Each page has a dump of its own, described by the page's number."""
    with tempfile.TemporaryDirectory() as directory:
        answers(["valgrind", "--tool=callgrind", "--collect-atstart=no", f"--callgrind-out-file={directory}/out", PROGRAM, *arguments])
        counts = {}
        for dump in pathlib.Path(directory).glob("out.*"):
            text = dump.read_text()
            counts[int(re.search(r"Client Request: (\d+)", text)[1])] = int(re.search(r"^summary: (\d+)", text, re.MULTILINE)[1])
        return counts


def main(sizes):
    report.print_head("pages of 1,000 profiles in process: instructions by callgrind, microseconds without it")
    print("| profiles | page | bytes | instructions | us |\n|---|---|---|---|---|")
    counted = []
    for profiles in sizes:
        last = profiles // 1000 - 1
        arguments = [str(profiles), *map(str, sorted({0, last // 2, last}))]
        counts = instructions(arguments)
        for page, size, microseconds in answers([PROGRAM, *arguments]):
            print(f"| {profiles} | {page:.0f} | {size:.0f} | {counts[page]} | {microseconds} |")
            counted.append(counts[page])
    ratio = max(counted) / min(counted)
    report.print_goal("most instructions of a page over least", f"{ratio:.3f}x", f"at most {TOLERANCE}x", ratio <= TOLERANCE)


main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])
