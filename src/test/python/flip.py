"""Writes lines that flip switch a or b to standard output, RATE of them a second, until it is ended."""

import random
import sys
import time

rate = float(sys.argv[1])
choose = random.Random(1)
begun = time.monotonic()
flips = 0
while True:
    time.sleep(max(0, begun + flips / rate - time.monotonic()))
    print(choose.choice("ab"), flush=True)
    flips += 1
