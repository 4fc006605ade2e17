package dev.switchback.device.cable;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.switchback.device.node.Device;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.smp.FilePort;
import dev.switchback.wire.smp.GroupError;
import dev.switchback.wire.smp.ImagePort;
import dev.switchback.wire.smp.SmpException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files of SMP group 8; none is a path of this machine. Writing to slot 1 stages the file like
 * an upload. Session's thread.
 */
final class DeviceFiles implements FilePort {
  private static final String SLOT_0 = "/weights/slot0.img";
  private static final String SLOT_1 = "/weights/slot1.img";
  private static final String ANSWERING = "/weights/answering.safetensors";
  private static final String LOG = "/log/recent.txt";
  private static final String SCRATCH = "/scratch/";

  /** So that a piece with its fields fits a packet of {@link Session#BUFFER_BYTES}. */
  private static final int PIECE_BYTES = Session.BUFFER_BYTES - 64;

  private static final int SCRATCH_FILES = 8;
  private static final int SCRATCH_BYTES = 1 << 20;

  private final Device device;
  private final ImagePort images;
  private final PeerAccess access;
  private final Map<String, byte[]> scratch = new HashMap<>();
  private ByteArrayOutputStream written = new ByteArrayOutputStream();
  private @Nullable String writtenName;

  /** The file is copied when offset 0 is read, so that later offsets belong to the same content. */
  private String readName = "";

  private byte[] read = {};

  DeviceFiles(Device device, ImagePort images, PeerAccess access) {
    this.device = device;
    this.images = images;
    this.access = access;
  }

  private byte[] content(String name) throws SmpException {
    if (name.equals(writtenName)) {
      return written.toByteArray();
    }
    byte[] content =
        switch (name) {
          case SLOT_0 -> slot(0);
          case SLOT_1 -> slot(1);
          case ANSWERING -> answering();
          case LOG -> String.join("\n", RecentLogWriter.lines()).getBytes(US_ASCII);
          default -> scratch.get(name);
        };
    if (content == null) {
      throw new SmpException(GroupError.FILE_NOT_FOUND, "no file " + name);
    }
    return content;
  }

  private byte @Nullable [] slot(int slot) {
    WeightImage image = device.status().store().slots().get(slot).image();
    return image == null ? null : image.bytes();
  }

  private byte @Nullable [] answering() {
    WeightImage image = device.answering();
    return image == null ? null : image.payload();
  }

  @Override
  public long length(String name) throws SmpException {
    return name.equals(writtenName) ? written.size() : content(name).length;
  }

  @Override
  public byte[] read(String name, long offset, int maxBytes) throws SmpException {
    if (offset == 0 || !name.equals(readName)) {
      read = content(name);
      readName = name;
    }
    int from = (int) Math.min(offset, read.length);
    return Arrays.copyOfRange(
        read, from, from + Math.min(Math.min(maxBytes, PIECE_BYTES), read.length - from));
  }

  @Override
  public void create(String name, long length) throws SmpException {
    reset();
    if (name.equals(SLOT_0) || name.equals(ANSWERING) || name.equals(LOG)) {
      throw new SmpException(GroupError.FILE_READ_ONLY, name + " is read-only");
    }
    if (name.equals(SLOT_1)) {
      requireRoom(length, WeightImage.MAX_BYTES);
    } else {
      requireScratch(name, length);
    }
    writtenName = name;
  }

  private void requireScratch(String name, long length) throws SmpException {
    access.require(PeerAccess.Act.CHANGE);
    if (!name.startsWith(SCRATCH) || name.indexOf('/', SCRATCH.length()) >= 0) {
      throw new SmpException(
          GroupError.FILE_READ_ONLY, "only " + SLOT_1 + " and files in " + SCRATCH);
    }
    scratch.remove(name);
    if (scratch.size() >= SCRATCH_FILES) {
      throw new SmpException(GroupError.FILE_WRITE_FAILED, SCRATCH + " is full");
    }
    int taken = scratch.values().stream().mapToInt(content -> content.length).sum();
    requireRoom(length, SCRATCH_BYTES - taken);
  }

  private static void requireRoom(long length, long room) throws SmpException {
    if (length > room) {
      throw new SmpException(GroupError.FILE_WRITE_FAILED, "there is room for " + room + " bytes");
    }
  }

  @Override
  public void append(byte[] bytes) {
    written.writeBytes(bytes);
  }

  @Override
  public void complete() throws SmpException {
    byte[] content = written.toByteArray();
    String name = writtenName;
    reset();
    if (SLOT_1.equals(name)) {
      stage(content);
    } else if (name != null) {
      scratch.put(name, content);
    }
  }

  /** Reports errors of the image as errors of group 8. */
  private void stage(byte[] content) throws SmpException {
    try {
      images.stage(content, false);
    } catch (SmpException e) {
      throw new SmpException(GroupError.FILE_WRITE_FAILED, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void flush() {
    // Readers always see what has been written so far.
  }

  private void reset() {
    writtenName = null;
    written = new ByteArrayOutputStream();
  }
}
