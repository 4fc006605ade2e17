package dev.switchback.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Parameters;
import dev.switchback.tools.foreign.Fann;
import dev.switchback.tools.foreign.NpyReader;
import dev.switchback.tools.foreign.Npz;
import dev.switchback.tools.foreign.Stated;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.foreign.onnx.Onnx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A parser and its rule: every input gives a {@link FormatException} or a result that survives
 * writing and reading; memory and time are proportional to the input.
 */
enum FuzzTarget {
  /** A file of any program, read by the tools, and as in an image. */
  SAFETENSORS {
    @Override
    void parse(byte[] input) throws IOException {
      try {
        Safetensors.Content content = Safetensors.read(input);
        requireUnicode(input, content.metadata());
        byte[] written = Safetensors.write(content.parameters(), content.metadata());
        requireSame(content, Safetensors.read(written));
      } catch (FormatException e) {
        requireReason(e);
      }
      requireUnicode(input, Safetensors.open(input).metadata());
      WeightFile found = WeightFile.ofSafetensors(input, Stated.NOTHING);
      if (input.length > Safetensors.MAX_HEADER_BYTES / 2) {
        return; // the metadata that we add may not fit into a full header
      }
      byte[] written = Safetensors.write(found.parameters(), found.metadata());
      requireSame(found.parameters(), Safetensors.read(written).parameters());
    }
  },
  NPY {
    @Override
    void parse(byte[] input) throws IOException {
      Tensor tensor =
          new NpyReader("W1", new ByteArrayInputStream(input)).read(Npz.MAX_VALUE_BYTES);
      if (tensor.shape().dimensions().size() <= 2) {
        tensor.copyTo(new float[(int) tensor.shape().values()], 0);
      }
    }
  },
  NPZ {
    @Override
    void parse(byte[] input) throws IOException {
      Parameters parameters = WeightFile.read(file(input), Stated.NOTHING).parameters();
      byte[] written = Safetensors.write(parameters, Map.of());
      requireSame(parameters, Safetensors.read(written).parameters());
    }

    @Override
    long unpackedBytes(byte[] input) {
      return input.length + inflatedBytes(file(input));
    }
  },
  /** The length of W1.npy in 16 bits, then W1.npy and b1.npy; their checksums are always valid. */
  NPZ_ENTRIES {
    @Override
    void parse(byte[] input) throws IOException {
      NPZ.parse(zip(input));
    }

    @Override
    long unpackedBytes(byte[] input) {
      return 2L * zip(input).length;
    }
  },
  FANN {
    @Override
    void parse(byte[] input) throws IOException {
      Parameters parameters = Fann.read(input, true).parameters();
      byte[] written = Safetensors.write(parameters, Map.of());
      requireSame(parameters, Safetensors.read(written).parameters());
    }
  },
  ONNX {
    @Override
    void parse(byte[] input) throws IOException {
      Onnx.Content content = Onnx.read(input);
      byte[] written = Onnx.write(content.parameters(), content.metadata());
      Onnx.Content again = Onnx.read(written);
      requireSame(withoutAnswer(content.metadata()), withoutAnswer(again.metadata()));
      requireSame(
          content.parameters().topology().toString(), again.parameters().topology().toString());
      if (!Arrays.equals(content.parameters().toArray(), again.parameters().toArray())) {
        throw new AssertionError("other weights than those read");
      }
    }
  },
  IMAGE {
    @Override
    void parse(byte[] input) throws IOException {
      WeightImage image = WeightImage.read(input);
      if (!Arrays.equals(input, image.bytes())) {
        throw new AssertionError("an image of other bytes than those read");
      }
      WeightImage again =
          WeightImage.of(
              image.version(),
              image.parameters(),
              Engine.of(image.metadata().getOrDefault(ImageMetadata.ENGINE, "")),
              image.metadata());
      requireSame(image.parameters(), again.parameters());
      requireSame(image.metadata(), again.metadata());
    }
  },
  /** The hash is always made valid; otherwise no input would pass it. */
  SEALED_IMAGE {
    @Override
    void parse(byte[] input) throws IOException {
      IMAGE.parse(TlvArea.seal(input, null));
    }
  },
  SIGNING_KEY {
    @Override
    void parse(byte[] input) throws IOException {
      String pem = SigningKey.parsePem(new String(input, UTF_8)).toPem();
      requireSame(pem, SigningKey.parsePem(pem).toPem());
    }

    @Override
    long unpackedBytes(byte[] input) {
      return CURVE_BYTES + input.length;
    }
  },
  VERIFYING_KEY {
    @Override
    void parse(byte[] input) throws IOException {
      String pem = VerifyingKey.parsePem(new String(input, UTF_8)).toPem();
      requireSame(pem, VerifyingKey.parsePem(pem).toPem());
    }

    @Override
    long unpackedBytes(byte[] input) {
      return CURVE_BYTES + input.length;
    }
  };

