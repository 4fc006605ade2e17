package dev.switchback.device.cable;

import dev.switchback.device.node.Device;
import dev.switchback.wire.Demultiplexer;
import dev.switchback.wire.FrameEncoder;
import dev.switchback.wire.LineEditor;
import dev.switchback.wire.LinkCounters;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.smp.EnumGroup;
import dev.switchback.wire.smp.FsGroup;
import dev.switchback.wire.smp.ImageGroup;
import dev.switchback.wire.smp.OsGroup;
import dev.switchback.wire.smp.ShellGroup;
import dev.switchback.wire.smp.SmpGroup;
import dev.switchback.wire.smp.SmpServer;
import dev.switchback.wire.smp.StatGroup;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The three guests of one line: a person at the shell, an SMP client, a YMODEM sender. Bytes in,
 * bytes out, no port and no thread: whoever calls brings the time. Commands are carried out before
 * {@link #receive} returns. Where the line is lost {@link #begin} makes it ready for the next; what
 * a client has uploaded so far stays.
 */
public final class Session {
  /** Largest packet that clients are told of. */
  static final int BUFFER_BYTES = 4096;

  static final int BUFFERS = 4;

  private static final int MAX_LINE = 256;

  /** How long the line stays an SMP client's after an answer. */
  static final long QUIET_NANOS = 2_000_000_000L;

  /** Takes what goes out. */
  public interface Output {
    /**
     * Sends these bytes before it returns.
     *
     * @throws LinkException if the line is gone
     */
    void send(byte[] bytes, int offset, int length) throws LinkException;
  }

  private final Device device;
  private final Output output;
  private final Demultiplexer demultiplexer = new Demultiplexer(new Guests());
  private final FrameEncoder encoder = new FrameEncoder(BUFFER_BYTES);
  private final CableAccess access;
  private final SmpServer server;
  private final Shell shell;
  private final Console console = new Console(this::send);
  private LineEditor editor;
  private @Nullable Activity activity;
  private @Nullable LinkException lost;
  private long nowNanos;
  private long quietUntilNanos;
  private boolean isQuiet;

  /** Whether frames went over the screen since the person's line was drawn. */
  private boolean isDisturbed;

  public Session(Device device, Output output) {
    this.device = device;
    this.output = output;
    this.access = new CableAccess(device);
    this.shell = new Shell(device, access);
    this.editor = newEditor();
    this.server = server();
  }

  private LineEditor newEditor() {
    return new LineEditor(console::write, new Person(), "switchback> ", shell.names());
  }

  private SmpServer server() {
    DeviceImages images = new DeviceImages(device, access);
    List<SmpGroup> groups =
        List.of(
            new OsGroup(new DeviceSystem(device), BUFFER_BYTES, BUFFERS),
            new ImageGroup(images),
            new StatGroup(new DeviceStatistics(device)),
            new FsGroup(new DeviceFiles(device, images, access)),
            new ShellGroup(this::execute, MAX_LINE),
            new SwitchbackGroup(device));
    return new SmpServer(new EnumGroup(groups).groups(), BUFFER_BYTES, access);
  }

  /** A line was opened: nobody has typed anything on it. */
  public void begin(long newNowNanos) {
    console.clear();
    editor = newEditor();
    activity = null;
    lost = null;
    isQuiet = false;
    isDisturbed = false;
    // Last, so that what the old line left half said falls on an empty one.
    demultiplexer.tick(newNowNanos + Demultiplexer.TIMEOUT_NANOS);
  }

  /**
   * Takes the next bytes, and lets time pass: to be called about every 100 ms, also with none.
   *
   * @param newNowNanos monotonic
   * @throws LinkException if the line is gone
   */
  public void receive(byte[] bytes, int offset, int length, long newNowNanos) throws LinkException {
    nowNanos = newNowNanos;
    tick();
    for (int i = offset; i < offset + length; i++) {
      if (activity instanceof Load load && load.isBinary()) {
        load.key(bytes[i], nowNanos);
        afterActivity();
      } else {
        demultiplexer.receive(bytes, i, 1, nowNanos);
      }
    }
    if (lost != null) {
      throw lost;
    }
  }

  private void tick() {
    demultiplexer.tick(nowNanos);
    isQuiet = isQuiet && nowNanos - quietUntilNanos < 0;
    boolean free = !isQuiet && !demultiplexer.isInFrame();
    console.setFree(free);
    if (free && activity != null) {
      activity.tick(nowNanos);
      afterActivity();
    }
  }

  private void send(byte[] bytes, int offset, int length) {
    try {
      if (lost == null) {
        output.send(bytes, offset, length);
      }
    } catch (LinkException e) {
      lost = e;
    }
  }

  /** Both that come in beside each other. */
  private final class Guests implements Demultiplexer.Receiver {
    @Override
    public void text(byte value) {
      if (activity != null) {
        // A line feed is the rest of the Enter that began it, or a client's: no key.
        if (value != '\n') {
          activity.key(value, nowNanos);
          afterActivity();
        }
        return;
      }
      if (isDisturbed && value != '\n') {
        isDisturbed = false;
        console.print("\n");
        editor.redraw();
      }
      editor.key(value);
    }

    @Override
    public void packet(byte[] buffer, int length) {
      answer(buffer, length);
    }
  }

  private void answer(byte[] packet, int length) {
    isQuiet = true;
    // A line that waits to be shown was not seen yet.
    isDisturbed |= !console.isHolding();
    console.setFree(false);
    int answer = server.handle(packet, length, nowNanos);
    if (answer > 0) {
      send(encoder.buffer(), 0, encoder.encode(server.answer(), answer));
      server.afterAnswer();
    }
    quietUntilNanos = nowNanos + QUIET_NANOS;
  }

  /** What the editor asks for. */
  private final class Person implements LineEditor.Listener {
    @Override
    public void interrupt() {
      editor.redraw();
    }

    @Override
    public void line(String line) {
      StringBuilder out = new StringBuilder();
      shell.execute(words(line), out);
      console.print(out);
      Shell.Wish wish = shell.takeWish();
      if (wish != null) {
        activity = activity(wish);
      } else {
        editor.redraw();
      }
    }
  }

  private static List<String> words(String line) {
    String stripped = line.strip();
    return stripped.isEmpty() ? List.of() : Arrays.asList(stripped.split(" +", -1));
  }

  private Activity activity(Shell.Wish wish) {
    return switch (wish) {
      case WATCH_TRAINING -> new TrainingWatch(device, console, nowNanos);
      case WATCH_SWITCHES -> new SwitchWatch(device, console);
      case LOAD -> new Load(device, console, this::send, nowNanos);
    };
  }

  private void afterActivity() {
    if (activity != null && activity.isOver()) {
      activity = null;
      editor.redraw();
    }
  }

  /** A command that an SMP client has executed; there is no prompt that could go on with it. */
  private int execute(List<String> words, StringBuilder out) {
    int result = shell.execute(words, out);
    Shell.Wish wish = shell.takeWish();
    if (wish == Shell.Wish.LOAD || wish == Shell.Wish.WATCH_SWITCHES) {
      out.append("only at a prompt\n");
      return 1;
    }
    return result;
  }

  /** What was received. Any thread. */
  LinkCounters counters() {
    return demultiplexer.counters();
  }
}
