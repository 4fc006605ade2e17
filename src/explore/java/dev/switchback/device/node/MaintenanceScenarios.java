package dev.switchback.device.node;

import static dev.switchback.explore.Scenario.require;

import dev.switchback.device.node.FaultyCycle.Fault;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.StoreException.Reason;
import dev.switchback.explore.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Callers with commands, requests for trainings and the end meet at {@link Maintenance}. Whoever
 * waits is answered, without waiting for a limit; what was taken is done once, what was refused
 * never; and nobody sees as over what is not.
 */
public final class MaintenanceScenarios {
  private MaintenanceScenarios() {}

  /** What is run on one kind of cycle. */
  private interface Plot {
    void on(CycleUnderTest.Source source) throws InterruptedException;
  }

  /** Sound and faulty ones. */
  public static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    add(
        all,
        "commands meet the end",
        MaintenanceScenarios::commandsMeetTheEnd,
        Fault.STOPS_WITHOUT_WAKING,
        Fault.LEAVES_THE_QUEUE_OPEN,
        Fault.ANSWERS_BEFORE_THE_OUTCOME);
    add(
        all,
        "callers give up",
        MaintenanceScenarios::callersGiveUp,
        Fault.GIVES_UP_WITHOUT_CALLING_BACK,
        Fault.ADDS_WITHOUT_WAKING);
    add(
        all,
        "two ask for trainings",
        MaintenanceScenarios::twoAskForTrainings,
        Fault.TAKES_ONE_MORE_WITHOUT_COMPARING);
    add(
        all,
        "a training is watched",
        MaintenanceScenarios::aTrainingIsWatched,
        Fault.READS_PROGRESS_BEFORE_THE_FLAG,
        Fault.CLEARS_THE_FLAG_BEFORE_THE_PROGRESS,
        Fault.COUNTS_BEFORE_THE_FLAG,
        Fault.READS_THE_COUNT_AFTER_THE_WORK);
    add(
        all,
        "an error ends all",
        MaintenanceScenarios::anErrorEndsAll,
        Fault.FORGETS_THE_REST_AFTER_AN_ERROR,
        Fault.TAKES_TRAININGS_AFTER_AN_ERROR);
    add(all, "trainings meet the end", MaintenanceScenarios::trainingsMeetTheEnd);
    return all;
  }

  /** The class itself, the copy as it is, and the copy with each fault. */
  private static void add(List<Scenario> all, String name, Plot plot, Fault... faults) {
    String title = "maintenance: " + name;
    all.add(new Scenario(title, false, () -> plot.on(SoundCycle::new)));
    all.add(new Scenario(title + ", the copy", false, () -> plot.on(FaultyCycle.with(null))));
    for (Fault fault : faults) {
      String what = fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      all.add(new Scenario("maintenance: " + what, true, () -> plot.on(FaultyCycle.with(fault))));
    }
  }

  private static void commandsMeetTheEnd(CycleUnderTest.Source source) throws InterruptedException {
    Meeting meeting = new Meeting(source);
    Caller one = Caller.of(meeting.cycle);
    Caller other =
        Caller.ending(meeting.cycle, new StoreException(Reason.REFUSED, "planted", null));
    meeting.run(one, other, meeting.cycle::stop);
    one.requireAnswered();
    other.requireAnswered();
  }

  private static void callersGiveUp(CycleUnderTest.Source source) throws InterruptedException {
    Meeting meeting = new Meeting(source);
    Caller one = Caller.hurried(meeting.cycle);
    Caller other = Caller.hurried(meeting.cycle);
    Caller patient = Caller.of(meeting.cycle);
    meeting.runAndStop(one, other, patient);
    one.requireAnswered();
    other.requireAnswered();
    patient.requireAnswered();
  }

  private static void twoAskForTrainings(CycleUnderTest.Source source) throws InterruptedException {
    Meeting meeting = new Meeting(source);
    Runnable asker =
        () -> {
          meeting.retrained();
          meeting.look();
          meeting.retrained();
          meeting.requireSettledIsOver();
          meeting.watch();
        };
    meeting.runAndStop(asker, asker);
    meeting.requireAllTrained();
  }

  private static void aTrainingIsWatched(CycleUnderTest.Source source) throws InterruptedException {
    Meeting meeting = new Meeting(source);
    Caller caller = Caller.of(meeting.cycle);
    meeting.runAndStop(
        () -> {
          require(meeting.retrained(), "refused for nothing");
          meeting.look();
          meeting.requireSettledIsOver();
          meeting.watch();
        },
        () -> {
          for (int k = 0; k < 3; k++) {
            meeting.look();
            meeting.requireSettledIsOver();
          }
        },
        () -> {
          caller.run();
          meeting.requireSettledIsOver();
        });
    caller.requireAnswered();
    meeting.requireAllTrained();
  }

  private static void anErrorEndsAll(CycleUnderTest.Source source) throws InterruptedException {
    Meeting meeting = new Meeting(source);
    LinkageError planted = new LinkageError("planted");
    Caller broken = Caller.ending(meeting.cycle, planted);
    Caller one = Caller.of(meeting.cycle);
    Caller other = Caller.ending(meeting.cycle, new IllegalArgumentException("planted"));
    meeting.run(broken, one, other, meeting::retrained);
    broken.requireAnswered();
    one.requireAnswered();
    other.requireAnswered();
    require(planted.equals(meeting.end()), "the cycle did not end by the error");
  }

  private static void trainingsMeetTheEnd(CycleUnderTest.Source source)
      throws InterruptedException {
    Meeting meeting = new Meeting(source);
    Runnable asker =
        () -> {
          meeting.retrained();
          meeting.look();
          meeting.requireSettledIsOver();
        };
    meeting.run(asker, asker, meeting.cycle::stop);
  }
}
