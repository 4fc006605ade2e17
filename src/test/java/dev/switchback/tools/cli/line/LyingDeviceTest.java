package dev.switchback.tools.cli.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.format.WeightImage;
import dev.switchback.sim.PtyPair;
import dev.switchback.tools.CommandLineRun;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.Demultiplexer;
import dev.switchback.wire.FrameEncoder;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.serial.SerialPort;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.SmpGroup;
import dev.switchback.wire.smp.SmpRequest;
import dev.switchback.wire.smp.SmpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A device that keeps to the protocol, and says what no device would. */
@Tag("slow")
@Timeout(60)
class LyingDeviceTest {
  private static final String HOSTILE =
      "\u001b]0;pwned\u0007\u001b[2J\nforged: line\u009b\u202e" + "x".repeat(3000);

  @TempDir private Path directory;

  /** What it says to one command. */
  private interface Lie {
    void tell(SmpRequest request, CborWriter answer) throws IOException;
  }

  /** Group and command. */
  private final Map<String, Lie> lies = new TreeMap<>();

  LyingDeviceTest() {
    lies.put("0/0", (request, answer) -> answer.text("r", request.map().text("d", "")));
    lies.put(
        "0/6",
        (request, answer) -> {
          answer.number("buf_size", Long.MAX_VALUE);
          answer.number("buf_count", -7);
        });
    lies.put("1/0", (request, answer) -> list(answer, "images"));
    lies.put("100/0", LyingDeviceTest::status);
    lies.put("100/3", (request, answer) -> {});
  }

  private static void list(CborWriter answer, String name) throws IOException {
    answer.list(name);
    answer.end();
  }

  private static void status(SmpRequest request, CborWriter answer) throws IOException {
    for (String name :
        List.of("program", "board", "state", "recipe", "topology", "weights", "storage", "swap")) {
      answer.text(name, name + HOSTILE.substring(0, 100));
    }
    answer.text("engine", "float");
    answer.text("truth", "0110");
    list(answer, "slots");
    answer.list("problems");
    answer.text(HOSTILE);
    answer.end();
    answer.map("training");
    answer.text("text", HOSTILE.substring(0, 200));
    answer.number("count", -1);
    answer.end();
    answer.map("counters");
    for (String name :
        List.of("debounce_ms", "changes", "bounces", "ticks", "uptime_s", "faults")) {
      answer.number(name, Long.MIN_VALUE);
    }
    answer.end();
    answer.text("refused", HOSTILE.substring(0, 300));
  }

  private final class Group extends SmpGroup {
    private final int group;

    Group(int group) {
      super(group, "lies", 1);
      this.group = group;
    }

    @Override
    public void handle(SmpRequest request, CborWriter answer) throws IOException {
      Lie lie = lies.get(group + "/" + request.command());
      if (lie == null) {
        throw request.notSupported();
      }
      lie.tell(request, answer);
    }
  }

  private void serve(ByteLink link) {
    SmpServer server =
        new SmpServer(List.of(new Group(0), new Group(1), new Group(8), new Group(100)), 8192);
    FrameEncoder encoder = new FrameEncoder(8192);
    Demultiplexer demultiplexer =
        new Demultiplexer(
            new Demultiplexer.Receiver() {
              @Override
              public void text(byte value) {}

              @Override
              public void packet(byte[] buffer, int length) {
                int answer =
                    server.handle(Arrays.copyOf(buffer, length), length, System.nanoTime());
                try {
                  link.write(encoder.buffer(), 0, encoder.encode(server.answer(), answer));
                } catch (LinkException e) {
                  // The command is over.
                }
              }
            });
    byte[] input = new byte[4096];
    try {
      while (true) {
        demultiplexer.receive(input, 0, link.read(input), System.nanoTime());
      }
    } catch (LinkException e) {
      // The test is over.
    }
  }

  private CommandLineRun run(String... args) throws IOException {
    try (PtyPair cable = PtyPair.open(directory);
        ByteLink link = new SerialPort(cable.one().toString(), 115_200).open()) {
      Thread.ofPlatform().daemon().start(() -> serve(link));
      String[] all = Arrays.copyOf(args, args.length + 2);
      all[args.length] = "--port";
      all[args.length + 1] = cable.other().toString();
      CommandLineRun run = CommandLineRun.of(all);
      String shown = run.out() + run.err();
      assertFalse(shown.matches("(?s).*[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\u202e].*"), shown);
      assertFalse(shown.contains("\nforged"), shown);
      assertTrue(shown.lines().allMatch(line -> line.length() < 2000), shown);
      return run;
    }
  }

  private void assertEnds(int exitCode, String reason, String... args) throws IOException {
    CommandLineRun run = run(args);
    assertEquals(exitCode, run.exitCode(), run.err());
    assertTrue(run.err().contains(reason), run.err());
  }

  @Test
  void whatItSaysOfItselfMovesNoCursor() throws IOException {
    lies.put("100/1", (request, answer) -> answer.text("expected", HOSTILE));
    CommandLineRun status = run("status");
    assertEquals(0, status.exitCode(), status.err());
    assertTrue(status.out().contains("\\u001b]0;pwned\\u0007\\u001b[2J\\nforged"), status.out());
    lies.put("100/1", (request, answer) -> answer.text("answers", HOSTILE));
    assertEnds(7, "not as the protocol has it", "status");
  }

  @Test
  void aCurveWithoutEndEnds() throws IOException {
    lies.put(
        "100/4",
        (request, answer) -> {
          answer.number("cursor", 0);
          answer.flag("running", false);
          answer.list("epochs");
          for (int i = 0; i < 128; i++) {
            answer.number(i);
          }
          answer.end();
          answer.list("losses");
          for (int i = 0; i < 128; i++) {
            answer.real(Double.NaN);
          }
          answer.end();
          answer.text("text", HOSTILE);
        });
    assertEnds(7, "the loss curve of the device has no end", "retrain");
  }

  @Test
  void anUploadThatComesAndGoesEnds() throws IOException {
    String weights = directory.resolve("w.safetensors").toString();
    assertEquals(0, CommandLineRun.of("train", "--out", weights).exitCode());
    for (long step : new long[] {-1, 0, 1, 1 << 20, Long.MAX_VALUE}) {
      lies.put(
          "1/1",
          (request, answer) -> {
            long offset = request.map().number("off");
            answer.number("off", step == -1 && offset > 0 ? 0 : step < 0 ? 10 : offset + step);
          });
      CommandLineRun run = run("deploy", weights);
      assertTrue(List.of(6, 7).contains(run.exitCode()), step + ": " + run.err());
    }
  }

  @Test
  void aPullThatLiesAboutItsLengthEnds() throws IOException {
    String file = directory.resolve("w.img").toString();
    for (long length : new long[] {-1, 0, 10, WeightImage.MAX_BYTES, Long.MAX_VALUE}) {
      lies.put(
          "8/0",
          (request, answer) -> {
            answer.number("off", request.map().number("off"));
            answer.number("len", length);
            answer.bytes("data", new byte[length == 10 ? 20 : 0]);
          });
      assertEnds(7, "", "pull", file);
    }
  }
}
