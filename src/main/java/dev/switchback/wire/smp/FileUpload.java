package dev.switchback.wire.smp;

import java.io.IOException;
import java.util.Arrays;

/** An upload of a file in chunks, in order. */
final class FileUpload {
  private final FilePort port;

  /** Name of the file being uploaded; empty if there is none. */
  private String name = "";

  private long length;
  private long next;
  private byte[] last = {};

  FileUpload(FilePort port) {
    this.port = port;
  }

  /** Receives a chunk and answers with the offset of the next. */
  void receive(String file, SmpRequest request, CborWriter answer) throws IOException {
    long offset = request.map().number("off");
    byte[] data = request.map().bytes("data");
    if (offset == 0) {
      begin(file, request.map().number("len"));
    }
    if (name.equals(file) && offset == next) {
      store(data);
    } else if (!isRepeated(file, offset, data)) {
      refuse(file, request, answer);
      return;
    }
    answer.number("off", next);
  }

  /** Ends the upload; the next one begins at offset 0. */
  void reset() {
    name = "";
    next = 0;
    last = new byte[0];
  }

  private void begin(String file, long announced) throws SmpException {
    if (announced < 0) {
      throw new SmpException(SmpError.INVALID, "field 'len' is negative");
    }
    reset();
    port.create(file, announced);
    name = file;
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
      reset();
      throw e;
    }
  }

  /** Whether this is the last chunk again, because its answer was lost. */
  private boolean isRepeated(String file, long offset, byte[] data) {
    return name.equals(file) && offset + data.length == next && Arrays.equals(data, last);
  }

  private void refuse(String file, SmpRequest request, CborWriter answer) throws IOException {
    port.flush();
    long expected = name.equals(file) ? next : 0;
    if (!request.isVersion2()) {
      throw new SmpException(GroupError.FILE_OFFSET_NOT_VALID, "offset " + expected + " expected");
    }
    answer.error(GroupError.FILE_OFFSET_NOT_VALID);
    answer.number("len", expected);
  }
}
