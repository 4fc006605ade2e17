package dev.switchback.wire.serial;

import com.fazecast.jSerialComm.SerialPort;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.LinkException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Loads jSerialComm's native library. By default jSerialComm unpacks it into a shared,
 * world-writable directory; this class uses a private directory, which is deleted after loading.
 */
final class NativeLibrary {
  private static final String PATH_PROPERTY = "jSerialComm.library.path";
  private static final String FILE = "libjSerialComm.so";

  private static boolean isLoaded;

  private NativeLibrary() {}

  /**
   * Loads the library on the first call.
   *
   * @throws LinkException with the fix
   */
  static synchronized void load() throws LinkException {
    if (isLoaded) {
      return;
    }
    String resource = resource();
    if (resource == null || System.getProperty(PATH_PROPERTY) != null) {
      loadClass();
    } else {
      loadFromPrivateDirectory(resource);
    }
    isLoaded = true;
  }

  /** Returns the resource of the library for this machine; null to let jSerialComm choose. */
  private static @Nullable String resource() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> "/Linux/x86_64/" + FILE;
      case "aarch64" -> "/Linux/armv8_64/" + FILE;
      default -> null;
    };
  }

  private static void loadFromPrivateDirectory(String resource) throws LinkException {
    try {
      Path directory = Files.createTempDirectory("switchback-");
      Path file = directory.resolve(FILE);
      try (InputStream library = SerialPort.class.getResourceAsStream(resource)) {
        if (library == null) {
          throw new IOException("the jar of jSerialComm has no " + resource);
        }
        Files.copy(library, file);
        System.setProperty(PATH_PROPERTY, directory.toString());
        loadClass();
      } finally {
        System.clearProperty(PATH_PROPERTY);
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw e instanceof LinkException link ? link : failure(e);
    }
  }

  private static void loadClass() throws LinkException {
    try {
      // Initialising this class loads the library.
      SerialPort.getCommPorts();
    } catch (LinkageError e) {
      throw failure(e);
    }
  }

  private static LinkException failure(Throwable cause) {
    return new LinkException(
        Kind.OTHER,
        "jSerialComm's native library could not be loaded: start Java with -D"
            + PATH_PROPERTY
            + "=FOLDER that has "
            + FILE
            + ", or with -Djava.io.tmpdir=FOLDER that can be written and is not mounted noexec ("
            + cause.getMessage()
            + ")",
        cause);
  }
}
