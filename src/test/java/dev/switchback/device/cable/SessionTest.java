package dev.switchback.device.cable;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.Storage;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.Safetensors;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.ForwardingStorage;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.GroupError;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final String PROMPT = "switchback> ";

  private final Line line = new Line();

  @AfterEach
  void close() {
    line.close();
  }

  private void echo(String text) throws IOException {
    assertEquals(text, line.read(0, 0, request -> request.text("d", text)).text("r"));
  }

  private static void require(String pattern, String found) {
    assertTrue(found.matches("(?s)" + pattern), found);
  }

  @Test
  void nothingIsSaidBeforeSomebodyAsks() {
    line.pass(60);
    assertEquals("", line.output());
    line.type("\n\n\n");
    assertEquals("", line.output(), "clients send lone line feeds");
    line.type("\r");
    assertEquals("\r\n" + PROMPT, line.output());
  }

  @Test
  void everyCommandAnswersAndThePromptComesBack() {
    require("help\r\nhelp \\[COMMAND\\] .*log .*\r\n" + PROMPT, line.command("help"));
    require("help test\r\ntest  *puts slot 1 .*\r\n" + PROMPT, line.command("help test"));
    require(
        "status\r\ndevice: .*position: A=0 B=0 .*cable: none .*\r\n" + PROMPT,
        line.command("status"));
    require("infer 0 1\r\n1 \\(output 0\\.98\\d\\d\\)\r\n" + PROMPT, line.command("infer 0 1"));
    require(
        "slots\r\nslot 0: .*, active, confirmed\r\nslot 1: .*img\r\n" + PROMPT,
        line.command("slots"));
    require("revert\r\nanswers now: 1\\.0\\.0 .*\r\n" + PROMPT, line.command("revert"));
    require("test\r\nanswers now: .*, on trial\r\n'confirm' .*\r\n" + PROMPT, line.command("test"));
    require("confirm\r\nanswers now: .*\\.img\r\n" + PROMPT, line.command("confirm"));
    require("log\r\n.*" + PROMPT, line.command("log"));
  }

  @Test
  void whatCannotBeDoneSaysWhy() {
    require(".*'frob' is not a command; 'help' lists them\r\n" + PROMPT, line.command("frob"));
    require(".*infer takes 2 numbers, such as: infer 0 1\r\n.*", line.command("infer 1"));
    require(".*'x' is not a finite number\r\n.*", line.command("infer 1 x"));
    require(".*'NaN' is not a finite number\r\n.*", line.command("infer 1 NaN"));
    require(".*'now' is one word too many\r\n.*", line.command("confirm now"));
    line.write(1, 5, request -> {});
    line.pass(3);
    require(".*slot 1 \\(slot-a\\.img\\) .*\r\n" + PROMPT, line.command("test"));
  }

  @Test
  void trainingIsWatchedToItsEnd() {
    line.command("retrain");
    assertTrue(line.device.awaitMaintenance(Line.LIMIT));
    line.pass(0.2);
    require("solved after .*\r\n" + PROMPT, line.output());
    line.type("slots\r");
    require("slots\r\nslot 0: 1\\.0\\.0\\+2 .*", line.output());
  }

  @Test
  void theOldWordForRetrainIsUnderstood_andNotTold() {
    line.command("train");
    assertTrue(line.device.awaitMaintenance(Line.LIMIT));
    line.pass(0.2);
    require("solved after .*\r\n" + PROMPT, line.output());
    assertFalse(line.command("help").contains("\ntrain "), line.output());
  }

  @Test
  void switchesAreWatchedUntilAKeyComes() {
    line.command("watch");
    line.type("\n");
    line.pass(0.1);
    require("A=0 B=0 LED=0 output=0\\.\\d{4}\r\n", line.output());
    line.board.setRow(2);
    assertTrue(line.device.awaitAnswer(2, Line.LIMIT));
    line.pass(0.1);
    require("A=1 B=0 LED=1 output=0\\.\\d{4}\r\n", line.output());
    line.pass(1);
    assertEquals("", line.output(), "only changes are told");
    line.type(" ");
    assertEquals(PROMPT, line.output());
  }

  @Test
  void aFrameInAHalfTypedLineIsAnsweredAndTheLineKept() throws IOException {
    String typed = "infer 0 1";
    for (int cut = 0; cut <= typed.length(); cut++) {
      line.type("\r");
      line.type(typed.substring(0, cut));
      line.output();
      echo("cut " + cut);
      line.pass(2);
      assertEquals("", line.output(), "nothing comes by itself");
      line.type(typed.substring(cut) + "\r");
      String shown = line.output();
      assertTrue(shown.startsWith("\r\n" + PROMPT + typed.substring(0, cut)), shown);
      require(".*\r\n1 \\(output 0\\.98\\d\\d\\)\r\n" + PROMPT, shown);
    }
  }

  @Test
  void whatIsTypedBetweenFramesWaitsUntilTheLineIsFree() throws IOException {
    line.type("inf");
    echo("one");
    line.type("er 1");
    assertEquals("", line.output(), "echo would come between a request and its answer");
    echo("two");
    line.type(" 1\r");
    assertEquals("", line.output());
    line.pass(1.9);
    assertEquals("", line.output());
    line.pass(0.2);
    require("\r\n" + PROMPT + "infer 1 1\r\n0 \\(output .*\\)\r\n" + PROMPT, line.output());
  }

  @Test
  void aFrameDuringAWatchIsAnsweredAloneAndTheWatchGoesOn() throws IOException {
    line.command("watch");
    line.pass(0.1);
    line.output();
    echo("hello");
    line.board.setRow(1);
    assertTrue(line.device.awaitAnswer(1, Line.LIMIT));
    line.pass(1.5);
    assertEquals("", line.output());
    line.pass(1);
    require("A=0 B=1 LED=1 .*\r\n", line.output());
  }

  @Test
  void aDeploymentByStandardCommandsGoesOnTrialAndIsConfirmed() throws IOException {
    WeightImage image = Line.image(line, "2.0.0");
    byte[] file = image.bytes();
    SmpMap answer =
        line.write(
            1,
            1,
            request -> {
              request.number("len", file.length);
              request.number("off", 0);
              request.bytes("data", file);
            });
    assertEquals(file.length, answer.number("off"));
    SmpMap state = line.read(1, 0, request -> {});
    List<SmpMap> images = state.maps("images");
    assertEquals(2, images.size());
    assertEquals("2.0.0", images.get(1).text("version"));
    line.write(
        1,
        0,
        request -> {
          request.bytes("hash", image.hash());
          request.flag("confirm", false);
        });
    line.write(0, 5, request -> {});
    SmpMap status = line.read(100, 0, request -> {});
    require("2\\.0\\.0 .*, on trial", status.text("weights"));
    line.write(1, 0, request -> request.flag("confirm", true));
    status = line.read(100, 0, request -> {});
    require("2\\.0\\.0 .*\\.img", status.text("weights"));
    assertEquals(List.of("active", "confirmed"), status.maps("slots").get(0).texts("flags"));
  }

  @Test
  void anImageThatIsNoneIsRefusedWithItsReason() throws IOException {
    byte[] file = Line.image(line, "2.0.0").bytes();
    file[100] ^= 1;
    SmpMap answer =
        line.write(
            1,
            1,
            request -> {
              request.number("len", file.length);
              request.number("off", 0);
              request.bytes("data", file);
            });
    assertEquals(1, answer.map("err").number("group"));
    SmpMap status = line.read(100, 0, request -> {});
    require("SHA256 at offset .*", status.text("refused"));
  }

  @Test
  void groupOneHundredTellsWhatItsPageSays() throws IOException {
    SmpMap truth = line.read(100, 1, request -> {});
    assertEquals("0110", truth.text("expected"));
    assertEquals("0110", truth.text("answers"));
    assertEquals(4, truth.reals("outputs").length);
    assertEquals(32, truth.bytes("hash").length);
    SmpMap inferred =
        line.read(
            100,
            2,
            request -> {
              request.list("x");
              request.real(1);
              request.real(0);
              request.end();
            });
    assertEquals(truth.reals("outputs")[2], inferred.reals("y")[0]);
    assertEquals(1, inferred.number("answer"));
    line.write(100, 3, request -> {});
    assertTrue(line.device.awaitMaintenance(Line.LIMIT));
    SmpMap curve = line.read(100, 4, request -> request.number("cursor", 0));
    assertFalse(curve.flag("running", true));
    assertEquals(curve.numbers("epochs").size(), curve.reals("losses").length);
    assertTrue(curve.numbers("epochs").size() > 5);
    SmpMap rest = line.read(100, 4, request -> request.number("cursor", curve.number("cursor")));
    assertEquals(List.of(), rest.numbers("epochs"));
    line.write(100, 5, request -> {});
    SmpMap status = line.read(100, 0, request -> {});
    assertEquals(1, status.number("schema"));
    assertEquals("00", status.text("switches"));
    assertEquals(2, status.map("training").number("count"));
  }

  @Test
  void wrongInputIsNamedByTheGroup() throws IOException {
    SmpMap one =
        line.read(
            100,
            2,
            request -> {
              request.list("x");
              request.real(1);
              request.end();
            });
    assertEquals(6, one.map("err").number("rc"));
    assertEquals(100, one.map("err").number("group"));
    SmpMap endless =
        line.read(
            100,
            2,
            request -> {
              request.list("x");
              request.real(1);
              request.real(Double.POSITIVE_INFINITY);
              request.end();
            });
    assertEquals(6, endless.map("err").number("rc"));
  }

  /** Even an image of the owner can neither forge a log line nor move the cursor. */
  @Test
  void whatAnImageSaysOfItselfIsShownEscapedAndCut() throws Exception {
    String hostile = "\u001b]0;pwned\u0007\u001b[2J\nerror forged: disk on fire";
    for (String seed : List.of("1" + hostile, "9".repeat(6000))) {
      WeightImage image =
          WeightImage.of(
              ImageVersion.parse("4.0.0"),
              Objects.requireNonNull(line.device.parameters()),
              Engine.FLOAT,
              Map.of("seed", seed, "recipe", "device" + hostile, "note", hostile));
      line.device.stage(image.bytes());
      line.device.apply(Event.TEST, null);
      line.device.apply(Event.START, null);
      String shown =
          line.command("status")
              + line.command("slots")
              + line.command("confirm")
              + line.command("log")
              + shell("status")
              + shell("\u001b[2J\ud800")
              + line.read(100, 0, request -> {}).text("weights");
      assertTrue(shown.contains("4.0.0"), shown);
      assertFalse(shown.matches("(?s).*[\\x00-\\x09\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f].*"), shown);
      assertFalse(shown.contains("\nerror forged"), shown);
      assertTrue(shown.lines().allMatch(each -> each.length() < 300), shown);
    }
  }

  @Test
  void aFrameOfAuTermIsAnswered() throws IOException {
    byte[] frame;
    try (InputStream in = SessionTest.class.getResourceAsStream("/golden/link/auterm-168.hex")) {
      frame = HexFormat.of().parseHex(new String(in.readAllBytes(), US_ASCII).strip());
    }
    line.type(frame);
    assertEquals("x".repeat(168), Line.answer(line.output()).text("r"));
  }

  /** Clients look up a code among the errors of the requested group. */
  @Test
  void whatIsRefusedOfASlotFileIsAnErrorOfFiles() throws IOException {
    byte[] image = Line.image(line, "3.0.0").bytes();
    image[100] ^= 1;
    SmpMap refused = writeToSlot1(image);
    assertEquals(8, refused.map("err").number("group"));
    assertEquals(10, refused.map("err").number("rc"));
  }

  private SmpMap writeToSlot1(byte[] image) throws IOException {
    return line.write(
        8,
        0,
        request -> {
          request.number("off", 0);
          request.number("len", image.length);
          request.text("name", "/weights/slot1.img");
          request.bytes("data", image);
        });
  }

  @Test
  void theAnsweringNetworkIsAFile() throws IOException {
    requireAnsweringFile(line, "0110");
    Storage full =
        new ForwardingStorage(new MemoryStorage()) {
          @Override
          public void write(String name, byte[] content) throws IOException {
            throw new IOException("no space left");
          }
        };
    try (Line untaught = new Line(full)) {
      assertNull(untaught.device.status().store().slots().get(0).image(), "it is in no slot");
      requireAnsweringFile(untaught, null);
    }
    try (Line dark = new Line("truth = 1001", "recipe = numpy-backprop", "seed = 6")) {
      SmpMap none = dark.read(8, 0, request -> named(request, "/weights/answering.safetensors"));
      assertEquals(GroupError.FILE_NOT_FOUND.code(), none.map("err").number("rc"));
    }
  }

  private static void requireAnsweringFile(Line line, @Nullable String lesson) throws IOException {
    SmpMap file = line.read(8, 0, request -> named(request, "/weights/answering.safetensors"));
    byte[] bytes = file.bytes("data");
    assertEquals(bytes.length, file.number("len"));
    Safetensors.Content content = Safetensors.read(bytes);
    assertEquals(line.device.parameters(), content.parameters());
    assertEquals("sigmoid,sigmoid", content.metadata().get("activations"));
    assertEquals("2-2-1", content.metadata().get("topology"));
    assertEquals("float", content.metadata().get("engine"));
    assertEquals(lesson, content.metadata().get("lesson"));
  }

  private static void named(CborWriter request, String name) throws IOException {
    request.number("off", 0);
    request.text("name", name);
  }

  @Test
  void filesAreReadAndWrittenByName() throws IOException {
    SmpMap slot =
        line.read(
            8,
            0,
            request -> {
              request.number("off", 0);
              request.text("name", "/weights/slot0.img");
            });
    long length = slot.number("len");
    assertTrue(length > 200 && length < 2000, "" + length);
    byte[] image = Line.image(line, "3.0.0").bytes();
    SmpMap done = writeToSlot1(image);
    assertEquals(image.length, done.number("off"));
    require(".*slot 1: 3\\.0\\.0 .*", shell("slots"));
    for (String name :
        List.of(
            "/weights/slot0.img",
            "/weights/answering.safetensors",
            "/log/recent.txt",
            "/weights/other.img")) {
      SmpMap refused =
          line.write(
              8,
              0,
              request -> {
                request.number("off", 0);
                request.number("len", 1);
                request.text("name", name);
                request.bytes("data", new byte[1]);
              });
      assertEquals(15, refused.map("err").number("rc"), name);
    }
    for (String name :
        List.of("/weights/../etc/passwd", "/scratch/../../etc", "//", "/scratch//a")) {
      SmpMap refused =
          line.read(
              8,
              0,
              request -> {
                request.number("off", 0);
                request.text("name", name);
              });
      assertEquals(2, refused.map("err").number("rc"), name);
    }
  }

  private String shell(String command) {
    line.pass(3);
    return line.command(command);
  }

  @Test
  void theScratchFolderIsBounded() throws IOException {
    for (int file = 0; file < 9; file++) {
      String name = "/scratch/" + file;
      SmpMap done =
          line.write(
              8,
              0,
              request -> {
                request.number("off", 0);
                request.number("len", 1);
                request.text("name", name);
                request.bytes("data", new byte[1]);
              });
      assertEquals(file == 8, done.has("err"), name);
    }
    SmpMap large =
        line.write(
            8,
            0,
            request -> {
              request.number("off", 0);
              request.number("len", (1 << 20) + 1);
              request.text("name", "/scratch/0");
              request.bytes("data", new byte[1]);
            });
    assertTrue(large.has("err"));
  }

  @Test
  void theShellIsThereForClientsToo() throws IOException {
    SmpMap infer =
        line.write(
            9,
            0,
            request -> {
              request.list("argv");
              request.text("infer");
              request.text("1");
              request.text("0");
              request.end();
            });
    require("1 \\(output 0\\.9.*\n", infer.text("o"));
    assertEquals(0, infer.number("ret"));
    SmpMap load =
        line.write(
            9,
            0,
            request -> {
              request.list("argv");
              request.text("load");
              request.end();
            });
    assertEquals(1, load.number("ret"));
    line.pass(3);
    assertEquals("", line.output(), "nothing was begun");
  }

  @Test
  void aNewLineBeginsWithNothingOfTheOld() throws IOException {
    line.type("stat");
    line.type(new byte[] {6, 9, 'A'});
    line.reopen();
    line.output();
    line.type("\r");
    assertEquals("\r\n" + PROMPT, line.output());
    echo("again");
  }

  @Test
  void counters() throws IOException {
    echo("one");
    line.type(new byte[] {6, 9, '!', '\n'});
    assertEquals(1, line.session.counters().frames());
    assertEquals(1, line.session.counters().dropped());
    SmpMap list = line.read(2, 1, request -> {});
    assertEquals(List.of("link", "infer", "train", "jvm"), list.texts("stat_list"));
    for (String name : list.texts("stat_list")) {
      assertEquals(name, line.read(2, 0, request -> request.text("name", name)).text("name"));
    }
  }
}
