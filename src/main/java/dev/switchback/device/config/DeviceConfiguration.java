package dev.switchback.device.config;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.Recipe;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.board.Wiring;
import dev.switchback.format.VerifyingKey;
import dev.switchback.wire.Port;
import org.jspecify.annotations.Nullable;

/**
 * What the device is told by its configuration file, checked. Immutable; any thread.
 *
 * @param boardModel Pi4J's name of the board, for boards it does not recognise; empty: it looks
 *     itself
 * @param debounceMillis how long a new level must hold before it counts: 0 to {@link
 *     #MAX_DEBOUNCE_MILLIS}; 0 believes every reading
 * @param truth what the network learns; as many inputs as there are switches
 * @param topology widths joined by {@code -}, such as 2-2-1; empty: chosen for the number of
 *     switches
 * @param recipe the training rules, which bring the activations
 * @param seed of the first start of a training
 * @param port the serial port of the cable; empty: none
 * @param publicKey whose images are taken; null: anybody's
 */
public record DeviceConfiguration(
    BoardChoice board,
    String boardModel,
    Wiring wiring,
    int debounceMillis,
    Engine engine,
    TruthTable truth,
    String topology,
    NamedRecipe recipe,
    long seed,
    String port,
    int baud,
    @Nullable VerifyingKey publicKey,
    LogLevel logLevel) {

  public static final int MAX_DEBOUNCE_MILLIS = 1000;

  /**
   * Most operations of one epoch, see {@link Recipe#epochOperations}: some seconds on the slowest
   * board, for so long a command may wait. Any gradient by backpropagation stays below.
   */
  static final long MAX_EPOCH_OPERATIONS = 1L << 28;

  /**
   * @throws IllegalArgumentException if the truth table is not one of as many switches, or the baud
   *     rate out of range
   */
  public DeviceConfiguration {
    if (truth.inputs() != wiring.switchLines().size()) {
      throw new IllegalArgumentException(
          "truth " + truth + " is not one of " + wiring.switchLines().size() + " switches");
    }
    if (baud < Port.MIN_BAUD || baud > Port.MAX_BAUD) {
      throw new IllegalArgumentException(
          "baud rate " + baud + ": " + Port.MIN_BAUD + " to " + Port.MAX_BAUD + " expected");
    }
  }

  /** What an empty file stands for; the shipped file spells the same out. */
  public static DeviceConfiguration defaults() {
    return new DeviceConfiguration(
        BoardChoice.AUTO,
        "",
        Wiring.DEFAULT,
        10,
        Engine.FLOAT,
        TruthTable.XOR,
        "",
        NamedRecipe.DEVICE,
        1,
        "",
        Port.DEFAULT_BAUD,
        null,
        LogLevel.INFO);
  }

  /** What a training follows: the recipe for the configured or its own topology. */
  public Recipe trainingRecipe() {
    return trainingRecipe(recipe, topology, truth);
  }

  static Recipe trainingRecipe(NamedRecipe recipe, String topology, TruthTable truth) {
    return recipe.recipe(
        topology.isEmpty() ? recipe.topology(truth.inputs()) : recipe.topology(topology), truth);
  }

  /** The same on another board. */
  public DeviceConfiguration withBoard(BoardChoice newBoard) {
    return with(newBoard, port, baud);
  }

  /** The same with the cable at another port. */
  public DeviceConfiguration withCable(String newPort, int newBaud) {
    return with(board, newPort, newBaud);
  }

  private DeviceConfiguration with(BoardChoice newBoard, String newPort, int newBaud) {
    return new DeviceConfiguration(
        newBoard,
        boardModel,
        wiring,
        debounceMillis,
        engine,
        truth,
        topology,
        recipe,
        seed,
        newPort,
        newBaud,
        publicKey,
        logLevel);
  }
}
