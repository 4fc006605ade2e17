package dev.switchback.explore;

import dev.switchback.SystemClockScenarios;
import dev.switchback.device.control.ModelSlotScenarios;
import dev.switchback.device.node.DeviceScenarios;
import dev.switchback.device.node.MaintenanceScenarios;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import kotlin.Unit;
import org.jspecify.annotations.Nullable;
import org.pastalab.fray.core.TestRunner;
import org.pastalab.fray.core.command.Configuration;
import org.pastalab.fray.core.command.ExecutionInfo;
import org.pastalab.fray.core.command.LambdaExecutor;
import org.pastalab.fray.core.command.NetworkDelegateType;
import org.pastalab.fray.core.command.SystemTimeDelegateType;
import org.pastalab.fray.core.observers.TimelineCoverageType;
import org.pastalab.fray.core.randomness.ControlledRandomProvider;
import org.pastalab.fray.core.scheduler.POSScheduler;

/**
 * Runs each {@link Scenario} under many schedules: Fray lets one thread run at a time and decides
 * at every shared access who is next. A scenario fails if something does not hold, or if all
 * threads wait for ever; one with a planted fault must.
 *
 * <p>Time stands still until all threads wait, and then goes on to the first limit: a wake-up that
 * is lost shows as a wait that took its whole time. What is explored are orders of steps, not what
 * a weak memory model adds to them.
 */
public final class Explorer {
  private static final int TIME_LIMIT_SECONDS = 1800;

  /** What a step takes: next to nothing, or a thread that is long kept waiting meets its limit. */
  private static final long STEP_NANOS = 1;

  private Explorer() {}

  /** First the directory for reports, then how many schedules. */
  public static void main(String[] args) throws Exception {
    List<Scenario> scenarios = new ArrayList<>();
    scenarios.addAll(SystemClockScenarios.all());
    scenarios.addAll(ModelSlotScenarios.all());
    scenarios.addAll(MaintenanceScenarios.all());
    scenarios.addAll(DeviceScenarios.all());
    int wrong = 0;
    for (Scenario scenario : scenarios) {
      wrong += explore(scenario, Path.of(args[0]), Integer.parseInt(args[1])) ? 0 : 1;
    }
    System.exit(wrong == 0 ? 0 : 1);
  }

  private static boolean explore(Scenario scenario, Path reports, int schedules) throws Exception {
    Path report = reports.resolve(scenario.name().replace(' ', '-'));
    Files.createDirectories(report);
    AtomicInteger runs = new AtomicInteger();
    Configuration configuration =
        configuration(
            () -> {
              runs.incrementAndGet();
              run(scenario.body());
            },
            report,
            schedules);
    long start = System.nanoTime();
    PrintStream screen = System.out;
    Throwable found;
    try (PrintStream log = new PrintStream(Files.newOutputStream(report.resolve("log")))) {
      System.setOut(log);
      found = new TestRunner(configuration).run();
    } finally {
      System.setOut(screen);
    }
    boolean asExpected =
        scenario.isFaulty() ? found != null : found == null && runs.get() >= schedules;
    System.out.printf(
        Locale.ROOT,
        "%-4s %-66s %6d schedules, %5d distinct, %5.1f s: %s%n",
        asExpected ? "ok" : "BAD",
        scenario.name(),
        runs.get(),
        configuration.getTimelineCoverage().getCoverage(),
        (System.nanoTime() - start) / 1e9,
        verdict(found, scenario.isFaulty()));
    return asExpected;
  }

  private static String verdict(@Nullable Throwable found, boolean isFaulty) {
    if (found == null) {
      return isFaulty ? "the planted fault was not found" : "holds";
    }
    String what =
        found.getMessage() == null ? found.getClass().getSimpleName() : found.getMessage();
    return (isFaulty ? "planted fault found: " : "FAULT: ") + what;
  }

  private static void run(Scenario.Body body) {
    try {
      body.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Configuration configuration(Runnable body, Path report, int schedules) {
    LambdaExecutor executor =
        new LambdaExecutor(() -> {
          body.run();
          return Unit.INSTANCE;
        });
    boolean ignoreUncaughtExceptions = false;
    boolean fullSchedule = false;
    boolean exploreMode = false;
    boolean noExitWhenBugFound = true;
    boolean isReplay = false;
    boolean noFray = false;
    boolean dummyRun = true;
    boolean ignoreTimedBlock = false;
    boolean sleepAsYield = true;
    boolean resetClassLoader = false;
    boolean redirectStdout = false;
    boolean abortThreadsAfterMain = false;
    boolean resolveRacingOperations = false;
    return new Configuration(
        new ExecutionInfo(executor, ignoreUncaughtExceptions, false, -1),
        report,
        schedules,
        TIME_LIMIT_SECONDS,
        new POSScheduler(),
        new ControlledRandomProvider(),
        fullSchedule,
        exploreMode,
        noExitWhenBugFound,
        isReplay,
        noFray,
        dummyRun,
        NetworkDelegateType.REACTIVE,
        SystemTimeDelegateType.MOCK,
        STEP_NANOS,
        ignoreTimedBlock,
        sleepAsYield,
        resetClassLoader,
        redirectStdout,
        abortThreadsAfterMain,
        resolveRacingOperations,
        TimelineCoverageType.RESOURCE_ORDERING);
  }
}
