"""Power cuts at random moments while the weights of a device change."""

import collections
import time

from device import answering_slot, require, slot_text

FACTORY = "factory"


class PowerCuts:
    """Cuts in deployments and in retrainings, each followed by a boot that has to answer."""

    def __init__(self, acceptance):
        self.board = acceptance.board
        self.service = acceptance.service
        self.laptop = acceptance.laptop
        self.random = acceptance.random
        self.next_version = acceptance.next_version
        self.tell = acceptance.tell
        self.networks = []
        self.seconds = {}
        self.seen = collections.Counter()

    def run(self, count):
        self.networks = [self.laptop.network(each) for each in ("2-2-1", "2-2-1", "2-64-64-1")]
        self.measure()
        boots = []
        for number in range(1, count + 1):
            kind = self.random.choice(("deploy", "retrain"))
            before, version, moment = self.cut(kind)
            became = self.after(before, version)
            boots.append(self.service_ready())
            self.seen[kind] += 1
            self.seen[became] += 1
            self.tell("cut %d of %d, %.2f s into %s: %s" % (number, count, moment, kind, became))
        return "%d: %d in deploy, %d in retrain; %s; answers %.1f s after the power, max %.1f" % (
            count, self.seen["deploy"], self.seen["retrain"],
            ", ".join("%d %s" % (self.seen[each], each)
                      for each in ("the image before", "the new one", "the new one on trial")),
            sorted(boots)[len(boots) // 2], max(boots))

    def measure(self):
        """How long each takes from its first sign, undisturbed: cuts fall within that."""
        for network in self.networks:
            command = self.begin_deploy(network, self.next_version())
            began = time.monotonic()
            self.finish(command)
            self.seconds[network] = time.monotonic() - began
        began = time.monotonic()
        self.laptop.ask("retrain")
        self.seconds["retrain"] = time.monotonic() - began

    def begin_deploy(self, network, version):
        """Returns when it has told what it deploys, which it does before anything goes out."""
        command = self.laptop.begin("deploy", network, "--image-version", version)
        command.stderr.readline()
        return command

    @staticmethod
    def finish(command):
        _, told = command.communicate(timeout=120)
        require(command.returncode == 0, "undisturbed it returned %d: %s" % (command.returncode, told))

    def cut(self, kind):
        """What was confirmed before, the version that was on its way, and when the power went."""
        before = self.settled()
        if kind == "deploy":
            version = self.next_version()
            network = self.random.choice(self.networks)
            moment = self.random.uniform(0, 1.05 * self.seconds[network])
            command = self.begin_deploy(network, version)
        else:
            version = None
            # The first part of a retraining is the laptop's command that starts.
            moment = self.random.uniform(0.4, 1.05) * self.seconds["retrain"]
            command = self.laptop.begin("retrain")
        time.sleep(moment)
        self.board.cut_power()
        command.kill()
        command.communicate()
        return before, version, moment

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
        status = self.laptop.status()
        slot = answering_slot(status)
        told = "before: %s; after: %s, weights %s" % (
            slot_text(before), slot_text(slot), status["weights"])
        require(FACTORY not in status["weights"], told)
        require(not status["problems"], "%s; problems: %s" % (told, status["problems"]))
        if slot["hash"] == before["hash"]:
            require("confirmed" in slot["flags"], told)
            return "the image before"
        expected = version or successor(before["version"])
        require(slot["version"] == expected, "%s; expected: %s" % (told, expected))
        return "the new one" if "confirmed" in slot["flags"] else "the new one on trial"

    def service_ready(self):
        return int(self.service.property("ActiveEnterTimestampMonotonic")) / 1e6


def successor(version):
    """The next build of it, which a retraining makes: 1.2.3 becomes 1.2.3+1."""
    number, _, build = version.partition("+")
    return "%s+%d" % (number, int(build or 0) + 1)
