package dev.switchback.device.store;

import dev.switchback.core.nn.SplitMix;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A device's store in a separate process, to be killed or to run as another user. */
final class StoreProcess {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final WeightStore store;
  private final SplitMix random;

  private StoreProcess(WeightStore store, long seed) {
    this.store = store;
    this.random = new SplitMix(seed);
  }

  /** {@code DIRECTORY} starts once and reports; {@code DIRECTORY SEED} works until it is killed. */
  public static void main(String... arguments) throws IOException, StoreException {
    try (DirectoryStorage storage = DirectoryStorage.open(Path.of(arguments[0]))) {
      WeightStore store =
          new WeightStore(
              storage, () -> TestImage.FACTORY.image, TestImage.SELF_TEST, VersionRule.NONE);
      store.start();
      if (arguments.length == 1) {
        report(store);
      } else {
        new StoreProcess(store, Long.parseLong(arguments[1])).work();
      }
    }
  }

  private static void report(WeightStore store) {
    OUT.println(TestImage.of(store.running().image()) + " " + store.running().origin());
    try {
      store.apply(Event.STAGE, TestImage.NEW.image);
      OUT.println("staged");
    } catch (StoreException e) {
      OUT.println(e.reason() + " " + e.getMessage());
    }
    store.status().problems().forEach(OUT::println);
  }

  /**
   * Prints before and after each command the outcomes allowed after a kill, as {@link Scenario}.
   */
  private void work() throws StoreException {
    TestImage current = TestImage.of(store.running().image());
    OUT.println(current);
    while (true) {
      current = random.nextLong() < 0 ? retrain(current) : deploy(current);
    }
  }

  private TestImage another(TestImage current) {
    TestImage[] choice = {TestImage.OLD, TestImage.NEW, TestImage.NEWER};
    TestImage found = current;
    while (found == current) {
      found = choice[(int) Math.floorMod(random.nextLong(), (long) choice.length)];
    }
    return found;
  }

  private TestImage retrain(TestImage current) throws StoreException {
    TestImage next = another(current);
    store.apply(Event.STAGE, next.image);
    OUT.println(current + " " + next);
    store.apply(Event.PERMANENT, null);
    OUT.println(next);
    store.start();
    return next;
  }

  private TestImage deploy(TestImage current) throws StoreException {
    TestImage next = another(current);
    store.apply(Event.STAGE, next.image);
    String trial = next + "?" + current;
    OUT.println(current + " " + trial);
    store.apply(Event.TEST, null);
    OUT.println(trial + " " + current);
    store.start();
    OUT.println(current);
    if (random.nextLong() < 0) {
      store.apply(Event.REVERT, null);
      return current;
    }
    OUT.println(current + " " + next);
    store.apply(Event.CONFIRM, null);
    OUT.println(next);
    return next;
  }
}
