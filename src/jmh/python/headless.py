"""The device as a short Python program: numpy decides, gpiozero's mock pins are the board.

    headless.py WEIGHTS.npz

scripts/bench compares start time and memory of the service with it. It loads the weights, reads two
switches every 5 ms, accepts a level after 10 ms, and drives the LED; it notifies systemd when the
LED shows the first answer. It has no cable, no training and no slots.
"""

import os
import socket
import sys
import time

os.environ["GPIOZERO_PIN_FACTORY"] = "mock"

import numpy as np
from gpiozero import LED, Button

PERIOD = 0.005
DEBOUNCE = 0.010


def answer(layers, levels):
    x = np.array(levels, dtype=np.float32)
    for weights, biases in layers:
        x = 1 / (1 + np.exp(-(x @ weights + biases)))
    return x[0] >= 0.5


def notify(text):
    path = os.environ.get("NOTIFY_SOCKET")
    if path:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
            systemd.sendto(text, path)


def main(weights):
    with np.load(weights) as file:
        layers = [(file["W1"], file["b1"]), (file["W2"], file["b2"])]
    switches = Button(17), Button(27)
    led = LED(22)
    believed = seen = [s.is_pressed for s in switches]
    since = time.monotonic()
    led.value = answer(layers, believed)
    notify(f"READY=1\nX_FIRST_ANSWER_USEC={time.monotonic_ns() // 1000}".encode())
    while True:
        time.sleep(PERIOD)
        levels = [s.is_pressed for s in switches]
        now = time.monotonic()
        if levels != seen:
            seen, since = levels, now
        elif levels != believed and now - since >= DEBOUNCE:
            believed = levels
            led.value = answer(layers, believed)


main(sys.argv[1])
