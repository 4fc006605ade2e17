package dev.switchback.device.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A counterexample that Spin found for a changed table.
 *
 * @param events and what is there after each, as {@link ModelRun#follow} takes them
 * @param demand of the property that the last event violates
 */
record Counterexample(Mutation mutation, List<String> events, String demand) {
  /** The first line names the mutation, the last one the requirement. */
  static Counterexample read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    return new Counterexample(
        Mutation.named(lines.getFirst()), lines.subList(1, lines.size() - 1), lines.getLast());
  }

  /**
   * Whether the store with the changed table violates the property too.
   *
   * @throws AssertionError if the store does not behave like the model
   */
  boolean isShown() throws IOException {
    ModelRun run = new ModelRun(mutation.table());
    run.follow(events);
    return !run.meets(demand);
  }

  /** Whether the store with its own table meets the requirement after the same events. */
  boolean isHeld() throws IOException {
    ModelRun run = new ModelRun(Transition.TABLE);
    for (int i = 0; i < events.size(); i += 2) {
      run.happen(events.get(i));
    }
    return run.meets(demand);
  }
}
