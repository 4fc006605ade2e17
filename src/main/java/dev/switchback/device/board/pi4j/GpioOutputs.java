package dev.switchback.device.board.pi4j;

import com.pi4j.io.exception.IOException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputBase;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputProviderBase;
import com.pi4j.io.gpio.digital.DigitalState;
import dev.switchback.device.board.linux.LineRequest;
import dev.switchback.device.board.linux.RequestedLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pi4J's provider of outputs. Those of one chip are one request of the kernel, which turns them
 * off: first all outputs are created, then {@link #ofChip} is requested.
 *
 * <p>An output is on, as Pi4J calls it, in the {@code onState} of its configuration.
 */
final class GpioOutputs extends DigitalOutputProviderBase {
  private final Map<Integer, Outputs> chips = new HashMap<>();

  @Override
  public DigitalOutput create(DigitalOutputConfig config) {
    return ofChip(Address.chip(config)).add(config);
  }

  /** Returns the outputs of a chip. */
  Outputs ofChip(int number) {
    return chips.computeIfAbsent(number, chip -> new Outputs());
  }

  /** The outputs of one chip. */
  final class Outputs extends ChipLines {
    private final List<Output> outputs = new ArrayList<>();

    /** What the lines were last driven to. */
    private long values;

    private Output add(DigitalOutputConfig config) {
      Output output = new Output(this, outputs.size(), config);
      outputs.add(output);
      return output;
    }

    @Override
    List<RequestedLine> lines() {
      return outputs.stream().map(Output::line).toList();
    }

    @Override
    void use(LineRequest request) {
      super.use(request);
      values = 0;
    }

    @Override
    void write(long newValues) {
      super.write(newValues);
      values = newValues;
    }
  }

  private final class Output extends DigitalOutputBase {
    private final Outputs chip;
    private final int index;
    private final boolean onIsHigh;

    private Output(Outputs chip, int index, DigitalOutputConfig config) {
      super(GpioOutputs.this, config);
      this.chip = chip;
      this.index = index;
      this.onIsHigh = config.onState() != DigitalState.LOW;
    }

    private RequestedLine line() {
      return RequestedLine.output(Address.offset(config()), !onIsHigh);
    }

    @Override
    public DigitalState state() {
      boolean isOn = (chip.values >> index & 1) == 1;
      return isOn == onIsHigh ? DigitalState.HIGH : DigitalState.LOW;
    }

    /** Drives the line while it is requested; before and after that it is not ours to drive. */
    @Override
    public DigitalOutput state(DigitalState state) throws IOException {
      if (chip.isRequested()) {
        long bit = 1L << index;
        boolean isOn = (state == DigitalState.HIGH) == onIsHigh;
        chip.write(isOn ? chip.values | bit : chip.values & ~bit);
      }
      return super.state(state);
    }
  }
}
