"""Starts an emulator of its own for a Python client and reports its checks."""

import contextlib
import datetime
import os
import signal
import subprocess
import sys
import tempfile
import time

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
    with tempfile.TemporaryDirectory(prefix="engage-client-") as directory:
        port_file = os.path.join(directory, "port")
        command = [os.environ["ENGAGE_EMULATOR_BIN"], "serve", "--port", "0", "--port-file", port_file, *flags]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            yield Emulator(f"http://127.0.0.1:{port_of(port_file, process)}")
            process.send_signal(signal.SIGTERM)
            check("SIGTERM ends the emulator with exit code 0", process.wait(timeout=10), 0)
        finally:
            process.kill()
            process.wait()


def port_of(port_file, process):
    give_up = time.monotonic() + START_PATIENCE_SECONDS
    while not os.path.exists(port_file):
        assert process.poll() is None, "the emulator ended before it was ready"
        assert time.monotonic() < give_up, f"no port file after {START_PATIENCE_SECONDS} s"
        time.sleep(0.005)
    with open(port_file) as file:
        return int(file.read())
