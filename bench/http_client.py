"""One keep-alive connection over a raw socket: the client must cost less than what it measures."""

import base64
import socket

PROJECT = 2195193
CREDENTIALS = "demo.5f3a1c.mp-service-account:demo-secret"
AUTHORIZATION = "Basic " + base64.b64encode(CREDENTIALS.encode()).decode()
ENGAGE = f"/api/query/engage?project_id={PROJECT}"


def request_bytes(target, *headers):
    lines = [f"GET {target} HTTP/1.1", "Host: 127.0.0.1", f"Authorization: {AUTHORIZATION}", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


class Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray(1 << 20)

    def close(self):
        self.socket.close()

    def get(self, request):
        """Sends the request; status and body of the answer once it is whole."""
        self.socket.sendall(request)
        view = memoryview(self.buffer)
        filled = 0
        while (end := self.buffer.find(b"\r\n\r\n", 0, filled)) < 0:
            filled += self._receive(view[filled:])
        head = bytes(self.buffer[:end]).lower()
        size = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        body = bytearray(self.buffer[end + 4 : filled])
        while len(body) < size:
            count = self._receive(view)
            body += view[:count]
        return int(head.split()[1]), bytes(body)

    def _receive(self, view):
        count = self.socket.recv_into(view)
        if count == 0:
            raise ConnectionError("the server closed the connection")
        return count


def get(port, target, *headers):
    connection = Connection(port)
    try:
        return connection.get(request_bytes(target, *headers))
    finally:
        connection.close()
