"""What becomes of a device whose lines are on two chips, are held by others, or vanish."""

import time

from device import EXIT_BUSY, require

CONFIGURATION = "/etc/switchback/switchback.properties"
SAVED = "/run/switchback.properties.pins"
FLIPS = ["A3", "B2", "A1", "B7", "B1", "A4", "B5", "A8", "A2", "B3"]
DARK_SECONDS = 5
HEALED_SECONDS = 20


class Pins:
    """Switch A and the LED stay on the header, switch B moves to a chip of its own."""

    def __init__(self, acceptance):
        self.board = acceptance.board
        self.service = acceptance.service
        self.laptop = acceptance.laptop
        self.tell = acceptance.tell

    def run(self):
        held = self.held()
        self.board.run("cp -a %s %s" % (CONFIGURATION, SAVED))
        try:
            self.board.run("add_chip; sed -i 's|^switches *=.*|switches = GPIO17, extra:3|' "
                           + CONFIGURATION)
            self.service.control("restart")
            self.service.require_positions()
            micros = self.service.flip(10 * FLIPS)
            doctor = self.board.run("switchback doctor | grep -A 1 gpio-lines || :")
            require("extra:3 = gpiochip" in doctor, "the doctor says " + doctor)
            healed = [self.lose(chip) for chip in ("extra", "board")]
        finally:
            self.board.run("cp -a %s %s; move_back" % (SAVED, CONFIGURATION))
        self.service.control("restart")
        self.service.require_positions()
        return ("%s; on two chips %d flips, wrong 0, LED %.1f ms after the last contact; %s"
                % (held, len(micros), micros[len(micros) // 2] / 1e3, "; ".join(healed)))

    def held(self):
        """By another program, and by the service itself."""
        self.tell("held lines")
        code, told = self.board.shell.run("switchback led off")
        require(code == EXIT_BUSY and "held by 'switchback-leds'" in told, told)
        self.service.control("stop")
        self.board.run("gpiomon -C thief -c $(basename $(readlink $header)) 27 >/dev/null 2>&1 &"
                       " until gpioinfo | grep -q thief; do pause 0.1; done", 30)
        try:
            code, told = self.board.shell.run("switchback led off")
        finally:
            self.board.run("pkill gpiomon")
            self.service.control("start")
        require(code == EXIT_BUSY and "GPIO27 (switch B) is held by 'thief'" in told, told)
        return told.strip().splitlines()[-1].removeprefix("switchback: ")

    def lose(self, chip):
        """A chip vanishes under the running device, and comes back."""
        self.tell("no chip " + chip)
        pid = self.service.pid()
        self.service.light()
        self.board.run("driver unbind " + chip)
        state = self.await_state(lambda state: "is gone" in state or "no " in state, DARK_SECONDS)
        if chip == "extra":
            require(self.service.led() == "0", "the LED is lit, though nothing is known")
        time.sleep(2)
        began = time.monotonic()
        self.board.run("driver bind %s; find_chips" % chip)
        self.await_state(lambda state: state == "answering", HEALED_SECONDS)
        seconds = time.monotonic() - began
        self.service.require_positions()
        require(self.service.pid() == pid, "the service was restarted")
        return "without %s '%s', %.1f s after it is back it answers" % (chip, state, seconds)

    def await_state(self, wanted, seconds):
        limit = time.monotonic() + seconds
        while True:
            state = self.laptop.json("status")["state"]
            if wanted(state):
                return state
            require(time.monotonic() < limit, "its state is '%s'" % state)
