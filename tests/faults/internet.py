"""A small internet: a server's namespace in the middle, and two homes behind a router each.

    customer -- wire -- router (NAT) -- the middle -- router (NAT) -- wire -- representative

The wires are those of `wires`; the rest is the kernel's: virtual Ethernet, forwarding, and nftables for the NAT.
"""

import json
import os
import shutil
import subprocess
import sys
from typing import Any, Self

from tests.signaling.process import environment

SERVER = "192.0.2.1"
HOMES = {"customer": ("192.168.1", "198.51.100"), "representative": ("192.168.2", "203.0.113")}
"""By name: the network at home, and the one between router and middle."""
NATS = {"cone": "masquerade", "symmetric": "masquerade fully-random"}
_TOOLS = ("ip", "nft", "turnserver", "openssl", "bash")
_FORWARD = ("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward")


def obstacle() -> str:
    """Why there can be no such internet on this machine, or ""."""
    missing = [tool for tool in _TOOLS if not _found(tool)]
    if missing:
        return f"not installed: {', '.join(missing)}"
    if os.geteuid():
        return "network namespaces need root"
    if not os.access("/dev/net/tun", os.R_OK | os.W_OK):
        return "no /dev/net/tun"
    name = f"deskside-{os.getpid()}-try"
    try:
        _run("ip", "netns", "add", name)
        _run("ip", "netns", "exec", name, *_FORWARD)
        _run("ip", "netns", "exec", name, "nft", "add table ip try")
    except subprocess.CalledProcessError as error:
        return f"network namespaces are not allowed here: {error.stderr.strip()}"
    finally:
        subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)
    return ""


def _found(tool: str) -> bool:
    return bool(shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin"))


def _run(*command: str) -> str:
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=os.environ | {"PATH": path})
    return done.stdout


class Internet:
    """Use it in a `with`, which takes it down again."""

    def __init__(self, nat: str = "cone") -> None:
        self._prefix = f"deskside-{os.getpid()}-"
        self._names: list[str] = []
        self._wires: subprocess.Popen[str] | None = None
        self._hosts = dict.fromkeys(HOMES, 2)
        self.nat = nat

    def __enter__(self) -> Self:
        try:
            self._build()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._wires and self._wires.stdin:
            self._wires.stdin.close()
            self._wires.wait(10)
            self._wires.stdout.close()  # type: ignore[union-attr]  # it is a pipe
        for name in reversed(self._names):
            subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)

    # --- what it is made of ------------------------------------------------------------------------

    def command(self, place: str) -> list[str]:
        """What a command begins with that is to run at `middle`, `customer` or `representative`."""
        return ["ip", "netns", "exec", self._prefix + place]

    def _at(self, place: str, *command: str) -> str:
        return _run(*self.command(place), *command)

    def _build(self) -> None:
        self._add("middle")
        self._at("middle", *_FORWARD)
        self._at("middle", "ip", "address", "add", SERVER + "/32", "dev", "lo")
        plan = {}
        for home, (_, outside) in HOMES.items():
            self._add(home)
            router = home + "-router"
            self._add(router)
            self._at(router, *_FORWARD)
            ends = ("netns", self._prefix + router, "type", "veth", "peer", "name", home[:8])
            _run("ip", "link", "add", "wan", *ends, "netns", self._prefix + "middle")
            self._up("middle", home[:8], outside + ".1/24")
            self._up(router, "wan", outside + ".2/24", outside + ".1")
            plan[home] = [[self._prefix + home, "up"], [self._prefix + router, "lan"]]
        command = [sys.executable, "-m", "tests.faults.wires", json.dumps(plan)]
        pipe = subprocess.PIPE
        self._wires = subprocess.Popen(command, env=environment(), stdin=pipe, stdout=pipe, text=True)
        self._answered()
        for home, (inside, _) in HOMES.items():
            self._up(home + "-router", "lan", inside + ".1/24")
            self._up(home, "up", inside + ".2/24", "")
            self.set_nat(home, self.nat)

    def _add(self, place: str) -> None:
        _run("ip", "netns", "add", self._prefix + place)
        self._names.append(self._prefix + place)
        self._at(place, "ip", "link", "set", "dev", "lo", "up")

    def _up(self, place: str, interface: str, address: str, gateway: str | None = None) -> None:
        self._at(place, "ip", "address", "add", address, "dev", interface)
        self._at(place, "ip", "link", "set", "dev", interface, "up")
        if gateway is not None:
            way = ("via", gateway) if gateway else ("dev", interface)
            self._at(place, "ip", "route", "replace", "default", *way)

    # --- what happens to it ------------------------------------------------------------------------

    def set_nat(self, home: str, nat: str, udp: bool = True) -> None:
        """The router's NAT: cone keeps the port towards everybody, symmetric draws another for each; and whether it
        lets UDP through. Whoever was not spoken to first gets no answer from it."""
        rules = f"""
            flush ruleset
            table ip home {{
              chain leave {{ type nat hook postrouting priority srcnat; oifname "wan" {NATS[nat]}; }}
              chain enter {{
                type filter hook input priority filter;
                iifname "wan" ct state established,related accept
                iifname "wan" drop
              }}
              chain pass {{
                type filter hook forward priority filter;
                {"" if udp else "meta l4proto udp drop"}
              }}
            }}"""
        self._at(home + "-router", "nft", rules)

    def wire(self, home: str, **how: Any) -> None:
        """Change a wire: `delay` one way in seconds, `loss` from 0 to 1 each way, `cut`, `rate`, `seed`."""
        assert self._wires and self._wires.stdin
        self._wires.stdin.write(json.dumps({"wire": home} | how) + "\n")
        self._wires.stdin.flush()
        self._answered()

    def _answered(self) -> None:
        assert self._wires and self._wires.stdout
        if self._wires.stdout.readline() != "{}\n":
            raise RuntimeError("the wires have ended")

    def move(self, home: str) -> None:
        """Another address at home, and the router gives it other ports: like one network left for another."""
        inside, old = HOMES[home][0], self._hosts[home]
        self._hosts[home] = old % 200 + 3
        self._at(home, "ip", "address", "delete", f"{inside}.{old}/24", "dev", "up")
        self._up(home, "up", f"{inside}.{self._hosts[home]}/24", "")
