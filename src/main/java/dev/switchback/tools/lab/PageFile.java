package dev.switchback.tools.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.format.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A file of the page. Immutable. */
public final class PageFile {
  private static final String INDEX = "index.html";
  private static final int TAG_DIGITS = 16;

  /** How the page reaches its device. */
  private static final String BY_LAB = "<meta name=\"transport\" content=\"lab\"";

  private static final String BY_SERIAL = "<meta name=\"transport\" content=\"serial\"";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "webmanifest", "application/manifest+json");

  private final byte[] bytes;
  private final String type;
  private final String tag;

  private PageFile(byte[] bytes, String type) {
    this.bytes = bytes;
    this.type = type;
    this.tag =
        '"'
            + HexFormat.of().formatHex(Sha256.of(bytes, bytes.length)).substring(0, TAG_DIGITS)
            + '"';
  }

  /** Returns all files of the page by name, from the class path. */
  public static Map<String, PageFile> all() {
    URL index = PageFile.class.getResource("page/" + INDEX);
    if (index == null) {
      throw new IllegalStateException("the page is not in this program");
    }
    try {
      URI uri = index.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return in(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return in(jar.provider().getPath(uri));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns the page for any web server, by the names of its files: it talks to a device on the
   * cable of whoever looks at it.
   */
  public static Map<String, byte[]> forAnyServer() {
    Map<String, byte[]> files = new TreeMap<>();
    all().forEach((name, file) -> files.put(name, file.bytes));
    String index = new String(Objects.requireNonNull(files.get(INDEX)), UTF_8);
    if (!index.contains(BY_LAB)) {
      throw new IllegalStateException(INDEX + " does not say " + BY_LAB);
    }
    files.put(INDEX, index.replace(BY_LAB, BY_SERIAL).getBytes(UTF_8));
    return files;
  }

  private static Map<String, PageFile> in(Path index) throws IOException {
    Map<String, PageFile> files = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(index.resolveSibling(""))) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = TYPES.get(ending);
        if (type != null) {
          files.put(name, new PageFile(Files.readAllBytes(entry), type));
        }
      }
    }
    return files;
  }

  /** Returns the name of the file at a path; {@code /} is the first. */
  static String name(String path) {
    return path.equals("/") ? INDEX : path.substring(1);
  }

  /** Returns the content, which the caller must not modify. */
  byte[] bytes() {
    return bytes;
  }

  String type() {
    return type;
  }

  /** Returns the entity tag, with its quotes. */
  String tag() {
    return tag;
  }
}
