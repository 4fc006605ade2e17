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
import dev.switchback.wire.smp.SmpError;
import dev.switchback.wire.smp.SmpException;
import dev.switchback.wire.smp.SmpGroup;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpServer;
import dev.switchback.wire.smp.StatGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serves the three kinds of peers on one line: a person at the shell, an SMP client, a YMODEM
 * sender. It has no port and no thread; the caller passes in bytes and the time. Commands run
 * before {@link #receive} returns. After a line is lost, {@link #begin} starts the next one; a
 * partial upload is kept. A session of a guest takes turns with those of other guests.
 */
public final class Session {
  /** Largest packet, as reported to clients. */
  static final int BUFFER_BYTES = 4096;

  /** Largest answer: the truth of 8 switches and 8 LEDs has an output for each row and LED. */
  static final int ANSWER_BYTES = 4 * BUFFER_BYTES;

  static final int BUFFERS = 4;

  private static final int MAX_LINE = 256;

  private static final int SYSTEM = 0;
  private static final int IMAGES = 1;
  private static final int UPLOAD = 1;
  private static final int FILES = 8;

  /** How long an SMP client keeps the line after an answer. */
  static final long QUIET_NANOS = 2_000_000_000L;

  /** Receives bytes to send. */
  public interface Output {
    /**
     * Sends the bytes before it returns.
     *
     * @throws LinkException if the line is gone
     */
    void send(byte[] bytes, int offset, int length) throws LinkException;
  }

  private final Device device;
  private final Output output;
  private final Demultiplexer demultiplexer = new Demultiplexer(new LineReceiver());
  private final FrameEncoder encoder = new FrameEncoder(ANSWER_BYTES);
  private final PeerAccess access;
  private final @Nullable GuestTurns turns;
  private final Shell shell;
  private SmpServer server;
  private final Console console = new Console(this::send);
  private LineEditor editor;
  private @Nullable Activity activity;
  private @Nullable LinkException sendFailure;
  private long nowNanos;
  private long quietUntilNanos;
  private boolean isQuiet;

  /** Whether frames were sent since the prompt was drawn. */
  private boolean isPromptStale;

  /** Whether this guest has the turn to move a file. */
  private boolean isMovingFile;

  private long fileUntilNanos;

  /** The session of the cable. */
  public Session(Device device, Output output) {
    this(device, PeerAccess.ofCable(device), null, output);
  }

  /** The session of a guest. */
  Session(Device device, GuestTurns turns, Output output) {
    this(device, PeerAccess.ofGuest(device), turns, output);
  }

  private Session(Device device, PeerAccess access, @Nullable GuestTurns turns, Output output) {
    this.device = device;
    this.output = output;
    this.access = access;
    this.turns = turns;
    this.shell = new Shell(device, access);
    this.editor = newEditor();
    this.server = server();
  }

  private LineEditor newEditor() {
    return new LineEditor(console::write, new EditorListener(), "switchback> ", shell.names());
  }

  private SmpServer server() {
    DeviceImages images = new DeviceImages(device, access);
    List<SmpGroup> groups =
        List.of(
            new OsGroup(new DeviceSystem(device, this::change), BUFFER_BYTES, BUFFERS),
            new ImageGroup(images),
            new StatGroup(new DeviceStatistics(device)),
            new FsGroup(new DeviceFiles(device, images, access)),
            new ShellGroup(this::execute, MAX_LINE),
            new SwitchbackGroup(device));
    return new SmpServer(new EnumGroup(groups).groups(), ANSWER_BYTES, this::require);
  }

  private void require(int group, int command, boolean isWrite) throws SmpException {
    access.require(group, command, isWrite);
    boolean isFile = group == FILES || (group == IMAGES && command == UPLOAD);
    if (isFile && !takeFile()) {
      throw new SmpException(SmpError.BUSY, GuestTurns.FILE_REFUSAL);
    }
  }

  private boolean takeFile() {
    if (turns == null) {
      return true;
    }
    isMovingFile = turns.takeFile(this);
    fileUntilNanos = nowNanos + GuestTurns.FILE_NANOS;
    return isMovingFile;
  }

  /** Ends the turn, and forgets what was received in it. */
  private void releaseFile() {
    isMovingFile = false;
    server = server();
    Objects.requireNonNull(turns).releaseFile(this);
  }

  private void change(Runnable command) {
    if (turns == null) {
      command.run();
    } else {
      turns.change(command);
    }
  }

  /** Starts on a newly opened line. */
  public void begin(long newNowNanos) {
    console.clear();
    editor = newEditor();
    activity = null;
    sendFailure = null;
    isQuiet = false;
    isPromptStale = false;
    // Last: it may emit a pending byte of the old line, which then falls on an empty prompt.
    demultiplexer.tick(newNowNanos + Demultiplexer.TIMEOUT_NANOS);
  }

  /**
   * Processes received bytes and timeouts. While {@link #isWaiting}, call it about every 100 ms,
   * even without bytes.
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
    if (sendFailure != null) {
      throw sendFailure;
    }
  }

  /**
   * Returns whether time alone changes something: a command goes on, a frame has begun, or a client
   * keeps the line or the turn to move a file.
   */
  boolean isWaiting() {
    return activity != null || isQuiet || isMovingFile || demultiplexer.isInFrame();
  }

  private void tick() {
    demultiplexer.tick(nowNanos);
    isQuiet = isQuiet && nowNanos - quietUntilNanos < 0;
    if (isMovingFile && nowNanos - fileUntilNanos >= 0 && !(activity instanceof Load)) {
      releaseFile();
    }
    boolean free = !isQuiet && !demultiplexer.isInFrame();
    console.setFree(free);
    if (free && activity != null) {
      activity.tick(nowNanos);
      afterActivity();
    }
  }

  private void send(byte[] bytes, int offset, int length) {
    try {
      if (sendFailure == null) {
        output.send(bytes, offset, length);
      }
    } catch (LinkException e) {
      sendFailure = e;
    }
  }

  private final class LineReceiver implements Demultiplexer.Receiver {
    @Override
    public void text(byte value) {
      if (activity != null) {
        // Not a key: the line feed of the CRLF that started the activity, or a client's.
        if (value != '\n') {
          activity.key(value, nowNanos);
          afterActivity();
        }
        return;
      }
      if (isPromptStale && value != '\n') {
        isPromptStale = false;
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
    // A held prompt is not on the screen yet.
    isPromptStale |= !console.isHolding();
    console.setFree(false);
    int answer = handle(packet, length);
    if (answer > 0) {
      send(encoder.buffer(), 0, encoder.encode(server.answer(), answer));
      server.afterAnswer();
    }
    quietUntilNanos = nowNanos + QUIET_NANOS;
  }

  private int handle(byte[] packet, int length) {
    if (turns == null || !mayChange(packet, length)) {
      return server.handle(packet, length, nowNanos);
    }
    int[] answer = new int[1];
    turns.change(() -> answer[0] = server.handle(packet, length, nowNanos));
    return answer[0];
  }

  /** An echo is a write too, and a reset comes after its answer. */
  private static boolean mayChange(byte[] packet, int length) {
    if (length < SmpHeader.BYTES) {
      return false;
    }
    SmpHeader header = SmpHeader.read(packet, 0);
    return header.operation() == SmpHeader.WRITE && header.group() != SYSTEM;
  }

  /** Forgets what the peer had begun, because it has left for good. */
  void end() {
    if (isMovingFile) {
      releaseFile();
    }
  }

  private final class EditorListener implements LineEditor.Listener {
    @Override
    public void interrupt() {
      editor.redraw();
    }

    @Override
    public void line(String line) {
      StringBuilder out = new StringBuilder();
      change(() -> shell.execute(words(line), out));
      Shell.FollowUp followUp = shell.takeFollowUp();
      if (followUp == Shell.FollowUp.LOAD && !takeFile()) {
        out.setLength(0);
        out.append(GuestTurns.FILE_REFUSAL).append('\n');
        followUp = null;
      }
      console.print(out);
      if (followUp != null) {
        activity = activity(followUp);
      } else {
        editor.redraw();
      }
    }
  }

  private static List<String> words(String line) {
    String stripped = line.strip();
    return stripped.isEmpty() ? List.of() : Arrays.asList(stripped.split(" +", -1));
  }

  private Activity activity(Shell.FollowUp followUp) {
    return switch (followUp) {
      case WATCH_TRAINING -> new TrainingWatch(device, console, nowNanos);
      case WATCH_SWITCHES -> new SwitchWatch(device, console);
      case LOAD -> new Load(device, console, this::send, this::change, nowNanos);
    };
  }

  private void afterActivity() {
    if (activity != null && activity.isOver()) {
      activity = null;
      editor.redraw();
    }
  }

  /** Runs a command for an SMP client, which has no prompt to continue at. */
  private int execute(List<String> words, StringBuilder out) {
    int result = shell.execute(words, out);
    Shell.FollowUp followUp = shell.takeFollowUp();
    if (followUp == Shell.FollowUp.LOAD || followUp == Shell.FollowUp.WATCH_SWITCHES) {
      out.append("only at a prompt\n");
      return 1;
    }
    return result;
  }

  /** Returns the counters of received frames. Any thread. */
  LinkCounters counters() {
    return demultiplexer.counters();
  }
}
