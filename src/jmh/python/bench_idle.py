"""Measures what a service costs that nobody touches.

    bench_idle.py [--seconds N] [--json] 'COMMAND LINE'

The service is started like one of systemd, on the simulated board, first without a cable, then with
one: a pseudo-terminal, open at both ends. After a minute, prints for each of its threads how often
per second the kernel has switched to it, and the share of a processor that all of them took. The
command line is given --config and --state-dir.
"""

import argparse
import json
import os
import pty
import shlex
import socket
import subprocess
import sys
import tempfile
import time
import tty

LIMIT_SECONDS = 60
SETTLE_SECONDS = 60
WATCHDOG_MICROS = 10_000_000  # As in the unit.


class Look:
    """Switches to each thread, and processor seconds of all, so far."""

    def __init__(self, process):
        self.seconds = time.monotonic()
        self.switches = {}
        self.names = {}
        directory = f"/proc/{process.pid}/task"
        for thread in os.listdir(directory):
            with open(f"{directory}/{thread}/status") as file:
                status = dict(line.split(":", 1) for line in file)
            self.names[thread] = status["Name"].strip()
            self.switches[thread] = sum(
                int(status[name]) for name in ("voluntary_ctxt_switches", "nonvoluntary_ctxt_switches")
            )
        with open(f"/proc/{process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        self.busy = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def row(name, before, after):
    seconds = after.seconds - before.seconds
    rates = {}
    for thread, count in after.switches.items():
        label = after.names[thread]
        rates[label] = rates.get(label, 0) + (count - before.switches.get(thread, 0)) / seconds
    return {
        "service": name,
        "wakesPerSecond": round(sum(rates.values()), 2),
        "busyPercent": round(100 * (after.busy - before.busy) / seconds, 3),
        "threads": len(after.switches),
        "byThread": {label: round(rate, 2) for label, rate in sorted(
            rates.items(), key=lambda each: -each[1]) if rate > 0},
    }


def listen(notifications, seconds):
    """Passes the time. The service would wait for us if nobody took its notifications."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        notifications.settimeout(left)
        try:
            notifications.recv(4096)
        except socket.timeout:
            pass


def measure(name, command, seconds, has_cable):
    with tempfile.TemporaryDirectory() as directory, socket.socket(
        socket.AF_UNIX, socket.SOCK_DGRAM
    ) as notifications:
        path = os.path.join(directory, "notify")
        notifications.bind(path)
        notifications.settimeout(LIMIT_SECONDS)
        settings = "board = sim\n"
        ends = pty.openpty() if has_cable else ()
        for end in ends:
            tty.setraw(end)
        if has_cable:
            settings += f"port = {os.ttyname(ends[1])}\n"
        configuration = os.path.join(directory, "switchback.properties")
        with open(configuration, "w") as file:
            file.write(settings)
        log = open(os.path.join(directory, "log"), "w+")
        process = subprocess.Popen(
            command + ["--config", configuration, "--state-dir", os.path.join(directory, "state")],
            env=os.environ | {"NOTIFY_SOCKET": path, "WATCHDOG_USEC": str(WATCHDOG_MICROS)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            while b"READY=1" not in notifications.recv(4096):
                pass
            listen(notifications, SETTLE_SECONDS)
            before = Look(process)
            listen(notifications, seconds)
            return row(name, before, Look(process))
        except OSError as failure:
            log.seek(0)
            sys.exit(f"bench: {name}: {failure}\n{log.read()}")
        finally:
            process.terminate()
            process.wait()
            log.close()
            for end in ends:
                os.close(end)


def table(rows):
    for each in rows:
        print(
            f"{each['service']}: {each['wakesPerSecond']:.1f} wake-ups per second,"
            f" {each['busyPercent']:.2f} % of a processor, {each['threads']} threads"
        )
        for label, rate in each["byThread"].items():
            print(f"{rate:10.2f}  {label}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("command")
    options = parser.parse_args()
    command = shlex.split(options.command)
    rows = [
        measure("without a cable", command, options.seconds, False),
        measure("with a cable", command, options.seconds, True),
    ]
    if options.json:
        print(json.dumps({"schemaVersion": 1, "idle": rows}))
    else:
        table(rows)


main()
