package dev.switchback.device.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.switchback.sim.DatagramReceiver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class SystemdNotifyTest {
  private static final int LIMIT_MILLIS = 5000;

  @TempDir Path directory;
  private final List<String> trouble = new ArrayList<>();

  private SystemdNotify notify(Map<String, String> environment) {
    return new SystemdNotify(environment, 42, trouble::add);
  }

  private void assertSpeaks(String address) throws Exception {
    SystemdNotify notify = notify(Map.of("NOTIFY_SOCKET", address));
    try (DatagramReceiver receiver = DatagramReceiver.bind(address)) {
      notify.ready(7_000_900);
      notify.reportStatus("answering; Grün\nsecond line");
      notify.feed();
      notify.stopping();
      assertEquals("READY=1\nX_FIRST_ANSWER_USEC=7000", receiver.receive(LIMIT_MILLIS));
      assertEquals("STATUS=answering; Grün\\nsecond line", receiver.receive(LIMIT_MILLIS));
      assertEquals("WATCHDOG=1", receiver.receive(LIMIT_MILLIS));
      assertEquals("STOPPING=1", receiver.receive(LIMIT_MILLIS));
      assertNull(receiver.receive(0));
    }
    assertEquals(List.of(), trouble);
  }

  @Test
  void speaksToASocketInTheFileSystem() throws Exception {
    assertSpeaks(directory.resolve("n").toString());
  }

  @Test
  void speaksToAnAbstractSocket() throws Exception {
    assertSpeaks("@switchback-test-" + ProcessHandle.current().pid());
  }

  @ParameterizedTest
  @CsvSource({
    "'', /path or @name expected",
    "@, /path or @name expected",
    "relative, /path or @name expected",
    "vsock:2:1234, /path or @name expected",
    "/nobody/listens, sendto failed (errno 2)",
    "@nobody-listens, sendto failed (errno 111)"
  })
  void anAddressThatLeadsNowhereIsToldOfOnce(String address, String what) {
    SystemdNotify notify = notify(Map.of("NOTIFY_SOCKET", address));
    notify.ready(0);
    notify.feed();
    notify.reportStatus("on");
    notify.stopping();
    assertEquals(List.of("NOTIFY_SOCKET=" + address + ": " + what), trouble);
  }

  @Test
  void anAddressTakesTheLengthThatLinuxHas() throws Exception {
    assertSpeaks("@" + "a".repeat(107));
    notify(Map.of("NOTIFY_SOCKET", "/" + "a".repeat(107))).feed();
    assertEquals(1, trouble.size());
    assertEquals(
        "too long, at most 107 bytes expected",
        trouble.getFirst().substring(trouble.getFirst().indexOf(": ") + 2));
  }

  @ParameterizedTest
  @CsvSource({
    "10000000, 42, 10000000000",
    "10000000, 43, 0",
    "1, 42, 1000",
    "0, 42, 0",
  })
  void thePeriodIsThatOfThisProcess(String micros, String process, long nanos) {
    Map<String, String> environment = Map.of("WATCHDOG_USEC", micros, "WATCHDOG_PID", process);
    assertEquals(nanos, notify(environment).periodNanos());
    assertEquals(List.of(), trouble);
  }

  @ParameterizedTest
  @CsvSource({"soon", "-1", "''", "9223372036854775807"})
  void aPeriodThatIsNoneIsToldOf(String micros) {
    assertEquals(0, notify(Map.of("WATCHDOG_USEC", micros)).periodNanos());
    assertEquals(
        List.of(
            "WATCHDOG_USEC=" + micros + " is not a number of microseconds; the watchdog is off"),
        trouble);
  }

  @Test
  void withoutAPeriodNothingIsWatched() {
    assertEquals(0, notify(Map.of()).periodNanos());
    assertEquals(List.of(), trouble);
  }
}
