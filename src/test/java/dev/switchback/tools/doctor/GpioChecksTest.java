package dev.switchback.tools.doctor;

import static dev.switchback.tools.doctor.Findings.assertFinding;

import dev.switchback.device.board.linux.GpioLines;
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
  void anotherBoardHasToSayWhatItIsLike() throws IOException {
    RecordedMachine emulated = RecordedMachine.bare("emulated", root.resolve("other"));
    assertFinding(
        Verdict.FAIL,
        "linux,dummy-virt is no Raspberry Pi",
        "board.model",
        GpioChecks.board(emulated.subject("board = pi")));
    Subject like = emulated.subject("board = pi\nboard.model = MODEL_4_B");
    assertFinding(Verdict.PASS, "taken for a MODEL_4_B", GpioChecks.board(like));
    assertFinding(Verdict.PASS, "gpiochip1, pinctrl-bcm2711, 54 lines", GpioChecks.chip(like));
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
        Verdict.FAIL,
        "no chip of a Raspberry Pi's header",
        "linux-image",
        GpioChecks.chip(subject));
    assertFinding(Verdict.SKIP, "no chip to look at", GpioChecks.lines(subject));
  }

  @Test
  void aKernelThatShowsNoLabelsIsNotJudged() throws IOException {
    RecordedMachine pc = RecordedMachine.bare("pc", root.resolve("other"));
    assertFinding(
        Verdict.FAIL,
        "no chip of a Raspberry Pi's header",
        GpioChecks.chip(pc.subject("board = pi")));
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
  void aKernelWithoutVersion1IsNamedAsSuch() {
    machine.lines = new GpioLines(false, machine.lines.consumers());
    assertFinding(
        Verdict.FAIL,
        "CONFIG_GPIO_CDEV_V1",
        "linux-image-rpi",
        GpioChecks.kernelInterface(subject));
  }

  @Test
  void withoutPermissionItSaysHowToSeeIt() {
    machine.refusal = new AccessDeniedException("/dev/gpiochip0");
    assertFinding(
        Verdict.SKIP,
        "no permission for /dev/gpiochip0",
        "sudo switchback doctor",
        GpioChecks.kernelInterface(subject));
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
        "free: GPIO17 (switch A), GPIO27 (switch B), GPIO22 (the LED)",
        GpioChecks.lines(subject));
  }

  @Test
  void linesOfTheRunningDeviceAreFine() {
    machine.hold(17, "switchback-a");
    machine.hold(27, "switchback-b");
    machine.hold(22, "switchback-led");
    assertFinding(Verdict.PASS, "held by the running device", GpioChecks.lines(subject));
  }

  @Test
  void aLineOfAnotherProgramFails_andTheProgramIsNamed() {
    machine.hold(27, "lg");
    assertFinding(
        Verdict.FAIL, "GPIO27 (switch B) is held by 'lg'", "gpioinfo", GpioChecks.lines(subject));
  }

  @Test
  void aLineThatNobodyUsesMayBeHeld() {
    machine.hold(4, "onewire");
    assertFinding(Verdict.PASS, "free", GpioChecks.lines(subject));
  }
}
