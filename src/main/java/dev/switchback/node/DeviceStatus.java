package dev.switchback.node;

import org.jspecify.annotations.Nullable;

/**
 * The device at one moment.
 *
 * @param weights where the answering weights came from
 * @param training how the last training ended
 * @param position switches, LED and output as {@link DecisionText} writes them
 * @param changes debounced switch changes so far
 * @param bounces switch changes that did not hold for the debounce period
 * @param outage why the LED does not answer; null while it does
 */
public record DeviceStatus(
    String board,
    String engine,
    String topology,
    String truth,
    String recipe,
    String weights,
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
    @Nullable String outage) {

  /** One {@code name: value} per line. */
  public String text() {
    return String.join(
        System.lineSeparator(),
        "position: " + position,
        "state: " + (outage == null ? "answering" : "LED off, " + outage),
        "board: " + board,
        "engine: " + engine,
        "network: " + topology + ", truth " + truth + ", recipe " + recipe,
        "weights: " + weights,
        "training: " + training + ", " + trainings + " so far",
        "debounce: " + debounceMillis + " ms, " + changes + " changes, " + bounces + " bounces",
        "control: " + ticks + " ticks in " + uptimeSeconds + " s",
        "faults: " + faults + (lastFault == null ? "" : ", last: " + lastFault));
  }
}
