"""The virtual board: an emulated machine with a header, a UART and a root shell."""

import json
import os
import re
import shutil
import socket
import subprocess
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = "Raspberry Pi 4 Model B Rev 1.4"
MACHINE = ["-M", "virt", "-cpu", "cortex-a72", "-accel", "tcg,thread=multi", "-smp", "2",
           "-m", "1024", "-nodefaults", "-no-user-config", "-display", "none"]
KERNEL_OPTIONS = "root=/dev/vda rw console=ttyAMA0 quiet loglevel=4 systemd.show_status=0"

STICK_BYTES = 128 << 20

# An emulator on a busy machine is slow, not broken.
BOOT_SECONDS = 180
COMMAND_SECONDS = 120
PTY = re.compile(r"redirected to (/dev/pts/\d+) \(label uart\)")


class BoardError(Exception):
    """The board does not do what every board does; what it said goes along."""


class Shell:
    """The root shell that the board offers on a virtio port: no network, and nobody logs in."""

    def __init__(self, connection):
        self.socket = connection

    def run(self, command, seconds=COMMAND_SECONDS):
        """Its exit code and all that it printed."""
        mark = uuid.uuid4().hex
        self.socket.sendall(("{ %s\n} </dev/null 2>&1; printf '\\n%%s %%d\\n' %s $?\n"
                             % (command, mark)).encode())
        end = re.compile((r"\n%s (\d+)\n" % mark).encode())
        output = b""
        limit = time.monotonic() + seconds
        while True:
            self.socket.settimeout(max(0.01, limit - time.monotonic()))
            try:
                block = self.socket.recv(65536)
            except socket.timeout:
                raise BoardError("no end of '%s' within %d s; so far: %s"
                                 % (command, seconds, output.decode(errors="replace"))) from None
            if not block:
                raise BoardError("the board's shell is gone")
            output += block.replace(b"\r", b"")
            found = end.search(output)
            if found:
                return int(found.group(1)), output[:found.start()].decode(errors="replace")

    def close(self):
        self.socket.close()


class Monitor:
    """The emulator's own account of what the board does, over QMP."""

    def __init__(self, connection):
        self.socket = connection
        self.socket.settimeout(10)
        self.lines = self.socket.makefile("r")
        self.lines.readline()
        self.ask("qmp_capabilities")

    def ask(self, command):
        self.socket.sendall(json.dumps({"execute": command}).encode())
        while True:
            line = self.lines.readline()
            if not line:
                raise BoardError("the emulator's monitor is gone")
            answer = json.loads(line)
            if "return" in answer:
                return answer["return"]

    def flushes(self):
        """How often the board has had its disk make sure of what was written."""
        return next(each["stats"]["flush_operations"] for each in self.ask("query-blockstats")
                    if each["device"] == "disk")

    def close(self):
        self.lines.close()
        self.socket.close()


