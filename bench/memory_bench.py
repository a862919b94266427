"""Resident memory after the first 200, and after load: pages of 1,000 profiles over 64 connections."""

import sys
import time

import http_client
import report
import servers
import wrk

IDLE_SECONDS = 0.7


def measure(server, target, seconds):
    servers.wait_for_answer(server, http_client.ENGAGE)
    time.sleep(IDLE_SECONDS)
    idle = server.memory_mb()
    wrk.run(server, target, connections=64, seconds=seconds)
    return idle, server.memory_mb(), server.memory_mb("VmHWM")


def main(seconds):
    report.print_head(f"memory, load of {seconds} s")
    with servers.emulator("--no-rate-limit") as server:
        ours = measure(server, http_client.ENGAGE, seconds)
    with servers.express() as server:
        express = measure(server, http_client.ENGAGE, seconds)
    for name, (idle, loaded, peak) in {"engage-emulator": ours, "express": express}.items():
        print(f"{name}: {idle:.1f} MB after the first 200, {loaded:.1f} MB after load, peak {peak:.1f} MB")
    report.print_goal("idle memory with the demo", f"{ours[0]:.1f} MB", "at most 12 MB", ours[0] <= 12)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
