"""The installed device: its service as systemd sees it, its header, and the laptop on its cable."""

import json
import os
import subprocess
import time

from board import BOOT_SECONDS, BoardError

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
SWITCHBACK = os.path.join(TOP, "scripts", "switchback")
UNIT = "switchback.service"
STATE_DIRECTORY = "/var/lib/switchback"
XOR = "01=1 11=0 10=1 00=0"
EXIT_BUSY = 5
EXIT_REFUSED = 8
ASK_SECONDS = 90
CLOCK_TICKS = 100  # Per second, in /proc.


class WrongError(Exception):
    """The device does not do what it should."""


def require(condition, text):
    if not condition:
        raise WrongError(text)


class Service:
    """The service on a board."""

    def __init__(self, board):
        self.board = board

    def properties(self, *names):
        lines = self.board.run("systemctl show %s -p %s" % (UNIT, ",".join(names))).splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def property(self, name):
        return self.properties(name)[name]

    def pid(self):
        return int(self.property("MainPID"))

    def restarts(self):
        return int(self.property("NRestarts"))

    def await_state(self, wanted, seconds=BOOT_SECONDS, **others):
        """Until ActiveState, and whatever else is named, is as wanted."""
        names = ["ActiveState", "SubState", "Result", "StatusText", *others]
        limit = time.monotonic() + seconds
        while True:
            now = self.properties(*names)
            if now["ActiveState"] == wanted and all(now[n] == v for n, v in others.items()):
                return now
            require(time.monotonic() < limit,
                    "the service is %s after %d s" % (now, seconds))
            time.sleep(0.1)

    def await_restart(self, restarts):
        """Until systemd has started it again."""
        limit = time.monotonic() + BOOT_SECONDS
        while self.restarts() == restarts:
            require(time.monotonic() < limit, "no restart within %d s" % BOOT_SECONDS)
            time.sleep(0.1)

    def await_ended(self):
        """Between an end and the restart: how it ended, and how the command behind it did."""
        self.await_state("activating", SubState="auto-restart")
        return self.properties("Result", "ExecStopPost", "ExecMainExitTimestampMonotonic")

    def control(self, verb):
        self.board.run("systemctl %s %s" % (verb, UNIT), BOOT_SECONDS)

    def drop_in(self, name, text):
        """Settings beside the unit's until the next boot; none takes them away."""
        directory = "/run/systemd/system/%s.d" % UNIT
        self.board.run("mkdir -p %s; rm -f %s/%s" % (directory, directory, name))
        if text:
            self.board.run("printf '%s' > %s/%s" % (text, directory, name))
        self.board.run("systemctl daemon-reload")

    def start_seconds(self):
        """From the start of the process until it says that it answers."""
        micros = self.properties("ExecMainStartTimestampMonotonic", "ActiveEnterTimestampMonotonic")
        begun, ready = (int(micros[name]) for name in (
            "ExecMainStartTimestampMonotonic", "ActiveEnterTimestampMonotonic"))
        return (ready - begun) / 1e6

    def memory_kib(self):
        """Resident, and its share of what it shares."""
        lines = self.board.run("grep -E '^(Rss|Pss):' /proc/%d/smaps_rollup" % self.pid())
        sizes = {line.split()[0]: int(line.split()[1]) for line in lines.splitlines()}
        return sizes["Rss:"], sizes["Pss:"]


    def led(self):
        return self.board.run("cat $header/sim_gpio22/value")

    def turn(self, position):
        """Puts both switches into a position, as 01, and lets the debounce pass."""
        self.board.run("turn A %s; turn B %s; pause 0.3" % (position[0], position[1]))

    def light(self):
        """Has the LED lit, so that one sees it go out."""
        self.turn("00")
        self.turn("01")
        require(self.led() == "1", "the LED is off in position 01")

    def require_positions(self):
        found = self.board.run("positions")
        require(found == XOR, "positions and LED: %s; expected: %s" % (found, XOR))
        return found

    def flip(self, flips):
        """Each as header.bash has them; the microseconds that the LED took, in order of size."""
        micros = self.board.run("flips " + " ".join(flips), 60 + 3 * len(flips)).split()
        wrong = micros.count("wrong")
        require(wrong == 0, "the LED was wrong after %d of %d flips" % (wrong, len(flips)))
        return sorted(int(each) for each in micros)

    def journal(self):
        """What the program itself logged since the boot."""
        lines = self.board.run("journalctl -b -o json --output-fields=MESSAGE,PRIORITY,_PID"
                               " _SYSTEMD_UNIT=%s" % UNIT).splitlines()
        return [json.loads(line) for line in lines if line]


