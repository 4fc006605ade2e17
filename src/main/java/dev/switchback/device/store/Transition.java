package dev.switchback.device.store;

import static dev.switchback.device.store.Swap.NONE;
import static dev.switchback.device.store.Swap.PERMANENT;
import static dev.switchback.device.store.Swap.REVERT;
import static dev.switchback.device.store.Swap.TEST;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A row of the transition table, which {@code weight-store.md} shows too.
 *
 * @param guard the condition; of all rows of a state and event, the first whose guard holds is
 *     taken
 * @param next the next state; null if the event is refused
 * @param exchanged whether slot 0 and slot 1 are exchanged, in the same record
 * @param unrecorded whether the row takes effect in memory if the record cannot be written; only
 *     for a step back to weights that worked
 */
record Transition(
    Swap state,
    Event event,
    Guard guard,
    @Nullable Swap next,
    boolean exchanged,
    boolean unrecorded,
    FileStep step) {

  /** Conditions of rows. */
  enum Guard {
    ALWAYS,
    /** Slot 1 holds an image that passes the self-test. */
    SLOT_1_PASSES,
    /** The image that came with the event passes the self-test. */
    IMAGE_PASSES
  }

  /** What happens to the file of slot 1, after the record is written. */
  enum FileStep {
    NOTHING,
    WRITE,
    DELETE
  }

  static final List<Transition> TABLE =
      List.of(
          keep(NONE, Event.START, Guard.ALWAYS, NONE),
          exchange(TEST, Event.START, Guard.ALWAYS, REVERT),
          exchange(PERMANENT, Event.START, Guard.SLOT_1_PASSES, NONE),
          fallBack(PERMANENT, Event.START, Guard.ALWAYS, false),
          fallBack(REVERT, Event.START, Guard.ALWAYS, true),
          fallBack(NONE, Event.FAIL, Guard.SLOT_1_PASSES, true),
          fallBack(NONE, Event.FAIL, Guard.ALWAYS, false),
          fallBack(TEST, Event.FAIL, Guard.SLOT_1_PASSES, true),
          fallBack(TEST, Event.FAIL, Guard.ALWAYS, false),
          fallBack(PERMANENT, Event.FAIL, Guard.SLOT_1_PASSES, true),
          fallBack(PERMANENT, Event.FAIL, Guard.ALWAYS, false),
          fallBack(REVERT, Event.FAIL, Guard.ALWAYS, true),
          stage(NONE),
          stage(TEST),
          stage(PERMANENT),
          refuse(REVERT, Event.STAGE),
          keep(NONE, Event.TEST, Guard.SLOT_1_PASSES, TEST),
          keep(TEST, Event.TEST, Guard.SLOT_1_PASSES, TEST),
          keep(PERMANENT, Event.TEST, Guard.SLOT_1_PASSES, TEST),
          refuse(REVERT, Event.TEST),
          keep(NONE, Event.PERMANENT, Guard.SLOT_1_PASSES, PERMANENT),
          keep(TEST, Event.PERMANENT, Guard.SLOT_1_PASSES, PERMANENT),
          keep(PERMANENT, Event.PERMANENT, Guard.SLOT_1_PASSES, PERMANENT),
          refuse(REVERT, Event.PERMANENT),
          keep(NONE, Event.CONFIRM, Guard.ALWAYS, NONE),
          refuse(TEST, Event.CONFIRM),
          refuse(PERMANENT, Event.CONFIRM),
          keep(REVERT, Event.CONFIRM, Guard.ALWAYS, NONE),
          keep(NONE, Event.REVERT, Guard.SLOT_1_PASSES, PERMANENT),
          keep(TEST, Event.REVERT, Guard.ALWAYS, NONE),
          keep(PERMANENT, Event.REVERT, Guard.ALWAYS, NONE),
          exchange(REVERT, Event.REVERT, Guard.SLOT_1_PASSES, NONE),
          erase(NONE),
          erase(TEST),
          erase(PERMANENT),
          refuse(REVERT, Event.ERASE));

  private static Transition keep(Swap state, Event event, Guard guard, Swap next) {
    return new Transition(state, event, guard, next, false, false, FileStep.NOTHING);
  }

  private static Transition exchange(Swap state, Event event, Guard guard, Swap next) {
    return new Transition(state, event, guard, next, true, false, FileStep.NOTHING);
  }

  private static Transition fallBack(Swap state, Event event, Guard guard, boolean exchanged) {
    return new Transition(state, event, guard, NONE, exchanged, true, FileStep.NOTHING);
  }

  private static Transition stage(Swap state) {
    return new Transition(
        state, Event.STAGE, Guard.IMAGE_PASSES, NONE, false, false, FileStep.WRITE);
  }

  private static Transition erase(Swap state) {
    return new Transition(state, Event.ERASE, Guard.ALWAYS, NONE, false, false, FileStep.DELETE);
  }

  private static Transition refuse(Swap state, Event event) {
    return new Transition(state, event, Guard.ALWAYS, null, false, false, FileStep.NOTHING);
  }

  /**
   * Returns the first row of a state and event whose guard holds; null if none does.
   *
   * @param holds evaluates a guard; not called for rows after the one that is returned
   */
  static @Nullable Transition of(
      List<Transition> table, Swap state, Event event, Predicate<Guard> holds) {
    for (Transition row : table) {
      if (row.state == state && row.event == event && holds.test(row.guard)) {
        return row;
      }
    }
    return null;
  }
}