  private static final int MAX_MESSAGE_LENGTH = 600;

  /** Arithmetic on the curve costs as much as an input of this many bytes. */
  private static final long CURVE_BYTES = 1 << 16;

  /** Parses an input and checks the reason of a refusal. */
  private void attempt(byte[] input) {
    try {
      parse(input);
    } catch (FormatException e) {
      requireReason(e);
    } catch (IOException e) {
      throw new UncheckedIOException("only a FormatException is documented", e);
    }
  }

  /** Parses the input, then writes the result and parses it again. */
  abstract void parse(byte[] input) throws IOException;

  /** Returns the uncompressed size of an input. */
  long unpackedBytes(byte[] input) {
    return input.length;
  }

  /**
   * Runs the parser on an input.
   *
   * @throws RuntimeException or an Error if the parser, or the result, breaks the rule
   */
  final void check(byte[] input) {
    ParseBounds.require(() -> attempt(input), unpackedBytes(input));
  }

  private static void requireReason(FormatException e) {
    String message = e.getMessage();
    if (message == null || message.length() < 10 || message.length() > MAX_MESSAGE_LENGTH) {
      throw new AssertionError("a refusal without a reason, or an endless one", e);
    }
  }

  /** Python's reader accepts nothing else. */
  private static void requireUnicode(byte[] input, Map<String, String> metadata) {
    if (input[8] != '{' || !UTF_8.newEncoder().canEncode(metadata.toString())) {
      throw new AssertionError("no text of Unicode in UTF-8, yet read: " + metadata);
    }
    try {
      int headerBytes = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).getInt();
      UTF_8.newDecoder().decode(ByteBuffer.wrap(input, 8, headerBytes));
    } catch (CharacterCodingException e) {
      throw new AssertionError("no UTF-8, yet read: " + metadata, e);
    }
  }

  private static void requireSame(Object read, Object again) {
    if (!read.equals(again)) {
      throw new AssertionError("read " + read + ", then " + again);
    }
  }

  /** The answer rule is only written where the activations do not imply it. */
  private static Map<String, String> withoutAnswer(Map<String, String> metadata) {
    Map<String, String> others = new HashMap<>(metadata);
    others.remove("answer");
    return others;
  }

  private static byte[] zip(byte[] input) {
    int w1 =
        input.length < 2 ? 0 : Byte.toUnsignedInt(input[0]) + 256 * Byte.toUnsignedInt(input[1]);
    int from = Math.min(2, input.length);
    int middle = Math.min(input.length, from + w1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      zip.putNextEntry(new ZipEntry("W1.npy"));
      zip.write(input, from, middle - from);
      zip.putNextEntry(new ZipEntry("b1.npy"));
      zip.write(input, middle, input.length - middle);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static Path file(byte[] input) {
    try {
      Path file =
          Path.of(System.getProperty("java.io.tmpdir"), ProcessHandle.current().pid() + ".fuzz");
      Files.write(file, input);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts the bytes that the entries contain, up to a broken one. */
  private static long inflatedBytes(Path file) {
    long bytes = 0;
    byte[] window = new byte[8192];
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          for (int n = in.read(window); n > 0; n = in.read(window)) {
            bytes += n;
          }
        }
      }
    } catch (IOException e) {
      return bytes;
    }
    return bytes;
  }
}
