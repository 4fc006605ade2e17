package dev.switchback.tools.cli.line;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TransferLineTest {
  @Test
  void barRateAndTimeLeftAreThere() {
    assertEquals(
        "upload [###.........] 25 %, 10,000 of 40,000 bytes, 10.0 kB/s, 3.0 s left",
        TransferLine.text("upload", 10_000, 40_000, 10_000, 1));
    assertEquals(
        "upload [############] 100 %, 40,000 of 40,000 bytes, 9.9 kB/s, 0.0 s left",
        TransferLine.text("upload", 40_000, 40_000, 40_000, 4.04));
  }

  @Test
  void rateIsOfTheBytesThatThisTransferSent() {
    assertEquals(
        "upload [######......] 50 %, 20,000 of 40,000 bytes, 5.0 kB/s, 4.0 s left",
        TransferLine.text("upload", 20_000, 40_000, 10_000, 2));
  }

  @Test
  void nothingIsForetoldOfWhatHasNotBegun() {
    assertEquals(
        "pull [............] 0 %, 0 of 40,000 bytes", TransferLine.text("pull", 0, 40_000, 0, 0));
    assertEquals("pull [############] 100 %, 0 of 0 bytes", TransferLine.text("pull", 0, 0, 0, 0));
  }
}
