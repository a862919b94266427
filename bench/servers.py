"""The servers that are compared: each is started with one call, on a free port, and stopped when the block ends."""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import time

import http_client

ROOT = pathlib.Path(__file__).resolve().parent.parent
EMULATOR = os.environ["ENGAGE_EMULATOR_BIN"]
NODE_PACKAGES = ROOT / "build/bench-node"
DEMO_ROWS = ROOT / "fixtures/data/demo/profiles.ndjson"
POLL_SECONDS = 0.0002
PATIENCE_SECONDS = 120
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A process group, and what the kernel says about it."""

    def __init__(self, process, port):
        self.process = process
        self.port = port

    def _pids(self):
        listed = subprocess.run(["ps", "-o", "pid=", "-g", str(self.process.pid)], capture_output=True, text=True)
        return [int(pid) for pid in listed.stdout.split()]

    def memory_mb(self, field="VmRSS"):
        kilobytes = 0
        for pid in self._pids():
            for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith(field + ":"):
                    kilobytes += int(line.split()[1])
        return kilobytes / 1024

    def cpu_seconds(self):
        ticks = 0
        for pid in self._pids():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / CLOCK_TICKS


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def started(command, port, cwd=None):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, cwd=cwd)
    try:
        yield Server(process, port)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def wait_for_answer(server, target):
    """Returns once the target has been answered with a complete 200."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        with contextlib.suppress(ConnectionError):
            if http_client.get(server.port, target)[0] == 200:
                return
        if server.process.poll() is not None:
            raise RuntimeError("a server ended at once: " + " ".join(map(str, server.process.args)))
        time.sleep(POLL_SECONDS)
    raise RuntimeError(f"no 200 within {PATIENCE_SECONDS} s: " + " ".join(map(str, server.process.args)))


def emulator(*flags):
    port = free_port()
    return started([EMULATOR, "serve", "--port", str(port), *flags], port)


def express():
    port = free_port()
    return started(["node", str(ROOT / "bench/express_mock.mjs"), str(port), str(DEMO_ROWS)], port, cwd=NODE_PACKAGES)


NGINX_CONFIG = """
daemon off; pid {root}/nginx.pid; error_log stderr error; worker_processes auto;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on;
    keepalive_timeout 65; keepalive_requests 10000000;
    default_type application/json;
    client_body_temp_path {root}/body; proxy_temp_path {root}/proxy; fastcgi_temp_path {root}/fastcgi;
    uwsgi_temp_path {root}/uwsgi; scgi_temp_path {root}/scgi;
    server {{ listen 127.0.0.1:{port} backlog=1024; root {root}/files; }}
}}
"""


@contextlib.contextmanager
def nginx(files):
    """Serves the bytes of `files` (name to bytes) as static files."""
    with tempfile.TemporaryDirectory(prefix="engage-bench-") as directory:
        root = pathlib.Path(directory)
        # Workers run as another user when nginx is started by root.
        root.chmod(0o755)
        (root / "files").mkdir()
        for name, data in files.items():
            (root / "files" / name).write_bytes(data)
        port = free_port()
        (root / "nginx.conf").write_text(NGINX_CONFIG.format(root=root, port=port))
        with started(["nginx", "-e", "stderr", "-p", directory, "-c", str(root / "nginx.conf")], port) as server:
            wait_for_answer(server, "/" + next(iter(files)))
            yield server
