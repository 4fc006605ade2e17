package dev.switchback.tools.doctor;

import dev.switchback.device.board.linux.RaspberryPi;
import dev.switchback.device.config.Key;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the serial port of the cable and other users of the port. */
final class UartChecks {
  private static final String RASPI_CONFIG = "/usr/bin/raspi-config";
  private static final String BOOT_SETTINGS = "/boot/firmware/config.txt";
  private static final String COMMAND_LINE = "/boot/firmware/cmdline.txt";
  private static final String PLUG_IN = "plug it in; 'switchback ports' lists what is there";
  private static final String HEADER_LINK = "/dev/serial0";
  private static final Pattern ON_BOARD = Pattern.compile("(serial|ttyS|ttyAMA)[0-9]+");

  private UartChecks() {}

  private static Finding noPort() {
    return Finding.skip("no 'port' is set, so there is no cable");
  }

  static Finding port(Subject subject) {
    String port = subject.configuration().get(Key.PORT);
    if (port.isEmpty()) {
      return noPort();
    }
    Machine machine = subject.machine();
    RaspberryPi board = subject.raspberryPi();
    if (!machine.has(port)) {
      return Finding.fail(port + " is missing", whatBringsIt(subject, port, board));
    }
    String device = device(machine, port);
    String seen = port.equals("/dev/" + device) ? port : port + " is /dev/" + device;
    if (board != null && port.equals(HEADER_LINK) && !isOnHeader(board, device)) {
      return Finding.warn(
          seen
              + ", the plug between the HDMI sockets; pins 8 and 10 are /dev/"
              + board.headerUart(),
          subject.setting("port", "/dev/" + board.headerUart()));
    }
    return Finding.pass(
        board != null && isOnHeader(board, device) ? seen + ", on pins 8 and 10" : seen);
  }

  /** Returns whether the port is on pins 8 and 10; on an unknown board, the name decides. */
  static boolean mayBeOnHeader(Subject subject) {
    String port = subject.configuration().get(Key.PORT);
    if (port.isEmpty()) {
      return false;
    }
    RaspberryPi board = subject.raspberryPi();
    String device = device(subject.machine(), port);
    return board == null
        ? ON_BOARD.matcher(device).matches()
        : isOnHeader(board, device)
            || (board.hasSerial0OnHeader() && port.equals(HEADER_LINK) && device.equals("serial0"));
  }

  private static boolean isOnHeader(RaspberryPi board, String device) {
    return board.hasSerial0OnHeader()
        ? device.equals("ttyS0") || device.equals("ttyAMA0")
        : device.equals(board.headerUart());
  }

  private static String whatBringsIt(Subject subject, String port, @Nullable RaspberryPi board) {
    String name = Path.of(port).getFileName().toString();
    if (subject.isInContainer()) {
      return "give it to the container: docker run --device " + port + " ...";
    }
    if (board == null) {
      return ON_BOARD.matcher(name).matches()
          ? "set 'port' to one that is there: 'switchback ports' lists them"
          : PLUG_IN;
    }
    boolean isHeaders = port.equals(HEADER_LINK) || isOnHeader(board, name);
    return isHeaders ? whatBringsTheHeaders(subject, port, board) : PLUG_IN;
  }

  /** The port may exist without the link, and the setting without the port. */
  private static String whatBringsTheHeaders(Subject subject, String port, RaspberryPi board) {
    Machine machine = subject.machine();
    BootSettings boot = BootSettings.of(machine.textOrNothing(BOOT_SETTINGS), board);
    String other = "/dev/" + headerDevice(machine, board, boot);
    if (!port.equals(other) && machine.has(other)) {
      return subject.setting("port", other);
    }
    String setting = board.uartSetting();
    int equals = setting.lastIndexOf('=');
    if (setting.startsWith("dtparam")
        ? machine.textOrNothing(BOOT_SETTINGS).lines().anyMatch(setting::equals)
        : boot.has(setting.substring(0, equals), setting.substring(equals + 1))) {
      return "sudo reboot (" + BOOT_SETTINGS + " has " + setting + " already)";
    }
    return machine.has(RASPI_CONFIG)
        ? "sudo raspi-config nonint do_serial_hw 0 && sudo reboot (it sets " + setting + ")"
        : bootSetting(setting);
  }

