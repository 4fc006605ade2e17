package dev.switchback.device.board.pi4j;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.io.gpio.digital.PullResistance;
import dev.switchback.device.board.Board;
import dev.switchback.device.board.BoardException;
import dev.switchback.device.board.BoardException.Kind;
import dev.switchback.device.board.Pull;
import dev.switchback.device.board.Wiring;
import dev.switchback.device.board.Wiring.Part;
import dev.switchback.device.board.linux.BusyLineException;
import dev.switchback.device.board.linux.Chips;
import dev.switchback.device.board.linux.GpioChip;
import dev.switchback.device.board.linux.GpioLine;
import dev.switchback.device.board.linux.KernelChips;
import dev.switchback.device.board.linux.LineRequest;
import dev.switchback.device.board.linux.RaspberryPi;
import dev.switchback.device.board.linux.RequestedLine;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Switches and LEDs on Pi4J's digital lines, which our own providers offer: {@link GpioInputs} and
 * {@link GpioOutputs}.
 *
 * <p>Pi4J reports edges; the levels of a chip are read at once, without debouncing. The control
 * thread must have ended before {@link #close} is called.
 */
public sealed class Pi4jBoard implements Board permits SimulatedBoard {
  private final String name;
  private final Chips chips;
  private final Context context;
  private final int switchCount;
  private final int buttons;
  private final List<DigitalInput> inputs = new ArrayList<>();
  private final List<DigitalOutput> outputs = new ArrayList<>();
  private final Group[] inputGroups;
  private final Group[] outputGroups;
  private volatile boolean closed;

  /** The inputs or the outputs of one chip, and what is on them. */
  private static final class Group {
    private final ChipLines lines;

    /** Shown as the holder of the lines. */
    private final String consumer;

    /** In the order of the lines. */
    private final List<Part> parts;

    /** Bits of the parts in what the board reads or drives. */
    private final int[] bits;

    private Group(ChipLines lines, String consumer, List<Part> parts, int[] bits) {
      this.lines = lines;
      this.consumer = consumer;
      this.parts = parts;
      this.bits = bits;
    }
  }

  /**
   * Opens the lines of a wiring, the LEDs dark.
   *
   * @throws BoardException if it cannot; no line stays open
   */
  Pi4jBoard(String name, Chips chips, Wiring wiring) {
    this.name = name;
    this.chips = chips;
    this.switchCount = wiring.switches().size();
    this.buttons = buttons(wiring);
    List<Part> parts = wiring.parts();
    List<GpioLine> places = chips.find(parts.stream().map(Part::line).toList());
    requireDifferent(parts, places);

    GpioInputs inputProvider = new GpioInputs();
    GpioOutputs outputProvider = new GpioOutputs();
    context = Pi4J.newContextBuilder().add(inputProvider, outputProvider).build();
    List<Group> reading = new ArrayList<>();
    byChip(places, IntStream.range(0, parts.size()).filter(i -> !isLed(i, wiring)))
        .forEach((chip, indexes) ->
            reading.add(
                new Group(
                    inputProvider.ofChip(chip.number()),
                    Chips.CONSUMER + "switches",
                    indexes.stream().map(parts::get).toList(),
                    indexes.stream().mapToInt(this::inputBit).toArray())));
    int ledCount = wiring.leds().size();
    List<Group> driving = new ArrayList<>();
    byChip(places, IntStream.range(switchCount, switchCount + ledCount))
        .forEach((chip, indexes) ->
            driving.add(
                new Group(
                    outputProvider.ofChip(chip.number()),
                    Chips.CONSUMER + "leds",
                    indexes.stream().map(parts::get).toList(),
                    indexes.stream().mapToInt(i -> switchCount + ledCount - 1 - i).toArray())));
    inputGroups = reading.toArray(new Group[0]);
    outputGroups = driving.toArray(new Group[0]);
    try {
      create(wiring, places);
      for (Group group : outputGroups) {
        request(group);
      }
      for (Group group : inputGroups) {
        request(group);
      }
    } catch (RuntimeException e) {
      release();
      throw e;
    }
  }

  /**
   * Opens the lines of this machine, the LEDs dark.
   *
   * @throws BoardException if it cannot; no line stays open
   */
  public static Pi4jBoard open(Wiring wiring) {
    String model = RaspberryPi.readModel(Path.of("/"));
    return new Pi4jBoard(model == null ? "GPIO lines" : model, new KernelChips(), wiring);
  }

  private static int buttons(Wiring wiring) {
    int buttons = 0;
    for (Wiring.Switch each : wiring.switches()) {
      buttons = buttons << 1 | (each.isButton() ? 1 : 0);
    }
    return buttons;
  }

  /** Two names may mean the same line. */
  private static void requireDifferent(List<Part> parts, List<GpioLine> places) {
    for (int i = 0; i < places.size(); i++) {
      int first = places.indexOf(places.get(i));
      if (first < i) {
        throw new BoardException(
            Kind.BUSY,
            parts.get(first).name()
                + " and "
                + parts.get(i).name()
                + " are both on "
                + places.get(i),
            null);
      }
    }
  }

  /** Groups the indexes of parts by the chip of their lines. */
  private static Map<GpioChip, List<Integer>> byChip(List<GpioLine> places, IntStream indexes) {
    return indexes
        .boxed()
        .collect(
            Collectors.groupingBy(
                i -> places.get(i).chip(), LinkedHashMap::new, Collectors.toList()));
  }

  private static boolean isLed(int index, Wiring wiring) {
    int led = index - wiring.switches().size();
    return led >= 0 && led < wiring.leds().size();
  }

  /** Returns the bit of a switch or the teach button, which is the last part. */
  private int inputBit(int index) {
    return index < switchCount
        ? switchCount - 1 - index
        : Integer.numberOfTrailingZeros(Board.TEACH);
  }

  /** Creates Pi4J's inputs and outputs, which are requested later. */
  private void create(Wiring wiring, List<GpioLine> places) {
    for (int i = 0; i < switchCount; i++) {
      inputs.add(input("" + (char) ('a' + i), wiring.switches().get(i), places.get(i)));
    }
    Wiring.Switch teach = wiring.teach();
    if (teach != null) {
      inputs.add(input("teach", teach, places.getLast()));
    }
    for (int i = 0; i < wiring.leds().size(); i++) {
      DigitalState on = onState(wiring.leds().get(i).activeLow());
      DigitalState off = on == DigitalState.HIGH ? DigitalState.LOW : DigitalState.HIGH;
      outputs.add(
          context.create(
              DigitalOutput.newConfigBuilder(context)
                  .id("switchback-led-" + (i + 1))
                  .address(Address.of(places.get(switchCount + i)))
                  .onState(on)
                  .initial(off)
                  .shutdown(off)
                  .build()));
    }
  }

  private DigitalInput input(String name, Wiring.Switch each, GpioLine place) {
    return context.create(
        DigitalInput.newConfigBuilder(context)
            .id("switchback-" + name)
            .address(Address.of(place))
            .pull(resistance(each.pull()))
            .onState(onState(each.activeLow()))
            .debounce(0L)
            .build());
  }

  private static DigitalState onState(boolean activeLow) {
    return activeLow ? DigitalState.LOW : DigitalState.HIGH;
  }

  private static PullResistance resistance(Pull pull) {
    return switch (pull) {
      case UP -> PullResistance.PULL_UP;
      case DOWN -> PullResistance.PULL_DOWN;
      case NONE -> PullResistance.OFF;
    };
  }

  /** Requests the lines of a group, on the chip that they are on now. */
  private void request(Group group) {
    List<GpioLine> places = chips.find(group.parts.stream().map(Part::line).toList());
    GpioChip chip = places.getFirst().chip();
    List<RequestedLine> lines = group.lines.lines();
    try {
      LineRequest request = chips.request(chip, group.consumer, lines);
      group.lines.use(request);
    } catch (BusyLineException e) {
      throw busy(e, group, lines);
    } catch (AccessDeniedException e) {
      throw BoardException.denied(chip.path(), e);
    } catch (IOException e) {
      throw new BoardException(Kind.OTHER, String.valueOf(e.getMessage()), e);
    }
  }

  private static BoardException busy(BusyLineException e, Group group, List<RequestedLine> lines) {
    int index = 0;
    while (lines.get(index).offset() != e.offset()) {
      index++;
    }
    Part part = group.parts.get(index);
    return new BoardException(
        Kind.BUSY,
        part.line()
            + " ("
            + part.name()
            + ") is held by '"
            + e.consumer()
            + "': "
            + (e.consumer().startsWith(Chips.CONSUMER)
                ? "a Switchback device runs; 'sudo systemctl stop switchback' if it is the service"
                : "end that program, or choose another line"),
        e);
  }

  @Override
  public int switches() {
    return switchCount;
  }

  @Override
  public int buttons() {
    return buttons;
  }

  @Override
  public int readSwitches() {
    int row = 0;
    for (Group group : inputGroups) {
      requireRequested(group);
      long values = group.lines.read();
      for (int i = 0; i < group.bits.length; i++) {
        row |= (int) (values >> i & 1) << group.bits[i];
      }
    }
    return row;
  }

  @Override
  public void setLeds(int answer) {
    for (Group group : outputGroups) {
      requireRequested(group);
      long values = 0;
      for (int i = 0; i < group.bits.length; i++) {
        values |= (long) (answer >> group.bits[i] & 1) << i;
      }
      group.lines.write(values);
    }
  }

  /** Requests lost lines again. */
  private void requireRequested(Group group) {
    if (closed) {
      throw new IllegalStateException("the board is closed");
    }
    if (!group.lines.isRequested()) {
      request(group);
    }
  }

  @Override
  public void onEdge(Runnable wake) {
    for (DigitalInput input : inputs) {
      input.addListener(edge -> wake.run());
    }
  }

  @Override
  public boolean hasEdges() {
    for (Group group : inputGroups) {
      if (!group.lines.hasEdges()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      setLeds(0);
    } finally {
      closed = true;
      release();
    }
  }

  private void release() {
    for (Group group : inputGroups) {
      group.lines.release();
    }
    for (Group group : outputGroups) {
      group.lines.release();
    }
    context.shutdown();
  }

  /** Pi4J's inputs: the switches, A first, then the teach button if there is one. */
  List<DigitalInput> inputs() {
    return inputs;
  }

  List<DigitalOutput> outputs() {
    return outputs;
  }

  /** The model of the board. */
  @Override
  public String toString() {
    return name;
  }
}
