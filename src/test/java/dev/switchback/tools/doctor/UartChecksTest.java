package dev.switchback.tools.doctor;

import static dev.switchback.tools.doctor.Findings.assertFinding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UartChecksTest {
  private static final String SERIAL0 = "port = /dev/serial0";

  @TempDir private Path root;

  private RecordedMachine machine(String board) throws IOException {
    return RecordedMachine.installed(board, root);
  }

  @Test
  void withoutAPortThereIsNothingToSee() throws IOException {
    Subject subject = machine("pi-4").subject("");
    assertFinding(Verdict.SKIP, "no 'port' is set", UartChecks.port(subject));
    assertFinding(Verdict.SKIP, "no 'port' is set", UartChecks.console(subject));
    assertFinding(Verdict.SKIP, "no 'port' is set", UartChecks.clock(subject));
  }

  @Test
  void serial0OfAPi4IsOnTheHeader() throws IOException {
    assertFinding(
        Verdict.PASS,
        "/dev/serial0 is /dev/ttyS0, on pins 8 and 10",
        UartChecks.port(machine("pi-4").subject(SERIAL0)));
  }

  @Test
  void serial0OfAPi5IsThePlugBesideIt_andTheFileIsChanged() throws IOException {
    assertFinding(
        Verdict.WARN,
        "pins 8 and 10 are /dev/ttyAMA0",
        "port = /dev/ttyAMA0|' /etc/switchback/switchback.properties",
        UartChecks.port(machine("pi-5").subject(SERIAL0)));
  }

  @Test
  void serial0OfAPi5ThatTheFirmwareMovedIsFine() throws IOException {
    RecordedMachine machine = machine("pi-5");
    machine.board.file("/dev/ttyAMA0", "").link("/dev/serial0", "ttyAMA0");
    assertFinding(
        Verdict.PASS, "/dev/ttyAMA0, on pins 8 and 10", UartChecks.port(machine.subject(SERIAL0)));
  }

  @Test
  void anOverlayMayPutTheLargeUartOnTheHeader() throws IOException {
    RecordedMachine machine = machine("pi-3");
    machine.board.link("/dev/serial0", "ttyAMA0");
    Subject subject = machine.subject(SERIAL0);
    assertFinding(Verdict.PASS, "/dev/ttyAMA0, on pins 8 and 10", UartChecks.port(subject));
    assertFinding(Verdict.PASS, "not the mini UART", UartChecks.clock(subject));
  }

  @Test
  void aUartThatIsOffIsSwitchedOn() throws IOException {
    RecordedMachine four = machine("pi-4");
    four.board.without("/dev/serial0").without("/dev/ttyS0").without("/dev/ttyAMA0");
    four.board.file("/boot/firmware/config.txt", "[pi5]\\nenable_uart=1\\n");
    assertFinding(
        Verdict.FAIL,
        "/dev/serial0 is missing",
        "do_serial_hw 0 && sudo reboot (it sets enable_uart=1)",
        UartChecks.port(four.subject(SERIAL0)));
    RecordedMachine five = RecordedMachine.bare("pi-5", root.resolve("five"));
    assertFinding(
        Verdict.FAIL,
        "/dev/ttyAMA0 is missing",
        "dtparam=uart0=on",
        UartChecks.port(five.subject("port = /dev/ttyAMA0")));
  }

  @Test
  void anAdapterThatIsMissingIsPluggedIn() throws IOException {
    assertFinding(
        Verdict.FAIL,
        "/dev/ttyUSB0 is missing",
        "switchback ports",
        UartChecks.port(machine("pi-4").subject("port = /dev/ttyUSB0")));
  }

  @Test
  void theConsoleOfTheKernelIsInTheWay() throws IOException {
    RecordedMachine machine = machine("pi-4");
    machine.board.file("/proc/cmdline", "console=ttyS0,115200 console=tty1 root=/dev/mmcblk0p2\\n");
    assertFinding(
        Verdict.FAIL,
        "the kernel writes its messages to ttyS0",
        "sudo raspi-config nonint do_serial_cons 1",
        UartChecks.console(machine.subject(SERIAL0)));
  }

  @Test
  void theConsoleOfAnotherPortIsNot() throws IOException {
    RecordedMachine machine = machine("pi-4");
    machine.board.file("/proc/cmdline", "console=ttyS01,115200 console=ttyAMA0\\n");
    assertFinding(Verdict.PASS, "neither", UartChecks.console(machine.subject(SERIAL0)));
  }

  @Test
  void aLoginIsInTheWay_andGoesWithoutRaspiConfigToo() throws IOException {
    RecordedMachine machine = machine("pi-4");
    machine.board.program("systemctl is-active serial-getty@ttyS0.service", "active\n");
    Subject subject = machine.subject(SERIAL0);
    assertFinding(
        Verdict.FAIL, "a login waits on ttyS0", "raspi-config", UartChecks.console(subject));
    machine.board.without("/usr/bin/raspi-config");
    assertFinding(
        Verdict.FAIL,
        "a login waits on ttyS0",
        "sudo systemctl disable --now serial-getty@ttyS0.service",
        UartChecks.console(subject));
  }

  @Test
  void theMiniUartNeedsAFixedClock() throws IOException {
    RecordedMachine machine = machine("pi-3");
    Subject subject = machine.subject(SERIAL0);
    assertFinding(Verdict.PASS, "is fixed", UartChecks.clock(subject));
    machine.board.file("/boot/firmware/config.txt", "dtparam=audio=on\n#core_freq=250\n");
    assertFinding(Verdict.WARN, "nothing fixes the clock", "disable-bt", UartChecks.clock(subject));
    machine.board.file("/boot/firmware/config.txt", "core_freq=250\n");
    assertFinding(Verdict.PASS, "is fixed", UartChecks.clock(subject));
    machine.board.without("/boot/firmware/config.txt");
    assertFinding(Verdict.SKIP, "cannot be read", "vcgencmd", UartChecks.clock(subject));
  }

  @Test
  void aSectionForAnotherBoardFixesNothing() throws IOException {
    RecordedMachine machine = RecordedMachine.installed("pi-4", root);
    machine.board.with("section-of-a-pi-5");
    Subject subject = machine.subject(SERIAL0);
    assertFinding(Verdict.WARN, "nothing fixes the clock", "disable-bt", UartChecks.clock(subject));
    machine.board.file("/boot/firmware/config.txt", "[pi5]\nx=1\n[pi4]\nenable_uart=1\n");
    assertFinding(Verdict.PASS, "is fixed", UartChecks.clock(subject));
    machine.board.file("/boot/firmware/config.txt", "[pi4]\n[all]\nenable_uart=1\n");
    assertFinding(Verdict.PASS, "is fixed", UartChecks.clock(subject));
  }

  @Test
  void aSectionThatAsksForMoreThanTheModelDoesNotCount() throws IOException {
    RecordedMachine machine = machine("pi-4");
    Subject subject = machine.subject(SERIAL0);
    for (String filter : List.of("[0x12345678]", "[gpio4=1]", "[none]", "[EDID=VSC-TD2220]")) {
      machine.board.file("/boot/firmware/config.txt", filter + "\n[pi4]\nenable_uart=1\n");
      assertFinding(Verdict.WARN, "nothing fixes the clock", UartChecks.clock(subject));
    }
  }

  @Test
  void theLastValueHolds() throws IOException {
    RecordedMachine machine = machine("pi-4");
    machine.board.file("/boot/firmware/config.txt", "enable_uart=1\nenable_uart=0\n");
    assertFinding(
        Verdict.WARN, "nothing fixes the clock", UartChecks.clock(machine.subject(SERIAL0)));
  }

  @Test
  void modemManagerIsFoundAmongTheProcesses() throws IOException {
    RecordedMachine machine = machine("pi-4");
    Subject subject = machine.subject("");
    assertFinding(Verdict.PASS, "does not run", UartChecks.modemManager(subject));
    machine.board.file("/proc/913/comm", "ModemManager\n");
    assertFinding(
        Verdict.WARN, "10 s", "disable --now ModemManager", UartChecks.modemManager(subject));
  }
}
