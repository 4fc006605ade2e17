package dev.switchback.device.cable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.device.node.CableStatus;
import dev.switchback.device.node.DeviceStatus;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks that the maps have exactly the fields of protocol.md. */
@Timeout(60)
class SwitchbackGroupTest {
  private static final Set<String> ALWAYS =
      Set.of(
          "schema",
          "program",
          "board",
          "simulated",
          "state",
          "switches",
          "led",
          "leds",
          "output",
          "outputs",
          "engine",
          "recipe",
          "topology",
          "truth",
          "configured_truth",
          "lesson_configured",
          "weights",
          "slots",
          "max_image_bytes",
          "keys",
          "storage",
          "swap",
          "problems",
          "training",
          "counters",
          "wiring");

  private final Line line = new Line();

  @AfterEach
  void close() {
    line.close();
  }

  private SmpMap status() {
    return line.read(100, 0, request -> {});
  }

  private SmpMap statistics(String name) throws IOException {
    return line.read(2, 0, request -> request.text("name", name)).map("fields");
  }

  @Test
  void aLiveReadingIsShortAndTellsWhatMoves() throws IOException {
    line.board.setRow(1);
    assertTrue(line.device.awaitAnswer(1, Line.LIMIT));
    SmpMap live = line.read(100, 8, request -> {});
    assertEquals(Set.of("s", "l", "o", "g", "t", "e", "c"), live.names());
    assertEquals(1, live.number("s"));
    assertEquals(1, live.number("l"));
    assertEquals(line.device.decision().outputs()[0], live.reals("o")[0]);
    assertEquals(line.device.decision().generation(), live.number("g"));
    assertFalse(live.flag("t", true));
    assertEquals(line.device.training().epochs(), live.number("e"));
    assertEquals(1, live.number("c"));
    line.type(line.frame(0, 100, 8, request -> {}));
    int length = line.output().length();
    assertTrue(length < 80, () -> length + " bytes on the line");
  }

  @Test
  void aStatusTellsTheDevice() throws IOException {
    line.board.setRow(1);
    assertTrue(line.device.awaitAnswer(1, Line.LIMIT));
    SmpMap told = status();
    DeviceStatus status = line.device.status();
    assertEquals(ALWAYS, told.names());
    assertEquals(1, told.number("schema"));
    assertEquals(status.board(), told.text("board"));
    assertEquals("answering", told.text("state"));
    assertEquals("01", told.text("switches"));
    assertTrue(told.flag("led", false));
    assertEquals(line.device.decision().outputs()[0], told.real("output"));
    assertEquals("float", told.text("engine"));
    assertEquals("device", told.text("recipe"));
    assertEquals("2-2-1", told.text("topology"));
    assertEquals("0110", told.text("truth"));
    assertEquals("0110", told.text("configured_truth"));
    assertFalse(told.flag("lesson_configured", true));
    assertEquals(status.weights(), told.text("weights"));
    assertEquals(status.store().storage(), told.text("storage"));
    assertEquals("none", told.text("swap"));
    assertEquals(List.of(), told.texts("problems"));
  }

  @Test
  void aStatusTellsTheWiring() throws IOException {
    SmpMap wiring = status().map("wiring");
    assertEquals(Set.of("switches", "buttons", "leds"), wiring.names());
    assertEquals(List.of("BCM17, pin 11", "BCM27, pin 13"), wiring.texts("switches"));
    assertEquals(0, wiring.number("buttons"));
    assertEquals(List.of("BCM22, pin 15"), wiring.texts("leds"));
    assertTrue(status().flag("simulated", false));
    try (Line taught = new Line("teach = gpiochip4:5", "board = sim")) {
      assertEquals("gpiochip4:5", taught.read(100, 0, request -> {}).map("wiring").text("teach"));
    }
  }

  private static SmpMap close(Line line, long index) throws IOException {
    return line.write(
        100,
        9,
        request -> {
          request.number("switch", index);
          request.flag("closed", true);
        });
  }

