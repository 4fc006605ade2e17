package dev.switchback.tools.foreign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.PrintableText;
import dev.switchback.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A file that is not in a weight format, recognised by its first bytes.
 *
 * @param title type of the file, such as {@code a PNG picture}
 * @param fix how to extract the weights
 */
public record OtherFile(String title, String fix) {
  private static final int START_BYTES = 4096;
  private static final int MAX_NAME = 200;
  private static final int MAX_ENTRIES = 1000;

  private static final String READ =
      "Switchback reads .img, .safetensors, .npz, .npy, .onnx and .net";
  private static final String OF_MODEL =
      keras(", where MODEL is what it was made of", "import numpy", "MODEL");
  private static final String WHOLE_KERAS =
      keras("", "import keras, numpy", "keras.models.load_model('FILE')");
  private static final String UNPACK = "unpack it first: ";
  private static final String YOURS =
      "it may run any program, so only for a file of yours, in Python: ";

  /**
   * The signature of a file type.
   *
   * @param offset position of the bytes
   * @param fix advice, or a line of Python that reads FILE and writes OUT.npz
   */
  private record Mark(String title, int offset, String bytes, String fix) {
    Mark(String title, String bytes) {
      this(title, 0, bytes, READ);
    }

    boolean isIn(String start) {
      return start.startsWith(bytes, offset);
    }
  }

  private static final List<Mark> MARKS =
      List.of(
          new Mark(
              "a PyTorch file", 0, "\u0080\2\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\31", torch()),
          new Mark("a TensorFlow Lite model", 4, "TFL3", OF_MODEL),
          new Mark("a TensorFlow SavedModel", 0, "\10\1\22", OF_MODEL),
          new Mark("a PNG picture", "\u0089PNG"),
          new Mark("a JPEG picture", "\u00ff\u00d8\u00ff"),
          new Mark("a GIF picture", "GIF8"),
          new Mark("a PDF document", "%PDF-"),
          new Mark("a program", "\u007fELF"),
          new Mark("a Java class", "\u00ca\u00fe\u00ba\u00be"),
          new Mark("a gzip archive", 0, "\u001f\u008b", UNPACK + "gunzip -k FILE"),
          new Mark("a bzip2 archive", 0, "BZh", UNPACK + "bunzip2 -k FILE"),
          new Mark("an xz archive", 0, "\u00fd7zXZ\0", UNPACK + "unxz -k FILE"),
          new Mark("a zstd archive", 0, "(\u00b5/\u00fd", UNPACK + "unzstd FILE"),
          new Mark("a 7z archive", 0, "7z\u00bc\u00af'\34", UNPACK + "7z x FILE"),
          new Mark("a tar archive", 257, "ustar", UNPACK + "tar xf FILE"),
          new Mark("a GGUF model", "GGUF"),
          new Mark("an SQLite database", "SQLite format 3\0"),
          new Mark("a Parquet table", "PAR1"),
          new Mark(
              "a MATLAB file",
              0,
              "MATLAB ",
              "in Python: import numpy, scipy.io; numpy.savez('OUT.npz', **{k: v for k, v in"
                  + " scipy.io.loadmat('FILE').items() if k[0] != '_'})"),
          new Mark("a key", 0, "-----BEGIN ", "a key goes to --key or --sign"));

  private static String torch() {
    return "in Python: import numpy, torch; numpy.savez('OUT.npz', **{k: v.numpy() for k, v in"
        + " torch.load('FILE', weights_only=True).items()})";
  }

  /**
   * Returns a line of Python that saves the arrays of a Keras model.
   *
   * @param where text after "in Python"; may be empty
   * @param before the first Python statements
   */
  private static String keras(String where, String before, String model) {
    return "in Python"
        + where
        + ": "
        + before
        + "; numpy.savez('OUT.npz', *"
        + model
        + ".get_weights())";
  }

  /**
   * Identifies a file.
   *
   * @return null if its first bytes, or else its name, are of a supported format
   * @throws IOException if it is not a regular file, or cannot be read
   */
  public static @Nullable OtherFile of(Path file) throws IOException {
    WeightFormat named = WeightFormat.named(file);
    if (named == WeightFormat.C_HEADER) {
      return null;
    }
    RegularFile.require(file, WeightFile.MAX_BYTES);
    byte[] bytes = RegularFile.start(file, START_BYTES);
    String start = new String(bytes, ISO_8859_1);
    if (bytes.length == 0) {
      return new OtherFile("empty", "write it again, or name another file");
    }
    if (start.startsWith("PK")) {
      return zip(file);
    }
    WeightFormat begun = WeightFormat.begun(bytes);
    if (begun != null) {
      return begun == WeightFormat.NPY ? npy(file, start) : null;
    }
    OtherFile marked = marked(file, start);
    boolean isNamed =
        named == WeightFormat.ONNX
            ? text(bytes) == null
            : named != null && named != WeightFormat.SAFETENSORS;
    return marked != null || isNamed ? marked : unmarked(file, bytes);
  }