  /** Returns the UART on pins 8 and 10: the large one if Bluetooth does not use it. */
  private static String headerDevice(Machine machine, RaspberryPi board, BootSettings boot) {
    boolean hasLarge = boot.has("dtoverlay", "disable-bt") || boot.has("dtoverlay", "miniuart-bt");
    boolean isLargeAlone = machine.has("/dev/ttyAMA0") && !machine.has("/dev/ttyS0");
    return hasLarge || isLargeAlone ? "ttyAMA0" : board.headerUart();
  }

  /** Returns the command that appends a line for all boards. */
  private static String bootSetting(String line) {
    return "printf '[all]\\n" + line + "\\n' | sudo tee -a " + BOOT_SETTINGS + " && sudo reboot";
  }

  /** Returns the kernel's name of a port. */
  private static String device(Machine machine, String port) {
    try {
      return machine.file(port).toRealPath().getFileName().toString();
    } catch (IOException e) {
      return Path.of(port).getFileName().toString();
    }
  }

  static Finding console(Subject subject) {
    String port = subject.configuration().get(Key.PORT);
    if (port.isEmpty()) {
      return noPort();
    }
    Machine machine = subject.machine();
    String device = device(machine, port);
    boolean raspiConfig = machine.has(RASPI_CONFIG);
    String off = "sudo raspi-config nonint do_serial_cons 1 && sudo reboot";
    if (isKernelConsole(machine.textOrNothing("/proc/cmdline"), device)) {
      return Finding.fail(
          "the kernel writes its messages to " + device,
          raspiConfig ? off : consoleOff(machine, device));
    }
    String unit = "serial-getty@" + device + ".service";
    ProgramOutput login = machine.run("systemctl", "is-active", unit);
    if (login.line().equals("active")) {
      return Finding.fail(
          "a login waits on " + device, raspiConfig ? off : "sudo systemctl disable --now " + unit);
    }
    return Finding.pass("neither kernel messages nor a login on " + device);
  }

  /** Returns the command for both names of the port: the firmware replaces serial0. */
  private static String consoleOff(Machine machine, String device) {
    return machine.has(BOOT_SETTINGS)
        ? "sudo sed -i -E 's/console=(serial0|"
            + device
            + ")[^ ]* ?//' "
            + COMMAND_LINE
            + " && sudo reboot"
        : "take console=" + device + " off the kernel's command line, then restart the machine";
  }

  private static boolean isKernelConsole(String commandLine, String device) {
    String console = "console=" + device;
    return Arrays.stream(commandLine.split(" ", -1))
        .anyMatch(word -> word.equals(console) || word.startsWith(console + ","));
  }

  /** The rate of the mini UART follows the core clock, which must therefore be fixed. */
  static Finding clock(Subject subject) {
    String port = subject.configuration().get(Key.PORT);
    RaspberryPi board = subject.raspberryPi();
    if (port.isEmpty()) {
      return noPort();
    }
    if (board == null || !board.hasMiniUart()) {
      return Finding.skip("not a board whose header has the mini UART");
    }
    Machine machine = subject.machine();
    if (!device(machine, port).equals("ttyS0")) {
      return Finding.pass(port + " is not the mini UART");
    }
    String settings = machine.text(BOOT_SETTINGS);
    if (settings == null) {
      return Finding.unseen(BOOT_SETTINGS + " cannot be read", "vcgencmd get_config core_freq");
    }
    BootSettings boot = BootSettings.of(settings, board);
    return boot.has("core_freq") || boot.has("enable_uart", "1")
        ? Finding.pass("mini UART, the clock of the core is fixed")
        : Finding.warn(
            "mini UART, and nothing fixes the clock that its rate follows",
            bootSetting("dtoverlay=disable-bt"));
  }

  static Finding modemManager(Subject subject) {
    try (DirectoryStream<Path> processes =
        Files.newDirectoryStream(subject.machine().file("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (isModemManager(process.resolve("comm"))) {
          return Finding.warn(
              "ModemManager talks to serial ports for 10 s after they are plugged in",
              "sudo systemctl disable --now ModemManager.service");
        }
      }
      return Finding.pass("does not run");
    } catch (IOException e) {
      return Finding.skip("this system does not list its processes");
    }
  }

  private static boolean isModemManager(Path name) {
    try {
      return Files.readString(name).strip().equals("ModemManager");
    } catch (IOException e) {
      // The process has ended.
      return false;
    }
  }
}
