package dev.switchback.tools.doctor;

import dev.switchback.SystemClock;
import dev.switchback.device.node.StoredWeights;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.SlotFile;
import dev.switchback.device.store.StoreStatus;
import dev.switchback.format.ImageText;
import dev.switchback.format.WeightImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks the directory that stores the weights. */
final class StateChecks {
  private static final String MOUNTS = "/proc/self/mountinfo";
  private static final long MEGABYTE = 1 << 20;
  private static final long FEW_MEGABYTES = 64;
  private static final long SLOW_MILLIS = 1000;
  private static final String RESTART = " && sudo systemctl restart switchback";

  /** Files read at a start. */
  private static final List<String> FILES =
      List.of("state", SlotFile.A.fileName(), SlotFile.B.fileName());

  private StateChecks() {}

  private static Finding inDirectory(Subject subject, Function<Path, Finding> check) {
    String name = subject.stateDirectory();
    Path directory = subject.machine().file(name);
    if (Files.isDirectory(directory)) {
      return check.apply(directory);
    }
    return isTaken(directory)
        ? Finding.skip(name + " is no directory")
        : Finding.skip("no " + name + ": nothing was ever kept there");
  }

  /** Returns whether something else has the name of the directory, even a dangling link. */
  private static boolean isTaken(Path directory) {
    return Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(directory);
  }

  static Finding mount(Subject subject) {
    String name = subject.stateDirectory();
    if (isTaken(subject.machine().file(name))) {
      return Finding.fail(
          name + " is no directory, so the service does not start",
          "sudo mv " + name + " " + name + ".broken" + RESTART);
    }
    return inDirectory(subject, _ -> mount(subject, subject.stateDirectory()));
  }

  private static Finding mount(Subject subject, String directory) {
    MountPoint mount = MountPoint.of(directory, subject.machine().textOrNothing(MOUNTS));
    if (mount == null) {
      return Finding.skip("the kernel does not show what is mounted");
    }
    String seen = directory + " is on " + mount.path() + ", " + mount.type();
    if (mount.isForgetful()) {
      return Finding.fail(
          seen + ": trained weights are lost at power-off", kept(subject, mount, directory));
    }
    return mount.isReadOnly()
        ? Finding.fail(seen + ", read-only", "sudo mount -o remount,rw " + mount.path())
        : Finding.pass(seen);
  }

  /** Returns how to make the weights persistent. */
  private static String kept(Subject subject, MountPoint mount, String directory) {
    if (subject.isInContainer()) {
      return "give the container a volume: docker run -v switchback:" + directory + " ...";
    }
    if (!mount.path().equals("/")) {
      return "take "
          + mount.path()
          + " out of /etc/fstab, or out of what else mounts it ('systemctl list-units --type=mount'),"
          + " then restart the machine";
    }
    return subject.machine().has("/usr/bin/raspi-config")
        ? "sudo raspi-config nonint do_overlayfs 1 && sudo reboot"
        : "take overlayroot= off the kernel's command line and out of /etc/overlayroot.conf, then"
            + " restart the machine";
  }

  static Finding space(Subject subject) {
    // A FileStore needs the mount point, which a chroot does not show.
    return inDirectory(subject, directory -> space(directory.toFile().getUsableSpace()));
  }

  static Finding space(long bytes) {
    long megabytes = bytes / MEGABYTE;
    String seen = megabytes + " MB free";
    String fix = "sudo apt-get clean && sudo journalctl --vacuum-size=50M";
    if (bytes < 2L * WeightImage.MAX_BYTES) {
      return Finding.fail(seen + ": too little for two of the largest images", fix);
    }
    return megabytes < FEW_MEGABYTES ? Finding.warn(seen, fix) : Finding.pass(seen);
  }

