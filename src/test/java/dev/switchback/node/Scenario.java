package dev.switchback.node;

import static dev.switchback.store.TestImage.BAD;
import static dev.switchback.store.TestImage.NEW;
import static dev.switchback.store.TestImage.NEWER;
import static dev.switchback.store.TestImage.OLD;

import dev.switchback.store.SlotFile;
import dev.switchback.store.SlotFiles;
import dev.switchback.store.Swap;
import dev.switchback.store.TestImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is done to a device, and what must answer whenever it starts afterwards.
 *
 * <p>An outcome is the image that answers, {@code OLD}; with a question mark one on trial and what
 * the start after that falls back to, {@code NEW?OLD}; {@code none} where nothing can answer.
 * {@code LEARNT} is what the device trains where it has nothing of its own.
 *
 * @param files in the directory before
 * @param before the outcome without any step
 */
record Scenario(String name, Map<String, byte[]> files, String before, List<Step> steps) {

  /**
   * @param name what {@link DeviceLife#apply} does
   * @param isRefused whether the device must refuse it
   * @param after the outcome once the step has returned; while it runs, this or the one before
   */
  record Step(String name, boolean isRefused, String after) {
    Step(String name, String after) {
      this(name, false, after);
    }
  }

  private static final byte[] GARBAGE = "no image at all".getBytes(StandardCharsets.US_ASCII);

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    all.add(of("first start", Map.of(), "LEARNT", start("LEARNT")));
    for (SlotFile active : SlotFile.values()) {
      String suffix = ", active " + active;
      Map<String, byte[]> old = SlotFiles.of(active, Swap.NONE, OLD.bytes(), null);
      all.add(
          of(
              "deploy" + suffix,
              old,
              "OLD",
              start("OLD"),
              stage(NEW, "OLD"),
              test("NEW?OLD"),
              reload("OLD"),
              confirm("NEW"),
              reload("NEW")));
      all.add(
          of(
              "test and restart" + suffix,
              old,
              "OLD",
              start("OLD"),
              stage(NEW, "OLD"),
              test("NEW?OLD"),
              reload("OLD"),
              reload("OLD"),
              reload("OLD")));
      all.add(
          of(
              "self-test fails on trial" + suffix,
              SlotFiles.of(active, Swap.TEST, OLD.bytes(), BAD.bytes()),
              "OLD",
              start("OLD")));
      all.add(
          of(
              "broken image on trial" + suffix,
              SlotFiles.of(active, Swap.TEST, OLD.bytes(), GARBAGE),
              "OLD",
              start("OLD")));
      all.add(
          of(
              "self-test fails before it is permanent" + suffix,
              SlotFiles.of(active, Swap.PERMANENT, OLD.bytes(), BAD.bytes()),
              "OLD",
              start("OLD")));
      all.add(
          of(
              "revert on trial" + suffix,
              old,
              "OLD",
              start("OLD"),
              stage(NEW, "OLD"),
              test("NEW?OLD"),
              reload("OLD"),
              revert("OLD")));
      all.add(
          of(
              "revert after confirm" + suffix,
              SlotFiles.of(active, Swap.NONE, NEW.bytes(), OLD.bytes()),
              "NEW",
              start("NEW"),
              revert("OLD"),
              reload("OLD"),
              revert("NEW"),
              reload("NEW")));
      all.add(of("retrain" + suffix, old, "OLD", start("OLD"), retrain("LEARNT")));
      all.add(
          of(
              "refused deployment" + suffix,
              SlotFiles.of(active, Swap.NONE, NEW.bytes(), OLD.bytes()),
              "NEW",
              start("NEW"),
              refused(stage(BAD, "NEW")),
              revert("OLD")));
      all.add(
          of(
              "for good" + suffix,
              old,
              "OLD",
              start("OLD"),
              stage(NEW, "OLD"),
              permanent("NEW"),
              reload("NEW")));
      all.add(
          of(
              "two deploys in a row" + suffix,
              old,
              "OLD",
              start("OLD"),
              stage(NEW, "OLD"),
              test("NEW?OLD"),
              reload("OLD"),
              confirm("NEW"),
              stage(NEWER, "NEW"),
              test("NEWER?NEW"),
              reload("NEW"),
              confirm("NEWER")));
      all.add(
          of(
              "deploy over a broken slot" + suffix,
              SlotFiles.of(active, Swap.NONE, OLD.bytes(), GARBAGE),
              "OLD",
              start("OLD"),
              stage(NEW, "OLD"),
              test("NEW?OLD"),
              reload("OLD"),
              confirm("NEW")));
      all.add(
          of(
              "broken active slot" + suffix,
              SlotFiles.of(active, Swap.NONE, GARBAGE, NEW.bytes()),
              "NEW",
              start("NEW"),
              stage(NEWER, "NEW")));
      all.add(
          of(
              "staged over a mark" + suffix,
              old,
              "OLD",
              start("OLD"),
              stage(NEW, "OLD"),
              test("NEW?OLD"),
              permanent("NEW"),
              stage(NEWER, "OLD"),
              test("NEWER?OLD"),
              revert("OLD")));
      all.add(
          of(
              "erase" + suffix,
              SlotFiles.of(active, Swap.NONE, OLD.bytes(), NEW.bytes()),
              "OLD",
              start("OLD"),
              permanent("NEW"),
              erase("OLD"),
              erase("OLD")));
    }
    all.add(
        of(
            "broken record",
            Map.of("slot-a.img", OLD.bytes(), "state", GARBAGE),
            "OLD",
            start("OLD"),
            stage(NEW, "OLD"),
            permanent("NEW")));
    all.add(
        of(
            "broken record and slot",
            Map.of("slot-a.img", GARBAGE, "slot-b.img", OLD.bytes(), "state", GARBAGE),
            "OLD",
            start("OLD")));
    all.add(
        of(
            "everything broken",
            Map.of("slot-a.img", GARBAGE, "slot-b.img", GARBAGE, "state", GARBAGE),
            "LEARNT",
            start("LEARNT"),
            stage(NEW, "LEARNT"),
            permanent("NEW"),
            reload("NEW")));
    return List.copyOf(all);
  }

  /** Runs the steps on a device, each as it should end. */
  void run(Function<String, String> device, Consumer<Step> done) {
    for (Step step : steps) {
      String refusal = device.apply(step.name());
      if (refusal.isEmpty() == step.isRefused()) {
        throw new AssertionError(name + ", " + step.name() + ": " + refusal);
      }
      done.accept(step);
    }
  }

  private static Scenario of(String name, Map<String, byte[]> files, String before, Step... steps) {
    return new Scenario(name, files, before, List.of(steps));
  }

  private static Step start(String after) {
    return new Step("start", after);
  }

  private static Step reload(String after) {
    return new Step("reload", after);
  }

  private static Step retrain(String after) {
    return new Step("retrain", after);
  }

  private static Step refused(Step step) {
    return new Step(step.name(), true, step.after());
  }

  private static Step stage(TestImage image, String after) {
    return new Step("stage " + image, after);
  }

  private static Step test(String after) {
    return new Step("test", after);
  }

  private static Step permanent(String after) {
    return new Step("permanent", after);
  }

  private static Step confirm(String after) {
    return new Step("confirm", after);
  }

  private static Step revert(String after) {
    return new Step("revert", after);
  }

  private static Step erase(String after) {
    return new Step("erase", after);
  }

  @Override
  public String toString() {
    return name;
  }
}
