"""Power cuts while the weights of a device change, each aimed by what its disk has done."""

import collections
import time

from device import answering_slot, require, slot_text

FACTORY = "factory"
TAKEN_BACK = "was on trial and not confirmed; it is taken back"
BEFORE, TRIAL, NEW = "the image before", "the new one on trial", "the new one"

# The step of a deployment that begins once the image is marked for a trial.
MARKED = "start the trial"

# A cut comes up to this long after the flush that it waits for: often in the middle of the next
# write.
LATEST_SECONDS = 0.005
COMMAND_SECONDS = 60


class PowerCuts:
    """Cuts in deployments and in retrainings, each followed by a boot that has to answer.

    A disk that was told to flush holds what was written before. A deployment changes four files,
    one after the other, with some flushes each, so the number of flushes since it began tells how
    far it is, however slow the machine: an undisturbed one says how many there are.
    """

    def __init__(self, acceptance):
        self.board = acceptance.board
        self.service = acceptance.service
        self.laptop = acceptance.laptop
        self.random = acceptance.random
        self.next_version = acceptance.next_version
        self.tell = acceptance.tell
        self.networks = []
        self.aims = {}
        self.kinds = collections.Counter()
        self.seen = collections.Counter({BEFORE: 0, TRIAL: 0, NEW: 0})
        self.taken_back = 0

    def run(self, count):
        self.networks = [self.laptop.network(each) for each in ("2-2-1", "2-2-1", "2-64-64-1")]
        flushes = self.measure()
        boots = []
        for number in range(1, count + 1):
            kind, flush = self.aim()
            before, version = self.cut(kind, flush)
            became = self.after(before, version)
            boots.append(self.service_ready())
            self.kinds[kind] += 1
            self.seen[became] += 1
            self.tell("cut %d of %d, at flush %d of %s: %s" % (number, count, flush, kind, became))
        return "%d: %d in deploy (%d flushes), %d in retrain (%d); %d %s (%d after a trial), " \
            "%d %s, %d %s; answers %.1f s after the power, max %.1f" % (
                count, self.kinds["deploy"], flushes["deploy"], self.kinds["retrain"],
                flushes["retrain"], self.seen[BEFORE], BEFORE, self.taken_back, self.seen[TRIAL],
                TRIAL, self.seen[NEW], NEW, sorted(boots)[len(boots) // 2], max(boots))

    def measure(self):
        """Flushes of an undisturbed deployment and retraining; what to aim at follows."""
        start = self.flushes()
        command = self.begin("deploy", self.networks[0], self.next_version())
        for line in command.stderr:
            if line.startswith(MARKED):
                marked = self.board.monitor.flushes() - start
        require(command.wait() == 0, "undisturbed it returned %d" % command.returncode)
        deploy = self.board.monitor.flushes() - start
        start = self.flushes()
        self.laptop.ask("retrain")
        retrain = self.board.monitor.flushes() - start
        require(0 < marked < deploy and retrain > 2,
                "flushes: %d until marked, %d of a deployment, %d of a retraining"
                % (marked, deploy, retrain))
        file = deploy // 4
        self.tell("flushes: %d of a deployment, marked after %d; %d of a retraining"
                  % (deploy, marked, retrain))
        ranges = {
            BEFORE: [("deploy", 1, marked - 1), ("deploy", marked + file, deploy - 2),
                     ("retrain", 1, retrain // 2)],
            TRIAL: [("deploy", marked - 1, marked + file - 1)],
            NEW: [("deploy", deploy - 1, deploy), ("retrain", retrain // 2 + 1, retrain)],
        }
        self.aims = {became: [(kind, flush) for kind, first, last in of
                              for flush in range(first, last + 1)]
                     for became, of in ranges.items()}
        return {"deploy": deploy, "retrain": retrain}

    def aim(self):
        """Where one may meet what was met least, on either side of where it begins too."""
        rarest = min(self.seen.values())
        wanted = self.random.choice([each for each in self.seen if self.seen[each] == rarest])
        return self.random.choice(self.aims[wanted])

    def flushes(self):
        """Those so far; nothing else is left to flush for a while."""
        self.board.run("sync")
        return self.board.monitor.flushes()

    def begin(self, kind, network, version):
        if kind == "retrain":
            return self.laptop.begin("retrain")
        return self.laptop.begin("deploy", network, "--image-version", version)

    def cut(self, kind, flush):
        """What was confirmed before, and the version that was on its way."""
        before = self.settled()
        version = self.next_version() if kind == "deploy" else None
        limit = self.flushes() + flush
        command = self.begin(kind, self.random.choice(self.networks), version)
        pause = self.random.uniform(0, LATEST_SECONDS)
        latest = time.monotonic() + COMMAND_SECONDS
        while self.board.monitor.flushes() < limit and command.poll() is None:
            require(time.monotonic() < latest, "%s came to no flush %d" % (kind, flush))
        require(not command.poll(), "undisturbed it returned %s" % command.poll())
        time.sleep(pause)
        self.board.cut_power()
        command.kill()
        command.communicate()
        return before, version

    def settled(self):
        """What answers; if that is on trial it is kept or taken back first, as a person would."""
        if "confirmed" not in answering_slot(self.laptop.status())["flags"]:
            self.laptop.ask(self.random.choice(("confirm", "revert")))
        slot = answering_slot(self.laptop.status())
        require("confirmed" in slot["flags"], "slot 0 is " + slot_text(slot))
        return slot

    def after(self, before, version):
        self.board.power_on()
        self.service.await_state("active")
        self.service.require_positions()
        status = self.laptop.status_soon()
        slot = answering_slot(status)
        told = "before: %s; after: %s, weights %s" % (
            slot_text(before), slot_text(slot), status["weights"])
        require(FACTORY not in status["weights"], told)
        back = [each for each in status["problems"] if each.endswith(TAKEN_BACK)]
        require(back == status["problems"], "%s; problems: %s" % (told, status["problems"]))
        if slot["hash"] == before["hash"]:
            require("confirmed" in slot["flags"], told)
            self.taken_back += len(back)
            return BEFORE
        require(not back, "%s; problems: %s" % (told, back))
        expected = version or successor(before["version"])
        require(slot["version"] == expected, "%s; expected: %s" % (told, expected))
        return NEW if "confirmed" in slot["flags"] else TRIAL

    def service_ready(self):
        return int(self.service.property("ActiveEnterTimestampMonotonic")) / 1e6


def successor(version):
    """The next build of it, which a retraining makes: 1.2.3 becomes 1.2.3+1."""
    number, _, build = version.partition("+")
    return "%s+%d" % (number, int(build or 0) + 1)