  /** Writes, syncs and deletes a small file. */
  static Finding sync(Subject subject) {
    return inDirectory(
        subject,
        directory -> {
          if (ServiceUser.isOn(subject.machine())
              && !ServiceUser.mayWrite(subject.machine(), subject.stateDirectory())) {
            return Finding.fail(
                ServiceUser.NAME
                    + " may not write to "
                    + subject.stateDirectory()
                    + ": trained weights are lost at power-off",
                given(subject));
          }
          SystemClock clock = new SystemClock();
          long startNanos = clock.nanoTime();
          try {
            sync(directory);
          } catch (AccessDeniedException e) {
            return Finding.denied(subject.stateDirectory());
          } catch (IOException e) {
            return Finding.fail("cannot be written: " + e.getMessage(), "dmesg | tail");
          }
          return sync((clock.nanoTime() - startNanos) / 1_000_000);
        });
  }

  private static void sync(Path directory) throws IOException {
    Path probe = Files.createTempFile(directory, "doctor-", ".new");
    try {
      Files.writeString(probe, "a test of writing");
      force(probe, StandardOpenOption.WRITE);
    } finally {
      Files.delete(probe);
    }
    force(directory, StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption mode) throws IOException {
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }

  static Finding sync(long millis) {
    String seen = "a file and its name were synced in " + millis + " ms";
    return millis < SLOW_MILLIS
        ? Finding.pass(seen)
        : Finding.warn(seen + ": the card is busy or worn", "dmesg | grep mmc");
  }

  /** Starts from a copy, as the device would; the files themselves are not changed. */
  static Finding weights(Subject subject) {
    return inDirectory(
        subject,
        directory -> {
          Finding trouble = troubleWithFiles(subject);
          if (trouble != null) {
            return trouble;
          }
          MemoryStorage copy = new MemoryStorage();
          try {
            copy(directory, copy);
          } catch (AccessDeniedException e) {
            return Finding.denied("the files in " + subject.stateDirectory());
          } catch (IOException e) {
            return Finding.fail("cannot be read: " + e.getMessage(), "dmesg | tail");
          }
          return weights(StoredWeights.afterStart(subject.configuration(), copy));
        });
  }

  /** Returns what prevents a start from reading the files; null if nothing does. */
  private static @Nullable Finding troubleWithFiles(Subject subject) {
    Machine machine = subject.machine();
    List<String> files =
        FILES.stream()
            .map(name -> subject.stateDirectory() + "/" + name)
            .filter(machine::has)
            .toList();
    List<String> odd =
        files.stream().filter(file -> !Files.isRegularFile(machine.file(file))).toList();
    List<String> shut =
        files.stream()
            .filter(file -> ServiceUser.isOn(machine) && !ServiceUser.mayRead(machine, file))
            .toList();
    if (!odd.isEmpty()) {
      return Finding.fail(
          "not a regular file, so trained weights are not used: " + String.join(", ", odd),
          "sudo rm -r " + String.join(" ", odd) + RESTART);
    }
    return shut.isEmpty()
        ? null
        : Finding.fail(
            ServiceUser.NAME
                + " may not read, so trained weights are not used: "
                + String.join(", ", shut),
            given(subject));
  }

  /** Returns the command that makes the service own the directory. */
  private static String given(Subject subject) {
    return "sudo chown -R " + ServiceUser.NAME + ": " + subject.stateDirectory() + RESTART;
  }

  private static void copy(Path directory, MemoryStorage copy) throws IOException {
    for (String name : FILES) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) {
        try (InputStream in = Files.newInputStream(file)) {
          copy.write(name, in.readNBytes(WeightImage.MAX_BYTES + 1));
        }
      }
    }
  }

  private static Finding weights(StoreStatus status) {
    WeightImage image = status.slots().getFirst().image();
    if (image == null || !status.slots().getFirst().active()) {
      return Finding.fail(
          "no slot holds weights that pass the self-test"
              + (status.problems().isEmpty() ? "" : ": " + String.join("; ", status.problems())),
          "switchback retrain");
    }
    String seen = "a start answers with slot 0: " + ImageText.of(image);
    return status.problems().isEmpty()
        ? Finding.pass(seen)
        : Finding.warn(
            seen + "; " + String.join("; ", status.problems()),
            "see weight-store.md; then restart");
  }
}
