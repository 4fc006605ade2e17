package dev.switchback.device.board.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.InputPin;
import dev.switchback.device.board.OutputPin;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * A board without a board: Pi4J's mock behind the same adapter as the header. Any number may be
 * open at once.
 *
 * <p>Edges reach the listener on the thread that moves the switch.
 */
public final class SimulatedBoard implements Board {
  private final Pi4jBoard adapter;
  private final Wiring wiring;

  private SimulatedBoard(Pi4jBoard adapter, Wiring wiring) {
    this.adapter = adapter;
    this.wiring = wiring;
  }

  /** Opens a board whose switches are open and whose LED is off. */
  public static SimulatedBoard open(Wiring wiring) {
    Context context =
        Pi4J.newContextBuilder()
            .add(MockDigitalInputProvider.newInstance(), MockDigitalOutputProvider.newInstance())
            .build();
    SimulatedBoard board =
        new SimulatedBoard(Pi4jBoard.open("simulated board", context, wiring, 0), wiring);
    board.pullSwitches();
    return board;
  }

  /** The mock has no resistors and starts LOW. A line that nothing pulls is taken as inactive. */
  private void pullSwitches() {
    boolean high = wiring.pull() == Pull.NONE ? wiring.switchActiveLow() : wiring.pull() == Pull.UP;
    for (int i = 0; i < wiring.switchLines().size(); i++) {
      setLevel(i, high);
    }
  }

  /**
   * Moves a switch. One thread at a time; after {@link #close} nobody notices.
   *
   * @param index 0 is switch A
   * @param active whether it is closed
   */
  public void setSwitch(int index, boolean active) {
    setLevel(index, active != wiring.switchActiveLow());
  }

  private void setLevel(int index, boolean high) {
    MockDigitalInput line = (MockDigitalInput) adapter.input(index);
    line.mockState(high ? DigitalState.HIGH : DigitalState.LOW);
  }

  /** Whether the level of the LED's line lights it. Any thread, closed or not. */
  public boolean ledActive() {
    // The mock's field is plain; this keeps a spinning reader from reading it only once.
    VarHandle.acquireFence();
    return adapter.output().isHigh() != wiring.ledActiveLow();
  }

  @Override
  public List<InputPin> switches() {
    return adapter.switches();
  }

  @Override
  public OutputPin led() {
    return adapter.led();
  }

  @Override
  public void onEdge(Runnable wake) {
    adapter.onEdge(wake);
  }

  @Override
  public void close() {
    adapter.close();
  }

  @Override
  public String toString() {
    return adapter.toString();
  }
}
