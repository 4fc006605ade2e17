package dev.switchback.device.node;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.control.Decision;
import dev.switchback.device.store.StoreStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the device.
 *
 * @param quantization what fixed point changes in the answering network; empty in float
 * @param topology that the recipe trains
 * @param truth the lesson of what answers
 * @param configured the truth table of the configuration
 * @param learning the truth table of a running training; null if none runs
 * @param weights what answers: version, hash, origin
 * @param store the slots
 * @param keys whose images are taken, 64 hex digits each; none: anybody's
 * @param training the last or current training
 * @param decision what the LEDs show
 * @param changes debounced switch changes so far
 * @param bounces switch changes that did not hold for the debounce period
 * @param outage why the LED does not answer; null while it does
 * @param cable null if none is configured
 * @param socket null if the device serves none
 */
public record DeviceStatus(
    String board,
    String engine,
    String quantization,
    String topology,
    TruthTable truth,
    TruthTable configured,
    @Nullable TruthTable learning,
    String recipe,
    String weights,
    StoreStatus store,
    List<String> keys,
    String training,
    int trainings,
    Decision decision,
    int debounceMillis,
    long changes,
    long bounces,
    long ticks,
    long uptimeSeconds,
    long faults,
    @Nullable String lastFault,
    @Nullable String outage,
    @Nullable CableStatus cable,
    @Nullable LineStatus socket) {

  /** {@code answering}, or why the LED is off. */
  public String state() {
    return outage == null ? "answering" : "LED off, " + outage;
  }

  /** Summarises the status in one line; names a simulated board, whose LED nobody sees. */
  public String line() {
    return String.join(
        "; ",
        (outage == null ? "answering on " + board : "LED off on " + board + ", " + outage),
        decision.text(truth),
        "weights " + weights,
        faults + (faults == 1 ? " fault" : " faults"));
  }
}
