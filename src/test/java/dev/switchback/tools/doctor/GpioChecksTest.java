package dev.switchback.tools.doctor;

import static dev.switchback.tools.doctor.Findings.assertFinding;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class GpioChecksTest extends InstalledPi4 {
  @Test
  void theBoardIsNamed() {
    assertFinding(Verdict.PASS, "Raspberry Pi 4 Model B Rev 1.4", GpioChecks.board(subject));
  }

  @Test
  void aBoardWithout64BitsFails() throws IOException {
    machine.board.file("/proc/device-tree/model", "Raspberry Pi Zero W Rev 1.1\\0");
    assertFinding(Verdict.FAIL, "no 64-bit processor", "Zero 2 W", GpioChecks.board(subject));
  }

  @Test
  void aNewBoardIsWorthALook() throws IOException {
    machine.board.file("/proc/device-tree/model", "Raspberry Pi 6 Model B Rev 1.0\\0");
    assertFinding(Verdict.WARN, "not in the table", GpioChecks.board(subject));
  }

  @Test
  void anotherBoardIsFineIfItsLinesAreFound() throws IOException {
    RecordedMachine emulated = RecordedMachine.bare("emulated", root.resolve("other"));
    Subject subject = emulated.subject("board = pi\nswitches = 17, 9030000.pl061:3");
    assertFinding(Verdict.PASS, "linux,dummy-virt, no Raspberry Pi", GpioChecks.board(subject));
    assertFinding(
        Verdict.PASS,
        "gpiochip1, pinctrl-bcm2711, 54 lines; gpiochip0, 9030000.pl061, 8 lines",
        GpioChecks.chip(subject));
    assertFinding(
        Verdict.PASS,
        "free: switch A on GPIO17 = gpiochip1:17, switch B on 9030000.pl061:3 = gpiochip0:3,"
            + " the LED on GPIO22 = gpiochip1:22",
        GpioChecks.lines(subject));
  }

  @Test
  void severalLedsAreNumbered() throws IOException {
    RecordedMachine emulated = RecordedMachine.bare("emulated", root.resolve("other"));
    Subject subject = emulated.subject("board = pi\nleds = 22,23\ntruth = 0110,0001");
    assertFinding(
        Verdict.PASS,
        "free: switch A on GPIO17 = gpiochip1:17, switch B on GPIO27 = gpiochip1:27,"
            + " LED 1 on GPIO22 = gpiochip1:22, LED 2 on GPIO23 = gpiochip1:23",
        GpioChecks.lines(subject));
  }

  @Test
  void aLineThatIsNotThereIsNamed() {
    assertFinding(
        Verdict.FAIL,
        "no GPIO line has the name 'PIN_11'",
        GpioChecks.chip(machine.subject("switches = PIN_11,27")));
    assertFinding(
        Verdict.FAIL,
        "no GPIO chip has the name or label 'extra'",
        GpioChecks.chip(machine.subject("switches = extra:1,27")));
  }

  @Test
  void theSimulatedBoardNeedsNoPins() {
    Subject simulated = machine.subject("board = sim");
    assertFinding(Verdict.SKIP, "board = sim", GpioChecks.board(simulated));
    assertFinding(Verdict.SKIP, "board = sim", GpioChecks.chip(simulated));
    assertFinding(Verdict.SKIP, "board = sim", GpioChecks.lines(simulated));
  }

  @Test
  void aKernelWithoutTheChipFails() throws IOException {
    machine.board.without("/sys/class/gpio/gpiochip512");
    assertFinding(
        Verdict.FAIL, "this machine has no chip of one", "linux-image", GpioChecks.chip(subject));
    assertFinding(Verdict.SKIP, "no chip to look at", GpioChecks.access(subject));
    assertFinding(Verdict.SKIP, "no chip to look at", GpioChecks.lines(subject));
  }

  @Test
  void aKernelThatShowsNoLabelsIsNotJudged() throws IOException {
    RecordedMachine pc = RecordedMachine.bare("pc", root.resolve("other"));
    assertFinding(
        Verdict.FAIL, "the kernel has no GPIO chip", GpioChecks.chip(pc.subject("board = pi")));
    pc.board.file("/dev/gpiochip0", "");
    assertFinding(
        Verdict.SKIP, "shows no labels", "sudo", GpioChecks.chip(pc.subject("board = pi")));
  }

  @Test
  void aChipOfAnotherGroupNeedsARule() {
    machine.group = "dialout";
    assertFinding(
        Verdict.WARN, "/dev/gpiochip0 is for group dialout", "udev", GpioChecks.access(subject));
  }

  @Test
  void aChipWithoutItsDeviceFails() throws IOException {
    machine.board.without("/dev/gpiochip0");
    assertFinding(Verdict.FAIL, "/dev/gpiochip0 is missing", GpioChecks.access(subject));
  }

  @Test
  void withoutPermissionItSaysHowToSeeIt() {
    machine.refusal = new AccessDeniedException("/dev/gpiochip0");
    assertFinding(
        Verdict.SKIP,
        "no permission for /dev/gpiochip0",
        "sudo switchback doctor",
        GpioChecks.lines(subject));
  }

  @Test
  void namesThatThisUserMayNotReadAreNotJudged() {
    machine.refusal = new AccessDeniedException("/dev/gpiochip0");
    assertFinding(
        Verdict.SKIP,
        "no permission for the names of the lines",
        "sudo switchback doctor",
        GpioChecks.chip(machine.subject("switches = GPIO17,27")));
  }

  @Test
  void whatIsNoChipIsNotJudged() {
    machine.refusal = new IOException("/dev/gpiochip0 is not a GPIO chip (errno 25)");
    assertFinding(Verdict.SKIP, "errno 25", "gpioinfo", GpioChecks.lines(subject));
  }

  @Test
  void freeLinesAreNamed() {
    assertFinding(
        Verdict.PASS,
        "free: switch A on GPIO17 = gpiochip0:17, switch B on GPIO27 = gpiochip0:27,"
            + " the LED on GPIO22 = gpiochip0:22",
        GpioChecks.lines(subject));
  }

  @Test
  void linesOfTheRunningDeviceAreFine() {
    machine.hold(17, "switchback-switches");
    machine.hold(27, "switchback-switches");
    machine.hold(22, "switchback-leds");
    assertFinding(Verdict.PASS, "held by the running device", GpioChecks.lines(subject));
  }

  @Test
  void aLineOfAnotherProgramFails_andTheProgramIsNamed() {
    machine.hold(27, "lg");
    assertFinding(
        Verdict.FAIL,
        "switch B on GPIO27 = gpiochip0:27 is held by 'lg'",
        "gpioinfo",
        GpioChecks.lines(subject));
  }

  @Test
  void aLineThatNobodyUsesMayBeHeld() {
    machine.hold(4, "onewire");
    assertFinding(Verdict.PASS, "free", GpioChecks.lines(subject));
  }
}
