#!/usr/bin/env python3
"""Measures deployments over a line that is as fast as a serial one: sb into load, and deploy."""

import argparse
import hashlib
import os
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import termios
import threading
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
SWITCHBACK = os.path.join(TOP, "scripts", "switchback")
PACED_LINE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "paced_line.py")
PROMPT = b"switchback> "
LIMIT_SECONDS = 120


def fail(text):
    sys.exit("bench-cable: " + text)


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        fail(" ".join(command) + " returned " + str(done.returncode) + ":\n" + done.stderr)
    return done.stdout


class Images:
    """Weight images that answer XOR, each with a version of its own: none is uploaded twice."""

    def __init__(self, directory, topology, *options):
        self.network = os.path.join(directory, topology + ".safetensors")
        self.count = 0
        run(SWITCHBACK, "train", "--topology", topology, "--out", self.network, *options)

    def bytes(self):
        return os.path.getsize(self.next())

    def next(self):
        self.count += 1
        image = self.network.replace(".safetensors", "-%d.img" % self.count)
        run(SWITCHBACK, "convert", "--image-version", "1.0.%d" % self.count, self.network, image)
        return image


class Line:
    """Two ports, joined at the speed of a baud rate."""

    def __init__(self, directory, baud):
        self.baud = baud
        self.laptop = os.path.join(directory, "laptop-%d" % baud)
        self.device = os.path.join(directory, "device-%d" % baud)
        self.process = subprocess.Popen(
            [sys.executable, PACED_LINE, str(baud), self.laptop, self.device])
        until(lambda: os.path.exists(self.laptop) and os.path.exists(self.device), "the line")

    def wire_seconds(self, length):
        return length * 10 / self.baud

    def raw_seconds(self, content):
        """How long the content itself takes from one end to the other."""
        sender = os.open(self.laptop, os.O_RDWR | os.O_NOCTTY)
        receiver = os.open(self.device, os.O_RDWR | os.O_NOCTTY)
        start = time.monotonic()
        thread = threading.Thread(target=write_all, args=(sender, content))
        thread.start()
        received = hashlib.sha256()
        left = len(content)
        while left > 0:
            block = os.read(receiver, 65536)
            received.update(block)
            left -= len(block)
        seconds = time.monotonic() - start
        thread.join()
        os.close(sender)
        os.close(receiver)
        if received.digest() != hashlib.sha256(content).digest():
            fail("the line does not carry what is sent")
        return seconds

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def write_all(fd, content):
    while content:
        content = content[os.write(fd, content):]


def until(condition, what):
    limit = time.monotonic() + LIMIT_SECONDS
    while not condition():
        if time.monotonic() > limit:
            fail(what + " does not come up")
        time.sleep(0.05)


class Person:
    """Somebody with a terminal program at the laptop's end of a line, while no command has it."""

    def __init__(self, port):
        self.fd = os.open(port, os.O_RDWR | os.O_NOCTTY)
        termios.tcflush(self.fd, termios.TCIFLUSH)

    def types(self, keys, end, seconds):
        """What comes until `end` does, or until nothing comes for so long."""
        os.write(self.fd, keys)
        screen = b""
        while end not in screen and select.select([self.fd], [], [], seconds)[0]:
            screen += os.read(self.fd, 4096)
        return screen

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.fd)


class Device:
    """A device at the other end of a line, and what is done to it from the laptop's."""

    def __init__(self, directory, line):
        self.line = line
        self.log = open(os.path.join(directory, "device-%d.log" % line.baud), "wb")
        state = os.path.join(directory, "state-%d" % line.baud)
        self.process = subprocess.Popen(
            [SWITCHBACK, "run", "--board", "sim", "--state-dir", state,
             "--port", line.device, "--baud", str(line.baud)],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def has_prompt(self):
        with Person(self.line.laptop) as person:
            return PROMPT in person.types(b"\r", PROMPT, 0.5)

    def ymodem_seconds(self, image, *options):
        with Person(self.line.laptop) as person:
            person.types(b"\r", PROMPT, 5)
            os.write(person.fd, b"load\r")
            start = time.monotonic()
            sent = subprocess.run(
                ["sb", "-q", *options, image],
                stdin=person.fd, stdout=person.fd, timeout=LIMIT_SECONDS)
            seconds = time.monotonic() - start
            screen = person.types(b"", PROMPT, 5)
        if sent.returncode != 0 or b"loaded, %d bytes" % os.path.getsize(image) not in screen:
            fail("sb returned %d, the device said %r" % (sent.returncode, screen))
        return seconds

    def deploy_seconds(self, image):
        """Of the whole command, and of its upload alone."""
        start = time.monotonic()
        command = subprocess.Popen(
            [SWITCHBACK, "deploy", image, "--port", self.line.laptop,
             "--baud", str(self.line.baud)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        began = {}
        for row in command.stderr:
            began[row.strip()] = time.monotonic()
        out = command.stdout.read()
        code = command.wait()
        seconds = time.monotonic() - start
        if code != 0 or "confirmed: " not in out:
            fail("deploy returned %d:\n%s\n%s" % (code, "\n".join(began), out))
        return seconds, began["verify the hash"] - began["upload"]

    def __enter__(self):
        until(self.has_prompt, "the device")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(LIMIT_SECONDS)
        self.log.close()


class Table:
    """Medians of what was measured, as rows of a Markdown table."""

    def __init__(self):
        print("| what | baud | median | lowest | highest | of the wire time |")
        print("|---|---|---|---|---|---|", flush=True)

    def row(self, what, baud, seconds, wire_seconds=None):
        middle = statistics.median(seconds)
        ratio = "%.3f" % (middle / wire_seconds) if wire_seconds else ""
        print("| %s | %d | %.2f s | %.2f s | %.2f s | %s |" % (
            what, baud, middle, min(seconds), max(seconds), ratio), flush=True)


def measure(directory, table, baud, runs, wide, small):
    image = wide.next()
    with open(image, "rb") as file:
        content = file.read()
    with Line(directory, baud) as line:
        wire = line.wire_seconds(len(content))
        table.row("raw", baud, [line.raw_seconds(content)], wire)
        with Device(directory, line) as device:
            for options, what in (["-k"], "`sb -k` into `load`"), ([], "`sb` into `load`"):
                seconds = [device.ymodem_seconds(wide.next(), *options) for _ in range(runs)]
                table.row(what, baud, seconds, wire)
            both = [device.deploy_seconds(wide.next()) for _ in range(runs)]
            table.row("`deploy`, its upload", baud, [upload for _, upload in both], wire)
            table.row("`deploy`, the whole command", baud, [whole for whole, _ in both], wire)
            xor = [device.deploy_seconds(small.next())[0] for _ in range(3 * runs)]
            table.row("`deploy` of 2-2-1, the whole command", baud, xor)


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench-cable", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="of each row; 3")
    parser.add_argument("--baud", type=int, nargs="+", default=[115200, 921600])
    options = parser.parse_args()
    directory = tempfile.mkdtemp(prefix="bench-cable-")
    try:
        wide = Images(directory, "2-314-314-1", "--activation", "tanh,tanh,sigmoid")
        small = Images(directory, "2-2-1")
        print("a weight image of %d bytes" % wide.bytes())
        table = Table()
        for baud in options.baud:
            measure(directory, table, baud, options.runs, wide, small)
    finally:
        shutil.rmtree(directory)


main()