def idle_cost(board, pid, seconds):
    """Of a process that nobody touches: wake-ups per second of all its threads, share of a core."""
    look = ("cut -d ' ' -f 14,15 /proc/%d/stat;"
            " cat /proc/%d/task/*/status 2>/dev/null | grep ctxt_switches" % (pid, pid))
    before, after = board.run(
        "%s; pause %d; echo --; %s" % (look, seconds, look), 60 + seconds).split("--")
    busy, wakes = (now - then for now, then in zip(spent(after), spent(before)))
    return wakes / seconds, busy / CLOCK_TICKS / seconds


def spent(look):
    ticks, *switches = look.strip().splitlines()
    return sum(map(int, ticks.split())), sum(int(line.split()[1]) for line in switches)


class Laptop:
    """Where the other end of the cable is, with the commands of this build."""

    def __init__(self, board, directory):
        self.board = board
        self.directory = directory
        self.networks = 0

    def begin(self, *words):
        environment = dict(os.environ, SWITCHBACK_PORT=self.board.port())
        return subprocess.Popen([SWITCHBACK, *words], env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def ask(self, *words, code=0):
        """What a command prints, after it returned what it should."""
        command = self.begin(*words)
        try:
            out, err = command.communicate(timeout=ASK_SECONDS)
        except subprocess.TimeoutExpired:
            command.kill()
            out, err = command.communicate()
            raise WrongError("'%s' takes more than %d s: %s" % (words[0], ASK_SECONDS, err))
        require(command.returncode == code, "'%s' returned %d, not %d: %s"
                % (" ".join(words), command.returncode, code, (out + err).strip()))
        return out if code == 0 else err

    def json(self, *words):
        return json.loads(self.ask(*words, "--json"))

    def status(self):
        status = self.json("status")
        require(status["state"] == "answering", "its state is '%s'" % status["state"])
        answers = status.get("truthTable", {}).get("answers")
        require(answers == "0110", "its network answers %s" % answers)
        return status

    def status_soon(self):
        """The LED answers first after a start; the cable opens some seconds later."""
        latest = time.monotonic() + ASK_SECONDS
        while True:
            try:
                return self.status()
            except WrongError:
                if time.monotonic() > latest:
                    raise

    def network(self, topology="2-2-1"):
        """Trains one that no device has, from a seed of its own."""
        self.networks += 1
        path = os.path.join(self.directory, "%s-%d.safetensors" % (topology, self.networks))
        activations = ["--activation", "tanh,tanh,sigmoid"] if topology.count("-") == 3 else []
        self.ask("train", "--topology", topology, *activations, "--seed",
                 str(1000 + self.networks), "--out", path)
        return path

    def public_key(self):
        """Of a pair that nothing was signed with."""
        path = os.path.join(self.directory, "owner.pem")
        if not os.path.exists(path):
            self.ask("keygen", path)
        with open(path.replace(".pem", ".pub.pem")) as file:
            return file.read()


def answering_slot(status):
    """The image that answers: slot 0."""
    slot = next(slot for slot in status["slots"] if slot["slot"] == 0)
    require("version" in slot, "no image in slot 0, weights: " + status["weights"])
    return slot


def slot_text(slot):
    return "%s %s %s" % (slot["version"], slot["hash"][:8], " ".join(slot["flags"]))


def unit_failure(board, error):
    """For whoever looks into a failure: all that the board can still say."""
    text = str(error) + "\n"
    for command in ("systemctl status --no-pager -l " + UNIT, "journalctl -b --no-pager -o short-precise",
                    "dmesg | tail -n 50", "df -h; ls -la %s; gpioinfo pinctrl-bcm2711" % STATE_DIRECTORY):
        try:
            text += "\n# %s\n%s\n" % (command, board.shell.run(command, 30)[1])
        except (BoardError, OSError, AttributeError) as silence:
            text += "\n# %s\n%s\n" % (command, silence)
            break
    return text
