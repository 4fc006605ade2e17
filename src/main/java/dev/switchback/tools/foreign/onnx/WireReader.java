package dev.switchback.tools.foreign.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.switchback.format.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Reads protobuf messages field by field. Memory stays proportional to the file: messages, texts
 * and list entries, which take more room than their bytes, are counted.
 */
final class WireReader {
  /** Far more than any supported network needs. */
  private static final int MAX_PARTS = 100_000;

  /** Takes the integers of a list. */
  interface Integers {
    void accept(long value) throws IOException;
  }

  private final CodedInputStream in;
  private int tag;
  private int parts;

  WireReader(byte[] file) {
    in = CodedInputStream.newInstance(file);
  }

  /** Returns the number of bytes read. */
  int position() {
    return in.getTotalBytesRead();
  }

  /**
   * Begins the message in the present field.
   *
   * @return to be given to {@link #leave}
   */
  int enter() throws IOException {
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    count();
    return in.pushLimit(in.readRawVarint32());
  }

  void leave(int outer) {
    in.popLimit(outer);
  }

  /** Goes to the next field of the message; returns false at its end. */
  boolean next() throws IOException {
    tag = in.readTag();
    return tag != 0;
  }

  /** Returns the number of the present field. */
  int field() {
    return WireFormat.getTagFieldNumber(tag);
  }

  void skip() throws IOException {
    in.skipField(tag);
  }

  long integer() throws IOException {
    require(WireFormat.WIRETYPE_VARINT);
    return in.readInt64();
  }

  float real() throws IOException {
    require(WireFormat.WIRETYPE_FIXED32);
    return in.readFloat();
  }

  String text() throws IOException {
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    count();
    return in.readString();
  }

  byte[] bytes() throws IOException {
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return in.readByteArray();
  }

  /** Reads one integer, or a packed list of them. */
  void integers(Integers each) throws IOException {
    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
      each.accept(in.readInt64());
      return;
    }
    require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int outer = in.pushLimit(in.readRawVarint32());
    while (!in.isAtEnd()) {
      each.accept(in.readInt64());
    }
    in.popLimit(outer);
  }

  /** Appends one number of four or eight bytes, or a packed list of them, little endian. */
  void numbers(ByteArrayOutputStream target) throws IOException {
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_FIXED32 -> append(in.readRawLittleEndian32(), Integer.BYTES, target);
      case WireFormat.WIRETYPE_FIXED64 -> append(in.readRawLittleEndian64(), Long.BYTES, target);
      default -> target.writeBytes(bytes());
    }
  }

  /** Appends the lowest bytes of a value, little endian. */
  static void append(long value, int bytes, ByteArrayOutputStream target) {
    for (int k = 0; k < bytes; k++) {
      target.write((int) (value >> (Byte.SIZE * k)));
    }
  }

  /** Counts something that takes more memory than its bytes in the file. */
  void count() throws FormatException {
    parts++;
    if (parts > MAX_PARTS) {
      throw new FormatException("no network: the model has more than " + MAX_PARTS + " parts");
    }
  }

  private void require(int type) throws FormatException {
    int found = WireFormat.getTagWireType(tag);
    if (found != type) {
      throw new FormatException(
          "no ONNX model: at byte %s, field %s has wire type %s, %s expected"
              .formatted(position(), field(), found, type));
    }
  }
}
