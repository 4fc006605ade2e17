package dev.switchback.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.tools.plot.RatioPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Times our networks and the rivals' in turn, each in a separate process, and compares the medians
 * of the rounds. {@link Bench} starts it on one processor, with {@link PeerOptions}.
 *
 * <p>Exit code 1 if the comparison is not valid: a rival failed or computed something else, or ours
 * allocated.
 */
public final class PeerBench {
  private static final Path PAGE = Path.of("src/docs/benchmarks.md");
  private static final Path PICTURE = Path.of("src/docs/peers.svg");

  /** Process starts per round. */
  private static final int STARTS = 5;

  private final PeerOptions options;
  private final Figures figures = new Figures();

  private PeerBench(PeerOptions options) {
    this.options = options;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      new PeerBench(PeerOptions.of(List.of(args))).run();
    } catch (BenchException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, InterruptedException {
    for (int round = 1; round <= options.rounds(); round++) {
      for (Rival program : options.programs()) {
        long start = System.nanoTime();
        Reading reading = program.read();
        requireNothingAllocated(reading);
        figures.add(program.name(), reading);
        report(round, program.name(), System.nanoTime() - start);
      }
      timeProcesses(round);
    }
    PeerReport report = new PeerReport(options, figures, Machine.here());
    report.comparisons().forEach(comparison -> comparison.requireAgreement(figures));
    report.limits().forEach(comparison -> comparison.requireAgreement(figures));
    System.out.print(options.json() ? PeerJson.of(report) : report.text());
    if (options.write()) {
      write(report);
    }
  }

  private void timeProcesses(int round) throws InterruptedException {
    for (int start = 0; start < STARTS; start++) {
      for (Rival process : options.processes()) {
        figures.add(process.name(), Comparison.PROCESS, process.lifeNanos());
      }
    }
    if (!options.processes().isEmpty()) {
      System.err.println("round " + round + ": processes");
    }
  }

  private void report(int round, String name, long nanos) {
    System.err.println(
        String.format(
            Locale.ROOT, "round %d of %d: %s, %.0f s", round, options.rounds(), name, nanos / 1e9));
  }

  private static void requireNothingAllocated(Reading reading) {
    reading
        .bytes()
        .forEach((row, bytes) -> {
          if (bytes != 0) {
            throw new BenchException(
                "'" + row + "' allocates " + bytes + " bytes a call; none expected");
          }
        });
  }

  private static void write(PeerReport report) throws IOException {
    String page = Files.readString(PAGE, UTF_8);
    Files.writeString(PAGE, MarkedSection.PEERS.replace(page, report.markdown()), UTF_8);
    List<RatioPicture.Bar> bars =
        report.comparisons().stream()
            .map(c -> new RatioPicture.Bar(c.work(), c.rival(), c.ratio(report.figures())))
            .toList();
    Files.writeString(
        PICTURE,
        RatioPicture.svg(bars, "Our time over the rivals'", report.machine().brief()),
        UTF_8);
    System.err.println("written: " + PAGE + ", " + PICTURE);
  }
}
