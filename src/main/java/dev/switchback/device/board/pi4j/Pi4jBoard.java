package dev.switchback.device.board.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.boardinfo.definition.BoardModel;
import com.pi4j.boardinfo.model.BoardInfo;
import com.pi4j.boardinfo.util.BoardInfoHelper;
import com.pi4j.context.Context;
import com.pi4j.context.ContextBuilder;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProviderImpl;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProviderImpl;
import dev.switchback.SystemClock;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.InputPin;
import dev.switchback.device.board.OutputPin;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import dev.switchback.device.board.linux.GpioChip;
import dev.switchback.device.board.linux.RaspberryPi;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Switches and LED on Pi4J's digital lines.
 *
 * <p>Pi4J reports edges and reads levels, without debouncing. Only the control thread may use the
 * pins, and it must have ended before {@link #close} is called. After that they throw without
 * calling the native library.
 */
public sealed class Pi4jBoard implements Board permits SimulatedBoard {
  /**
   * Lines stay open at least this long. If an input is shut down before its listening thread runs,
   * Pi4J waits 5 s and leaks the thread.
   */
  private static final long HEADER_MIN_OPEN_NANOS = 50_000_000;

  private static final Path ROOT = Path.of("/");

  private static final String THE_CHIP = "the GPIO chip";

  /** Pi4J's property. */
  private static final String CHIP_NAME = "gpio.chip.name";

  private final String name;
  private final Context context;
  private final List<DigitalInput> inputs;
  private final DigitalOutput output;
  private final List<InputPin> switches = new ArrayList<>();
  private final DigitalState ledActive;
  private final DigitalState ledInactive;
  private final long earliestCloseNanos;
  private volatile boolean closed;

  /**
   * Opens the lines. Takes ownership of the context, even if this throws.
   *
   * @param minOpenNanos see {@link #HEADER_MIN_OPEN_NANOS}
   */
  Pi4jBoard(String name, Context context, Wiring wiring, long minOpenNanos) {
    this.name = name;
    this.context = context;
    this.ledActive = level(!wiring.ledActiveLow());
    this.ledInactive = level(wiring.ledActiveLow());
    try {
      this.output = openLed(context, wiring);
      this.inputs = openSwitches(context, wiring);
    } catch (RuntimeException e) {
      await(now() + minOpenNanos);
      shutDown(context);
      throw e;
    }
    this.earliestCloseNanos = now() + minOpenNanos;
    DigitalState switchActive = level(!wiring.switchActiveLow());
    for (DigitalInput input : inputs) {
      switches.add(() -> isAt(input, switchActive));
    }
  }

  /**
   * Opens the header of this Raspberry Pi, the LED off.
   *
   * @param boardModel Pi4J's name of a compatible board, such as {@code MODEL_4_B} or {@code
   *     Raspberry Pi 4 Model B}; null to detect the board, which works on every Raspberry Pi
   * @throws BoardException if it cannot be opened; no line stays open
   */
  public static Pi4jBoard openHeader(Wiring wiring, @Nullable String boardModel) {
    String name = chooseModel(boardModel, RaspberryPi.readModel(ROOT));
    HeaderInputs inputs = new HeaderInputs();
    Context context;
    try {
      context = header(inputs);
    } catch (RuntimeException | LinkageError e) {
      throw Diagnosis.of(THE_CHIP, e);
    }
    if (inputs.failure != null) {
      shutDown(context);
      throw Diagnosis.of(THE_CHIP, inputs.failure);
    }
    return new Pi4jBoard(name, context, wiring, HEADER_MIN_OPEN_NANOS);
  }

  /**
   * Names the chip of the header, because Pi4J would take the first chip whose label contains
   * {@code pinctrl}.
   */
  private static Context header(HeaderInputs inputs) {
    ContextBuilder builder =
        Pi4J.newContextBuilder().add(inputs, new GpioDDigitalOutputProviderImpl());
    GpioChip chip = GpioChip.ofHeader(ROOT);
    return chip == null ? builder.build() : builder.property(CHIP_NAME, chip.name()).build();
  }

  /** Sets the board model if Pi4J does not detect it. Returns the name of the board. */
  private static String chooseModel(@Nullable String boardModel, @Nullable String model) {
    BoardInfo info = BoardInfoHelper.current();
    if (boardModel != null) {
      info.setBoardModel(findModel(boardModel));
    } else if (info.getBoardModel() == BoardModel.UNKNOWN) {
      if (!RaspberryPi.isPresent(ROOT)) {
        throw Diagnosis.unknownBoard(null);
      }
      info.setBoardModel(BoardModel.GENERIC);
    }
    return model == null ? info.getBoardModel().getLabel() : model;
  }

  private static BoardModel findModel(String boardModel) {
    for (BoardModel model : BoardModel.values()) {
      if (model != BoardModel.UNKNOWN
          && (model.name().equalsIgnoreCase(boardModel)
              || model.getLabel().equalsIgnoreCase(boardModel))) {
        return model;
      }
    }
    throw Diagnosis.unknownBoard(boardModel);
  }

  private static DigitalOutput openLed(Context context, Wiring wiring) {
    DigitalState inactive = level(wiring.ledActiveLow());
    DigitalOutputConfig config =
        DigitalOutput.newConfigBuilder(context)
            .id("switchback-led")
            .address(wiring.ledLine())
            .initial(inactive)
            .shutdown(inactive)
            .build();
    try {
      return context.create(config);
    } catch (RuntimeException | LinkageError e) {
      throw Diagnosis.of(lineName(wiring.ledLine(), "the LED"), e);
    }
  }

  private static List<DigitalInput> openSwitches(Context context, Wiring wiring) {
    List<DigitalInput> inputs = new ArrayList<>();
    for (int i = 0; i < wiring.switchLines().size(); i++) {
      int line = wiring.switchLines().get(i);
      DigitalInputConfig config =
          DigitalInput.newConfigBuilder(context)
              .id("switchback-" + (char) ('a' + i))
              .address(line)
              .pull(resistance(wiring.pull()))
              .debounce(0L)
              .build();
      try {
        inputs.add(context.create(config));
      } catch (RuntimeException | LinkageError e) {
        throw Diagnosis.of(lineName(line, Wiring.switchName(i)), e);
      }
    }
    return inputs;
  }

  private static String lineName(int line, String part) {
    return "GPIO" + line + " (" + part + ")";
  }

  private static DigitalState level(boolean high) {
    return high ? DigitalState.HIGH : DigitalState.LOW;
  }

  private static PullResistance resistance(Pull pull) {
    return switch (pull) {
      case UP -> PullResistance.PULL_UP;
      case DOWN -> PullResistance.PULL_DOWN;
      case NONE -> PullResistance.OFF;
    };
  }

  @Override
  public List<InputPin> switches() {
    return List.copyOf(switches);
  }

  @Override
  public OutputPin led() {
    return this::drive;
  }

  private boolean isAt(DigitalInput input, DigitalState active) {
    requireOpen();
    return input.state() == active;
  }

  private void drive(boolean active) {
    requireOpen();
    output.state(active ? ledActive : ledInactive);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the board is closed");
    }
  }

  /**
   * Lets no exception out of the listener, because an Error would stop Pi4J's events permanently.
   */
  @Override
  public void onEdge(Runnable wake) {
    for (DigitalInput input : inputs) {
      input.addListener(edge -> {
        try {
          wake.run();
        } catch (Throwable lostWake) {
          // The level is read again within one idle period.
        }
      });
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      output.state(ledInactive);
    } finally {
      closed = true;
      await(earliestCloseNanos);
      shutDown(context);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static long now() {
    return new SystemClock().nanoTime();
  }

  private static void await(long timeNanos) {
    SystemClock clock = new SystemClock();
    for (long left = timeNanos - clock.nanoTime(); left > 0; left = timeNanos - clock.nanoTime()) {
      clock.await(left);
    }
  }

  private static void shutDown(Context context) {
    try {
      context.shutdown();
    } catch (RuntimeException e) {
      throw new BoardException(
          BoardException.Kind.OTHER, "the GPIO lines were not released: " + e.getMessage(), e);
    }
  }

  /** For the simulated board, which sets the levels. */
  DigitalInput input(int index) {
    return inputs.get(index);
  }

  DigitalOutput output() {
    return output;
  }

  /** The model of the board. */
  @Override
  public String toString() {
    return name;
  }

  /** Keeps the failure to open the chip, which Pi4J only logs. */
  private static final class HeaderInputs extends GpioDDigitalInputProviderImpl {
    private @Nullable RuntimeException failure;

    @Override
    public DigitalInputProvider initialize(Context context) {
      try {
        return super.initialize(context);
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
  }
}
