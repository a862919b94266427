"""Generated projects, each made once below build/bench-data."""

import subprocess
import time

import servers

DATA = servers.ROOT / "build/bench-data"


def generated(profiles):
    directory = DATA / str(profiles)
    if not (directory / "profiles.ndjson").exists():
        subprocess.run([servers.EMULATOR, "generate", "--output", directory, "--profiles", str(profiles), "--force"], check=True, capture_output=True)
    return directory


def milliseconds(action):
    begin = time.perf_counter()
    action()
    return (time.perf_counter() - begin) * 1000
