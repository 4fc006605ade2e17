package dev.switchback.device.board.pi4j;

import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputBase;
import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalInputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.DigitalStateChangeEvent;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.linux.LineRequest;
import dev.switchback.device.board.linux.RequestedLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pi4J's provider of inputs. Those of one chip are one request of the kernel, so that they are read
 * at the same moment: first all inputs are created, then {@link #ofChip} is requested.
 *
 * <p>An input is on, as Pi4J calls it, in the {@code onState} of its configuration.
 */
final class GpioInputs extends DigitalInputProviderBase {
  private final Map<Integer, Inputs> chips = new HashMap<>();

  @Override
  public DigitalInput create(DigitalInputConfig config) {
    return ofChip(Address.chip(config)).add(config);
  }

  /** Returns the inputs of a chip. */
  Inputs ofChip(int number) {
    return chips.computeIfAbsent(number, chip -> new Inputs());
  }

  /** The inputs of one chip. */
  final class Inputs extends ChipLines {
    private final List<Input> inputs = new ArrayList<>();

    private Input add(DigitalInputConfig config) {
      Input input = new Input(this, inputs.size(), config);
      inputs.add(input);
      return input;
    }

    @Override
    List<RequestedLine> lines() {
      return inputs.stream().map(Input::line).toList();
    }

    @Override
    void use(LineRequest request) {
      super.use(request);
      request.watch(this::report);
    }

    /** Lets nothing out, because an error would end the reports of edges. */
    private void report(int line, boolean active) {
      try {
        inputs.get(line).report(active);
      } catch (Throwable lost) {
        // The levels are read all the same.
      }
    }
  }

  private final class Input extends DigitalInputBase {
    private final Inputs chip;
    private final int index;
    private final boolean onIsHigh;

    private Input(Inputs chip, int index, DigitalInputConfig config) {
      super(GpioInputs.this, config);
      this.chip = chip;
      this.index = index;
      this.onIsHigh = config.onState() != DigitalState.LOW;
    }

    private RequestedLine line() {
      Pull pull =
          switch (config().pull()) {
            case PULL_UP -> Pull.UP;
            case PULL_DOWN -> Pull.DOWN;
            case OFF -> Pull.NONE;
          };
      return RequestedLine.input(Address.offset(config()), pull, !onIsHigh);
    }

    @Override
    public DigitalState state() {
      return state((chip.read() >> index & 1) == 1);
    }

    private DigitalState state(boolean isOn) {
      return isOn == onIsHigh ? DigitalState.HIGH : DigitalState.LOW;
    }

    private void report(boolean isOn) {
      if (hasListenersOrBindings()) {
        dispatch(new DigitalStateChangeEvent<DigitalInput>(this, state(isOn)));
      }
    }
  }
}
