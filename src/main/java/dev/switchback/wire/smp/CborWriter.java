package dev.switchback.wire.smp;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes packets into a reusable buffer: {@link #begin}, the fields of the map, {@link #finish}.
 * {@link #end} closes nested maps and lists, of the declared or of indefinite length. If the packet
 * does not fit, {@link #finish} throws {@link SmpException}. One thread.
 */
public final class CborWriter {
  private static final CBORFactory CBOR =
      CBORFactory.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
          .enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING)
          .enable(CBORGenerator.Feature.WRITE_MINIMAL_DOUBLES)
          .build();

  /** A stream into a fixed buffer, which keeps counting when the buffer is full. */
  private static final class Packet extends OutputStream {
    final byte[] buffer;
    int length;

    Packet(int capacityBytes) {
      buffer = new byte[capacityBytes];
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      if (length + count <= buffer.length) {
        System.arraycopy(bytes, from, buffer, length, count);
      }
      length += count;
    }
  }

  private final Packet packet;
  private @Nullable CBORGenerator generator;

  /**
   * A writer.
   *
   * @param capacityBytes largest packet, including the header
   */
  public CborWriter(int capacityBytes) {
    packet = new Packet(capacityBytes);
  }

  /** Returns the buffer with the packet from index 0. */
  public byte[] buffer() {
    return packet.buffer;
  }

  /** Starts a packet with a map of indefinite length. */
  public void begin() throws IOException {
    restart().writeStartObject();
  }

  /** Starts a packet with a map of a given number of fields. */
  public void begin(int fields) throws IOException {
    restart().writeStartObject(null, fields);
  }

  private CBORGenerator restart() throws IOException {
    if (generator != null) {
      generator.close();
    }
    packet.length = SmpHeader.BYTES;
    generator = CBOR.createGenerator(packet);
    return generator;
  }

  private CBORGenerator cbor() {
    if (generator == null) {
      throw new IllegalStateException("begin comes first");
    }
    return generator;
  }

  private CBORGenerator field(String name) throws IOException {
    CBORGenerator cbor = cbor();
    cbor.writeFieldName(name);
    return cbor;
  }

  public void number(String name, long value) throws IOException {
    field(name).writeNumber(value);
  }

  public void real(String name, double value) throws IOException {
    field(name).writeNumber(value);
  }

  public void flag(String name, boolean value) throws IOException {
    field(name).writeBoolean(value);
  }

  public void text(String name, String value) throws IOException {
    field(name).writeString(value);
  }

  public void bytes(String name, byte[] bytes, int from, int count) throws IOException {
    field(name).writeBinary(bytes, from, count);
  }

  public void bytes(String name, byte[] bytes) throws IOException {
    bytes(name, bytes, 0, bytes.length);
  }

  public void map(String name) throws IOException {
    field(name).writeStartObject();
  }

  public void list(String name) throws IOException {
    field(name).writeStartArray();
  }

  /** Opens a list of a given number of elements. */
  public void list(String name, int elements) throws IOException {
    field(name).writeStartArray(null, elements);
  }

  /** Opens a map as an element of a list. */
  public void map() throws IOException {
    cbor().writeStartObject();
  }

  public void number(long element) throws IOException {
    cbor().writeNumber(element);
  }

  public void real(double element) throws IOException {
    cbor().writeNumber(element);
  }

  public void text(String element) throws IOException {
    cbor().writeString(element);
  }

  /** Closes the innermost open map or list. */
  public void end() throws IOException {
    CBORGenerator cbor = cbor();
    if (cbor.getOutputContext().inArray()) {
      cbor.writeEndArray();
    } else {
      cbor.writeEndObject();
    }
  }

  /** Writes a group error, as in SMP 2. */
  public void error(GroupError error) throws IOException {
    map("err");
    number("group", error.group());
    number("rc", error.code());
    end();
  }

  /**
   * Returns the number of bytes left in the packet. The end of each open map and list takes one.
   */
  public int remainingBytes() {
    return packet.buffer.length - packet.length - cbor().getOutputBuffered();
  }

  /**
   * Closes the map and writes the header before it.
   *
   * @param header its length is ignored
   * @return length of the packet in {@link #buffer}
   */
  public int finish(SmpHeader header) throws IOException {
    CBORGenerator cbor = cbor();
    cbor.writeEndObject();
    generator = null;
    cbor.close();
    if (packet.length > packet.buffer.length) {
      throw new SmpException(
          SmpError.TOO_LONG,
          packet.length + " bytes do not fit a buffer of " + packet.buffer.length + " bytes");
    }
    header.withLength(packet.length - SmpHeader.BYTES).write(packet.buffer, 0);
    return packet.length;
  }
}
