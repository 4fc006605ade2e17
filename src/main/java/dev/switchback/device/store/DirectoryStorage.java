package dev.switchback.device.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.switchback.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Storage in a directory. The directory is created only when the storage is opened, so that a
 * vanished mount is not replaced by an empty directory. The file {@code lock} keeps other processes
 * out, if it can be written.
 */
public final class DirectoryStorage implements Storage, AutoCloseable {
  private static final String LOCK = "lock";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

  private final Path directory;
  private final @Nullable IOException creationFailure;
  private final @Nullable FileChannel lock;

  private DirectoryStorage(
      Path directory, @Nullable IOException creationFailure, @Nullable FileChannel lock) {
    this.directory = directory;
    this.creationFailure = creationFailure;
    this.lock = lock;
  }

  /**
   * Opens a directory, and creates it with its parents if it does not exist. If it cannot be
   * created or written, it opens all the same, and each operation fails with the reason.
   *
   * @throws StorageInUseException if another process has opened it
   */
  public static DirectoryStorage open(Path directory) throws StorageInUseException {
    IOException creationFailure = null;
    if (!Files.isDirectory(directory)) {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        creationFailure = e;
      }
    }
    return new DirectoryStorage(directory, creationFailure, lock(directory));
  }

  @SuppressWarnings("resource") // the channel holds the lock until close()
  private static @Nullable FileChannel lock(Path directory) throws StorageInUseException {
    FileChannel channel;
    try {
      channel = open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      // If the lock cannot be written, no other file can be, so there is nothing to guard.
      return null;
    }
    if (!isLocked(channel)) {
      closeQuietly(channel);
      throw new StorageInUseException(directory);
    }
    return channel;
  }

  /**
   * Opens a file for writing. A pipe, device or link with this name could block or lead elsewhere,
   * so it is removed first.
   */
  private static FileChannel open(Path file, StandardOpenOption... options) throws IOException {
    boolean isPlain = Files.isRegularFile(file, NOFOLLOW_LINKS);
    if (!isPlain) {
      Files.deleteIfExists(file);
    }
    return FileChannel.open(file, options);
  }

  private static boolean isLocked(FileChannel channel) {
    try {
      FileLock held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      // Some file systems, such as some network mounts, have no locks.
      return true;
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written to it.
    }
  }

  @Override
  public byte @Nullable [] read(String name, int maxBytes) throws IOException {
    Path file = file(name);
    try {
      RegularFile.require(file);
      try (InputStream in = Files.newInputStream(file)) {
        return in.readNBytes(maxBytes);
      }
    } catch (NoSuchFileException e) {
      if (Files.isDirectory(directory)) {
        return null;
      }
      throw trouble(file, e);
    } catch (IOException e) {
      throw trouble(file, e);
    }
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    Path file = file(name);
    try (FileChannel channel =
        open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      throw trouble(file, e);
    }
  }

  @Override
  public void sync(String name) throws IOException {
    sync(file(name), StandardOpenOption.WRITE);
  }

  /** On Linux, syncing the directory makes names durable. It opens for reading only. */
  @Override
  public void syncDirectory() throws IOException {
    sync(directory, StandardOpenOption.READ);
  }

  private void sync(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    } catch (IOException e) {
      throw trouble(path, e);
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Path target = file(to);
    try {
      Files.move(
          file(from), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw trouble(target, e);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Path file = file(name);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw trouble(file, e);
    }
  }

  private Path file(String name) {
    if (!PLAIN.matcher(name).matches() || name.equals(LOCK)) {
      throw new IllegalArgumentException("'" + name + "' is not a plain file name");
    }
    return directory.resolve(name);
  }

  private IOException trouble(Path path, IOException cause) {
    return new IOException(
        StorageTrouble.of(directory, path, creationFailure == null ? cause : creationFailure),
        cause);
  }

  /** Releases the lock. */
  @Override
  public void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
