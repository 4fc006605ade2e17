"""What a device has to do on a board: each row of the table is a method here."""

import os
import random
import time

from device import (EXIT_REFUSED, STATE_DIRECTORY, UNIT, Laptop, Service,
                    answering_slot, idle_cost, require, slot_text)

STUCK = "/run/switchback-stuck"
STUCK_AGENT = "/run/switchback-stuck.jar"
STUCK_SECONDS = 25  # The watchdog's 10, and a machine that has other things to do.
SETTLE_SECONDS = 60
IDLE_SECONDS = 60
IDLE_WAKES = 10  # Per second; 5 on a laptop.
FLIPS_AT_A_TIME = 100


def percentile(ordered, share):
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Acceptance:
    """The rows, in the order of a run; each returns what was seen, and raises what is wrong."""

    def __init__(self, board, package, agent, directory, seed, flips, tell):
        self.board = board
        self.package = os.path.basename(package)
        self.agent = os.path.basename(agent)
        self.random = random.Random(seed)
        self.flip_count = flips
        self.tell = tell
        self.service = Service(board)
        self.laptop = Laptop(board, directory)
        self.versions = 0

    def prepare(self):
        """Whatever became of the row before: a board with a device that answers."""
        if self.board.shell is None:
            self.board.power_on()
        self.board.run("rm -f " + STUCK)
        if self.service.property("ActiveState") != "active":
            self.board.run("systemctl reset-failed %s; systemctl start %s" % (UNIT, UNIT), 180)
        self.service.await_state("active")

    # ---- from the package to the first answer ------------------------------------------------

    def install(self):
        self.board.power_on()
        require("linux" in self.board.run("uname -a").lower(), "not a Linux")
        began = time.monotonic()
        self.board.run("mount -o ro /dev/vdb /mnt; DEBIAN_FRONTEND=noninteractive "
                       "apt-get install -y --no-install-recommends /mnt/" + self.package, 600)
        seconds = time.monotonic() - began
        self.service.await_state("active")
        enabled = self.board.run("systemctl is-enabled " + UNIT)
        version = self.board.run("dpkg-query -W -f '${db:Status-Status} ${Version}' switchback")
        self.board.shut_down()
        return "%s in %.0f s, %s, service %s and active" % (version, seconds, self.package, enabled)

    def boot(self):
        self.board.power_on()
        self.service.await_state("active")
        ready = int(self.service.property("ActiveEnterTimestampMonotonic")) / 1e6
        sessions = self.board.run("loginctl --no-legend | wc -l")
        require(sessions == "0", sessions + " sessions are open")
        self.service.light()
        return "answers %.1f s after the kernel began, %.1f s after the service; nobody logged in" % (
            ready, self.service.start_seconds())

    def positions(self):
        return "AB=LED " + self.service.require_positions()

    def flips(self):
        flips = [self.random.choice("AB") + str(self.random.randint(1, 8))
                 for _ in range(self.flip_count)]
        micros = []
        for start in range(0, len(flips), FLIPS_AT_A_TIME):
            micros += self.service.flip(flips[start:start + FLIPS_AT_A_TIME])
            self.tell("%d flips right" % len(micros))
        micros.sort()
        counters = self.laptop.status()["counters"]
        require(counters["bounces"] > 0, "the device saw no bounce")
        return ("%d with %d bounces, wrong 0; LED %.1f ms after the last contact, p95 %.1f, max %.1f"
                % (len(flips), sum(int(flip[1:]) for flip in flips),
                   percentile(micros, 0.5) / 1e3, percentile(micros, 0.95) / 1e3, micros[-1] / 1e3))

    # ---- over the cable ----------------------------------------------------------------------

    def status(self):
        status = self.laptop.status()
        require(status["board"].startswith("Raspberry Pi 4"), "its board is " + status["board"])
        require(status["counters"]["faults"] == 0, "%d faults" % status["counters"]["faults"])
        return "%s, %s, weights %s" % (status["board"], status["state"], status["weights"])

    def deploy(self):
        network = self.laptop.network()
        version = self.next_version()
        began = time.monotonic()
        result = self.laptop.json("deploy", network, "--image-version", version)
        seconds = time.monotonic() - began
        require(result["confirmed"], "not confirmed: %s" % result)
        slot = answering_slot(self.laptop.status())
        require(slot["hash"] == result["hash"], "slot 0 is " + slot_text(slot))
        self.service.require_positions()
        return "%s, %d bytes, %.1f s" % (slot_text(slot), result["bytes"], seconds)

    def next_version(self):
        self.versions += 1
        return "9.0.%d" % self.versions

    def retrain(self):
        before = answering_slot(self.laptop.status())
        result = self.laptop.json("retrain")
        after = answering_slot(self.laptop.status())
        require(after["hash"] != before["hash"], "the weights are the same as before")
        require("confirmed" in after["flags"], "slot 0 is " + slot_text(after))
        self.service.require_positions()
        return "%s; %s" % (slot_text(after), result["text"])

    def unplug(self):
        network = self.laptop.network("2-64-64-1")
        version = self.next_version()
        command = self.laptop.begin("deploy", network, "--image-version", version)
        self.await_step(command, "upload")
        time.sleep(0.5)
        command.kill()
        cut = command.wait() != 0
        require(cut, "the deployment was over before the cable was pulled")
        self.service.flip(["A3", "B2", "A1", "A4", "B5", "B1"])
        self.laptop.json("deploy", network, "--image-version", version)
        slot = answering_slot(self.laptop.status())
        require(slot["version"].startswith(version), "slot 0 is " + slot_text(slot))
        self.service.require_positions()
        return "pulled in an upload, answers go on; plugged in again: " + slot_text(slot)

    @staticmethod
    def await_step(command, step):
        for line in command.stderr:
            if line.startswith(step):
                return
        require(False, "the deployment ended before '%s', with %d" % (step, command.wait()))

    # ---- the service's ends ------------------------------------------------------------------

    def stop(self):
        self.service.light()
        began = time.monotonic()
        self.service.control("stop")
        seconds = time.monotonic() - began
        lit = self.service.led()
        end = self.service.properties("Result", "ExecMainStatus")
        self.service.control("start")
        require(lit == "0", "the LED is lit after the stop")
        require(end["Result"] == "success", "the stop ended with %s" % end)
        self.service.require_positions()
        return "%.1f s, Result=success, status %s, LED 0; answers after the start" % (
            seconds, end["ExecMainStatus"])

    def crash(self):
        self.service.light()
        restarts = self.service.restarts()
        self.board.run("kill -9 %d" % self.service.pid())
        began = time.monotonic()
        end = self.service.await_ended()
        self.require_led_off(end)
        self.service.await_restart(restarts)
        self.service.await_state("active")
        seconds = time.monotonic() - began
        self.service.require_positions()
        return "Result=%s, LED 0 and ExecStopPost ran, answers again after %.1f s" % (
            end["Result"], seconds)

    def require_led_off(self, end):
        lit = self.service.led()
        require(lit == "0", "the LED is lit after the crash")
        require("status=0" in end["ExecStopPost"] and "code=exited" in end["ExecStopPost"],
                "ExecStopPost: " + end["ExecStopPost"])

    def watchdog(self):
        self.board.run("mount -o ro /dev/vdb /mnt && install -m 644 /mnt/%s %s && umount /mnt"
                       % (self.agent, STUCK_AGENT))
        self.service.drop_in("stuck.conf", "[Service]\\nEnvironment=JAVA_OPTS=-javaagent:%s=%s\\n"
                             % (STUCK_AGENT, STUCK))
        self.service.control("restart")
        self.service.light()
        restarts = self.service.restarts()
        stuck = float(self.board.run("touch %s; cut -d ' ' -f 1 /proc/uptime" % STUCK))
        self.service.drop_in("stuck.conf", "")  # The next start is as shipped.
        end = self.service.await_ended()
        self.board.run("rm " + STUCK)
        began = time.monotonic()
        self.require_led_off(end)
        require(end["Result"] == "watchdog", "the service ended with %s" % end)
        killed = int(end["ExecMainExitTimestampMonotonic"]) / 1e6 - stuck
        require(killed < STUCK_SECONDS, "killed only after %.1f s" % killed)
        self.service.await_restart(restarts)
        self.service.await_state("active")
        back = time.monotonic() - began
        self.service.require_positions()
        return "stuck: killed after %.1f s, LED 0; let go: answers again after %.1f s" % (killed, back)

    # ---- trouble around it -------------------------------------------------------------------

    def clock(self):
        pid = self.service.pid()
        seen = []
        for jump in ("+1 year", "-2 years", "+1 year"):
            self.board.run("date -s '%s'" % jump)
            seen.append(self.board.run("date +%F"))
            time.sleep(12)  # Longer than the watchdog waits.
            self.service.require_positions()
            require(self.service.pid() == pid, "the service was restarted after " + jump)
        return "to %s, watchdog quiet, no restart" % ", ".join(seen)

    def read_only(self):
        # As the kernel does after an error of the card.
        self.board.run("echo u > /proc/sysrq-trigger; sleep 1; ! touch %s/probe" % STATE_DIRECTORY)
        try:
            told = self.refused_deploys()
        finally:
            self.board.run("mount -o remount,rw /")
        self.service.control("restart")
        self.deploy()
        return "answers, also after a start; deploy: %s; writable again it is taken" % told

    def full_disk(self):
        fill = "/fill"
        self.board.run("fallocate -l $(($(stat -f -c '%%f * %%S' /))) %s; cat /dev/zero >%s.rest; "
                       "! echo 1 >%s/probe" % (fill, fill, STATE_DIRECTORY), 300)
        try:
            told = self.refused_deploys()
        finally:
            self.board.run("rm -f %s %s.rest %s/probe" % (fill, fill, STATE_DIRECTORY))
        self.deploy()
        return "answers, also after a start; deploy: %s; with space again it is taken" % told

    def refused_deploys(self):
        """While the service runs on, and after a start of it."""
        self.refused_deploy()
        self.service.control("restart")
        return self.refused_deploy()

    def refused_deploy(self):
        before = answering_slot(self.laptop.status())
        told = self.laptop.ask("deploy", self.laptop.network(), "--image-version",
                               self.next_version(), code=EXIT_REFUSED)
        status = self.laptop.status()
        require(answering_slot(status) == before, "what answers has changed")
        require(status.get("refused"), "status does not say that it was refused")
        self.service.require_positions()
        return told.strip().splitlines()[-1].removeprefix("switchback: ")

    # ---- what it costs -----------------------------------------------------------------------

    def journal(self):
        status = self.laptop.status()
        entries = self.service.journal()
        lines = [entry for entry in entries if isinstance(entry["MESSAGE"], str)]
        require(len(lines) == len(entries), "%d binary entries" % (len(entries) - len(lines)))
        count = {level: sum(1 for entry in lines if entry["PRIORITY"] == level) for level in "34567"}
        require(sum(count.values()) == len(lines), "priorities beyond 3 to 7")
        require(count["6"] > 0, "no line of priority 6")
        raw = [entry["MESSAGE"] for entry in lines if entry["MESSAGE"].startswith("<")]
        require(not raw, "a prefix in the text: %s" % raw[:1])
        warned = [entry["MESSAGE"] for entry in lines if entry["PRIORITY"] == "4"]
        written = self.board.run("find / -xdev -type f -user switchback ! -path '%s/*'"
                                 % STATE_DIRECTORY)
        require(not written, "on the disk, beside the state: " + written)
        ticks = status["counters"]["ticks"]
        own = sum(1 for entry in lines if entry["_PID"] == str(self.service.pid()))
        require(0 < own < 20 + ticks // 4, "%d lines in %d ticks" % (own, ticks))
        return ("%d lines in %d ticks; since the boot %d (%d info, %d warning, %d error); no log file;"
                " last warning: %s" % (own, ticks, len(lines), count["6"], count["4"], count["3"],
                                       (warned or ["none"])[-1]))

    def cost(self):
        seconds = []
        for _ in range(3):
            self.service.control("restart")
            seconds.append(self.service.start_seconds())
        time.sleep(15)  # By then the JVM has returned what its start took.
        rss, pss = self.service.memory_kib()
        threads = self.board.run("ls /proc/%d/task | wc -l" % self.service.pid())
        cache = self.board.run("stat -c %s /var/cache/switchback/switchback.aot 2>&1 || :")
        require(cache.isdigit(), "no AOT cache: " + cache)
        return ("start of the process to ready %s s; resident %.1f MB, proportional %.1f MB, "
                "%s threads; AOT cache %.1f MB" % (
                    " ".join("%.2f" % each for each in seconds), rss / 1024, pss / 1024, threads,
                    int(cache) / 1e6))

    def idle(self):
        """Compared with a program of libgpiod that waits for edges of the same lines."""
        self.service.control("restart")
        time.sleep(SETTLE_SECONDS)
        wakes, busy = idle_cost(self.board, self.service.pid(), IDLE_SECONDS)
        ticks = self.laptop.status()["counters"]["ticks"]
        self.service.control("stop")
        try:
            other = int(self.board.run(
                "gpiomon -b pull-up -c $(basename $(readlink $header)) 17 27 >/dev/null 2>&1 &"
                " echo $!; until gpioinfo | grep -q gpiomon; do pause 0.1; done", 30))
            other_wakes, other_busy = idle_cost(self.board, other, IDLE_SECONDS)
        finally:
            self.board.run("pkill gpiomon || :")
            self.service.control("start")
        require(0 < wakes <= IDLE_WAKES, "%.1f wake-ups per second" % wakes)
        return ("untouched for %d s: %.1f wake-ups per second, %.2f %% of a core, %d ticks since the"
                " start; gpiomon on the same lines: %.1f, %.2f %%" % (
                    IDLE_SECONDS, wakes, 100 * busy, ticks, other_wakes, 100 * other_busy))
