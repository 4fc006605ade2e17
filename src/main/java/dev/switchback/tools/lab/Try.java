package dev.switchback.tools.lab;

import dev.switchback.Clock;
import dev.switchback.SystemClock;
import dev.switchback.core.Engine;
import dev.switchback.core.LossCurve;
import dev.switchback.core.LossCurve.Point;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.WeightImage;
import dev.switchback.lesson.TrainingAdvice;
import dev.switchback.tools.cli.Pace;
import dev.switchback.tools.foreign.WeightFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A training of the page's own, on a thread of its own, as {@code train} does it by the recipe
 * {@code device}. Any thread.
 */
final class Try implements AutoCloseable {
  static final int MAX_LAYERS = 2;
  static final int MAX_NEURONS = 16;
  static final int MAX_SPEED = 1_000_000;
  private static final int DEFAULT_SPEED = 40;
  private static final int MAX_POINTS = 256;

  /** Shortest time between two states that are told: 15 a second. */
  private static final long TELL_NANOS = 1_000_000_000L / 15;

  private enum State {
    RUNNING,
    PAUSED,
    SOLVED,
    FAILED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final int run;
  private final TrainingSession session;
  private final Pace pace;
  private final Consumer<String> told;
  private final Clock clock = new SystemClock();
  private final LossCurve curve = new LossCurve();
  private final Thread thread = Thread.ofPlatform().daemon().name("lab try").unstarted(this::train);
  private final String impossible;
  private final AtomicBoolean commanded = new AtomicBoolean();
  private volatile int speed;
  private volatile boolean closing;
  private volatile boolean hasEnded;
  private volatile @Nullable WeightImage image;

  /**
   * Prepares a try.
   *
   * @param run a number that grows with each try
   * @param told called with each new state as JSON, at most 15 times a second, on the try's thread
   * @throws Rejection if the command names no training
   */
  Try(int run, TryCommand command, Consumer<String> told) throws Rejection {
    this.run = run;
    this.told = told;
    this.speed = speed(command);
    this.pace = new Pace(rate(speed));
    try {
      this.session = session(command);
    } catch (IllegalArgumentException e) {
      throw new Rejection(422, String.valueOf(e.getMessage()), e);
    }
    String reason = TrainingAdvice.impossible(session.recipe().topology(), session.truth());
    this.impossible = reason == null ? "" : reason;
  }

  private static int speed(TryCommand command) throws Rejection {
    return (int) command.number("speed", DEFAULT_SPEED, 0, MAX_SPEED);
  }

  private static int rate(int speed) {
    return speed == 0 ? Pace.FULL_SPEED : speed;
  }

  private static TrainingSession session(TryCommand command) throws Rejection {
    TruthTable truth = TruthTable.parse(command.text("truth", TruthTable.XOR.toString()));
    List<Integer> hidden = command.numbers("hidden", 1, MAX_NEURONS);
    if (hidden.size() > MAX_LAYERS) {
      throw new Rejection(422, "hidden: at most " + MAX_LAYERS + " layers");
    }
    StringBuilder widths = new StringBuilder().append(truth.inputs());
    hidden.forEach(width -> widths.append('-').append(width));
    Activation[] activations = new Activation[hidden.size() + 1];
    Arrays.fill(activations, Activation.of(command.text("activation", "sigmoid")));
    activations[hidden.size()] = Activation.SIGMOID;
    Topology topology =
        Topology.parse(widths.append('-').append(truth.leds()).toString(), activations);
    return new TrainingSession(
        NamedRecipe.DEVICE.recipe(topology, truth),
        truth,
        Engine.of(command.text("engine", Engine.FLOAT.label())),
        command.number("seed", 1, 0, Long.MAX_VALUE),
        null);
  }

  void start() {
    thread.start();
  }

