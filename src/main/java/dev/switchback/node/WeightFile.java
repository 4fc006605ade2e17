package dev.switchback.node;

import dev.switchback.image.FormatException;
import dev.switchback.image.Safetensors;
import dev.switchback.nn.Parameters;
import dev.switchback.nn.Recipe;
import dev.switchback.nn.TruthTable;
import dev.switchback.nn.fixed.Engine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * {@code weights.safetensors} in the state directory, replaced as a whole: written beside, synced,
 * renamed, the directory synced. Nothing here stops the device: what fails is logged, and the
 * device trains or answers without it. Maintenance thread only.
 */
public final class WeightFile {
  private static final String NAME = "weights.safetensors";

  private final Path file;

  public WeightFile(Path stateDirectory) {
    this.file = stateDirectory.resolve(NAME);
  }

  /**
   * The kept weights if they have the topology asked for and answer the truth table; else null. A
   * file that is no weight file is kept as {@code .broken}.
   */
  @Nullable Parameters load(Recipe recipe, TruthTable truth) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      Parameters kept = Safetensors.read(Files.readAllBytes(file)).parameters();
      if (kept.topology().equals(recipe.topology()) && answers(kept, truth)) {
        return kept;
      }
      Logger.info("{} answers another truth table or topology; training", file);
    } catch (FormatException e) {
      Logger.warn("{}: {}; kept as .broken", file, e.getMessage());
      setAside();
    } catch (IOException e) {
      Logger.warn("{} cannot be read: {}", file, e.toString());
    }
    return null;
  }

  private static boolean answers(Parameters parameters, TruthTable truth) {
    for (Engine engine : Engine.values()) {
      if (!truth.equals(TruthTable.answeredBy(engine.model(parameters)))) {
        return false;
      }
    }
    return true;
  }

  private void setAside() {
    try {
      Files.move(
          file,
          file.resolveSibling(NAME + ".broken"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Logger.warn("{} cannot be set aside: {}", file, e.toString());
    }
  }

  void save(Parameters parameters, Recipe recipe, TruthTable truth, Engine engine) {
    byte[] bytes =
        Safetensors.write(
            parameters,
            Map.of("engine", engine.label(), "recipe", recipe.name(), "truth", truth.toString()));
    Path fresh = file.resolveSibling(NAME + ".new");
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      writeSynced(fresh, bytes);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      if (directory != null) {
        sync(directory);
      }
    } catch (IOException e) {
      Logger.warn("the new weights answer but could not be kept: {}", e.toString());
    }
  }

  private static void writeSynced(Path fresh, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** On Linux a rename lasts once its directory is synced. */
  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
