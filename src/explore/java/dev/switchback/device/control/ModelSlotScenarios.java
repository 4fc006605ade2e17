package dev.switchback.device.control;

import static dev.switchback.explore.Scenario.require;
import static dev.switchback.explore.Scenario.together;

import dev.switchback.explore.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Two threads publish two models each while a third reads. Every reading shows a complete model
 * with the generation it was given, generations only go up, by one for each model, and begin again
 * at 1.
 */
public final class ModelSlotScenarios {
  private static final int EACH = 2;
  private static final int MODELS = 2 * EACH;
  private static final int READINGS = 3;

  private ModelSlotScenarios() {}

  /** Sound and faulty ones. */
  public static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    int beforeTheWrap = ModelSlot.MAX_GENERATION - 2;
    all.add(new Scenario("slot: from empty", false, () -> publishAndRead(SoundSlot::new, 0)));
    all.add(
        new Scenario(
            "slot: over the wrap", false, () -> publishAndRead(SoundSlot::new, beforeTheWrap)));
    for (FaultySlot.Fault fault : FaultySlot.Fault.values()) {
      int before = fault == FaultySlot.Fault.WRAPS_TO_ZERO ? beforeTheWrap : 0;
      String what = fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      all.add(
          new Scenario(
              "slot: " + what, true, () -> publishAndRead(() -> new FaultySlot(fault), before)));
    }
    return all;
  }

  private static void publishAndRead(Supplier<SlotUnderTest> slots, int before)
      throws InterruptedException {
    SlotUnderTest slot = slots.get();
    if (before > 0) {
      NumberedModel first = new NumberedModel();
      first.content = 1;
      first.generation = before;
      slot.startAt(first, before);
    }
    NumberedModel[] models = new NumberedModel[MODELS];
    ModelSlot.@Nullable Entry[] readings = new ModelSlot.Entry[READINGS];
    together(
        () -> publish(slot, models, 0),
        () -> publish(slot, models, EACH),
        () -> {
          for (int k = 0; k < READINGS; k++) {
            readings[k] = slot.entry();
            requireComplete(readings[k]);
          }
        });
    check(before, models, readings, slot.entry());
  }

  private static void publish(SlotUnderTest slot, NumberedModel[] models, int from) {
    for (int k = from; k < from + EACH; k++) {
      NumberedModel model = new NumberedModel();
      model.content = 1;
      models[k] = model;
      model.generation = slot.publish(model);
    }
  }

  private static void requireComplete(ModelSlot.@Nullable Entry entry) {
    float[] output = {1f};
    if (entry != null) {
      entry.model().infer(new float[0], output);
    }
    require(output[0] == 1f, "the model is not complete");
  }

  private static void check(
      int before,
      NumberedModel[] models,
      ModelSlot.@Nullable Entry[] readings,
      ModelSlot.@Nullable Entry last) {
    boolean[] given = new boolean[MODELS + 1];
    for (NumberedModel model : models) {
      int step = steps(before, model.generation);
      require(step >= 1 && step <= MODELS && !given[step], "generations are not one each");
      given[step] = true;
    }
    for (int k = 0; k < MODELS; k += EACH) {
      require(
          steps(before, models[k].generation) < steps(before, models[k + 1].generation),
          "a publisher's generations do not go up");
    }
    int seen = 0;
    for (ModelSlot.Entry reading : readings) {
      seen = requireOwnGeneration(before, reading, seen);
    }
    require(requireOwnGeneration(before, last, seen) == MODELS, "the last is not the last");
  }

  /** Returns how many models after the first one the reading is. */
  private static int requireOwnGeneration(
      int before, ModelSlot.@Nullable Entry reading, int atLeast) {
    if (reading == null) {
      require(before == 0 && atLeast == 0, "the slot became empty");
      return 0;
    }
    NumberedModel model = (NumberedModel) reading.model();
    require(model.generation == reading.generation(), "model and generation are not read as one");
    int step = steps(before, reading.generation());
    require(step >= atLeast, "a reading went back");
    return step;
  }

  /** From one generation to another; they run from 1 to the last and start again at 1. */
  private static int steps(int from, int to) {
    require(to >= 1 && to <= ModelSlot.MAX_GENERATION, "no generation: " + to);
    return to >= from ? to - from : to + ModelSlot.MAX_GENERATION - from;
  }
}
