package dev.switchback.tools.doctor;

import static dev.switchback.tools.doctor.Findings.assertFinding;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that people reported, and fixes that can be carried out on them. */
class FieldCasesTest {
  private static final String SERIAL0 = "port = /dev/serial0";

  @TempDir private Path root;

  private RecordedMachine over(String name) throws IOException {
    RecordedMachine machine = RecordedMachine.installed("pi-4", root);
    machine.board.with(name);
    return machine;
  }

  private static void assertNoFixHas(Subject subject, String... words) {
    for (Row row : Examination.of(subject)) {
      for (String word : words) {
        assertFalse(row.finding().fix().contains(word), row.toString());
      }
    }
  }

  @Test
  void anotherBoardIsNotTakenForARaspberryPi() throws IOException {
    RecordedMachine machine = RecordedMachine.bare("fb-orangepi", root);
    Subject subject = machine.subject("board = pi\nport = /dev/ttyS5");
    assertFinding(Verdict.PASS, "OrangePi Zero2, no Raspberry Pi", GpioChecks.board(subject));
    assertFinding(Verdict.FAIL, "no chip of one", "board = sim", GpioChecks.chip(subject));
    assertFinding(
        Verdict.PASS,
        "gpiochip1, 300b000.pinctrl, 288 lines",
        GpioChecks.chip(
            machine.subject("board = pi\nswitches = gpiochip1:5,gpiochip1:6\nled = none")));
    assertNoFixHas(subject, "linux-image-rpi", "raspi-config", "/boot/firmware");
    machine.board.file("/proc/cmdline", "console=ttyS5,115200\\n");
    assertFinding(
        Verdict.FAIL,
        "kernel writes its messages to ttyS5",
        "take console=ttyS5 off",
        UartChecks.console(subject));
    Subject missing = machine.subject("port = /dev/ttyS1");
    assertFinding(Verdict.FAIL, "missing", "switchback ports", UartChecks.port(missing));
    assertFinding(Verdict.SKIP, "simulated", GpioChecks.board(machine.subject("")));
  }

  @Test
  void aContainerWithAChipAndNoDeviceTreeIsWorthALook() throws IOException {
    RecordedMachine machine = RecordedMachine.bare("fb-docker", root);
    Subject subject = machine.subject(SERIAL0);
    assertFinding(
        Verdict.WARN,
        "so the simulated board is used, though /dev/gpiochip0 is here",
        "board = pi",
        GpioChecks.board(subject));
    assertFinding(Verdict.FAIL, "missing", "docker run --device", UartChecks.port(subject));
    assertNoFixHas(subject, "raspi-config", "sudo reboot");
    assertFinding(Verdict.SKIP, "board = sim", GpioChecks.board(machine.subject("board = sim")));
    Subject like = machine.subject("board = pi");
    assertFinding(Verdict.PASS, "gpiochip0, pinctrl-bcm2711", GpioChecks.chip(like));
    machine.board.file("/proc/self/mountinfo", "25 1 0:44 / / rw,relatime - overlay overlay rw\\n");
    machine.board.file("/var/lib/switchback/lock", "");
    assertFinding(Verdict.FAIL, "overlay", "docker run -v switchback:", StateChecks.mount(subject));
  }

  @Test
  void aLinkThatIsGoneIsReplacedByWhatItLedTo() throws IOException {
    RecordedMachine machine = over("fb-serial0-gone");
    machine.board.without("/dev/serial0");
    Subject subject = machine.subject(SERIAL0);
    assertFinding(Verdict.FAIL, "missing", "port = /dev/ttyS0|", UartChecks.port(subject));
    assertNoFixHas(subject, "do_serial_hw", "enable_uart");
    machine.board.file("/boot/firmware/config.txt", "enable_uart=1\\ndtoverlay=disable-bt\\n");
    assertFinding(Verdict.FAIL, "missing", "port = /dev/ttyAMA0|", UartChecks.port(subject));
    machine.board.without("/dev/ttyS0").without("/dev/ttyAMA0");
    assertFinding(
        Verdict.FAIL,
        "missing",
        "sudo reboot (/boot/firmware/config.txt has enable_uart=1 already)",
        UartChecks.port(subject));
  }

  @Test
  void aSystemWithoutRaspiConfigIsTreatedWithoutIt() throws IOException {
    RecordedMachine machine = over("fb-ubuntu");
    machine.board.without("/usr/bin/raspi-config");
    Subject subject = machine.subject(SERIAL0);
    assertFinding(
        Verdict.FAIL,
        "the kernel writes its messages to ttyS0",
        "sudo sed -i -E 's/console=(serial0|ttyS0)[^ ]* ?//' /boot/firmware/cmdline.txt",
        UartChecks.console(subject));
    assertFinding(Verdict.PASS, "is fixed", UartChecks.clock(subject));
    assertNoFixHas(subject, "raspi-config", "enable_uart");
    machine.board.without("/dev/serial0");
    assertFinding(Verdict.FAIL, "missing", "port = /dev/ttyS0|", UartChecks.port(subject));
    machine.board.without("/dev/ttyS0").without("/dev/ttyAMA0");
    machine.board.file("/boot/firmware/config.txt", "[pi5]\\nx=1\\n");
    assertFinding(
        Verdict.FAIL,
        "missing",
        "printf '[all]\\nenable_uart=1\\n' | sudo tee -a /boot/firmware/config.txt",
        UartChecks.port(subject));
    machine.board.without("/sys/class/gpio/gpiochip512");
    assertNoFixHas(subject, "raspi-config", "linux-image-rpi");
  }

  @Test
  void aMountOfItsOwnIsNoOverlay() throws IOException {
    Subject subject = over("fb-tmpfs").subject("");
    assertFinding(
        Verdict.FAIL, "tmpfs", "take /var/lib/switchback out of", StateChecks.mount(subject));
    assertNoFixHas(subject, "do_overlayfs");
  }

  @Test
  void aSectionForAnotherBoardDoesNotCount() throws IOException {
    Subject subject = over("fb-section").subject(SERIAL0);
    assertFinding(Verdict.WARN, "nothing fixes the clock", "[all]", UartChecks.clock(subject));
  }

  @Test
  void modemManagerIsWorthALook() throws IOException {
    Subject subject = over("fb-mm").subject("");
    assertEquals(
        List.of("modem-manager"),
        Examination.of(subject).stream()
            .filter(row -> row.finding().verdict() == Verdict.WARN)
            .map(Row::check)
            .toList());
  }

  @Test
  void theUserOfTheServiceLogsInNowhere() throws IOException {
    RecordedMachine machine = RecordedMachine.installed("pi-4", root);
    machine.properties.put("user.name", "switchback");
    machine.board.file("/proc/self/status", "Gid:\t990\t990\t990\t990\\nGroups:\t990 \\n");
    machine.board.file("/etc/group", "dialout:x:20:pi\\ngpio:x:993:pi\\n");
    Subject subject = machine.subject(SERIAL0);
    assertFinding(
        Verdict.FAIL, "switchback is not in", "systemd-sysusers", UserChecks.groups(subject));
    assertNoFixHas(subject, "usermod", "$USER");
  }
}