  @Test
  void aSwitchOfASimulatedBoardMoves() throws IOException {
    assertEquals(Set.of(), close(line, 0).names());
    assertTrue(line.device.awaitAnswer(2, Line.LIMIT));
    assertEquals(1, status().text("switches").indexOf('0'), "switch A is closed");
    for (long wrong : new long[] {-1, 2, Long.MAX_VALUE}) {
      assertEquals(6, close(line, wrong).map("err").number("rc"));
    }
    assertEquals("switch: found " + Long.MAX_VALUE + ", expected 0 to 1", status().text("refused"));
    SmpMap half = line.write(100, 9, request -> request.number("switch", 1));
    assertEquals(3, half.number("rc"));
    assertEquals(2, line.board.row());
  }

  @Test
  void aSwitchOfARealBoardDoesNot() throws IOException {
    try (Line real = Line.onRealBoard()) {
      SmpMap refused = close(real, 0);
      assertEquals(2, refused.map("err").number("rc"));
      assertEquals(0, real.board.row());
      SmpMap told = real.read(100, 0, request -> {});
      assertFalse(told.flag("simulated", true));
      assertEquals("only a hand moves the switches of this board", told.text("refused"));
    }
  }

  @Test
  void theLargestTablesFit() throws IOException {
    String table = "0110".repeat(64);
    String lines = "pinctrl-rp1:%d";
    List<String> places = IntStream.range(30, 46).mapToObj(lines::formatted).toList();
    try (Line large =
        new Line(
            "truth = " + String.join(",", Collections.nCopies(8, table)),
            "topology = 8-1-8",
            "recipe = numpy-backprop",
            "switches = " + String.join(",", places.subList(0, 8)),
            "leds = " + String.join(",", places.subList(8, 16)))) {
      SmpMap told = large.read(100, 0, request -> {});
      assertEquals(8, told.map("wiring").texts("leds").size());
      assertEquals(large.device.truth().toString(), told.text("truth"));
      SmpMap truth = large.read(100, 1, request -> {});
      assertEquals(large.device.truth().toString(), truth.text("expected"));
    }
  }

  @Test
  void aStatusTellsTheSlots() throws IOException {
    List<SmpMap> slots = status().maps("slots");
    WeightImage active = line.device.status().store().running().image();
    Set<String> held =
        Set.of("slot", "file", "version", "hash", "topology", "lesson", "signed", "flags");
    assertEquals(held, slots.get(0).names());
    assertEquals(0, slots.get(0).number("slot"));
    assertEquals("slot-b.img", slots.get(0).text("file"));
    assertEquals("1.0.0+1", slots.get(0).text("version"));
    assertEquals(
        active == null ? "" : HexFormat.of().formatHex(active.hash()), slots.get(0).text("hash"));
    assertEquals("2-2-1", slots.get(0).text("topology"));
    assertFalse(slots.get(0).flag("signed", true));
    assertEquals(List.of("active", "confirmed"), slots.get(0).texts("flags"));
    assertEquals(1, slots.get(1).number("slot"));
    assertEquals(List.of(), slots.get(1).texts("flags"));
    line.write(1, 5, request -> {});
    assertEquals(Set.of("slot", "file", "flags", "trouble"), status().maps("slots").get(1).names());
  }

  @Test
  void aStatusTellsTrainingAndCounters() throws IOException {
    SmpMap told = status();
    SmpMap training = told.map("training");
    assertEquals(Set.of("running", "count", "epochs", "loss", "text"), training.names());
    assertFalse(training.flag("running", true));
    assertEquals(1, training.number("count"));
    assertEquals(line.device.training().epochs(), training.number("epochs"));
    assertEquals(line.device.training().loss(), training.real("loss"));
    assertEquals(line.device.training().text(), training.text("text"));
    SmpMap counters = told.map("counters");
    assertEquals(
        Set.of("debounce_ms", "changes", "bounces", "ticks", "uptime_s", "faults"),
        counters.names());
    assertEquals(10, counters.number("debounce_ms"));
    line.board.setRow(3);
    assertTrue(line.device.awaitAnswer(3, Line.LIMIT));
    assertEquals(line.device.status().changes(), status().map("counters").number("changes"));
    assertTrue(status().map("counters").number("ticks") > 0);
  }

