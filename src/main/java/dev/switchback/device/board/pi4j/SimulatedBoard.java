package dev.switchback.device.board.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import java.lang.invoke.VarHandle;

/**
 * A simulated board: Pi4J's mock behind the same adapter as the header. Several may be open at
 * once.
 *
 * <p>Edges reach the listener on the thread that moves the switch.
 */
public final class SimulatedBoard extends Pi4jBoard {
  private final Wiring wiring;

  private SimulatedBoard(Wiring wiring) {
    super(
        "simulated board",
        Pi4J.newContextBuilder()
            .add(MockDigitalInputProvider.newInstance(), MockDigitalOutputProvider.newInstance())
            .build(),
        wiring,
        0);
    this.wiring = wiring;
    pullSwitches();
  }

  /** Opens a board whose switches are open and whose LED is off. */
  public static SimulatedBoard open(Wiring wiring) {
    return new SimulatedBoard(wiring);
  }

  /**
   * Sets the level of the released switches, because the mock has no resistors and starts LOW. A
   * line without a pull is inactive.
   */
  private void pullSwitches() {
    boolean high = wiring.pull() == Pull.NONE ? wiring.switchActiveLow() : wiring.pull() == Pull.UP;
    for (int i = 0; i < wiring.switchLines().size(); i++) {
      setLevel(i, high);
    }
  }

  /**
   * Moves a switch. One thread at a time; no effect after {@link #close}.
   *
   * @param index 0 is switch A
   * @param active whether it is closed
   */
  public void setSwitch(int index, boolean active) {
    setLevel(index, active != wiring.switchActiveLow());
  }

  private void setLevel(int index, boolean high) {
    MockDigitalInput line = (MockDigitalInput) input(index);
    line.mockState(high ? DigitalState.HIGH : DigitalState.LOW);
  }

  /** Whether the LED is lit. Any thread, also after {@link #close}. */
  public boolean ledActive() {
    // The mock's field is not volatile; without the fence a loop might read it only once.
    VarHandle.acquireFence();
    return output().isHigh() != wiring.ledActiveLow();
  }
}
