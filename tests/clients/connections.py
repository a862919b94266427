"""Under `engage-emulator exec`: what `ss -tup` would show while clients hold connections and others were refused. Prints, for the emulator,
this process and a node, the addresses at the other end of their sockets."""
import os
import pathlib
import socket
import struct
import subprocess

import requests

NODE = """
const agent = new (require('https').Agent)({keepAlive: true});
require('https').get('https://mixpanel.com/livez', {agent}, answer => answer.resume().on('end', () =>
    fetch('https://example.com/').catch(() => console.log('connected'))));
process.stdin.resume();
"""


def address(hexadecimal):
    """Of /proc/net: words of four bytes in the machine's order."""
    words = [int(hexadecimal[i : i + 8], 16) for i in range(0, len(hexadecimal), 8)]
    packed = b"".join(struct.pack("=I", word) for word in words)
    text = socket.inet_ntop(socket.AF_INET if len(packed) == 4 else socket.AF_INET6, packed)
    return text.removeprefix("::ffff:")


def sockets_of_machine():
    """Of each inode the other end, unless it has none."""
    others = {}
    for kind in ["tcp", "tcp6", "udp", "udp6"]:
        for line in pathlib.Path("/proc/net", kind).read_text().splitlines()[1:]:
            fields = line.split()
            other, port = fields[2].split(":")
            if port != "0000":
                others[fields[9]] = address(other)
    return others


def peers(pid):
    others = sockets_of_machine()
    found = set()
    for descriptor in pathlib.Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = os.readlink(descriptor)
        except FileNotFoundError:  # The one that listed them.
            continue
        if target.startswith("socket:["):
            found.add(others.get(target[8:-1]))
    return " ".join(sorted(found - {None}))


def emulator():
    """The command's parent only guards it."""
    status = pathlib.Path(f"/proc/{os.getppid()}/status").read_text()
    return status.split("PPid:")[1].split()[0]


session = requests.Session()
session.get("https://mixpanel.com/livez")
session.get("http://mixpanel.com/livez")
refused = session.get("http://example.com/")
node = subprocess.Popen(["node", "-e", NODE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
node.stdout.readline()
print("refused", refused.status_code)
print("emulator", peers(emulator()))
print("requests", peers(os.getpid()))
print("node", peers(node.pid))
node.stdin.close()
node.wait()
