"""What keeps the service from starting, and that it answers by itself once that is mended."""

import json
import time

from device import STATE_DIRECTORY, UNIT, require

CONFIGURATION = "/etc/switchback/switchback.properties"
KEY = "/etc/switchback/owner.pub.pem"
SAVED = "/run/switchback.properties"
JAVA = "/usr/lib/jvm"

EXIT_USAGE = 2
EXIT_FAULT_FOUND = 10
WAITING_SECONDS = 60
MENDED_SECONDS = 90

# At last one start a minute; each has a handful of lines, systemd's included.
MAX_LINES_OF_A_START = 12
BACKED_OFF_RESTARTS = 6  # RestartSteps=5 of the unit, and one behind.


class Mending:
    """Breaks what a service needs, one thing after the other, and mends it again.

    What mends it is the command that the doctor tells, unless that wants a person.
    """

    def __init__(self, acceptance):
        self.acceptance = acceptance
        self.board = acceptance.board
        self.service = acceptance.service
        self.laptop = acceptance.laptop
        self.tell = acceptance.tell
        self.most_lines = 0

    def run(self):
        self.board.run("cp -p %s %s" % (CONFIGURATION, SAVED))
        put_away = "rm %s && " % CONFIGURATION
        seen = [
            self.configuration("unreadable", "chown root: {0}; chmod 600 {0}", "permission denied"),
            self.configuration("zeros", "truncate -s 0 {0}; truncate -s 300 {0}", "key = value"),
            self.configuration("gone", put_away + "true", "there is no such file"),
            self.configuration("a pipe", put_away + "mkfifo {0}", "is a pipe or a device"),
            self.key("no key", "rm -f " + KEY, "there is no such file"),
            self.key("a pipe as key", "rm -f %s; mkfifo %s" % (KEY, KEY), "is a pipe or a device"),
        ]
        java = self.java()
        owner = self.state_of_root()
        pipes = self.pipes()
        return ("back after %s; at most %d lines of a start; %s; %s; %s" % (
            ", ".join(seen), self.most_lines, java, owner, pipes))

    # ---- the configuration -------------------------------------------------------------------

    def configuration(self, name, breaking, told):
        """Broken while it answers, which then dies: what is behind a crash does its work too."""
        self.tell(name)
        self.service.control("restart")
        self.board.run(breaking.format(CONFIGURATION))
        began = self.board.run("date +%s")
        self.board.run("kill -9 %d" % self.service.pid())
        end = self.service.await_ended()
        self.acceptance.require_led_off(end)
        self.await_waiting(told)
        mend = self.doctor("configuration", CONFIGURATION)
        return "%s %.0f s" % (name, self.mended(began, mend))

    def key(self, name, breaking, told):
        """Broken before a start that a person asks for. What mends it is to bring the key."""
        self.tell(name)
        pem = self.laptop.public_key()
        self.board.run("%s; sed -i 's|^public-key *=.*|public-key = %s|' %s"
                       % (breaking, KEY, CONFIGURATION))
        began = self.board.run("date +%s")
        self.board.run("systemctl --no-block restart " + UNIT)
        self.await_waiting(told)
        require(self.doctor("configuration", KEY) == "sudoedit " + CONFIGURATION,
                "the doctor does not tell what to edit")
        seconds = self.mended(began, "rm -f %s; printf '%%b' '%s' >%s" % (
            KEY, pem.replace("\n", "\\n"), KEY))
        self.board.run("cp -p %s %s; rm %s" % (SAVED, CONFIGURATION, KEY))
        return "%s %.0f s" % (name, seconds)

    def await_waiting(self, told):
        """Until it waits for its next start, and systemd shows why."""
        limit = time.monotonic() + WAITING_SECONDS
        while True:
            now = self.service.properties("ActiveState", "SubState", "StatusText")
            require(now["ActiveState"] != "failed", "the unit has given up: %s" % now)
            if now["SubState"] == "auto-restart" and told in now["StatusText"]:
                require(now["StatusText"].startswith("cannot start: "), now["StatusText"])
                return
            require(time.monotonic() < limit, "it does not say '%s': %s" % (told, now))
            time.sleep(0.1)

    def doctor(self, check, named):
        """The command that mends what a check has found."""
        code, printed = self.board.shell.run("switchback doctor --json 2>/dev/null")
        require(code == EXIT_FAULT_FOUND, "the doctor returned %d: %s" % (code, printed))
        row = next(row for row in json.loads(printed)["rows"] if row["check"] == check)
        require(row["verdict"] == "FAIL" and named in row["seen"], "the doctor says %s" % row)
        return row["mend"]

    def mended(self, began, mend):
        """How long it took to answer again, with nobody asking for a start."""
        self.count_lines(began)
        self.board.run('sudo() { "$@"; }; ' + mend)
        mended = time.monotonic()
        self.service.await_state("active", MENDED_SECONDS)
        seconds = time.monotonic() - mended
        self.service.require_positions()
        return seconds

    def count_lines(self, began):
        lines = int(self.board.run("journalctl -b -u %s -o cat --since @%s | wc -l"
                                   % (UNIT, began)))
        starts = self.service.restarts() + 1
        self.most_lines = max(self.most_lines, lines // starts)
        require(lines <= starts * MAX_LINES_OF_A_START, "%d lines of %d starts" % (lines, starts))

    # ---- Java --------------------------------------------------------------------------------

    def java(self):
        """Away until the unit waits for a minute; its coming back is a trigger of the package's."""
        self.tell("Java away")
        self.service.control("restart")
        self.board.run("mv {0} {0}.away; kill -9 {1}".format(JAVA, self.service.pid()))
        try:
            limit = time.monotonic() + 3 * MENDED_SECONDS
            while self.service.restarts() < BACKED_OFF_RESTARTS:
                now = self.service.property("ActiveState")
                require(now != "failed", "the unit has given up")
                require(time.monotonic() < limit, "no further start")
                time.sleep(0.5)
            code, told = self.board.shell.run("switchback doctor")
            require(code == EXIT_USAGE and "apt-get install openjdk-25" in told, told)
            began = self.board.run("date +%s")
            time.sleep(61)
            lines = self.board.run("journalctl -b -u %s -o cat --since @%s" % (UNIT, began))
            require("apt-get install openjdk-25" in lines, "the journal does not tell: " + lines)
            count = len(lines.splitlines())
            require(count <= 2 * MAX_LINES_OF_A_START, "%d lines in a minute" % count)
        finally:
            self.board.run("mv {0}.away {0}".format(JAVA))
        back = time.monotonic()
        self.board.run("dpkg-trigger --by-package=switchback %s; dpkg --triggers-only switchback"
                       % JAVA, 300)
        self.service.await_state("active", MENDED_SECONDS)
        seconds = time.monotonic() - back
        self.service.require_positions()
        return "Java away: %d lines a minute, back %.0f s after its trigger" % (count, seconds)

    # ---- the state directory -----------------------------------------------------------------

    def state_of_root(self):
        self.tell("state of root")
        self.board.run("chown root: " + STATE_DIRECTORY)
        refused = self.acceptance.refused_deploy()
        mend = self.doctor("sync", STATE_DIRECTORY)
        self.board.run('sudo() { "$@"; }; ' + mend, 180)
        self.service.await_state("active")
        self.acceptance.deploy()
        return "state of root: answers, deploy: %s; mended it is taken" % refused

    def pipes(self):
        """Where nobody but root put them: it answers with what it has."""
        self.tell("pipes in the state")
        self.board.run("cd %s && for f in lock state slot-a.img slot-b.img; do"
                       " rm -f $f; mkfifo $f; done; cd /" % STATE_DIRECTORY)
        self.service.require_positions()
        self.board.run("kill -9 %d" % self.service.pid())
        self.service.await_ended()
        self.service.await_state("active")
        self.service.require_positions()
        mend = self.doctor("weights", STATE_DIRECTORY + "/slot-a.img")
        self.board.run('sudo() { "$@"; }; ' + mend, 180)
        self.service.await_state("active")
        self.acceptance.deploy()
        return "pipes in the state: answers, also after a kill; mended it keeps again"
