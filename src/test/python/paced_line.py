#!/usr/bin/env python3
"""A serial line without hardware: two pseudo-terminals, joined at the speed of a baud rate.

    paced_line.py BAUD NAME_A NAME_B     makes links of these names, runs until it is killed

Every byte takes 10 bits of time in its direction, as 8N1 does, and is delivered when its last bit
would have come. Bytes wait in a buffer as large as a kernel's; who writes faster is blocked. A
scheduler that is late delays a delivery, and not the line.
"""

import collections
import os
import pty
import select
import sys
import time
import tty

BITS_PER_BYTE = 10
BUFFER_BYTES = 4096
STEP_SECONDS = 0.001


class Direction:
    """Bytes on their way from one pseudo-terminal to the other."""

    def __init__(self, source, target, baud):
        self.source = source
        self.target = target
        self.byte_seconds = BITS_PER_BYTE / baud
        self.blocks = collections.deque()
        self.waiting = 0
        self.free_at = 0.0

    def wants(self):
        return self.waiting < BUFFER_BYTES

    def take(self, now):
        block = os.read(self.source, BUFFER_BYTES - self.waiting)
        # A line that was idle begins with this byte; a busy one goes on without a gap.
        self.free_at = max(self.free_at, now) if self.waiting == 0 else self.free_at
        self.blocks.append(block)
        self.waiting += len(block)

    def pause(self, now):
        """Seconds until the last byte that waits is due, at most a step."""
        if self.waiting == 0:
            return None
        last = self.free_at + self.waiting * self.byte_seconds
        return max(0.0, min(last - now, STEP_SECONDS))

    def deliver(self, now):
        due = min(self.waiting, int((now - self.free_at) / self.byte_seconds))
        if due <= 0:
            return
        self.free_at += due * self.byte_seconds
        self.waiting -= due
        while due > 0:
            block = self.blocks.popleft()
            if len(block) > due:
                self.blocks.appendleft(block[due:])
                block = block[:due]
            due -= len(block)
            os.write(self.target, block)


def terminal(name):
    """A pseudo-terminal in raw mode: the end that is ours. The other end stays open as `name`."""
    ours, other = pty.openpty()
    tty.setraw(other)
    if os.path.lexists(name):
        os.remove(name)
    os.symlink(os.ttyname(other), name)
    return ours


def main():
    baud, name_a, name_b = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    a, b = terminal(name_a), terminal(name_b)
    directions = [Direction(a, b, baud), Direction(b, a, baud)]
    now = time.monotonic()
    while True:
        wanting = [each.source for each in directions if each.wants()]
        pauses = [pause for pause in (each.pause(now) for each in directions) if pause is not None]
        ready = select.select(wanting, [], [], min(pauses, default=None))[0]
        now = time.monotonic()
        for each in directions:
            if each.source in ready:
                each.take(now)
            each.deliver(now)


main()
