package dev.switchback.tools.cli.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.Safetensors;
import dev.switchback.sim.Json;
import dev.switchback.sim.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C in the middle of long work, in a process of its own. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class TrainSignalTest {
  private static final long LIMIT_SECONDS = 30;

  @TempDir Path directory;

  private record Outcome(int exitCode, String out, String err) {}

  /** Starts the command, sends the signal once progress was shown, and waits for its end. */
  private Outcome interrupted(String signal, String... args) throws Exception {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    List<String> command = new ArrayList<>();
    // A background shell's children would ignore the signal.
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.switchback.tools.Main"));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      long waited = 0;
      while (Files.size(err) == 0 && waited < LIMIT_SECONDS * 1000) {
        Thread.sleep(20);
        waited += 20;
      }
      Signal.send(signal, process.pid());
      assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "it ends");
      return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void trainingEndsWithTheBestWeightsSoFar(String signal, int exitCode) throws Exception {
    Path weights = directory.resolve("w.safetensors");
    Outcome outcome =
        interrupted(
            signal,
            "train",
            "--recipe",
            "online",
            "--epochs",
            "2000000000",
            "--log-every",
            "500000",
            "--json",
            "--out",
            weights.toString());
    assertEquals(exitCode, outcome.exitCode, outcome.err);
    Map<String, Object> json = Json.object(outcome.out);
    assertEquals(true, json.get("stopped"));
    assertEquals(true, json.get("solved"));
    double epochs = Json.number(json, "epochs");
    assertTrue(epochs > 10_000 && epochs < 2e9, "after " + epochs);
    List<String> lines = outcome.err.lines().toList();
    assertTrue(
        lines.getFirst().matches("epoch [0-9,]+ of 2,000,000,000, loss .*, about .* s left"),
        outcome.err);
    assertTrue(
        lines.getLast().startsWith("switchback: stopped after epoch ")
            && lines.getLast().endsWith("are in " + weights),
        outcome.err);
    assertEquals(
        TruthTable.XOR,
        TruthTable.answeredBy(
            Engine.FLOAT.model(Safetensors.read(Files.readAllBytes(weights)).parameters())));
    assertTrue(Files.readString(directory.resolve("w.log.csv")).endsWith("\n"));
  }

  @Test
  void aStudyPrintsTheFiguresOfTheRunsDone() throws Exception {
    Outcome outcome =
        interrupted("INT", "train", "--recipe", "numpy-backprop", "--study", "10000000", "--json");
    assertEquals(130, outcome.exitCode, outcome.err);
    double runs = Json.number(Json.object(outcome.out), "runs");
    assertTrue(runs > 1 && runs < 1e7, runs + " runs");
    assertTrue(outcome.err.contains("stopped; the figures cover the finished runs"), outcome.err);
  }
}
