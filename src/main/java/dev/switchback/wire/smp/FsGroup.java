package dev.switchback.wire.smp;

import java.io.IOException;

/** Group 8: files, read and written in chunks. */
public final class FsGroup extends SmpGroup {
  private static final int FILE = 0;
  private static final int STATUS = 1;
  private static final int HASH = 2;
  private static final int TYPES = 3;
  private static final int CLOSE = 4;

  private static final int MAX_NAME_LENGTH = 64;

  /** Bytes of field names, numbers, lengths and ends. */
  private static final int BYTES_BESIDE_DATA = 40;

  private final FilePort port;
  private final FileUpload upload;

  public FsGroup(FilePort port) {
    super(8, "fs mgmt", 5);
    this.port = port;
    upload = new FileUpload(port);
  }

  @Override
  public void handle(SmpRequest request, CborWriter answer) throws IOException {
    if (request.isWrite(FILE)) {
      upload.receive(name(request.map()), request, answer);
    } else if (request.isWrite(CLOSE)) {
      upload.reset();
      port.flush();
    } else if (request.isRead(FILE)) {
      download(request.map(), answer);
    } else if (request.isRead(STATUS)) {
      answer.number("len", port.length(name(request.map())));
    } else if (request.isRead(HASH)) {
      hash(request.map(), answer);
    } else if (request.isRead(TYPES)) {
      types(answer);
    } else {
      throw request.notSupported();
    }
  }

  /** Names are literal, so they cannot lead out of a root. */
  private static String name(SmpMap request) throws SmpException {
    String name = request.text("name");
    if (name.isEmpty()
        || name.length() > MAX_NAME_LENGTH
        || name.contains("..")
        || name.contains("//")
        || name.endsWith("/")
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new SmpException(
          GroupError.FILE_INVALID_NAME,
          "a name has at most "
              + MAX_NAME_LENGTH
              + " characters, no '..', no empty part, no control character");
    }
    return name;
  }

  private void download(SmpMap request, CborWriter answer) throws IOException {
    long offset = requireNotNegative("off", request.number("off"));
    String name = name(request);
    port.flush();
    long length = port.length(name);
    answer.number("off", offset);
    answer.bytes("data", port.read(name, offset, answer.remainingBytes() - BYTES_BESIDE_DATA));
    if (offset == 0) {
      answer.number("len", length);
    }
  }

  private static long requireNotNegative(String field, long value) throws SmpException {
    if (value < 0) {
      throw new SmpException(SmpError.INVALID, "field '" + field + "' is negative");
    }
    return value;
  }

  private void hash(SmpMap request, CborWriter answer) throws IOException {
    String name = name(request);
    FileHash type = FileHash.of(request.text("type", FileHash.CRC32.label()));
    long offset = requireNotNegative("off", request.number("off", 0));
    long maxBytes = request.number("len", Long.MAX_VALUE);
    if (maxBytes < 1) {
      throw new SmpException(SmpError.INVALID, "field 'len' is not positive");
    }
    long rest = remainingBytes(port.length(name), offset);
    answer.text("type", type.label());
    if (offset > 0) {
      answer.number("off", offset);
    }
    answer.number("len", Math.min(rest, maxBytes));
    type.write(port, name, offset, Math.min(rest, maxBytes), answer);
  }

  private static long remainingBytes(long length, long offset) throws SmpException {
    if (length == 0) {
      throw new SmpException(GroupError.FILE_EMPTY, "the file is empty");
    }
    if (offset >= length) {
      throw new SmpException(
          GroupError.FILE_OFFSET_BEHIND_END, "off is " + offset + " of " + length + " bytes");
    }
    return length - offset;
  }

  private static void types(CborWriter answer) throws IOException {
    answer.map("types");
    for (FileHash type : FileHash.values()) {
      answer.map(type.label());
      answer.number("format", type.format());
      answer.number("size", type.size());
      answer.end();
    }
    answer.end();
  }
}
