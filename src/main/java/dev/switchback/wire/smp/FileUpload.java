package dev.switchback.wire.smp;

import java.io.IOException;
import java.util.Arrays;

/** A file that is written in chunks, one after another. */
final class FileUpload {
  private final FilePort port;

  /** Of the file under way; empty if there is none. */
  private String name = "";

  private long length;
  private long next;
  private byte[] last = {};

  FileUpload(FilePort port) {
    this.port = port;
  }

  /** Takes a chunk, and answers with the offset of the next. */
  void receive(String of, SmpRequest request, CborWriter answer) throws IOException {
    long offset = request.map().number("off");
    byte[] data = request.map().bytes("data");
    if (offset == 0) {
      begin(of, request.map().number("len"));
    }
    if (name.equals(of) && offset == next) {
      store(data);
    } else if (!isRepeated(of, offset, data)) {
      refuse(of, request, answer);
      return;
    }
    answer.number("off", next);
  }

  /** What comes next begins at 0. */
  void forget() {
    name = "";
    next = 0;
    last = new byte[0];
  }

  private void begin(String of, long announced) throws SmpException {
    if (announced < 0) {
      throw new SmpException(SmpError.INVALID, "field 'len' is negative");
    }
    forget();
    port.create(of, announced);
    name = of;
    length = announced;
  }

  private void store(byte[] data) throws SmpException {
    if (data.length > length - next) {
      throw new SmpException(
          GroupError.FILE_OFFSET_BEHIND_END,
          (next + data.length) + " bytes, " + length + " were announced");
    }
    try {
      port.append(data);
      next += data.length;
      last = data;
      if (next == length) {
        port.complete();
      }
    } catch (SmpException e) {
      forget();
      throw e;
    }
  }

  /** The last chunk once more: its answer was lost. */
  private boolean isRepeated(String of, long offset, byte[] data) {
    return name.equals(of) && offset + data.length == next && Arrays.equals(data, last);
  }

  private void refuse(String of, SmpRequest request, CborWriter answer) throws IOException {
    port.flush();
    long wanted = name.equals(of) ? next : 0;
    if (!request.isVersion2()) {
      throw new SmpException(GroupError.FILE_OFFSET_NOT_VALID, "offset " + wanted + " expected");
    }
    answer.error(GroupError.FILE_OFFSET_NOT_VALID);
    answer.number("len", wanted);
  }
}
