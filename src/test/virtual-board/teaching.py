"""What a hand teaches with a button on a kernel line."""

from device import XOR, require

CONFIGURATION = "/etc/switchback/switchback.properties"
SAVED = "/run/switchback.properties.teaching"
OR = "01=1 11=1 10=1 00=0"
BUTTON = "$header/sim_gpio23/pull"
LEARNT_SECONDS = 4


class Teaching:
    """XOR becomes OR by a press in position 11, outlives a restart, and XOR comes back by a hold."""

    def __init__(self, acceptance):
        self.board = acceptance.board
        self.service = acceptance.service
        self.laptop = acceptance.laptop

    def run(self):
        self.board.run("cp -a %s %s" % (CONFIGURATION, SAVED))
        self.board.run("sed -i 's|^teach *=.*|teach = GPIO23|' " + CONFIGURATION)
        try:
            self.service.control("restart")
            self.service.require_positions()
            self.service.turn("11")
            self.press(0.2)
            self.require(OR, "0111")
            self.service.control("restart")
            self.require(OR, "0111")
            self.press(3.5)
            self.require(XOR, "0110")
        finally:
            self.board.run("cp -a %s %s" % (SAVED, CONFIGURATION))
        self.service.control("restart")
        self.service.require_positions()
        return "a press: %s, the same after a restart; held: %s" % (OR, XOR)

    def press(self, seconds):
        """The button connects its line to ground."""
        self.board.run("echo pull-down >%s; pause %s; echo pull-up >%s; pause %d"
                       % (BUTTON, seconds, BUTTON, LEARNT_SECONDS), 30)

    def require(self, positions, lesson):
        found = self.board.run("positions")
        require(found == positions, "positions and LED: %s; expected: %s" % (found, positions))
        truth = self.laptop.json("status")["truth"]
        require(truth == lesson, "its lesson is " + truth)
