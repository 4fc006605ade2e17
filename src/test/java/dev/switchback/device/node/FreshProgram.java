package dev.switchback.device.node;

import dev.switchback.device.store.Storage;
import dev.switchback.sim.TestJvm;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;

/**
 * The program in a class loader of its own, as a process that has just started: what stands in a
 * static of one start is not there in the next. The world outside, {@code hal} and {@code sim},
 * stays the same.
 */
final class FreshProgram extends URLClassLoader {
  /** What simulators implement, and they: their classes outlive the program. */
  private static final Set<String> SHARED =
      Set.of("dev.switchback", "dev.switchback.device.board", "dev.switchback.sim");

  private static final URL[] CLASSES =
      Arrays.stream(TestJvm.classPath().split(File.pathSeparator, -1))
          .filter(entry -> !entry.endsWith(".jar"))
          .map(FreshProgram::url)
          .toArray(URL[]::new);

  private FreshProgram() {
    super(CLASSES, FreshProgram.class.getClassLoader());
  }

  private static URL url(String directory) {
    try {
      return Path.of(directory).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new AssertionError(directory, e);
    }
  }

  /** A {@link DeviceLife} none of whose classes was used before. */
  @SuppressWarnings("unchecked")
  static Function<String, String> device(Storage storage) {
    try {
      return (Function<String, String>)
          new FreshProgram()
              .loadClass(DeviceLife.class.getName())
              .getConstructor(Storage.class)
              .newInstance(storage);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a device in a class loader of its own", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      boolean isProgram =
          name.startsWith("dev.switchback.")
              && !SHARED.contains(name.substring(0, name.lastIndexOf('.')))
              && !name.equals(Storage.class.getName());
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      return isProgram ? findClass(name) : super.loadClass(name, resolve);
    }
  }
}
