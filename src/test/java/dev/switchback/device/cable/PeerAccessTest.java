package dev.switchback.device.cable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.device.store.Event;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.SigningKey;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Executes the table of protocol.md, section 4. */
class PeerAccessTest {
  private static final int ACCESS_DENIED = 11;
  private static final SigningKey KEY = SigningKey.generate();
  private static final SigningKey NEXT_KEY = SigningKey.generate();

  @TempDir private Path directory;

  /** One way to perform the act of a row; returns whether it was allowed. */
  private interface Way extends Predicate<Line> {}

  /**
   * A row of the table.
   *
   * @param before what must be so before
   * @param ways each done on a device of its own
   */
  private record Row(Consumer<Prepared> before, List<Way> ways) {
    Row(Consumer<Prepared> before, Way... ways) {
      this(before, List.of(ways));
    }
  }

  /** A device, and whether its images are signed. */
  private record Prepared(Line line, boolean isSigned) {
    WeightImage image(String version) {
      WeightImage image =
          WeightImage.of(
              ImageVersion.parse(version),
              Objects.requireNonNull(line.device.parameters()),
              Engine.FLOAT,
              Map.of());
      return isSigned ? image.signed(KEY) : image;
    }

    /** Stages an image as the board itself does, without an access check. */
    void staged(Event... events) {
      try {
        line.device.apply(Event.STAGE, image("5.0.0"));
        for (Event event : events) {
          line.device.apply(event, null);
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private static Map<String, Row> rows() {
    Consumer<Prepared> nothing = prepared -> {};
    Consumer<Prepared> staged = prepared -> prepared.staged();
    Consumer<Prepared> onTrial = prepared -> prepared.staged(Event.TEST, Event.START);
    Map<String, Row> rows = new LinkedHashMap<>();
    rows.put(
        "ask for identity and status",
        new Row(
            nothing,
            read(0, 0, map -> map.text("d", "x")),
            read(0, 6, map -> {}),
            read(0, 7, map -> {}),
            read(100, 0, map -> {}),
            read(100, 8, map -> {}),
            shell("status")));
    rows.put(
        "read weights, answers, log",
        new Row(
            nothing,
            read(1, 0, map -> {}),
            read(8, 0, map -> file(map, "/weights/slot0.img")),
            read(100, 1, map -> {}),
            read(100, 2, map -> inputs(map)),
            shell("slots"),
            shell("infer 0 1"),
            shell("log")));
    rows.put("restart", new Row(nothing, write(0, 5, map -> {})));
    rows.put(
        "mark slot 1",
        new Row(
            staged,
            line -> write(1, 0, map -> map.bytes("hash", slot1(line))).test(line),
            shell("test")));
    rows.put(
        "confirm a trial",
        new Row(onTrial, write(1, 0, map -> map.flag("confirm", true)), shell("confirm")));
    rows.put(
        "end a trial, cancel a mark", new Row(onTrial, write(100, 5, map -> {}), shell("revert")));
    rows.put(
        "revert to the previous image",
        new Row(
            prepared -> prepared.staged(Event.TEST, Event.START, Event.CONFIRM),
            write(100, 5, map -> {}),
            shell("revert")));
    rows.put("erase slot 1", new Row(staged, write(1, 5, map -> {})));
    rows.put("retrain", new Row(nothing, write(100, 3, map -> {}), shell("retrain")));
    rows.put(
        "teach",
        new Row(
            nothing,
            write(100, 6, map -> map.text("lesson", "0111")),
            write(100, 7, map -> {}),
            shell("teach 0111"),
            shell("unteach")));
    rows.put(
        "move a simulated switch",
        new Row(
            nothing,
            write(
                100,
                9,
                map -> {
                  map.number("switch", 0);
                  map.flag("closed", true);
                })));
    rows.put(
        "write to `/scratch`",
        new Row(
            nothing,
            write(
                8,
                0,
                map -> {
                  file(map, "/scratch/a");
                  map.number("len", 1);
                  map.bytes("data", new byte[1]);
                })));
    return rows;
  }

  private static void file(CborWriter map, String name) throws IOException {
    map.number("off", 0);
    map.text("name", name);
  }

  private static void inputs(CborWriter map) throws IOException {
    map.list("x");
    map.real(0);
    map.real(1);
    map.end();
  }

  private static byte[] slot1(Line line) {
    return Objects.requireNonNull(line.device.status().store().slots().get(1).image()).hash();
  }

  private static Way read(int group, int command, Line.Fields fields) {
    return line -> isDone(line, line.read(group, command, fields));
  }

  private static Way write(int group, int command, Line.Fields fields) {
    return line -> isDone(line, line.write(group, command, fields));
  }

  private static boolean isDone(Line line, SmpMap answer) {
    try {
      long code = answer.number("rc", 0);
      assertTrue(code == 0 || code == ACCESS_DENIED, "rc " + code);
      assertFalse(answer.has("err"), line.device.refused());
      assertEquals(code == ACCESS_DENIED, line.device.refused() != null);
      return code == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Way shell(String command) {
    return line -> {
      String said = line.command(command);
      boolean isDenied =
          said.matches("(?s).*the (cable|line) may not do that \\(\\1[.]control = .*");
      assertEquals(isDenied, line.device.refused() != null, said);
      return !isDenied;
    };
  }

  /** A complete upload of an image. */
  private static boolean brings(Prepared prepared, boolean asFile) {
    byte[] file = prepared.image("5.0.0").bytes();
    SmpMap answer =
        prepared
            .line()
            .write(
                asFile ? 8 : 1,
                asFile ? 0 : 1,
                map -> {
                  map.number("off", 0);
                  map.number("len", file.length);
                  map.bytes("data", file);
                  if (asFile) {
                    map.text("name", "/weights/slot1.img");
                  }
                });
    boolean isThere = "5.0.0".equals(versionInSlot1(prepared.line()));
    assertEquals(isThere, !answer.has("err") && !answer.has("rc"));
    return isThere;
  }

  private static String versionInSlot1(Line line) {
    WeightImage image = line.device.status().store().slots().get(1).image();
    return image == null ? "none" : image.version().toString();
  }

  @TestFactory
  Stream<DynamicTest> everyRowHolds() throws IOException {
    List<String[]> table =
        Files.readAllLines(Path.of("src/docs/protocol.md")).stream()
            .dropWhile(line -> !line.startsWith("| act "))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line ->
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new))
            .toList();
    assertEquals(rows().size() + 1, table.size());
    return table.stream()
        .flatMap(cells ->
            Stream.of(4, 5, 6, 7)
                .flatMap(column ->
                    Stream.of("cable", "line")
                        .map(place ->
                            DynamicTest.dynamicTest(
                                cells[1] + ", " + column + ", " + place,
                                () -> requireCell(cells[1], place, column, cells[column])))));
  }

  private void requireCell(String act, String place, int column, String cell) throws IOException {
    assertTrue(List.of("yes", "no", "signed").contains(cell), cell);
    for (boolean isSigned : new boolean[] {false, true}) {
      boolean isKeyed = column == 5;
      boolean expected = cell.equals("yes") || (cell.equals("signed") && isSigned);
      if (act.equals("upload an image")) {
        for (boolean asFile : new boolean[] {false, true}) {
          try (Line line = line(place, column, isKeyed)) {
            assertEquals(expected, brings(new Prepared(line, isSigned), asFile));
          }
        }
        continue;
      }
      Row row = Objects.requireNonNull(rows().get(act), act);
      for (Way way : row.ways()) {
        try (Line line = line(place, column, isKeyed)) {
          row.before().accept(new Prepared(line, isSigned));
          assertEquals(expected, way.test(line), "signed: " + isSigned);
        }
      }
    }
  }

  private Line line(String place, int column, boolean isKeyed) throws IOException {
    String control = place + ".control = " + List.of("all", "read", "read", "none").get(column - 4);
    if (place.equals("cable")) {
      return isKeyed ? keyed(KEY) : new Line(control);
    }
    return Line.ofGuest(isKeyed ? settings(control, KEY) : new String[] {control});
  }

  /** Returns a device with keys; by default a peer may then only read. */
  private Line keyed(SigningKey... keys) throws IOException {
    return keyed("", keys);
  }

  private Line keyed(String settings, SigningKey... keys) throws IOException {
    return new Line(settings(settings, keys));
  }

  private String[] settings(String others, SigningKey... keys) throws IOException {
    StringBuilder files = new StringBuilder();
    for (int i = 0; i < keys.length; i++) {
      Path file = directory.resolve("key" + i + ".pem");
      Files.writeString(file, keys[i].verifyingKey().toPem());
      files.append(i == 0 ? "" : ",").append(file);
    }
    return new String[] {"public-key = " + files, others};
  }

  private static WeightImage signed(Line line, String version, String note, SigningKey key) {
    return WeightImage.of(
            ImageVersion.parse(version),
            Objects.requireNonNull(line.device.parameters()),
            Engine.FLOAT,
            Map.of("note", note))
        .signed(key);
  }

  private static String bring(Line line, WeightImage image, boolean isConfirmed) {
    try {
      line.device.stage(image.bytes());
      line.device.apply(Event.TEST, image);
      line.device.apply(Event.START, null);
      line.device.apply(isConfirmed ? Event.CONFIRM : Event.REVERT, null);
      return "taken";
    } catch (Exception e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void whatIsOlderThanTheHighestConfirmedIsRefused() throws Exception {
    String mend = ": give the image a higher version, or set image.downgrade = allowed";
    try (Line line = keyed(KEY)) {
      WeightImage second = signed(line, "2.0.0", "", KEY);
      assertEquals("taken", bring(line, second, true));
      assertEquals(
          "taken", bring(line, signed(line, "3.0.0", "a trial does not count", KEY), false));
      assertEquals(
          "version 1.9.9 is older than 2.0.0, which was confirmed" + mend,
          bring(line, signed(line, "1.9.9", "", KEY), true));
      assertEquals(
          "version 2.0.0, of another hash, was confirmed" + mend,
          bring(line, signed(line, "2.0.0", "other", KEY), true));
      assertEquals("taken", bring(line, second, true));
      line.device.retrain();
      assertTrue(line.device.awaitMaintenance(Line.LIMIT));
      assertTrue(line.device.status().weights().startsWith("2.0.0+1 "), "trained here: trusted");
      assertEquals("taken", bring(line, second, true));
      assertEquals("2.0.0", line.read(100, 0, map -> {}).text("highest"));
    }
  }

  @Test
  void anOlderImageThatLiesInSlot1IsNotMarked() throws Exception {
    try (Line line = keyed(KEY)) {
      WeightImage old = signed(line, "2.0.0", "", KEY);
      bring(line, old, true);
      bring(line, signed(line, "2.1.0", "", KEY), true);
      SmpMap refused = line.write(1, 0, map -> map.bytes("hash", old.hash()));
      assertEquals(27, refused.map("err").number("rc"));
      line.device.apply(Event.REVERT, null);
      assertTrue(line.device.status().weights().startsWith("2.0.0 "), "the keyboard may");
    }
  }

  @Test
  void theRuleCanBeSwitchedOffAndHoldsWithoutAKeyForNobody() throws Exception {
    try (Line line = keyed("image.downgrade = allowed", KEY);
        Line open = new Line()) {
      for (Line each : List.of(line, open)) {
        assertEquals("taken", bring(each, signed(each, "2.0.0", "", KEY), true));
        assertEquals("taken", bring(each, signed(each, "1.0.0", "", KEY), true));
      }
    }
  }

  @Test
  void aKeyIsReplacedByTwo() throws Exception {
    try (Line line = keyed(KEY, NEXT_KEY)) {
      assertEquals("taken", bring(line, signed(line, "2.0.0", "", KEY), true));
      assertEquals("taken", bring(line, signed(line, "2.0.1", "", NEXT_KEY), true));
      String refused = bring(line, signed(line, "2.0.2", "", SigningKey.generate()), true);
      assertTrue(refused.startsWith("KEYHASH"), refused);
    }
  }
}
