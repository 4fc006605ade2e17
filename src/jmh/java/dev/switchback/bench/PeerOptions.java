package dev.switchback.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Options of {@link PeerBench}.
 *
 * @param programs programs that print the {@link Protocol}; ours is named {@link Figures#OURS}
 * @param processes processes that are timed from start to end
 * @param notes versions of the tools, and why a rival is missing, by name
 */
record PeerOptions(
    int rounds,
    boolean quick,
    boolean json,
    boolean write,
    List<Rival> programs,
    List<Rival> processes,
    Map<String, String> notes) {

  /**
   * Parses {@code --rounds N --quick --json --write --program NAME COMMAND --process NAME COMMAND
   * --note NAME TEXT}; the last three may be repeated.
   *
   * @throws BenchException naming an unknown word
   */
  static PeerOptions of(List<String> words) {
    int rounds = 5;
    List<String> flags = new ArrayList<>();
    List<Rival> programs = new ArrayList<>();
    List<Rival> processes = new ArrayList<>();
    Map<String, String> notes = new LinkedHashMap<>();
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      switch (word) {
        case "--quick", "--json", "--write" -> flags.add(word);
        case "--rounds" -> rounds = Integer.parseInt(rest.next());
        case "--program" -> programs.add(rival(rest));
        case "--process" -> processes.add(rival(rest));
        case "--note" -> notes.put(rest.next(), rest.next());
        default -> throw new BenchException("'" + word + "' is no option of PeerBench");
      }
    }
    return new PeerOptions(
        rounds,
        flags.contains("--quick"),
        flags.contains("--json"),
        flags.contains("--write"),
        programs,
        processes,
        notes);
  }

  private static Rival rival(Iterator<String> words) {
    return new Rival(words.next(), Command.ofLine(words.next()).words());
  }
}
