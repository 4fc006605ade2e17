package dev.switchback.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every command does that cannot do what it should. */
class FailureTest {
  private static final String XOR = "src/test/resources/numpy/savez.npz";

  @TempDir private Path directory;

  private static final class Full extends Writer {
    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval XOR",
        "eval XOR --json",
        "inspect XOR",
        "inspect XOR --json",
        "recipes",
        "recipes --json",
        "wiring",
        "doctor --json",
        "ports --json",
        "plot XOR",
        "--help",
        "--version",
        "help train",
        "train --help",
        "train --study 1 --recipe device --topology 2-2-1"
      })
  void outputThatCouldNotBeWrittenIsNoSuccess(String words) {
    StringWriter err = new StringWriter();
    int exitCode =
        Main.execute(
            words.replace("XOR", XOR).split(" "),
            new PrintWriter(new Full(), true),
            new PrintWriter(err, true));
    assertTrue(exitCode == 1 || exitCode == 10, words + " " + exitCode);
    assertTrue(err.toString().endsWith("standard output could not be written\n"), err.toString());
  }

  private static Map<?, ?> error(CommandLineRun run) throws IOException {
    Map<?, ?> error = Json.map(run.json(), "error");
    assertEquals((double) run.exitCode(), Json.number(error, "code"));
    return error;
  }

  @Test
  void programsGetAFailureAsJson_andPeopleAsALine() throws IOException {
    CommandLineRun run = CommandLineRun.of("eval", "--json", "no-such");
    assertEquals(2, run.exitCode());
    assertEquals(Map.of("code", 2L, "message", "no such file or directory: no-such"), error(run));
    assertEquals("switchback: no such file or directory: no-such\n", run.err());
  }

  @Test
  void theFixIsToldApart() throws IOException {
    Path file = Files.writeString(directory.resolve("w"), "words");
    CommandLineRun run = CommandLineRun.of("inspect", file.toString(), "--json");
    assertEquals(
        Map.of(
            "code",
            2L,
            "message",
            file + " is text",
            "mend",
            "Switchback reads .img, .safetensors, .npz, .npy, .onnx and .net"),
        error(run));
    assertEquals(
        "switchback: "
            + file
            + " is text; Switchback reads .img, .safetensors, .npz, .npy, .onnx and .net\n",
        run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval --json",
        "eval --json --bogus x",
        "train --seed x --json",
        "recipes --json --engine",
        "sign --json x",
        "no-such-command --json",
        "plot x.npz --json",
        "status --json --port /dev/no-such"
      })
  void wrongWordsAreToldAsJsonToo(String words) throws IOException {
    CommandLineRun run = CommandLineRun.of(words.split(" "));
    Map<?, ?> error = error(run);
    assertTrue(run.err().startsWith("switchback: " + error.get("message")), run.err());
  }

  @Test
  void whatOnlyLooksLikeTheOptionIsNone() {
    assertEquals("", CommandLineRun.of("eval", "--", "--json").out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eval %s",
        "inspect %s",
        "plot %s",
        "plot --kind loss %s.csv",
        "convert %s x.img",
        "sign %s --key %s.csv",
        "verify %s",
        "train --init %s --out x",
        "deploy %s --port /dev/no-such",
      })
  @Timeout(20)
  void pipesAreNotWaitedFor(String words) throws Exception {
    Path pipe = directory.resolve("pipe");
    for (String name : new String[] {"pipe", "pipe.csv"}) {
      Path file = directory.resolve(name);
      assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
    }
    CommandLineRun run = CommandLineRun.of(words.replace("%s", pipe.toString()).split(" "));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(" is a pipe or a device, no regular file"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"w", "w.safetensors", "w.npz", "w.net", "w.img", "W1.npy"})
  void filesTooLargeForAnyNetworkAreRefusedByTheirSize(String name) throws IOException {
    Path file = directory.resolve(name);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(2L << 30);
    }
    CommandLineRun run = CommandLineRun.of("eval", file.toString());
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(file + " has more than the "), run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --epochs 5 --out DEVICE",
        "convert XOR DEVICE.img",
        "keygen DEVICE.pem --force",
        "plot XOR --out DEVICE.svg",
        "doctor --bundle DEVICE"
      })
  void aPlaceThatTakesNothingIsNamed(String words) throws IOException {
    for (String ending : new String[] {"", ".img", ".pem", ".pub.pem", ".svg"}) {
      Files.createSymbolicLink(directory.resolve("full" + ending), Path.of("/dev/full"));
    }
    String full = directory.resolve("full").toString();
    CommandLineRun run =
        CommandLineRun.of(words.replace("XOR", XOR).replace("DEVICE", full).split(" "));
    for (String ending : new String[] {"", ".img", ".pem", ".pub.pem", ".svg"}) {
      Files.delete(directory.resolve("full" + ending));
    }
    assertEquals(1, run.exitCode(), run.err());
    String last = run.err().lines().toList().getLast();
    assertTrue(last.startsWith("switchback: cannot write " + full), run.err());
    assertTrue(last.contains("No space left on device; free some space there"), run.err());
  }
}
