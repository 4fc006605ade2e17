package dev.switchback.tools.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.FileTrouble;
import dev.switchback.RegularFile;
import dev.switchback.format.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Collects the data needed to diagnose a device elsewhere, in one zip file. It contains no private
 * key and no weights. Not thread-safe.
 */
public final class Bundle {
  /** Constant time of the entries, so that the same content gives the same file. */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final Subject subject;
  private final Map<String, String> contents = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();

  private Bundle(Subject subject) {
    this.subject = subject;
  }

  /**
   * Collects everything that this user can read.
   *
   * @param reports the first files, by name
   */
  public static Bundle of(Subject subject, Map<String, String> reports) {
    Bundle bundle = new Bundle(subject);
    bundle.contents.putAll(reports);
    bundle.addConfiguration();
    bundle.addJava();
    bundle.addState();
    bundle.addFile("model.txt", "/proc/device-tree/model");
    bundle.addFile("system.txt", "/etc/os-release");
    bundle.addFile("cmdline.txt", "/proc/cmdline");
    bundle.addFile("config.txt", "/boot/firmware/config.txt");
    bundle.addFile("mounts.txt", "/proc/self/mountinfo");
    bundle.addOutput(
        "journal.txt", "journalctl --unit=switchback --lines=1000 --no-pager --output=short-iso");
    bundle.addOutput("service.txt", "systemctl show switchback.service");
    bundle.addOutput("dmesg.txt", "dmesg");
    bundle.addOutput("throttled.txt", "vcgencmd get_throttled");
    bundle.addOutput("temperature.txt", "vcgencmd measure_temp");
    bundle.addOutput("firmware.txt", "vcgencmd version");
    bundle.addOutput("kernel.txt", "uname -a");
    bundle.addOutput("packages.txt", "dpkg-query --show switchback openjdk-25-jre-headless");
    bundle.addOutput("lines.txt", "gpioinfo");
    bundle.addOutput("time.txt", "date --utc --iso-8601=seconds");
    return bundle;
  }

  /** Returns the files that could not be collected, each with the reason. */
  public List<String> missing() {
    return List.copyOf(missing);
  }

  /** Returns the zip file; its {@code missing.txt} lists missing files. */
  public byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, UTF_8)) {
      for (Map.Entry<String, String> content : contents.entrySet()) {
        add(zip, content.getKey(), content.getValue());
      }
      if (!missing.isEmpty()) {
        add(zip, "missing.txt", String.join("\n", missing) + "\n");
      }
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    zip.write(text.getBytes(UTF_8));
    zip.closeEntry();
  }

  /** Adds the configuration, unless it contains a key: the user may have named the wrong file. */
  private void addConfiguration() {
    String file = subject.configurationFile();
    String text = file == null ? "" : subject.machine().text(file);
    if (file == null) {
      missing.add("configuration.properties: there is none, the defaults hold");
    } else if (text == null) {
      missing.add("configuration.properties: " + file + " cannot be read");
    } else if (text.contains("PRIVATE KEY")) {
      missing.add("configuration.properties: " + file + " holds a private key");
    } else {
      contents.put("configuration.properties", text + "\n");
    }
  }

  private void addJava() {
    StringBuilder text = new StringBuilder();
    for (String name : List.of("java.vm.name", "java.vm.version", "java.home", "os.arch")) {
      text.append(name).append(" = ").append(subject.machine().property(name)).append('\n');
    }
    contents.put("java.txt", text.toString());
  }

  /** Adds the record in full, and names, lengths and hashes of the other files. */
  private void addState() {
    Path directory = subject.machine().file(subject.stateDirectory());
    StringBuilder text = new StringBuilder();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      List<Path> names = new ArrayList<>();
      files.forEach(names::add);
      names.sort(null);
      for (Path file : names) {
        text.append(file.getFileName()).append(' ').append(content(file)).append('\n');
      }
      String record = subject.machine().text(subject.stateDirectory() + "/state");
      text.append(record == null ? "\nno record\n" : "\n" + record + "\n");
      contents.put("state.txt", text.toString());
    } catch (IOException e) {
      missing.add("state.txt: " + subject.stateDirectory() + ": " + e);
    }
  }

  private static String content(Path file) {
    try {
      byte[] bytes = RegularFile.read(file, Machine.MAX_TEXT_BYTES);
      return bytes.length + " " + Sha256.text(bytes);
    } catch (IOException e) {
      return FileTrouble.of(file, e);
    }
  }

  private void addFile(String entry, String path) {
    String text = subject.machine().text(path);
    if (text == null) {
      missing.add(entry + ": " + path + " cannot be read");
    } else {
      contents.put(entry, text + "\n");
    }
  }

  private void addOutput(String entry, String commandLine) {
    ProgramOutput output = subject.machine().run(commandLine.split(" ", -1));
    if (output.hasWorked()) {
      contents.put(entry, output.text());
    } else {
      missing.add(entry + ": " + output.line());
    }
  }
}
