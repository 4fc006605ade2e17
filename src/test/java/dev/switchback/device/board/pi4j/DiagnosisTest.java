package dev.switchback.device.board.pi4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.exception.InitializeException;
import com.pi4j.library.gpiod.internal.GpioDException;
import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.BoardException.Kind;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static void assertExplained(Kind kind, String start, String mend, Throwable failure) {
    BoardException explained = Diagnosis.of("GPIO17 (switch A)", failure);
    assertEquals(kind, explained.kind());
    assertSame(failure, explained.getCause());
    String message = assertMessage(explained);
    assertTrue(message.startsWith(start), message);
    assertTrue(message.contains(mend), message);
  }

  private static String assertMessage(BoardException explained) {
    String message = explained.getMessage();
    assertNotNull(message);
    return message;
  }

  @Test
  void missingPermissionNamesTheGroup() {
    assertExplained(
        Kind.PERMISSION,
        "no permission to open GPIO17 (switch A)",
        "'sudo usermod -aG gpio $USER', then log out and in again",
        new GpioDException("gpiod_chip_iter_new failed! (Permission denied)"));
  }

  @Test
  void heldLineIsFoundAtTheEndOfTheChain() {
    assertExplained(
        Kind.BUSY,
        "GPIO17 (switch A) is held by another program",
        "'gpioinfo'",
        new IllegalStateException(
            "Failed to initialize IO switchback-a",
            new InitializeException(
                "Failed to initialize input switchback-a",
                new GpioDException(
                    "c_gpiod_line_request_both_edges_events_flags failed: -1"
                        + " (Device or resource busy)"))));
  }

  @Test
  void kernelWithoutVersionOneIsRecognised() {
    assertExplained(
        Kind.KERNEL,
        "this kernel was built without version 1 of the GPIO interface",
        "'sudo apt-get install linux-image-rpi-v8'",
        new GpioDException("c_gpiod_chip_get_line failed! (Invalid argument)"));
  }

  @Test
  void machineWithoutAHeaderChipIsNoBoard() {
    assertExplained(
        Kind.NO_BOARD,
        "no GPIO chip of a Raspberry Pi header here",
        "'gpiodetect'",
        new IllegalStateException(
            "Couldn't identify suitable gpiochip (no chip name specified and no 'pinctrl' chip"
                + " found)!"));
  }

  @Test
  void otherProcessorIsNoBoard() {
    assertExplained(
        Kind.NO_BOARD,
        "no GPIO header on this machine (" + System.getProperty("os.arch") + ")",
        "use the simulated board",
        new ExceptionInInitializerError(
            new IllegalStateException(
                "Pi4J has detected and UNKNOWN/UNSUPPORTED 'os.arch' : [amd64]; only 'arm|armhf'"
                    + " and 'arm64|aarch64' are supported.")));
  }

  @Test
  void nativeLibraryThatDoesNotLoadNamesTheOption() {
    assertExplained(
        Kind.OTHER,
        "Pi4J's native library could not be loaded",
        "-Dpi4j.library.path=FOLDER",
        new UnsatisfiedLinkError("/tmp/x.so: failed to map segment from shared object"));
  }

  @Test
  void anythingElseKeepsItsInnermostMessage() {
    assertExplained(
        Kind.OTHER,
        "GPIO17 (switch A) could not be opened: c_gpiod_line_request_output failed: -1"
            + " (No such device)",
        "",
        new IllegalStateException(
            "Failed to initialize IO switchback-led",
            new GpioDException("c_gpiod_line_request_output failed: -1 (No such device)")));
    assertExplained(
        Kind.OTHER,
        "GPIO17 (switch A) could not be opened: java.lang.NullPointerException",
        "",
        new IllegalStateException("Failed to initialize IO", new NullPointerException()));
  }
}
