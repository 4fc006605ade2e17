"""Runs the acceptance on the virtual board; scripts/virtual-board is how to call it."""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import textwrap
import time

from acceptance import Acceptance
from board import Board, BoardError, stick
from device import TOP, WrongError, unit_failure
from mending import Mending
from pins import Pins
from power_cuts import PowerCuts
from teaching import Teaching

NAME_COLUMNS = 12
SEEN_COLUMNS = 84


def rows(acceptance, options):
    """Name, and what is done; --quick does with the first of each."""
    cuts = 1 if options.quick else options.cuts
    every = [
        ("install", acceptance.install),
        ("boot", acceptance.boot),
        ("positions", acceptance.positions),
        ("status", acceptance.status),
        ("deploy", acceptance.deploy),
        ("flips", acceptance.flips),
        ("pins", lambda: Pins(acceptance).run()),
        ("teaching", lambda: Teaching(acceptance).run()),
        ("retrain", acceptance.retrain),
        ("unplug", acceptance.unplug),
        ("stop", acceptance.stop),
        ("crash", acceptance.crash),
        ("watchdog", acceptance.watchdog),
        ("clock", acceptance.clock),
        ("read-only", acceptance.read_only),
        ("full-disk", acceptance.full_disk),
        ("journal", acceptance.journal),
        ("cost", acceptance.cost),
        ("idle", acceptance.idle),
        ("mended", lambda: Mending(acceptance).run()),
        ("power-cuts", lambda: PowerCuts(acceptance).run(cuts)),
    ]
    names = [name for name, _ in every]
    wanted = options.only or (["positions", "deploy", "power-cuts"] if options.quick else names)
    for name in wanted:
        if name not in names:
            sys.exit("--only '%s': one of %s expected" % (name, ", ".join(names)))
    return [row for row in every if row[0] in ("install", "boot") or row[0] in wanted]


class Run:
    """One run: its rows, what they saw, and what is told meanwhile on standard error."""

    def __init__(self, options):
        self.options = options
        self.directory = os.path.join(TOP, "target", "virtual-board")
        shutil.rmtree(self.directory, ignore_errors=True)
        os.makedirs(self.directory)
        self.began = time.monotonic()
        self.results = []

    def tell(self, text):
        minutes, seconds = divmod(int(time.monotonic() - self.began), 60)
        print("%3d:%02d  %s" % (minutes, seconds, text), file=sys.stderr, flush=True)

    def all(self):
        options = self.options
        self.tell("seed %d" % options.seed)
        board = Board(options.kernel, options.image,
                      stick(self.directory, [options.package, options.agent]), self.directory)
        acceptance = Acceptance(board, options.package, options.agent, self.directory,
                                options.seed, options.flips, self.tell)
        try:
            for name, action in rows(acceptance, options):
                self.row(name, action, acceptance)
                if name == "install" and not self.results[-1]["passed"]:
                    break
        finally:
            board.cut_power()
            for large in ("disk.qcow2", "stick.img"):
                os.remove(os.path.join(self.directory, large))

    def row(self, name, action, acceptance):
        self.tell(name + " ...")
        began = time.monotonic()
        try:
            if name not in ("install", "boot"):
                acceptance.prepare()
            seen, passed = action(), True
        except (WrongError, BoardError, OSError, KeyError, ValueError) as error:
            seen, passed = str(error) or repr(error), False
            self.keep(name, unit_failure(acceptance.board, repr(error)))
        self.results.append({"name": name, "passed": passed, "seen": " ".join(seen.split()),
                             "seconds": round(time.monotonic() - began, 1)})
        self.tell("%s: %s" % (name, "PASS" if passed else "FAIL " + self.results[-1]["seen"]))

    def keep(self, name, text):
        with open(os.path.join(self.directory, name + ".txt"), "w") as file:
            file.write(text)

    def passed(self):
        return all(result["passed"] for result in self.results)

    def print(self):
        if self.options.json:
            print(json.dumps({"schemaVersion": 1, "passed": self.passed(),
                              "seed": self.options.seed, "rows": self.results}))
            return
        for result in self.results:
            lines = textwrap.wrap(result["seen"], SEEN_COLUMNS) or [""]
            print("%-*s %s  %6.1f s  %s" % (NAME_COLUMNS, result["name"],
                                            "PASS" if result["passed"] else "FAIL",
                                            result["seconds"], lines[0]))
            for line in lines[1:]:
                print(" " * (NAME_COLUMNS + 17) + line)
        failed = sum(not result["passed"] for result in self.results)
        print("%d rows, %d failed, seed %d, %.0f min" % (
            len(self.results), failed, self.options.seed, (time.monotonic() - self.began) / 60))
        if failed:
            print("what the board said is in " + os.path.relpath(self.directory))


def main():
    parser = argparse.ArgumentParser(prog="scripts/virtual-board", add_help=False)
    parser.add_argument("--kernel", required=True)
    parser.add_argument("--image", required=True)
    parser.add_argument("--package", required=True)
    parser.add_argument("--agent", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--cuts", type=int, default=30)
    parser.add_argument("--flips", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    parser.add_argument("--only", type=lambda text: text.split(","))
    run = Run(parser.parse_args())
    # The emulator does not outlive this, however it ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        run.all()
    except KeyboardInterrupt:
        sys.exit(130)
    run.print()
    sys.exit(0 if run.passed() else 1)


main()
