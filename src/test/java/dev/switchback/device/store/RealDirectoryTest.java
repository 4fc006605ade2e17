package dev.switchback.device.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import dev.switchback.sim.Requirement;
import dev.switchback.sim.TestJvm;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures of real directories, on the file system of this machine. */
class RealDirectoryTest {
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  @TempDir private Path temporary;

  private static WeightStore store(DirectoryStorage storage) {
    return new WeightStore(
        storage, () -> TestImage.FACTORY.image, TestImage.SELF_TEST, VersionRule.NONE);
  }

  /** Runs a program; returns its output, or a non-zero exit code. */
  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = ChildJvm.start(command);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    return exit == 0 ? output : "exit " + exit + ": " + output;
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return ChildJvm.start(List.of(command)).waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** Copies the classes to a place that all users can read, unlike root's home. */
  private String openClassPath() throws IOException, URISyntaxException {
    Path open = temporary.resolve("classes");
    List<String> entries = new ArrayList<>();
    for (Class<?> type : List.of(WeightStore.class, StoreProcess.class, JsonFactory.class)) {
      Path from = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path to = open.resolve(Integer.toString(entries.size())).resolve(from.getFileName());
      copy(from, to);
      entries.add(to.toString());
    }
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    return String.join(File.pathSeparator, entries);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (Files.isRegularFile(path)) {
          Path target = to.resolve(from.relativize(path).toString());
          Files.createDirectories(target.getParent());
          Files.copy(path, target);
        }
      }
    }
  }

  /** Runs a process without full permissions on a directory with a slot; returns its report. */
  private String reportOfUnprivileged(String directoryMode, String fileMode)
      throws IOException, URISyntaxException, InterruptedException {
    if (isRoot()) {
      Requirement.program(getClass(), "setpriv", "util-linux");
    }
    Path directory = Files.createDirectory(temporary.resolve("state"));
    Path slot = Files.write(directory.resolve("slot-a.img"), TestImage.OLD.bytes());
    Files.setPosixFilePermissions(slot, PosixFilePermissions.fromString(fileMode));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(directoryMode));
    String report =
        output(
            ChildJvm.command(
                isRoot() ? AS_NOBODY : List.of(), openClassPath(), directory.toString()));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    return report;
  }

  @Test
  void directoryThatCannotBeWrittenAnswersAndTells() throws Exception {
    String report = reportOfUnprivileged("r-xr-xr-x", "r--r--r--");
    assertTrue(report.startsWith("OLD slot-a.img\nSTORAGE "), report);
    assertTrue(report.contains("slot-b.img.new: permission denied; this program runs as "), report);
    assertTrue(report.contains("(r-xr-xr-x): run: sudo chown "), report);
  }

  @Test
  void slotOfAnotherOwnerIsNotLostAndTells() throws Exception {
    String report = reportOfUnprivileged("r-xr-xr-x", "---------");
    assertTrue(report.startsWith("FACTORY factory\nSTORAGE "), report);
    assertTrue(report.contains("slot-a.img cannot be read: "), report);
    assertTrue(report.contains(" belongs to "), report);
    assertTrue(Files.exists(temporary.resolve("state/slot-a.img")));
  }

  @Test
  void directoryDeletedUnderTheStoreIsNotMadeAgain() throws Exception {
    Path directory = temporary.resolve("state");
    try (DirectoryStorage storage = DirectoryStorage.open(directory)) {
      WeightStore store = store(storage);
      store.start();
      store.apply(Event.STAGE, TestImage.NEW.image);
      store.apply(Event.PERMANENT, null);
      store.start();
      assertTrue(runs("rm", "-r", directory.toString()));
      store.start();
      assertEquals(TestImage.NEW, TestImage.of(store.running().image()));
      String problems = store.status().problems().toString();
      assertTrue(problems.contains("the state directory has vanished"), problems);
      StoreException e =
          assertThrows(StoreException.class, () -> store.apply(Event.STAGE, TestImage.OLD.image));
      assertEquals(StoreException.Reason.STORAGE, e.reason());
      assertTrue(Files.notExists(directory));
    }
  }

  @Test
  void fullAndReadOnlyDiskAnswersAndTells() throws Exception {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    Requirement.that(
        getClass(),
        runs("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk.toString()),
        "a user who may mount a small disk");
    try {
      answersOnFullDisk(disk);
      assertTrue(runs("mount", "-o", "remount,ro", disk.toString()));
      answersOnReadOnlyDisk(disk);
    } finally {
      assertTrue(runs("umount", disk.toString()));
    }
  }

  /** Stores an image that the next start puts on trial. */
  private static void answersOnFullDisk(Path disk) throws IOException, StoreException {
    try (DirectoryStorage storage = DirectoryStorage.open(disk)) {
      WeightStore store = store(storage);
      store.start();
      Path filler = Files.write(disk.resolve("filler"), new byte[12 << 10]);
      StoreException e =
          assertThrows(StoreException.class, () -> store.apply(Event.STAGE, TestImage.NEW.image));
      assertEquals(StoreException.Reason.STORAGE, e.reason());
      assertEquals(
          disk.resolve("slot-b.img.new") + ": the disk is full: free some space", e.getMessage());
      assertEquals(TestImage.FACTORY, TestImage.of(store.start().image()));
      Files.delete(filler);
      store.apply(Event.STAGE, TestImage.NEW.image);
      store.apply(Event.TEST, null);
    }
  }

  private static void answersOnReadOnlyDisk(Path disk) throws IOException {
    try (DirectoryStorage storage = DirectoryStorage.open(disk)) {
      WeightStore store = store(storage);
      assertEquals(TestImage.FACTORY, TestImage.of(store.start().image()));
      assertEquals(
          List.of(
              "the state cannot be recorded: "
                  + disk.resolve("state.new")
                  + ": the file system is read-only: remount it, or choose another state directory"),
          store.status().problems());
    }
  }

  @Test
  void kernelSeesTheOrderOfThePage() throws Exception {
    Path trace = temporary.resolve("trace");
    Requirement.program(getClass(), "strace", "strace");
    Requirement.that(
        getClass(), runs("strace", "-o", trace.toString(), "true"), "a user who may trace");
    Path directory = temporary.resolve("state");
    List<String> strace =
        List.of("strace", "-f", "-y", "-e", "trace=openat,fsync,rename", "-o", trace.toString());
    output(ChildJvm.command(strace, TestJvm.classPath(), directory.toString()));
    assertEquals(
        List.of(
            "create slot-a.img.new",
            "fsync slot-a.img.new",
            "rename slot-a.img.new slot-a.img",
            "fsync .",
            "create slot-b.img.new",
            "fsync slot-b.img.new",
            "rename slot-b.img.new slot-b.img",
            "fsync ."),
        calls(Files.readAllLines(trace), directory.toRealPath().toString()));
  }

  /** Returns the system calls that change the directory, abbreviated. */
  private static List<String> calls(List<String> trace, String directory) {
    String in = Pattern.quote(directory);
    Pattern create = Pattern.compile("openat\\(.*\"" + in + "/([^\"]+)\", [^,]*O_TRUNC");
    Pattern sync = Pattern.compile("fsync\\(\\d+<" + in + "/?([^>]*)>");
    Pattern rename = Pattern.compile("rename\\(\"" + in + "/([^\"]+)\", \"" + in + "/([^\"]+)\"");
    List<String> calls = new ArrayList<>();
    for (String line : trace) {
      Matcher created = create.matcher(line);
      Matcher synced = sync.matcher(line);
      Matcher renamed = rename.matcher(line);
      if (created.find()) {
        calls.add("create " + created.group(1));
      } else if (synced.find()) {
        calls.add("fsync " + (synced.group(1).isEmpty() ? "." : synced.group(1)));
      } else if (renamed.find()) {
        calls.add("rename " + renamed.group(1) + " " + renamed.group(2));
      }
    }
    return calls;
  }
}
