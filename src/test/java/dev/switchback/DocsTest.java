package dev.switchback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages: their links lead somewhere, and their prose wraps at one width. */
class DocsTest {
  private static final int WIDTH = 100;
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(?:#([^)]*))?\\)");

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("src/docs"))) {
      return Stream.concat(
              Stream.of(Path.of("README.md"), Path.of(".github/CONTRIBUTING.md")),
              docs.filter(page -> page.toString().endsWith(".md")))
          .sorted()
          .toList();
    }
  }

  /** The lines outside of code blocks. */
  private static List<String> text(Path page) throws IOException {
    List<String> text = new ArrayList<>();
    boolean isCode = false;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("```")) {
        isCode = !isCode;
      } else if (!isCode && !line.startsWith("    ")) {
        text.add(line);
      }
    }
    return text;
  }

  /** Named as GitHub names them. */
  private static Set<String> anchors(Path page) throws IOException {
    return text(page).stream()
        .filter(line -> line.startsWith("#"))
        .map(line ->
            line.replaceFirst("^#+ ", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w\\- ]", "")
                .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    Set<String> dead = new TreeSet<>();
    int links = 0;
    for (Path page : pages()) {
      Matcher link = LINK.matcher(String.join("\n", text(page)));
      while (link.find()) {
        links++;
        String file = link.group(1);
        if (file.startsWith("http")) {
          continue;
        }
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        String anchor = link.group(2);
        if (!Files.exists(target) || (anchor != null && !anchors(target).contains(anchor))) {
          dead.add(page + ": " + link.group());
        }
      }
    }
    assertEquals(Set.of(), dead);
    assertTrue(links > 40, "only " + links + " links were found");
  }

  @Test
  void proseWrapsAtOneWidth() throws IOException {
    Set<String> wide = new TreeSet<>();
    for (Path page : pages()) {
      for (String line : text(page)) {
        boolean isProse = !line.startsWith("|") && !line.startsWith("!") && line.contains(" ");
        if (isProse && line.length() > WIDTH) {
          wide.add(page + ": " + line);
        }
      }
    }
    assertEquals(Set.of(), wide);
  }
}
