"""Compares the time to the first answer and the memory of services.

    bench_start.py [--runs N] [--json] --program NAME 'COMMAND LINE' ...

Each program is started like a systemd service, pinned to one processor, and watched through its
notify socket. With READY=1 it sends X_FIRST_ANSWER_USEC, the monotonic time when the LED showed the
first answer; the result is the time from fork to that answer. Memory is measured after twelve
seconds. The programs run in turn; prints medians, and ratios to the last program.
"""

import argparse
import json
import os
import shlex
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

LIMIT_SECONDS = 60
SETTLE_SECONDS = 12  # Longer than our JVM waits before it returns unused memory.


class Failure(Exception):
    pass


def kilobytes(path, name):
    with open(path) as lines:
        for line in lines:
            if line.startswith(name + ":"):
                return int(line.split()[1])
    raise Failure(f"{path} has no {name}")


def await_answer(notifications, process, name):
    """Returns the monotonic time in seconds when the LED showed the first answer."""
    end = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        try:
            fields = dict(f.split("=", 1) for f in notifications.recv(4096).decode().split("\n"))
            if fields.get("READY") == "1":
                return int(fields["X_FIRST_ANSWER_USEC"]) / 1e6
        except socket.timeout:
            if process.poll() is not None:
                raise Failure(f"{name} ended with {process.returncode} before it was ready")
    raise Failure(f"{name} was not ready after {LIMIT_SECONDS} s")


def run(name, command):
    """Returns milliseconds to the first answer, and resident and proportional kB while it runs."""
    with tempfile.TemporaryDirectory() as directory, socket.socket(
        socket.AF_UNIX, socket.SOCK_DGRAM
    ) as notifications:
        path = os.path.join(directory, "notify")
        notifications.bind(path)
        notifications.settimeout(0.5)
        log = open(os.path.join(directory, "log"), "w+")
        begun = time.monotonic()
        process = subprocess.Popen(
            command,
            env=os.environ | {"NOTIFY_SOCKET": path},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=lambda: os.sched_setaffinity(0, {max(os.sched_getaffinity(0))}),
        )
        try:
            answered = await_answer(notifications, process, name)
            time.sleep(SETTLE_SECONDS)
            proc = f"/proc/{process.pid}/"
            return (
                1000 * (answered - begun),
                kilobytes(proc + "status", "VmRSS"),
                kilobytes(proc + "smaps_rollup", "Pss"),
            )
        except (Failure, OSError) as failure:
            log.seek(0)
            raise Failure(f"{failure}\n{log.read()}")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()
            log.close()


def table(rows):
    last = rows[-1]
    print(f"{'program':<28}{'first answer':>14}{'ratio':>8}{'resident':>13}{'ratio':>8}{'proportional':>15}")
    for row in rows:
        print(
            f"{row['program']:<28}{row['firstAnswerMillis']:>11.0f} ms"
            f"{row['firstAnswerMillis'] / last['firstAnswerMillis']:>8.2f}"
            f"{row['residentKb']:>10,} kB{row['residentKb'] / last['residentKb']:>8.2f}"
            f"{row['proportionalKb']:>12,} kB"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--program", nargs=2, action="append", required=True)
    options = parser.parse_args()
    found = {name: [] for name, _ in options.program}
    for turn in range(-1, options.runs):  # The first turn warms the page cache.
        print(f"\rstart: {max(turn, 0)} of {options.runs}", end="", file=sys.stderr, flush=True)
        for name, command in options.program:
            measured = run(name, shlex.split(command))
            if turn >= 0:
                found[name].append(measured)
    print("\r" + 30 * " " + "\r", end="", file=sys.stderr)
    rows = []
    for name, measured in found.items():
        millis, resident, proportional = zip(*measured)
        rows.append(
            {
                "program": name,
                "firstAnswerMillis": round(statistics.median(millis), 1),
                "firstAnswerMinMillis": round(min(millis), 1),
                "firstAnswerMaxMillis": round(max(millis), 1),
                "residentKb": int(statistics.median(resident)),
                "proportionalKb": int(statistics.median(proportional)),
                "runs": options.runs,
            }
        )
    if options.json:
        print(json.dumps({"schemaVersion": 1, "start": rows}))
    else:
        table(rows)


try:
    main()
except Failure as failure:
    sys.exit(f"bench: {failure}")
