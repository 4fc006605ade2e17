package dev.switchback.wire.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.switchback.wire.LinkException;
import dev.switchback.wire.LinkException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFailureTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "1, PERMISSION",
    "2, BUSY",
    "5, NO_PORT",
    "6, NO_PORT",
    "11, BUSY",
    "13, PERMISSION",
    "16, BUSY",
    "19, NO_PORT",
    "21, NO_PORT",
    "22, NO_PORT",
    "25, NO_PORT",
    "12, OTHER"
  })
  void errorNumbersOfLinuxAreTold(int errorNumber, Kind kind) throws IOException {
    Path file = Files.createFile(directory.resolve("port"));
    assertEquals(kind, OpenFailure.of(file.toString(), errorNumber).kind());
  }

  @Test
  void unknownErrorKeepsItsNumber() throws IOException {
    assertEquals(
        "/dev/x could not be opened (error 12 of the system)",
        OpenFailure.of("/dev/x", 12).getMessage());
  }

  @Test
  void permissionNamesTheGroupThatMayOpen() throws IOException {
    Path file = Files.createFile(directory.resolve("port"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    String owner = Files.getOwner(file).getName();
    String group =
        Files.readAttributes(file, java.nio.file.attribute.PosixFileAttributes.class)
            .group()
            .getName();
    LinkException e = OpenFailure.of(file.toString(), 13);
    assertEquals(
        "no permission for "
            + file
            + " ("
            + owner
            + ":"
            + group
            + " rw-rw----): run 'sudo usermod -aG "
            + (group.equals("root") ? "dialout" : group)
            + " $USER', then log out and in again",
        e.getMessage());
  }

  @Test
  void missingPortListsWhatThereIs() {
    assertEquals(
        "no serial port /dev/x here; there is none at all: is the cable plugged in?",
        OpenFailure.noPort("/dev/x", List.of()));
    assertEquals(
        "no serial port /dev/x here; found: /dev/serial/by-id/usb-1, /dev/ttyS0",
        OpenFailure.noPort(
            "/dev/x",
            List.of(
                new ListedPort("ttyUSB0", "/dev/ttyUSB0", "/dev/serial/by-id/usb-1", "Adapter"),
                new ListedPort("ttyS0", "/dev/ttyS0", null, "Physical Port S0"))));
  }

  @Test
  void busyPortNamesEveryUserAndTheFirstOnesMend() {
    assertEquals(
        "/dev/x is in use by another program: 'sudo fuser -v /dev/x' names it; end it",
        OpenFailure.busy("/dev/x", List.of()));
    assertEquals(
        "/dev/x is in use by agetty (process 7), picocom (process 9): that is a login console;"
            + " 'sudo systemctl disable --now serial-getty@x.service' takes it off the port",
        OpenFailure.busy(
            "/dev/x", List.of(new PortUser(7, "agetty", true), new PortUser(9, "picocom", false))));
  }
}
