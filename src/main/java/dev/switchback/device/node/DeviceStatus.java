package dev.switchback.device.node;

import dev.switchback.device.store.StoreStatus;
import dev.switchback.format.ImageText;
import dev.switchback.format.WeightImage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The device at one moment.
 *
 * @param topology that the recipe trains
 * @param weights what answers: version, hash, origin
 * @param store the slots
 * @param key whose images are taken, as 64 hex digits; null: anybody's
 * @param training how the last training ended
 * @param position switches, LED and output as {@link DecisionText} writes them
 * @param changes debounced switch changes so far
 * @param bounces switch changes that did not hold for the debounce period
 * @param outage why the LED does not answer; null while it does
 * @param cable null if none is configured
 */
public record DeviceStatus(
    String board,
    String engine,
    String topology,
    String truth,
    String recipe,
    String weights,
    StoreStatus store,
    @Nullable String key,
    String training,
    int trainings,
    String position,
    int debounceMillis,
    long changes,
    long bounces,
    long ticks,
    long uptimeSeconds,
    long faults,
    @Nullable String lastFault,
    @Nullable String outage,
    @Nullable CableStatus cable) {

  /** {@code answering}, or why the LED is off. */
  public String state() {
    return outage == null ? "answering" : "LED off, " + outage;
  }

  /** The most important in one line. */
  public String line() {
    return String.join(
        "; ",
        state(),
        position,
        "weights " + weights,
        faults + (faults == 1 ? " fault" : " faults"));
  }

  /** One {@code name: value} per line. */
  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add("position: " + position);
    lines.add("state: " + state());
    lines.add("board: " + board);
    lines.add("engine: " + engine);
    lines.add("recipe: " + recipe + ", " + topology + ", truth " + truth);
    lines.add("weights: " + weights);
    store.slots().forEach(slot -> lines.add(slot.text()));
    lines.add("storage: " + store.storage() + ", next start: " + store.swap().label());
    lines.add("images: " + ImageText.taken(WeightImage.MAX_BYTES, key));
    store.problems().forEach(problem -> lines.add("problem: " + problem));
    lines.add("training: " + training + ", " + trainings + " so far");
    lines.add(
        "debounce: " + debounceMillis + " ms, " + changes + " changes, " + bounces + " bounces");
    lines.add("control: " + ticks + " ticks in " + uptimeSeconds + " s");
    lines.add("cable: " + (cable == null ? "none configured" : cable.toString()));
    lines.add("faults: " + faults + (lastFault == null ? "" : ", last: " + lastFault));
    return String.join(System.lineSeparator(), lines);
  }
}
