package dev.switchback.tools.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.Program;
import dev.switchback.core.Engine;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.PtyPair;
import dev.switchback.wire.Port;
import dev.switchback.wire.serial.SerialPort;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What of many pages reaches the one line, and what they are told of it. */
@Tag("slow")
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class LabLineTest {
  private static final String OPEN = "\"open\":true";
  private static final String GONE = "\"open\":false";

  @TempDir Path directory;

  private static WeightImage image(LabDevice device) {
    return WeightImage.of(
        ImageVersion.parse("3.0.0"),
        Objects.requireNonNull(device.device().parameters()),
        Engine.FLOAT,
        Map.of("lesson", "0110", "note", "n".repeat(4000)));
  }

  private static SmpMap upload(LabPage page, byte[] file, int from, int to) throws IOException {
    return page.write(
        1,
        1,
        map -> {
          map.number("off", from);
          if (from == 0) {
            map.number("len", file.length);
          }
          map.bytes("data", Arrays.copyOfRange(file, from, to));
        });
  }

  @Test
  void whatManyAskIsAskedOnce() throws Exception {
    try (Lab lab = Lab.open(directory)) {
      List<LabPage> pages = new ArrayList<>();
      List<CompletableFuture<SmpMap>> answers = new ArrayList<>();
      lab.page.read(100, 0, map -> {});
      int before = lab.port.requests("100/1");
      for (int i = 0; i < 20; i++) {
        LabPage page = new LabPage(lab.server.address());
        pages.add(page);
        answers.add(CompletableFuture.supplyAsync(() -> truth(page)));
      }
      for (CompletableFuture<SmpMap> answer : answers) {
        assertEquals("0110", answer.get().text("answers"));
      }
      int asked = lab.port.requests("100/1") - before;
      assertTrue(asked >= 1 && asked <= 5, "asked " + asked + " times");
      SmpMap first = lab.page.read(100, 0, map -> {});
      lab.page.write(100, 9, LabPage.closed(1));
      assertTrue(lab.device.device().awaitAnswer(1, Duration.ofSeconds(5)));
      SmpMap second = lab.page.read(100, 0, map -> {});
      assertEquals("00", first.text("switches"));
      assertEquals("01", second.text("switches"), "a write makes all answers old");
      pages.forEach(LabPage::close);
    }
  }

  private static SmpMap truth(LabPage page) {
    try {
      return page.read(100, 1, map -> {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nobodyLooksSoNothingIsAsked() throws Exception {
    try (Lab lab = Lab.open(directory)) {
      lab.page.read(100, 0, map -> {});
      try (LabPage.Events events = lab.page.events()) {
        events.next("live", 2);
      }
      lab.page.close();
      Thread.sleep(6_000); // Until the comment has found the viewer gone.
      int before = lab.port.requests();
      Thread.sleep(3_000);
      assertEquals(before, lab.port.requests());
    }
  }

  @Test
  void theDeviceIsAskedThirtyTimesASecondHoweverManyLook() throws Exception {
    try (Lab lab = Lab.open(directory)) {
      List<LabPage.Events> all = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        all.add(lab.page.events());
      }
      all.getLast().next("live", 2);
      int before = lab.port.requests("100/8");
      Thread.sleep(2_000);
      int looks = lab.port.requests("100/8") - before;
      assertTrue(looks >= 30 && looks <= 62, looks + " looks in 2 s");
      for (LabPage.Events events : all) {
        events.close();
      }
    }
  }

  @Test
  void twoPagesDoNotMixTheirUploads() throws Exception {
    try (Lab lab = Lab.open(directory);
        LabPage other = new LabPage(lab.server.address());
        LabPage.Events events = lab.page.events()) {
      byte[] file = image(lab.device).bytes();
      assertEquals(2000, upload(lab.page, file, 0, 2000).number("off"));
      assertEquals(10, upload(other, file, 0, 2000).number("rc"));
      assertEquals("0110", other.read(100, 1, map -> {}).text("answers"), "others may read");
      assertEquals(4000, upload(lab.page, file, 2000, 4000).number("off"));
      assertEquals(file.length, upload(lab.page, file, 4000, file.length).number("off"));
      events.next("changed", 2);
      int changes = 0;
      for (LabPage.Event next = events.poll(300_000_000L);
          next != null;
          next = events.poll(300_000_000L)) {
        changes += next.name().equals("changed") ? 1 : 0;
      }
      assertEquals(0, changes, "one for the whole file");
      assertEquals(2000, upload(other, file, 0, 2000).number("off"), "the turn is free");
      assertTrue(
          lab.page.read(1, 0, map -> {}).maps("images").stream()
              .anyMatch(it -> it.names().contains("version") && text(it).equals("3.0.0")));
    }
  }

  private static String text(SmpMap image) {
    try {
      return image.text("version");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDeviceThatEndsIsGoneAtOnceAndComesBack() throws Exception {
    try (Lab lab = Lab.open(directory);
        LabPage.Events events = lab.page.events()) {
      events.next("live", 2);
      long before = System.nanoTime();
      lab.device.close();
      LabPage.Event gone = events.next("line", event -> event.data().contains(GONE), 3);
      double goneSeconds = (gone.nanos() - before) / 1e9;
      assertTrue(goneSeconds < 1.5, "gone after " + goneSeconds + " s");
      assertTrue(gone.data().contains(lab.socket.toString()), gone.data());
      HttpResponse<byte[]> refused =
          lab.page.send(lab.page.post("/smp", lab.page.packet(SmpHeader.READ, 100, 0, map -> {})));
      assertEquals(503, refused.statusCode());
      assertTrue(LabPage.text(refused).contains("no device listens"), LabPage.text(refused));
      lab.device = LabDevice.start(lab.socket);
      before = System.nanoTime();
      LabPage.Event back = events.next("line", event -> event.data().contains(OPEN), 3);
      double backSeconds = (back.nanos() - before) / 1e9;
      assertTrue(backSeconds < 1.2, "back after " + backSeconds + " s");
      events.next("live", 1);
      assertEquals("answering", lab.page.read(100, 0, map -> {}).text("state"));
      System.out.printf("gone after %.3f s, back after %.3f s%n", goneSeconds, backSeconds);
    }
  }

  @Test
  void aSilentDeviceIsGoneWithinAndAHalfSecond() throws Exception {
    try (Lab lab = Lab.open(directory);
        LabPage.Events events = lab.page.events()) {
      events.next("live", 2);
      long before = System.nanoTime();
      lab.port.isSilent = true;
      LabPage.Event gone = events.next("line", event -> event.data().contains(GONE), 3);
      double seconds = (gone.nanos() - before) / 1e9;
      assertTrue(seconds < 1.6, "gone after " + seconds + " s");
      assertTrue(gone.data().contains("does not answer"), gone.data());
      lab.port.isSilent = false;
      before = System.nanoTime();
      LabPage.Event back = events.next("line", event -> event.data().contains(OPEN), 4);
      double backSeconds = (back.nanos() - before) / 1e9;
      assertTrue(backSeconds < 2, "back after " + backSeconds + " s");
      System.out.printf("silent: gone after %.3f s, back after %.3f s%n", seconds, backSeconds);
    }
  }

  @Test
  void aWriteThatIsNotAnsweredIsRepeatedByteForByteAndDoneOnce() throws Exception {
    try (Lab lab = Lab.open(directory)) {
      lab.page.read(100, 0, map -> {});
      lab.port.isSilent = true;
      CompletableFuture<SmpMap> flip =
          CompletableFuture.supplyAsync(() -> {
            try {
              return lab.page.write(100, 3, map -> {});
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      Thread.sleep(500);
      lab.port.isSilent = false;
      assertTrue(flip.get().names().isEmpty());
      assertEquals(1, lab.port.requests("100/3"));
      assertFalse(lab.device.device().training().text().isEmpty());
    }
  }

  @Test
  void aCableLeavesRoomForAnUploadAndIsPluggedInAgain() throws Exception {
    try (PtyPair cable = PtyPair.open(directory);
        LabDevice device = LabDevice.start(directory.resolve("line"), "port = " + cable.one())) {
      WatchedPort port =
          new WatchedPort(new SerialPort(cable.other().toString(), Port.DEFAULT_BAUD));
      PrintWriter err = Program.writer(System.err);
      try (LabServer server = new LabServer(null, 0, null, port, Port.DEFAULT_BAUD, err)) {
        server.start();
        try (LabPage page = new LabPage(server.address());
            LabPage.Events events = page.events()) {
          events.next("live", 3);
          device.board().setSwitches(2);
          events.next("live", event -> Long.valueOf(2).equals(event.json().get("s")), 2);
          byte[] file = image(device).bytes();
          int before = port.requests("100/8");
          long beganNanos = System.nanoTime();
          for (int from = 0; from < file.length; from += 200) {
            int to = Math.min(file.length, from + 200);
            assertEquals(to, upload(page, file, from, to).number("off"));
            Thread.sleep(50);
          }
          double seconds = (System.nanoTime() - beganNanos) / 1e9;
          double rate = (port.requests("100/8") - before) / seconds;
          assertTrue(rate < 8, rate + " looks a second");
          cable.pull();
          LabPage.Event gone = events.next("line", event -> event.data().contains(GONE), 3);
          assertTrue(gone.data().contains(cable.other().toString()), gone.data());
          cable.plugIn();
          events.next("line", event -> event.data().contains(OPEN), 5);
          events.next("live", 2);
        }
      }
    }
  }
}