class Board:
    """One board with one disk, which outlives its power."""

    def __init__(self, kernel, base_image, stick, directory):
        self.kernel = kernel
        self.stick = stick
        self.directory = directory
        self.process = None
        self.shell = None
        self.monitor = None
        self.powered_at = 0.0
        self.boots = 0
        disk = self.path("disk.qcow2")
        subprocess.run(["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw",
                        "-b", os.path.realpath(base_image), disk], check=True)

    def path(self, name):
        return os.path.join(self.directory, name)

    def power_on(self):
        """Returns once the root shell answers."""
        self.cut_power()
        self.boots += 1
        self.describe()
        for name in ("agent", "monitor", "uart.log"):
            if os.path.exists(self.path(name)):
                os.remove(self.path(name))
        self.powered_at = time.monotonic()
        with open(self.path("uart.log"), "w") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL)
        try:
            self.shell = Shell(self.awaited(lambda: self.connection("agent")))
            self.monitor = Monitor(self.awaited(lambda: self.connection("monitor")))
            self.run("true", BOOT_SECONDS)
            with open(os.path.join(HERE, "header.bash")) as functions:
                self.run(functions.read())
        except BoardError as error:
            raise BoardError("%s; the console ends with: %s" % (error, self.console()[-2000:]))

    def describe(self):
        """The device tree of this machine, with the name of another."""
        tree = self.path("board.dtb")
        subprocess.run(["qemu-system-aarch64", *MACHINE, "-M", "dumpdtb=" + tree],
                       check=True, capture_output=True)
        subprocess.run(["fdtput", "-t", "s", tree, "/", "model", MODEL], check=True)
        subprocess.run(["fdtput", "-t", "s", tree, "/", "compatible",
                        "raspberrypi,4-model-b", "brcm,bcm2711"], check=True)

    def command(self):
        return [
            "qemu-system-aarch64", *MACHINE, "-no-reboot", "-dtb", self.path("board.dtb"),
            "-kernel", self.kernel, "-append", KERNEL_OPTIONS,
            # What the board wrote and did not sync is lost with the emulator, as with a power cut.
            "-drive", "file=%s,if=none,id=disk,format=qcow2,cache=writeback"
            % self.path("disk.qcow2"),
            "-device", "virtio-blk-pci,drive=disk",
            "-drive", "file=%s,if=none,id=stick,format=raw,readonly=on" % self.stick,
            "-device", "virtio-blk-pci,drive=stick",
            "-chardev", "file,id=console,append=on,path=" + self.path("console.log"),
            "-serial", "chardev:console",
            "-chardev", "pty,id=uart", "-device", "pci-serial,chardev=uart",
            "-chardev", "socket,id=agent,server=on,wait=off,path=" + self.path("agent"),
            "-device", "virtio-serial-pci", "-device", "virtserialport,chardev=agent,name=agent",
            "-qmp", "unix:%s,server=on,wait=off" % self.path("monitor"),
            "-object", "rng-random,id=random,filename=/dev/urandom",
            "-device", "virtio-rng-pci,rng=random",
        ]

    def connection(self, name):
        """To a socket of the emulator's; None as long as it does not listen."""
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(self.path(name))
            return connection
        except (FileNotFoundError, ConnectionRefusedError):
            connection.close()
            return None

    def awaited(self, condition, seconds=10):
        limit = time.monotonic() + seconds
        while True:
            value = condition()
            if value:
                return value
            if self.process.poll() is not None or time.monotonic() > limit:
                with open(self.path("uart.log")) as log:
                    raise BoardError("the emulator does not come up: " + log.read())
            time.sleep(0.02)

    def port(self):
        """The host's end of the UART."""
        return self.awaited(self.pty)

    def pty(self):
        with open(self.path("uart.log")) as log:
            found = PTY.search(log.read())
        return found and found.group(1)

    def console(self):
        with open(self.path("console.log"), errors="replace") as log:
            return log.read()

    def seconds(self):
        """Since the power came."""
        return time.monotonic() - self.powered_at

    def run(self, command, seconds=COMMAND_SECONDS):
        """Has the board do something as root; what it printed."""
        code, output = self.shell.run(command, seconds)
        if code != 0:
            raise BoardError("'%s' returned %d: %s" % (command, code, output.strip()))
        return output.strip()

    def cut_power(self):
        if self.process:
            self.process.kill()
        for connection in (self.shell, self.monitor):
            if connection:
                connection.close()
        self.shell = self.monitor = None
        if self.process:
            self.process.wait()
            self.process = None

    def shut_down(self):
        """As a person would; the emulator ends with the machine."""
        self.shell.run("systemctl poweroff")
        try:
            self.process.wait(BOOT_SECONDS)
        except subprocess.TimeoutExpired:
            raise BoardError("the board does not power off") from None
        finally:
            self.cut_power()


def stick(directory, files):
    """A file system with these files, as on a USB stick."""
    content = os.path.join(directory, "stick")
    os.makedirs(content)
    for file in files:
        shutil.copy(file, content)
    image = os.path.join(directory, "stick.img")
    with open(image, "wb") as file:
        file.truncate(STICK_BYTES)
    subprocess.run(["mke2fs", "-q", "-F", "-t", "ext4", "-d", content, image], check=True)
    shutil.rmtree(content)
    return image
