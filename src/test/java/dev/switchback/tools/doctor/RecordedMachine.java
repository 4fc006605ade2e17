package dev.switchback.tools.doctor;

import dev.switchback.device.board.linux.GpioChip;
import dev.switchback.device.board.linux.LineInfo;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.sim.RecordedBoard;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A recorded board as the checks see it, with Java 25 and every line free. */
final class RecordedMachine implements Machine {
  final RecordedBoard board;
  final Map<String, String> properties =
      new HashMap<>(
          Map.of(
              "java.class.path", "/usr/lib/switchback/switchback.jar",
              "java.version", "25.0.3",
              "java.specification.version", "25",
              "java.vm.name", "OpenJDK 64-Bit Server VM",
              "os.arch", "aarch64",
              "user.name", "pi"));

  String group = "gpio";

  /** Owner of what lies below the state directory; everything else is root's. */
  String stateOwner = "switchback";

  /** Lines of every chip; 17 is named {@code GPIO17} and so on. */
  final List<LineInfo> lines =
      IntStream.range(0, 58)
          .mapToObj(line -> new LineInfo("GPIO" + line, ""))
          .collect(Collectors.toCollection(ArrayList::new));

  @Nullable IOException refusal;

  /** Group of what the service made at its start. */
  String runGroup = "switchback";

  private RecordedMachine(RecordedBoard board) {
    this.board = board;
  }

  static RecordedMachine bare(String name, Path root) throws IOException {
    return new RecordedMachine(RecordedBoard.layOut(name, root));
  }

  static RecordedMachine installed(String name, Path root) throws IOException {
    RecordedMachine machine =
        new RecordedMachine(RecordedBoard.layOut(name, root).with("installed"));
    machine.makeSocket("rw-rw----");
    return machine;
  }

  /** The socket of the service, at which nobody listens. */
  void makeSocket(String mode) throws IOException {
    Path path = file("/run/switchback/line");
    Files.createDirectories(path.getParent());
    Files.deleteIfExists(path);
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(path));
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  Subject subject(String configuration) {
    return new Subject(
        this,
        null,
        ConfigurationParser.parse("test", configuration.getBytes(StandardCharsets.UTF_8)),
        null,
        "/var/lib/switchback");
  }

  void hold(int line, String consumer) {
    lines.set(line, new LineInfo("GPIO" + line, consumer));
  }

  @Override
  public Path root() {
    return board.root();
  }

  @Override
  public @Nullable String group(String path) {
    return !has(path) ? null : path.startsWith("/run/switchback/") ? runGroup : group;
  }

  @Override
  public @Nullable String owner(String path) {
    return path.startsWith("/var/lib/switchback") ? stateOwner : "root";
  }

  @Override
  public ProgramOutput run(String... words) {
    String output = board.output(String.join(" ", words));
    return output == null
        ? new ProgramOutput(false, words[0] + " is not installed")
        : new ProgramOutput(true, output);
  }

  @Override
  public List<GpioChip> chips() {
    return GpioChip.all(root());
  }

  @Override
  public List<LineInfo> lines(GpioChip chip) throws IOException {
    if (refusal != null) {
      throw refusal;
    }
    return lines;
  }

  @Override
  public String property(String name) {
    return properties.getOrDefault(name, "");
  }
}
