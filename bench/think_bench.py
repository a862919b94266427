"""What a client notices beside throughput: 64 clients that pause, headers, idle connections, and stopping."""

import os
import selectors
import signal
import socket
import sys
import time

import http_client
import report
import servers
import wrk

CLIENTS = 64
PAUSE_SECONDS = 0.05
ONE_PROFILE = http_client.ENGAGE + "&page_size=1"
EVERY_PROFILE = http_client.ENGAGE


class PausingClient:
    """Connects, asks, reads the answer, pauses, asks again on the same connection."""

    def __init__(self, port, request, selector):
        self.request = request
        self.selector = selector
        self.answers = []
        self.asks_at = None
        self.asked_at = time.perf_counter()
        self.left = None
        self.head = b""
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.connect_ex(("127.0.0.1", port))
        self.selector.register(self.socket, selectors.EVENT_WRITE, self)

    def ask(self):
        self.asked_at, self.asks_at = time.perf_counter(), None
        self._send()

    def _send(self):
        self.socket.send(self.request)
        self.selector.modify(self.socket, selectors.EVENT_READ, self)

    def proceed(self, events):
        if events & selectors.EVENT_WRITE:
            # The first answer counts from the connect.
            self._send()
            return
        data = self.socket.recv(1 << 20)
        if not data:
            raise ConnectionError("the server closed a connection that was kept alive")
        if self.left is None:
            self.head += data
            head, separator, body = self.head.partition(b"\r\n\r\n")
            if not separator:
                return
            self.left = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]) - len(body)
            self.head = b""
        else:
            self.left -= len(data)
        if self.left == 0:
            now = time.perf_counter()
            self.answers.append(now - self.asked_at)
            self.left, self.asks_at = None, now + PAUSE_SECONDS


def pausing_clients(server, target, seconds):
    selector = selectors.DefaultSelector()
    request = http_client.request_bytes(target)
    clients = [PausingClient(server.port, request, selector) for _ in range(CLIENTS)]
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for key, events in selector.select(0.001):
            key.data.proceed(events)
        now = time.perf_counter()
        for client in clients:
            if client.asks_at is not None and client.asks_at <= now:
                client.ask()
    for client in clients:
        client.socket.close()
    return [client.answers for client in clients]


def think(server, rounds, seconds):
    for name, target in (("1 profile", ONE_PROFILE), ("1,000 profiles", EVERY_PROFILE)):
        runs = [pausing_clients(server, target, seconds) for _ in range(rounds)]
        never = sum(not answers for run in runs for answers in run)
        slowest_first = report.median([max((answers[0] for answers in run if answers), default=0) for run in runs]) * 1000
        later = [answer * 1000 for run in runs for answers in run for answer in answers[1:]]
        print(f"{CLIENTS} clients that pause {PAUSE_SECONDS * 1000:.0f} ms, {name}: "
              f"{len(later)} later answers, median {report.median(later):.2f} ms, slowest {max(later):.1f} ms")
        report.print_goal(f"{name}: clients never served", never, "0", never == 0)
        report.print_goal(f"{name}: slowest first answer, median of {rounds} bursts", f"{slowest_first:.1f} ms", "at most 50 ms", slowest_first <= 50)


HEADERS = {
    "plain": (),
    "Accept-Encoding: gzip, deflate, br": ("Accept-Encoding: gzip, deflate, br",),
    "Accept-Encoding: br": ("Accept-Encoding: br",),
    "Connection: keep-alive": ("Connection: keep-alive",),
    "browser headers": ("User-Agent: Mozilla/5.0", "Accept: */*", "Accept-Language: en", "Cookie: a=b", "Origin: http://localhost:3000"),
}


def median_latency(server, target, headers, requests=300):
    connection = http_client.Connection(server.port)
    request = http_client.request_bytes(target, *headers)
    times = []
    for _ in range(requests):
        begin = time.perf_counter()
        connection.get(request)
        times.append(time.perf_counter() - begin)
    connection.close()
    return report.median(times) * 1e6


def headers_and_connections(server, rounds):
    for name, target in (("1 profile", ONE_PROFILE), ("1,000 profiles", EVERY_PROFILE)):
        times = {variant: [] for variant in [*HEADERS, "64 idle connections beside"]}
        for _ in range(rounds):
            for variant, headers in HEADERS.items():
                times[variant].append(median_latency(server, target, headers))
            idle = idle_connections(server)
            times["64 idle connections beside"].append(median_latency(server, target, ()))
            for connection in idle:
                connection.close()
        for variant, values in times.items():
            ratio = report.median([value / plain for value, plain in zip(values, times["plain"])])
            report.print_goal(f"{name}, {variant}", f"median {report.median(values):.0f} us, {ratio:.2f}x", "at most 2x of plain", ratio <= 2)


def new_connections(emulator, nginx, rounds, seconds):
    """A connection for each request costs the kernel more than the answer: nginx shows how much."""
    ratios = {"emulator": [], "nginx": []}
    for _ in range(rounds):
        for name, server, target in (("nginx", nginx, "/page1"), ("emulator", emulator, ONE_PROFILE)):
            kept, closed = (wrk.run(server, target, 1, seconds, headers).p50_ms for headers in ((), ("Connection: close",)))
            ratios[name].append(closed / kept)
    ours, theirs = report.median(ratios["emulator"]), report.median(ratios["nginx"])
    measured = f"{ours:.2f}x of keep-alive (nginx: {theirs:.2f}x)"
    report.print_goal("1 profile, Connection: close", measured, "at most 2x, or nginx's own ratio", ours <= max(2, theirs))


def idle_connections(server):
    request = http_client.request_bytes(ONE_PROFILE)
    connections = [http_client.Connection(server.port) for _ in range(CLIENTS)]
    for connection in connections:
        connection.get(request)
    return connections


def stop_ms():
    with servers.emulator("--no-rate-limit") as server:
        servers.wait_for_answer(server, ONE_PROFILE)
        idle = idle_connections(server)
        begin = time.perf_counter()
        os.kill(server.process.pid, signal.SIGTERM)
        server.process.wait()
        elapsed = (time.perf_counter() - begin) * 1000
        for connection in idle:
            connection.close()
        return elapsed


def main(rounds, seconds):
    report.print_head(f"think, {rounds} rounds of {seconds} s")
    with servers.emulator("--no-rate-limit") as server:
        servers.wait_for_answer(server, ONE_PROFILE)
        think(server, rounds, seconds)
        headers_and_connections(server, rounds)
        with servers.nginx({"page1": http_client.get(server.port, ONE_PROFILE)[1]}) as nginx:
            new_connections(server, nginx, rounds, seconds)
    stops = [stop_ms() for _ in range(rounds)]
    slowest = max(stops)
    report.print_goal(f"SIGTERM to exit with {CLIENTS} idle connections, slowest of {rounds}", f"{slowest:.1f} ms", "at most 100 ms", slowest <= 100)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, int(sys.argv[2]) if len(sys.argv) > 2 else 2)