  private static @Nullable OtherFile marked(Path file, String start) {
    if (start.startsWith("\u0089HDF\r\n\32\n")) {
      return hdf5(file);
    }
    for (Mark mark : MARKS) {
      if (mark.isIn(start)) {
        return other(file, mark.title, mark.fix);
      }
    }
    return isPickle(start) ? pickle(file, start) : null;
  }

  private static OtherFile hdf5(Path file) {
    return file.toString().endsWith(".weights.h5")
        ? other(
            file,
            "a file of Keras weights (HDF5)",
            keras(
                ", where MODEL is the one they are for",
                "import numpy; MODEL.load_weights('FILE')",
                "MODEL"))
        : other(file, "a Keras HDF5 file", WHOLE_KERAS);
  }

  /** Recognises a pickle of protocol 2 to 5, or the text of protocol 0. */
  private static boolean isPickle(String start) {
    return start.matches("(?s)\u0080[\2-\5].*")
        || start.matches("(?s)(\\([dl]p[0-9]|ccopy_reg|ccollections|cnumpy|csklearn).*");
  }

  private static OtherFile pickle(Path file, String start) {
    return start.contains("sklearn")
        ? other(
            file,
            "a scikit-learn model (pickle)",
            YOURS
                + "import joblib, numpy; m = joblib.load('FILE'); numpy.savez('OUT.npz', *m.coefs_,"
                + " *m.intercepts_)")
        : other(
            file,
            "a Python pickle",
            YOURS
                + "import numpy, pickle; numpy.savez('OUT.npz', **pickle.load(open('FILE',"
                + " 'rb'))), or * for a list");
  }

  /** Identifies an array of objects; null for one of numbers. */
  private static @Nullable OtherFile npy(Path file, String start) {
    if (!start.contains("'descr': '|O'")) {
      return null;
    }
    boolean isDict = start.contains("'shape': ()");
    return other(
        file,
        "an npy file of pickled objects",
        YOURS
            + "import numpy; numpy.savez('OUT.npz', "
            + (isDict ? "**" : "*")
            + "numpy.load('FILE', allow_pickle=True)"
            + (isDict ? ".item())" : ")"));
  }

  /** Identifies a ZIP; null if it contains arrays of numpy. */
  private static @Nullable OtherFile zip(Path file) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> names = zip.stream().limit(MAX_ENTRIES).map(ZipEntry::getName).toList();
      if (names.stream().anyMatch(name -> name.endsWith(".npy"))) {
        return null;
      }
      if (names.stream().anyMatch(name -> name.endsWith("data.pkl"))) {
        return other(file, "a PyTorch file", torch());
      }
      if (names.contains("model.weights.h5") || names.contains("config.json")) {
        return other(file, "a Keras model", WHOLE_KERAS);
      }
      String first = names.isEmpty() ? "nothing" : PrintableText.of(names.getFirst(), MAX_NAME);
      return other(file, "a zip archive without an .npy file, with " + first + " in it", READ);
    } catch (ZipException e) {
      // Damaged: the npz reader reports it.
      return null;
    }
  }

  private static OtherFile unmarked(Path file, byte[] bytes) {
    String text = text(bytes);
    if (text == null) {
      boolean isZero = new String(bytes, ISO_8859_1).chars().allMatch(b -> b == 0);
      return isZero
          ? new OtherFile("nothing but zeros", "a power cut may have emptied it: write it again")
          : new OtherFile("no weight file", READ);
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      return other(
          file,
          "JSON",
          "in Python: import json, numpy; numpy.savez('OUT.npz', **{k: numpy.array(v) for k, v in"
              + " json.load(open('FILE')).items()})");
    }
    if (text.startsWith("<")) {
      return new OtherFile("XML or HTML", READ);
    }
    if (text.startsWith("epoch,")) {
      return other(file, "the log of a training", "switchback plot FILE");
    }
    return text.matches("(?s)[-+0-9.eE,;# \t\r\nnaif]+")
        ? other(
            file,
            "text of numbers",
            "a file each for W1, b1, W2 ..., in Python: import numpy; numpy.save('W1.npy',"
                + " numpy.loadtxt('FILE'"
                + (text.contains(",") ? ", delimiter=','" : "")
                + ", ndmin=2)); then name W1.npy")
        : new OtherFile("text", READ);
  }

  /** Decodes text without a byte order mark and leading white space; null if it is not text. */
  private static @Nullable String text(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    // The last character may be incomplete.
    String whole = bytes.length < START_BYTES ? text : text.replaceFirst("\ufffd+$", "");
    boolean isText =
        whole.chars().noneMatch(c -> c == '\ufffd' || (c < ' ' && !Character.isWhitespace(c)));
    return isText ? whole.replaceFirst("^\ufeff", "").strip() : null;
  }

  private static OtherFile other(Path file, String title, String fix) {
    String name =
        PrintableText.of(file.toString(), MAX_NAME).replace("\\", "\\\\").replace("'", "\\'");
    String last = PrintableText.of(String.valueOf(file.getFileName()), MAX_NAME).replace("'", "");
    int dot = last.indexOf('.', 1);
    String stem = dot < 0 ? last : last.substring(0, dot);
    return new OtherFile(title, fix.replace("OUT.npz", stem + ".npz").replace("FILE", name));
  }
}
