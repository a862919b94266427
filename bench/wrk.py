"""Runs wrk with one thread and reads its report."""

import dataclasses
import re
import subprocess

import http_client

UNITS = {"us": 0.001, "ms": 1, "s": 1000}


@dataclasses.dataclass
class Load:
    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_us: float  # Of the server, for each request.


def run(server, target, connections, seconds, headers=()):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "--latency", "-H", f"Authorization: {http_client.AUTHORIZATION}"]
    for header in headers:
        command += ["-H", header]
    cpu = server.cpu_seconds()
    text = subprocess.run([*command, f"http://127.0.0.1:{server.port}{target}"], capture_output=True, text=True, check=True).stdout
    cpu = server.cpu_seconds() - cpu
    if "Non-2xx" in text or "Socket errors" in text:
        raise RuntimeError(text)
    requests = int(re.search(r"(\d+) requests in", text)[1])
    return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), _percentile(text, 50), _percentile(text, 99), cpu / requests * 1e6)


def _percentile(text, percent):
    value, unit = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s)\s*$", text, re.MULTILINE).groups()
    return float(value) * UNITS[unit]