  @Test
  void aStatusTellsTheCableWhatWasRefusedAndFaults() throws IOException {
    line.device.reportCable(() -> new CableStatus("/dev/x", 9600, "open", 2, 3, 4, 5, 6));
    line.write(
        1,
        1,
        request -> {
          request.number("len", 3);
          request.number("off", 0);
          request.bytes("data", new byte[3]);
        });
    SmpMap told = status();
    SmpMap cable = told.map("cable");
    assertEquals(
        Set.of("port", "baud", "state", "opened", "bytes_in", "bytes_out", "frames", "dropped"),
        cable.names());
    assertEquals("/dev/x", cable.text("port"));
    assertEquals("open", cable.text("state"));
    assertEquals(9600, cable.number("baud"));
    assertEquals(2, cable.number("opened"));
    assertEquals(3, cable.number("bytes_in"));
    assertEquals(4, cable.number("bytes_out"));
    assertEquals(5, cable.number("frames"));
    assertEquals(6, cable.number("dropped"));
    assertEquals("file: found 3 bytes, expected 80 to 1048576", told.text("refused"));
    line.board.failReads(new IllegalStateException("the wire is gone"));
    while (line.device.decision().valid()) {
      Thread.onSpinWait();
    }
    told = status();
    assertEquals("LED off, " + line.device.outage(), told.text("state"));
    assertTrue(told.text("fault").contains("the wire is gone"), told.text("fault"));
    assertFalse(told.has("output"), "there is no answer");
  }

  @Test
  void statisticsAreTheDevicesCounters() throws IOException {
    assertEquals(Set.of(), statistics("link").names(), "no cable is reported");
    line.device.reportCable(() -> new CableStatus("/dev/x", 9600, "open", 2, 3, 4, 5, 6));
    SmpMap link = statistics("link");
    assertEquals(9600, link.number("baud"));
    assertEquals(2, link.number("opened"));
    assertEquals(3, link.number("bytes_in"));
    assertEquals(4, link.number("bytes_out"));
    assertEquals(5, link.number("frames"));
    assertEquals(6, link.number("dropped"));
    SmpMap infer = statistics("infer");
    assertEquals(Set.of("ticks", "changes", "bounces", "faults", "uptime_s"), infer.names());
    assertEquals(line.device.status().changes(), infer.number("changes"));
    assertEquals(0, infer.number("faults"));
    SmpMap train = statistics("train");
    assertEquals(0, train.number("running"));
    assertEquals(1, train.number("count"));
    assertEquals(line.device.training().epochs(), train.number("epochs"));
    assertEquals(Math.round(line.device.training().loss() * 1e6), train.number("loss_micro"));
    SmpMap jvm = statistics("jvm");
    assertTrue(jvm.number("heap_used") > 1_000_000);
    assertTrue(jvm.number("heap_max") > jvm.number("heap_used"));
    assertTrue(jvm.number("threads") > 2);
  }

  @Test
  void withoutANetworkNothingIsInferred() throws IOException {
    try (Line dark = new Line("truth = 1001", "recipe = numpy-backprop", "seed = 6")) {
      SmpMap truth = dark.read(100, 1, request -> {});
      assertEquals(Set.of("inputs", "expected", "engine"), truth.names());
      SmpMap inferred =
          dark.read(
              100,
              2,
              request -> {
                request.list("x");
                request.real(1);
                request.real(0);
                request.end();
              });
      assertEquals(3, inferred.map("err").number("rc"));
      SmpMap training = dark.read(100, 0, request -> {}).map("training");
      assertTrue(training.text("text").startsWith("not solved"), training.text("text"));
      dark.pass(3);
      assertTrue(dark.command("infer 1 0").contains("no network answers; 'status' says why"));
    }
  }
}