  /**
   * Changes the pace.
   *
   * @throws Rejection if the training has ended
   */
  void pace(String what, TryCommand command) throws Rejection {
    if (hasEnded) {
      throw new Rejection(409, "this try has ended");
    }
    switch (what) {
      case "play" -> pace.setPaused(false);
      case "pause" -> pace.setPaused(true);
      case "step" -> pace.step();
      case "speed" -> {
        speed = speed(command);
        pace.setRate(rate(speed));
      }
      default -> throw new Rejection(400, "do: start, play, pause, step, speed or end expected");
    }
    commanded.set(true);
    clock.wake();
  }

  /** Returns the network as an image with its lesson; null unless it has learnt it. */
  @Nullable WeightImage image() {
    return image;
  }

  private void train() {
    curve.begin(run);
    pace.passed(0, clock.nanoTime());
    tell();
    long toldNanos = clock.nanoTime();
    boolean isStale = false;
    boolean goesOn = true;
    while (goesOn && !closing) {
      long nowNanos = clock.nanoTime();
      long holdNanos = pace.holdNanos(nowNanos);
      long quietNanos = toldNanos + TELL_NANOS - nowNanos;
      if (isStale && quietNanos <= 0) {
        tell();
        toldNanos = nowNanos;
        isStale = false;
      } else if (holdNanos > 0) {
        clock.await(isStale ? Math.min(holdNanos, quietNanos) : holdNanos);
      } else if (session.step()) {
        curve.add(session.epochs(), session.loss(), session.restarts());
        pace.passed(session.epochs(), clock.nanoTime());
        isStale = true;
      } else {
        goesOn = false;
      }
      isStale |= commanded.getAndSet(false);
    }
    end();
  }

  private void end() {
    if (closing) {
      return;
    }
    if (session.isSolved()) {
      image =
          WeightImage.of(
              WeightFile.FIRST_VERSION,
              session.result(),
              session.engine(),
              Map.of(
                  ImageMetadata.RECIPE, session.recipe().name(),
                  ImageMetadata.LESSON, session.truth().toString(),
                  ImageMetadata.SEED, String.valueOf(session.seed())));
    }
    hasEnded = true;
    tell();
  }

  private State state() {
    if (hasEnded) {
      return session.isSolved() ? State.SOLVED : State.FAILED;
    }
    return pace.isPaused() ? State.PAUSED : State.RUNNING;
  }

  private void tell() {
    State state = state();
    boolean hasResult = hasEnded && session.hasResult();
    Parameters parameters = hasResult ? session.result() : session.current();
    Topology topology = parameters.topology();
    float[] outputs = Answers.of(session.engine().model(parameters)).displayedOutputs();
    told.accept(
        Json.object(json -> {
          json.writeNumberField("run", run);
          json.writeStringField("truth", session.truth().toString());
          json.writeStringField("topology", topology.toString());
          json.writeStringField("activations", topology.activationLabels());
          json.writeStringField("engine", session.engine().label());
          json.writeNumberField("seed", session.seed());
          json.writeNumberField("speed", speed);
          json.writeStringField("state", state.label());
          json.writeStringField(
              "why", state == State.FAILED ? TrainingAdvice.of(session) : impossible);
          json.writeNumberField("epochs", session.epochs());
          json.writeNumberField("restarts", session.restarts());
          json.writeFieldName("loss");
          Json.number(json, (float) (hasResult ? session.resultLoss() : session.loss()));
          Json.numbers(json, "weights", parameters.toArray());
          Json.numbers(json, "outputs", outputs);
          json.writeArrayFieldStart("curve");
          for (Point point : points()) {
            json.writeStartArray();
            json.writeNumber(point.epoch());
            json.writeNumber((float) point.loss());
            json.writeNumber(point.restarts());
            json.writeEndArray();
          }
          json.writeEndArray();
        }));
  }

  /** Returns at most {@link #MAX_POINTS} points of the curve, without those that are no numbers. */
  private List<Point> points() {
    List<Point> all = curve.points();
    int stride = all.size() > MAX_POINTS ? 2 : 1;
    List<Point> points = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0; i -= stride) {
      if (Float.isFinite((float) all.get(i).loss())) {
        points.addFirst(all.get(i));
      }
    }
    return points;
  }

  /** Ends the training; nothing more is told. */
  @Override
  public void close() {
    closing = true;
    clock.wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
