"""How results are printed: where they were taken, then lines that can be copied into README.md."""

import datetime
import os
import pathlib
import platform
import statistics
import subprocess

median = statistics.median


def print_head(title):
    root = pathlib.Path(__file__).resolve().parent.parent
    commit = subprocess.run(["git", "-C", root, "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
    cpu = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name"))
    print(f"\n## {title}")
    print(f"{datetime.date.today()}, commit {commit or 'none'}, {os.cpu_count()} x {cpu}, Linux {platform.release()}, load {os.getloadavg()[0]:.1f}")


def print_goal(name, measured, goal, reached):
    print(f"{'ok     ' if reached else 'MISSED '} {name}: {measured} (goal: {goal})", flush=True)
