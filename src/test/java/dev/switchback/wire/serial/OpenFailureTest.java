package dev.switchback.wire.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.wire.LinkException;
import dev.switchback.wire.LinkException.Kind;
import dev.switchback.wire.serial.OpenFailure.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
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

  private static OpenFailure failure(Platform platform, String path) {
    return new OpenFailure(platform, path, "ada");
  }

  @ParameterizedTest
  @CsvSource({
    "1, PERMISSION",
    "2, NO_PORT",
    "5, NO_PORT",
    "6, NO_PORT",
    "11, OTHER",
    "13, PERMISSION",
    "16, BUSY",
    "35, BUSY"
  })
  void errorNumbersOfMacosAreTold(int errorNumber, Kind kind) {
    LinkException e = failure(Platform.MACOS, "/dev/cu.x").of(errorNumber, List.of(), List.of());
    assertEquals(kind, e.kind());
    assertIsFor(Platform.MACOS, e);
  }

  @ParameterizedTest
  @CsvSource({
    "1, NO_PORT",
    "2, NO_PORT",
    "3, NO_PORT",
    "5, BUSY",
    "32, BUSY",
    "170, BUSY",
    "31, NO_PORT",
    "87, NO_PORT",
    "121, NO_PORT",
    "123, NO_PORT",
    "433, NO_PORT",
    "1167, NO_PORT",
    "8, OTHER"
  })
  void errorNumbersOfWindowsAreTold(int errorNumber, Kind kind) {
    LinkException e = failure(Platform.WINDOWS, "COM3").of(errorNumber, List.of(), List.of());
    assertEquals(kind, e.kind());
    assertIsFor(Platform.WINDOWS, e);
  }

  /** No fix is of another system. */
  private static void assertIsFor(Platform platform, LinkException e) {
    String fix = String.valueOf(e.fix());
    for (String ofLinux : List.of("usermod", "fuser", "systemctl")) {
      assertFalse(fix.contains(ofLinux), fix);
    }
    assertFalse(platform == Platform.WINDOWS && fix.contains("sudo"), fix);
    assertFalse(platform == Platform.WINDOWS && fix.contains("lsof"), fix);
  }

  @Test
  void fixesAreThoseOfTheSystem() {
    assertEquals(
        "'lsof /dev/cu.x' names it; end it",
        failure(Platform.MACOS, "/dev/cu.x").busy(List.of()).fix());
    assertEquals(
        "close it: a serial monitor, a terminal or an IDE",
        failure(Platform.WINDOWS, "COM3").busy(List.of()).fix());
    String windows =
        String.valueOf(failure(Platform.WINDOWS, "COM3").missing(List.of(), null).fix());
    assertTrue(windows.contains("Device Manager"), windows);
    assertEquals(Platform.MACOS, Platform.of("Mac OS X"));
    assertEquals(Platform.WINDOWS, Platform.of("Windows 11"));
    assertEquals(Platform.LINUX, Platform.of("Linux"));
  }

  @Test
  void permissionNamesTheUserAndTheGroupThatMayOpen() throws IOException {
    Path file = Files.createFile(directory.resolve("port"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
    PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
    String group = attributes.group().getName();
    LinkException e = failure(Platform.LINUX, file.toString()).of(13, List.of(), List.of());
    assertEquals(
        "no permission for "
            + file
            + " ("
            + attributes.owner().getName()
            + ":"
            + group
            + " rw-rw----)",
        e.what());
    assertEquals(
        group.equals("root")
            ? "run 'sudo chgrp dialout " + file + " && sudo chmod g+rw " + file + "'"
            : "run 'sudo usermod -aG " + group + " ada', then log out and in again",
        e.fix());
  }

  @Test
  void aGroupThatMayNotOpenItEitherIsNoFix() throws IOException {
    Path file = Files.createFile(directory.resolve("port"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    String fix =
        String.valueOf(failure(Platform.LINUX, file.toString()).of(13, List.of(), List.of()).fix());
    assertTrue(fix.contains("sudo chmod g+rw " + file), fix);
  }

  @Test
  void missingPortListsWhatThereIs() {
    OpenFailure failure = failure(Platform.LINUX, "/dev/x");
    assertEquals(
        "no serial port /dev/x here; there is none at all: is the cable plugged in?",
        failure.missing(List.of(), null).getMessage());
    assertEquals(
        "no serial port /dev/x here; found: /dev/serial/by-id/usb-1, /dev/ttyS0",
        failure
            .missing(
                List.of(
                    new ListedPort("ttyUSB0", "/dev/ttyUSB0", "/dev/serial/by-id/usb-1", "Adapter"),
                    new ListedPort("ttyS0", "/dev/ttyS0", null, "Physical Port S0")),
                null)
            .getMessage());
  }

  @Test
  void busyPortNamesEveryUserAndTheFirstOnesFix() {
    OpenFailure failure = failure(Platform.LINUX, "/dev/x");
    assertEquals(
        "/dev/x is in use by another program; 'sudo fuser -v /dev/x' names it; end it",
        failure.busy(List.of()).getMessage());
    assertEquals(
        "/dev/x is in use by agetty (process 7), picocom (process 9); that is a login console;"
            + " 'sudo systemctl disable --now serial-getty@x.service' takes it off the port",
        failure
            .busy(List.of(new PortUser(7, "agetty", true), new PortUser(9, "picocom", false)))
            .getMessage());
  }
}
