package dev.switchback.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Runs the selected benchmarks, each in a separate process; see scripts/bench for usage. Java runs
 * this class from source, because it builds the other classes.
 *
 * <p>Exit code 2 if a run is not possible, 1 if the build fails, otherwise that of the first
 * benchmark that fails.
 */
public final class Bench {
  private final List<String> parts = new ArrayList<>();
  private final List<String> flags = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();

  private Bench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      Bench bench = new Bench();
      bench.read(List.of(args).iterator());
      bench.run();
    } catch (BenchException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
    }
  }

  private void read(Iterator<String> words) {
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "latency", "start", "idle", "network", "scale", "--peers" -> parts.add(word);
        case "--json", "--quick", "--write" -> flags.add(word);
        case "--flips", "--runs", "--rounds", "--seconds" ->
            readValue(word, words, "[1-9][0-9]*", "a whole number from 1");
        case "--cpu" -> readValue(word, words, "[0-9]+", "the number of a processor");
        default ->
            throw new BenchException(
                "'"
                    + word
                    + "' is none of latency, start, idle, network, scale, --peers, --json, --quick,"
                    + " --flips N, --runs N, --seconds N, --rounds N, --cpu N, --write");
      }
    }
  }

  private void readValue(String option, Iterator<String> words, String pattern, String expected) {
    String value = words.hasNext() ? words.next() : "";
    if (!value.matches(pattern)) {
      throw new BenchException(option + " '" + value + "': " + expected + " expected");
    }
    values.put(option, value);
  }

  /** Returns the flag as a list, empty if it was not given. */
  private List<String> ifGiven(String flag) {
    return flags.contains(flag) ? List.of(flag) : List.of();
  }

  private void run() throws IOException, InterruptedException {
    for (String part : parts.isEmpty() ? List.of("latency", "start") : parts) {
      switch (part) {
        case "latency" -> latency();
        case "start" -> start();
        case "idle" -> idle();
        case "network" -> network();
        case "scale" -> scale();
        default -> compare(Lineup.withRivals(comparison()));
      }
    }
  }

  private void latency() throws IOException, InterruptedException {
    Build.run();
    Build.java("dev.switchback.bench.LatencyBench")
        .with(List.of("--flips", values.getOrDefault("--flips", "2000")))
        .with(ifGiven("--json"))
        .run();
  }

  private void scale() throws IOException, InterruptedException {
    Build.run();
    Build.java("-Xmx4g", "dev.switchback.bench.ScaleBench")
        .with(ifGiven("--quick"))
        .with(ifGiven("--json"))
        .with(List.of("--svg", "src/docs/scale.svg"))
        .run();
  }

  private void start() throws IOException, InterruptedException {
    if (!Lineup.hasModules("gpiozero, numpy", Redirect.DISCARD)) {
      Command.Result install =
          Command.of("scripts/apt-install", "python3-numpy", "python3-gpiozero").result();
      if (install.exitCode() != 0) {
        throw new BenchException("numpy and gpiozero are missing: " + install.output());
      }
    }
    InstalledPackage installed = installedPackage();
    String configuration = installed.file("switchback.properties");
    Files.writeString(Path.of(configuration), "board = sim\n");
    String service =
        installed.command()
            + " run --config "
            + configuration
            + " --state-dir "
            + installed.file("state");
    String python = Lineup.PYTHON + " src/jmh/python/headless.py " + installed.arrays();
    Command.of(Lineup.PYTHON, "src/jmh/python/bench_start.py")
        .with(List.of("--runs", values.getOrDefault("--runs", "15")))
        .with(ifGiven("--json"))
        .with(List.of("--program", "switchback", service))
        .with(
            List.of(
                "--program",
                "switchback, no AOT cache",
                "env JAVA_OPTS=-XX:AOTMode=off " + service))
        .with(List.of("--program", "python, numpy, gpiozero", python))
        .run();
  }

  private static InstalledPackage installedPackage() throws IOException, InterruptedException {
    if (!InstalledPackage.isPossible()) {
      throw new BenchException("dpkg-deb is missing; run: sudo apt-get install dpkg");
    }
    return InstalledPackage.in(Path.of("target/bench"));
  }

  private void idle() throws IOException, InterruptedException {
    Command.of(Lineup.PYTHON, "src/jmh/python/bench_idle.py")
        .with(List.of("--seconds", values.getOrDefault("--seconds", "60")))
        .with(ifGiven("--json"))
        .with(List.of(installedPackage().command() + " run"))
        .run();
  }

  private void network() throws IOException, InterruptedException {
    if (flags.contains("--write")) {
      throw new BenchException("--write goes with --peers");
    }
    compare(Lineup.alone(comparison()));
  }

  /** Returns the options of a comparison. */
  private List<String> comparison() {
    if (!Command.isThere("taskset")) {
      throw new BenchException("taskset is missing; run: sudo apt-get install util-linux");
    }
    List<String> options = new ArrayList<>(flags);
    String rounds = flags.contains("--quick") ? "2" : "5";
    options.addAll(List.of("--rounds", values.getOrDefault("--rounds", rounds)));
    return options;
  }

  private void compare(List<String> options) throws IOException, InterruptedException {
    String cpu = values.containsKey("--cpu") ? values.get("--cpu") : lastOwnCpu();
    Command.of("env", "OPENBLAS_NUM_THREADS=1", "taskset", "-c", cpu)
        .with(Build.java("dev.switchback.bench.PeerBench").words())
        .with(options)
        .run();
  }

  /** Returns the number of the last processor that this process may use. */
  private static String lastOwnCpu() throws IOException {
    String begin = "Cpus_allowed_list:";
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(begin))
        .map(line -> line.replaceFirst(".*[-,\\s]", ""))
        .findFirst()
        .orElseThrow();
  }
}
