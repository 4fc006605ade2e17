package dev.switchback.device.node;

import static dev.switchback.device.store.TestImage.BAD;
import static dev.switchback.device.store.TestImage.NEW;
import static dev.switchback.device.store.TestImage.NEWER;
import static dev.switchback.device.store.TestImage.OLD;

import dev.switchback.device.store.SlotFile;
import dev.switchback.device.store.SlotFiles;
import dev.switchback.device.store.Swap;
import dev.switchback.device.store.TestImage;
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
  record Step(String name, boolean isRefused, String after) {}

  private static final byte[] GARBAGE = "no image at all".getBytes(StandardCharsets.US_ASCII);

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    all.add(of("first start", Map.of(), "LEARNT", step("start", "LEARNT")));
    for (SlotFile active : SlotFile.values()) {
      String suffix = ", active " + active;
      Map<String, byte[]> old = SlotFiles.of(active, Swap.NONE, OLD.bytes(), null);
      all.add(
          of(
              "deploy" + suffix,
              old,
              "OLD",
              step("start", "OLD"),
              stage(NEW, "OLD"),
              step("test", "NEW?OLD"),
              step("reload", "OLD"),
              step("confirm", "NEW"),
              step("reload", "NEW")));
      all.add(
          of(
              "test and restart" + suffix,
              old,
              "OLD",
              step("start", "OLD"),
              stage(NEW, "OLD"),
              step("test", "NEW?OLD"),
              step("reload", "OLD"),
              step("reload", "OLD"),
              step("reload", "OLD")));
      all.add(
          of(
              "self-test fails on trial" + suffix,
              SlotFiles.of(active, Swap.TEST, OLD.bytes(), BAD.bytes()),
              "OLD",
              step("start", "OLD")));
      all.add(
          of(
              "broken image on trial" + suffix,
              SlotFiles.of(active, Swap.TEST, OLD.bytes(), GARBAGE),
              "OLD",
              step("start", "OLD")));
      all.add(
          of(
              "self-test fails before it is permanent" + suffix,
              SlotFiles.of(active, Swap.PERMANENT, OLD.bytes(), BAD.bytes()),
              "OLD",
              step("start", "OLD")));
      all.add(
          of(
              "revert on trial" + suffix,
              old,
              "OLD",
              step("start", "OLD"),
              stage(NEW, "OLD"),
              step("test", "NEW?OLD"),
              step("reload", "OLD"),
              step("revert", "OLD")));
      all.add(
          of(
              "revert after confirm" + suffix,
              SlotFiles.of(active, Swap.NONE, NEW.bytes(), OLD.bytes()),
              "NEW",
              step("start", "NEW"),
              step("revert", "OLD"),
              step("reload", "OLD"),
              step("revert", "NEW"),
              step("reload", "NEW")));
      all.add(of("retrain" + suffix, old, "OLD", step("start", "OLD"), step("retrain", "LEARNT")));
      all.add(
          of(
              "taught by hand" + suffix,
              old,
              "OLD",
              step("start", "OLD"),
              step("teach 0111", "LEARNT"),
              step("teach 0110", "LEARNT")));
      all.add(
          of(
              "refused deployment" + suffix,
              SlotFiles.of(active, Swap.NONE, NEW.bytes(), OLD.bytes()),
              "NEW",
              step("start", "NEW"),
              refused(stage(BAD, "NEW")),
              step("revert", "OLD")));
      all.add(
          of(
              "for good" + suffix,
              old,
              "OLD",
              step("start", "OLD"),
              stage(NEW, "OLD"),
              step("permanent", "NEW"),
              step("reload", "NEW")));
      all.add(
          of(
              "two deploys in a row" + suffix,
              old,
              "OLD",
              step("start", "OLD"),
              stage(NEW, "OLD"),
              step("test", "NEW?OLD"),
              step("reload", "OLD"),
              step("confirm", "NEW"),
              stage(NEWER, "NEW"),
              step("test", "NEWER?NEW"),
              step("reload", "NEW"),
              step("confirm", "NEWER")));
      all.add(
          of(
              "deploy over a broken slot" + suffix,
              SlotFiles.of(active, Swap.NONE, OLD.bytes(), GARBAGE),
              "OLD",
              step("start", "OLD"),
              stage(NEW, "OLD"),
              step("test", "NEW?OLD"),
              step("reload", "OLD"),
              step("confirm", "NEW")));
      all.add(
          of(
              "broken active slot" + suffix,
              SlotFiles.of(active, Swap.NONE, GARBAGE, NEW.bytes()),
              "NEW",
              step("start", "NEW"),
              stage(NEWER, "NEW")));
      all.add(
          of(
              "staged over a mark" + suffix,
              old,
              "OLD",
              step("start", "OLD"),
              stage(NEW, "OLD"),
              step("test", "NEW?OLD"),
              step("permanent", "NEW"),
              stage(NEWER, "OLD"),
              step("test", "NEWER?OLD"),
              step("revert", "OLD")));
      all.add(
          of(
              "erase" + suffix,
              SlotFiles.of(active, Swap.NONE, OLD.bytes(), NEW.bytes()),
              "OLD",
              step("start", "OLD"),
              step("permanent", "NEW"),
              step("erase", "OLD"),
              step("erase", "OLD")));
    }
    all.add(
        of(
            "broken record",
            Map.of("slot-a.img", OLD.bytes(), "state", GARBAGE),
            "OLD",
            step("start", "OLD"),
            stage(NEW, "OLD"),
            step("permanent", "NEW")));
    all.add(
        of(
            "broken record and slot",
            Map.of("slot-a.img", GARBAGE, "slot-b.img", OLD.bytes(), "state", GARBAGE),
            "OLD",
            step("start", "OLD")));
    all.add(
        of(
            "everything broken",
            Map.of("slot-a.img", GARBAGE, "slot-b.img", GARBAGE, "state", GARBAGE),
            "LEARNT",
            step("start", "LEARNT"),
            stage(NEW, "LEARNT"),
            step("permanent", "NEW"),
            step("reload", "NEW")));
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

  private static Step step(String name, String after) {
    return new Step(name, false, after);
  }

  private static Step stage(TestImage image, String after) {
    return step("stage " + image, after);
  }

  private static Step refused(Step step) {
    return new Step(step.name(), true, step.after());
  }

  @Override
  public String toString() {
    return name;
  }
}
