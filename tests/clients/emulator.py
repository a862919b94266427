"""Starts an emulator of its own for a Python client and reports its checks."""

import contextlib
import datetime
import json
import os
import select
import signal
import subprocess
import sys

import requests

PROJECT = 2195193
START_PATIENCE_SECONDS = 20


def check(name, actual, expected):
    if actual != expected:
        print(f"FAILED - {name}\nexpected: {expected!r}\n     got: {actual!r}")
        sys.exit(1)
    print(f"ok - {name}", flush=True)


class Emulator:
    def __init__(self, url):
        self.url = url
        self.engage = url + "/api/query/engage"

    def advance(self, seconds):
        requests.post(self.url + "/__admin/clock/advance", json={"seconds": seconds}).raise_for_status()

    def now(self):
        text = requests.get(self.url + "/__admin/clock").json()["now"]
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


@contextlib.contextmanager
def running_emulator(*flags):
    command = [os.environ["ENGAGE_EMULATOR_BIN"], "serve", "--port", "0", "--ready-format", "json", *flags]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        yield Emulator(f"http://127.0.0.1:{port_of(process)}")
        process.send_signal(signal.SIGTERM)
        check("SIGTERM ends the emulator with exit code 0", process.wait(timeout=10), 0)
    finally:
        process.kill()
        process.wait()


def port_of(process):
    is_written, _, _ = select.select([process.stdout], [], [], START_PATIENCE_SECONDS)
    assert is_written, f"no ready line after {START_PATIENCE_SECONDS} s"
    line = process.stdout.readline()
    assert line, "the emulator ended before it was ready"
    return json.loads(line)["port"]
