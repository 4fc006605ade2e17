package dev.switchback.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A recorded machine from {@code src/test/resources/boards}, copied into a directory. */
public final class RecordedBoard {
  private static final Path BOARDS = Path.of("src/test/resources/boards");

  private final Path root;
  private final Map<String, String> programs = new HashMap<>();

  private RecordedBoard(Path root) {
    this.root = root;
  }

  public static RecordedBoard layOut(String name, Path root) throws IOException {
    return new RecordedBoard(root).with(name);
  }

  /** Adds the entries of another recording. */
  public RecordedBoard with(String name) throws IOException {
    String program = "";
    for (String line : Files.readAllLines(BOARDS.resolve(name + ".txt"))) {
      if (line.startsWith("$ ")) {
        program = line.substring(2);
        program(program, "");
      } else if (line.startsWith("> ")) {
        programs.merge(program, line.substring(2) + "\n", String::concat);
      } else if (!line.startsWith("#")) {
        entry(line);
      }
    }
    return this;
  }

  private void entry(String line) throws IOException {
    int link = line.indexOf(" -> ");
    int file = line.indexOf(" =");
    if (link > 0) {
      link(line.substring(0, link), line.substring(link + 4));
    } else if (file > 0) {
      file(line.substring(0, file), line.substring(file + 2).stripLeading());
    } else {
      throw new IOException("neither a file nor a link: " + line);
    }
  }

  public RecordedBoard file(String path, String text) throws IOException {
    Path file = at(path);
    Files.deleteIfExists(file);
    Files.writeString(file, text.replace("\\n", "\n").replace("\\0", "\0"));
    return this;
  }

  public RecordedBoard link(String path, String target) throws IOException {
    Path link = at(path);
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of(target));
    return this;
  }

  public RecordedBoard without(String path) throws IOException {
    Files.delete(at(path));
    return this;
  }

  public RecordedBoard program(String words, String output) {
    programs.put(words, output);
    return this;
  }

  private Path at(String path) throws IOException {
    Path place = root.resolve(path.substring(1));
    Files.createDirectories(place.getParent());
    return place;
  }

  public Path root() {
    return root;
  }

  /** Returns the recorded output of a command line; null if there is none. */
  public @Nullable String output(String words) {
    return programs.get(words);
  }
}
