package dev.switchback.device.store;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The part of {@code scripts/check-model} beside Spin: writes the models and replays events on the
 * store.
 */
final class ModelCheck {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final Path SURVIVORS = Path.of("src/test/resources/model/survivors");
  private static final List<String> PROPERTIES =
      List.of("answers", "taken_back", "not_lost", "no_trap", "word_kept");

  private final Path directory;
  private boolean isRight = true;

  private ModelCheck(Path directory) {
    this.directory = directory;
  }

  /** Runs {@code write DIRECTORY}, or {@code play DIRECTORY}, which exits 1 if a check fails. */
  public static void main(String... arguments) throws IOException {
    ModelCheck check = new ModelCheck(Path.of(arguments[1]));
    if (arguments[0].equals("write")) {
      check.write();
    } else {
      check.play();
    }
    System.exit(check.isRight ? 0 : 1);
  }

  private void write() throws IOException {
    write("model", Transition.TABLE);
    List<Mutation> mutations = Mutation.all();
    for (int i = 0; i < mutations.size(); i++) {
      Path mutant = write("mutants/%03d".formatted(i + 1), mutations.get(i).table());
      Files.writeString(mutant.resolve("name"), mutations.get(i).name() + "\n");
    }
  }

  private Path write(String name, List<Transition> table) throws IOException {
    Path model = Files.createDirectories(directory.resolve(name));
    Files.writeString(model.resolve("update.pml"), UpdateModel.of(table));
    return model;
  }

  private void play() throws IOException {
    playRuns();
    OUT.printf(
        Locale.ROOT,
        "%n%-11s%18s%15s%18s%n",
        "property",
        "counterexamples",
        "on the store",
        "not on the true");
    Set<String> survivors =
        Mutation.all().stream().map(Mutation::name).collect(toCollection(TreeSet::new));
    int mutants = survivors.size();
    for (String property : PROPERTIES) {
      playCounterexamples(property, survivors);
    }
    OUT.printf(Locale.ROOT, "%n%d of %d mutants are killed%n", mutants - survivors.size(), mutants);
    Set<String> explained = explained();
    Set<String> unexplained = new TreeSet<>(survivors);
    unexplained.removeAll(explained);
    explained.removeAll(survivors);
    require(
        unexplained.isEmpty(),
        "they survive without a reason in " + SURVIVORS + ": " + unexplained);
    require(explained.isEmpty(), "they are killed, but stand in " + SURVIVORS + ": " + explained);
  }

  /** Reads the names of mutations, in paragraphs; the line before each gives the reason. */
  private static Set<String> explained() throws IOException {
    try (Stream<String> lines = Files.lines(SURVIVORS)) {
      return lines
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(toCollection(TreeSet::new));
    }
  }

  private void playRuns() throws IOException {
    int events = 0;
    List<Path> runs = files("runs", "");
    for (Path file : runs) {
      List<String> lines = Files.readAllLines(file);
      new ModelRun(Transition.TABLE).follow(lines);
      events += lines.size() / 2;
    }
    OUT.printf(
        Locale.ROOT,
        "The store did the same in %d random runs of the model, %d events%n",
        runs.size(),
        events);
  }

  private void playCounterexamples(String property, Set<String> survivors) throws IOException {
    int shown = 0;
    int held = 0;
    List<Path> files = files("mutants", property + ".events");
    for (Path file : files) {
      Counterexample counterexample = Counterexample.read(file);
      boolean isShown = counterexample.isShown();
      boolean isHeld = counterexample.isHeld();
      shown += isShown ? 1 : 0;
      held += isHeld ? 1 : 0;
      if (isShown && isHeld) {
        survivors.remove(counterexample.mutation().name());
      }
      require(isShown, file + ": the store does not violate this with the changed table");
    }
    OUT.printf(Locale.ROOT, "%-11s%18d%15d%18d%n", property, files.size(), shown, held);
  }

  private List<Path> files(String below, String end) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve(below))) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(end))
          .sorted()
          .toList();
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      OUT.printf(Locale.ROOT, "WRONG: %s%n", otherwise);
      isRight = false;
    }
  }
}
