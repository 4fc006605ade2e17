package dev.switchback.wire.smp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Our groups, configured like the recorded Zephyr 4.4.0 server. */
final class ZephyrServer {
  static final int BUFFER_BYTES = 1024;

  private ZephyrServer() {}

  /**
   * Creates a server with an empty file system, optionally with groups that the recorded server
   * lacks.
   */
  static SmpServer create(SmpGroup... further) {
    List<SmpGroup> others = new ArrayList<>();
    others.add(new FsGroup(new LittleFiles()));
    others.add(new OperatingSystem());
    others.add(new Silent(3, "settings mgmt", 4));
    others.add(new ShellGroup(ZephyrServer::execute, 256));
    others.add(new StatGroup(new Statistics()));
    others.add(new Silent(63, "zephyr basic mgmt", 1));
    others.addAll(List.of(further));
    return new SmpServer(new EnumGroup(others).groups(), BUFFER_BYTES);
  }

  private static int execute(List<String> words, StringBuilder out) {
    if (words.equals(List.of("kernel", "version"))) {
      out.append("\r\nZephyr version 4.4.0\r\n");
      return 0;
    }
    out.append("\r\n\033[1;31m").append(words.getFirst()).append(": command not found\r\n\033[m");
    return -8;
  }

  /** A group with only a name. */
  private static final class Silent extends SmpGroup {
    Silent(int id, String name, int handlers) {
      super(id, name, handlers);
    }

    @Override
    public void handle(SmpRequest request, CborWriter answer) throws SmpException {
      throw request.notSupported();
    }
  }

  /** Group 0 with the list of tasks, without the bootloader. */
  private static final class OperatingSystem extends SmpGroup implements OsPort {
    private static final int TASKS = 2;
    private static final int BOOTLOADER = 8;

    private final OsGroup group = new OsGroup(this, BUFFER_BYTES, 4);

    OperatingSystem() {
      super(0, "os mgmt", 8);
    }

    @Override
    public void handle(SmpRequest request, CborWriter answer) throws IOException {
      switch (request.command()) {
        case TASKS -> tasks(answer);
        case BOOTLOADER -> throw request.notSupported();
        default -> group.handle(request, answer);
      }
    }

    private static void tasks(CborWriter answer) throws IOException {
      int[] states = {4, 128, 2, 0, 4};
      int[] priorities = {-16, 3, -1, 15, 0};
      answer.map("tasks");
      for (int task = 0; task < states.length; task++) {
        answer.map("" + priorities[task]);
        answer.number("prio", priorities[task]);
        answer.number("tid", task);
        answer.number("state", states[task]);
        answer.end();
      }
      answer.end();
    }

    @Override
    public String info(char letter) {
      return switch (letter) {
        case 's', 'o' -> "Zephyr";
        case 'n' -> "unknown";
        case 'r' -> "684c9e8f32e4";
        case 'v' -> "4.4.0";
        case 'b' -> "Wed Jun  3 22:18:39 2026";
        case 'm' -> "posix";
        case 'p' -> "x86";
        case 'i' -> "native_sim/native";
        default -> throw new AssertionError("asked for part " + letter);
      };
    }

    @Override
    public String bootloader() {
      throw new AssertionError("asked for the bootloader");
    }

    @Override
    public void reset() {}
  }

  private static final class Statistics implements StatPort {
    @Override
    public List<String> names() {
      return List.of("flash_sim_stats", "flash_sim_thresholds", "smp_svr_stats");
    }

    @Override
    public void show(String name, CborWriter fields) throws IOException {
      fields.number("ticks", 1);
    }
  }

  /**
   * One file at /lfs1. Writes become visible after a flush. A flush also discards the announced
   * length, so the end is not detected.
   */
  private static final class LittleFiles implements FilePort {
    private static final String NAME = "/lfs1/w.bin";

    private byte[] shown = {};
    private byte[] written = {};
    private boolean endIsKnown;

    @Override
    public long length(String name) throws SmpException {
      requireThere(name);
      return shown.length;
    }

    private static void requireThere(String name) throws SmpException {
      if (!name.equals(NAME)) {
        throw new SmpException(GroupError.FILE_NOT_FOUND, name);
      }
    }

    @Override
    public byte[] read(String name, long offset, int most) throws SmpException {
      requireThere(name);
      int from = (int) Math.min(offset, shown.length);
      return Arrays.copyOfRange(shown, from, Math.min(shown.length, from + most));
    }

    @Override
    public void create(String name, long length) throws SmpException {
      if (!name.equals(NAME)) {
        throw new SmpException(GroupError.FILE_NO_MOUNT_POINT, name);
      }
      written = new byte[0];
      endIsKnown = true;
    }

    @Override
    public void append(byte[] bytes) {
      int length = written.length;
      written = Arrays.copyOf(written, length + bytes.length);
      System.arraycopy(bytes, 0, written, length, bytes.length);
    }

    @Override
    public void complete() {
      if (endIsKnown) {
        flush();
      }
    }

    @Override
    public void flush() {
      shown = written;
      endIsKnown = false;
    }
  }
}
