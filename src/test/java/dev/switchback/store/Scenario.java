package dev.switchback.store;

import static dev.switchback.store.TestImage.BAD;
import static dev.switchback.store.TestImage.NEW;
import static dev.switchback.store.TestImage.NEWER;
import static dev.switchback.store.TestImage.OLD;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a store, and what must answer whenever the device starts afterwards.
 *
 * <p>An outcome is the image that answers, {@code OLD}; with a question mark one on trial and what
 * the start after that falls back to, {@code NEW?OLD}; {@code none} where nothing can answer.
 *
 * @param files in the directory before
 * @param before the outcome without any step
 */
record Scenario(String name, Map<String, byte[]> files, String before, List<Step> steps) {

  /** What a step does. */
  interface Action {
    void run(WeightStore store) throws StoreException;
  }

  /**
   * @param after the outcome once the step has returned; while it runs, this or the one before
   */
  record Step(String name, Action action, String after) {}

  private static final byte[] GARBAGE = "no image at all".getBytes(StandardCharsets.US_ASCII);

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    all.add(of("first start", Map.of(), "FACTORY", start("FACTORY")));
    for (SlotFile active : SlotFile.values()) {
      String suffix = ", active " + active.label();
      Map<String, byte[]> old = files(active, Swap.NONE, OLD.bytes(), null);
      all.add(
          of(
              "deploy" + suffix,
              old,
              "OLD",
              start("OLD"),
              stage(NEW, "OLD"),
              test("NEW?OLD"),
              start("OLD"),
              confirm("NEW"),
              start("NEW")));
      all.add(
          of(
              "test and restart" + suffix,
              old,
              "OLD",
              start("OLD"),
              stage(NEW, "OLD"),
              test("NEW?OLD"),
              start("OLD"),
              start("OLD"),
              start("OLD")));
      all.add(
          of(
              "self-test fails on trial" + suffix,
              files(active, Swap.TEST, OLD.bytes(), BAD.bytes()),
              "OLD",
              start("OLD")));
      all.add(
          of(
              "broken image on trial" + suffix,
              files(active, Swap.TEST, OLD.bytes(), GARBAGE),
              "OLD",
              start("OLD")));
      all.add(
          of(
              "self-test fails before it is permanent" + suffix,
              files(active, Swap.PERMANENT, OLD.bytes(), BAD.bytes()),
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
              start("OLD"),
              revert("OLD")));
      all.add(
          of(
              "revert after confirm" + suffix,
              files(active, Swap.NONE, NEW.bytes(), OLD.bytes()),
              "NEW",
              start("NEW"),
              revert("OLD"),
              start("OLD"),
              revert("NEW"),
              start("NEW")));
      all.add(
          of(
              "retrain" + suffix,
              old,
              "OLD",
              start("OLD"),
              stage(NEW, "OLD"),
              permanent("NEW"),
              start("NEW")));
      all.add(
          of(
              "two deploys in a row" + suffix,
              old,
              "OLD",
              start("OLD"),
              stage(NEW, "OLD"),
              test("NEW?OLD"),
              start("OLD"),
              confirm("NEW"),
              stage(NEWER, "NEW"),
              test("NEWER?NEW"),
              start("NEW"),
              confirm("NEWER")));
      all.add(
          of(
              "deploy over a broken slot" + suffix,
              files(active, Swap.NONE, OLD.bytes(), GARBAGE),
              "OLD",
              start("OLD"),
              stage(NEW, "OLD"),
              test("NEW?OLD"),
              start("OLD"),
              confirm("NEW")));
      all.add(
          of(
              "broken active slot" + suffix,
              files(active, Swap.NONE, GARBAGE, NEW.bytes()),
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
              files(active, Swap.NONE, OLD.bytes(), NEW.bytes()),
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
            "FACTORY",
            start("FACTORY"),
            stage(NEW, "FACTORY"),
            permanent("NEW"),
            start("NEW")));
    return List.copyOf(all);
  }

  private static Map<String, byte[]> files(
      SlotFile active, Swap swap, byte[] slot0, byte @Nullable [] slot1) {
    byte[] record = new StateRecord(active, swap, 4).bytes();
    return slot1 == null
        ? Map.of("state", record, active.fileName(), slot0)
        : Map.of("state", record, active.fileName(), slot0, active.other().fileName(), slot1);
  }

  private static Scenario of(String name, Map<String, byte[]> files, String before, Step... steps) {
    return new Scenario(name, files, before, List.of(steps));
  }

  private static Step start(String after) {
    return new Step("start", WeightStore::start, after);
  }

  private static Step stage(TestImage image, String after) {
    return new Step("stage " + image, store -> store.stage(image.image), after);
  }

  private static Step test(String after) {
    return new Step("test", store -> store.test(null), after);
  }

  private static Step permanent(String after) {
    return new Step("permanent", store -> store.permanent(null), after);
  }

  private static Step confirm(String after) {
    return new Step("confirm", WeightStore::confirm, after);
  }

  private static Step revert(String after) {
    return new Step("revert", WeightStore::revert, after);
  }

  private static Step erase(String after) {
    return new Step("erase", WeightStore::erase, after);
  }

  @Override
  public String toString() {
    return name;
  }
}
