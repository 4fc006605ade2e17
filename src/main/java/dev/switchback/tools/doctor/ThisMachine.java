package dev.switchback.tools.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchback.device.board.linux.GpioChip;
import dev.switchback.device.board.linux.LineInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The machine that runs this program. */
public final class ThisMachine implements Machine {
  private static final int MAX_OUTPUT_BYTES = 8 << 20;

  private final Duration limit;

  /**
   * @param limit timeout of a program
   */
  public ThisMachine(Duration limit) {
    this.limit = limit;
  }

  @Override
  public Path root() {
    return Path.of("/");
  }

  @Override
  public @Nullable String group(String path) {
    PosixFileAttributes attributes = attributes(path);
    return attributes == null ? null : attributes.group().getName();
  }

  @Override
  public @Nullable String owner(String path) {
    PosixFileAttributes attributes = attributes(path);
    return attributes == null ? null : attributes.owner().getName();
  }

  private static @Nullable PosixFileAttributes attributes(String path) {
    try {
      return Files.readAttributes(Path.of(path), PosixFileAttributes.class);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public ProgramOutput run(String... words) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return outcome(words[0], process);
    } catch (IOException e) {
      return new ProgramOutput(false, words[0] + " is not installed");
    }
  }

  /** Reads the output in a separate thread, because a program that hangs keeps its pipe open. */
  private ProgramOutput outcome(String program, Process process) {
    FutureTask<byte[]> reading =
        new FutureTask<>(() -> process.getInputStream().readNBytes(MAX_OUTPUT_BYTES));
    Thread.ofVirtual().start(reading);
    try {
      String text = new String(reading.get(limit.toMillis(), TimeUnit.MILLISECONDS), UTF_8);
      return new ProgramOutput(process.waitFor() == 0, text);
    } catch (TimeoutException e) {
      process.destroyForcibly();
      return new ProgramOutput(false, program + " did not answer in " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      return new ProgramOutput(false, program + " could not be read: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ProgramOutput(false, program + " was interrupted");
    }
  }

  @Override
  public List<GpioChip> chips() {
    try {
      return GpioChip.ofThisMachine();
    } catch (IOException e) {
      return List.of(); // This user may not see them.
    }
  }

  @Override
  public List<LineInfo> lines(GpioChip chip) throws IOException {
    return LineInfo.of(chip);
  }

  @Override
  public String property(String name) {
    return System.getProperty(name, "");
  }
}
