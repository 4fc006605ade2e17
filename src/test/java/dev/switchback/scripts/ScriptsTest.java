package dev.switchback.scripts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.scripts.Checkout.Outcome;
import dev.switchback.sim.Json;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From everywhere, in any language, and with any AOT cache. Runs once the jar is packed. */
@Tag("built")
@EnabledOnOs(OS.LINUX)
class ScriptsTest {
  private static final List<String> ANSWERS =
      List.of(
          "A=0 B=0 LED=0 output=0.0113",
          "A=0 B=1 LED=1 output=0.9830",
          "A=1 B=0 LED=1 output=0.9535",
          "A=1 B=1 LED=0 output=0.0807");

  private static final String TOOLS = "switchback";
  private static final Map<String, String> UTF_8 = Map.of("LC_ALL", "C.UTF-8");
  private static final Map<String, String> NO_UTF_8 = Map.of("LC_ALL", "C");

  @TempDir static Path built;
  private static Checkout original = new Checkout(Path.of(""));

  @TempDir Path directory;
  private Path elsewhere = Path.of("");

  @BeforeAll
  static void build() throws Exception {
    original = Checkout.at(built.resolve("original"));
    Outcome outcome = Checkout.run(built, UTF_8, original.script("build"));
    assertEquals("", outcome.err(), "the jar is up to date, and there is a cache");
    assertEquals(0, outcome.exitCode());
  }

  @BeforeEach
  void goElsewhere() throws Exception {
    elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
  }

  private Checkout copy() throws Exception {
    return original.copied(directory.resolve("copy"));
  }

  private Outcome run(Map<String, String> environment, Path command, String... words)
      throws Exception {
    return Checkout.run(elsewhere, environment, command, words);
  }

  private void assertAnswers(Map<String, String> environment, Path run, String... words)
      throws Exception {
    Outcome outcome = run(environment, run, words);
    assertEquals(ANSWERS, outcome.out(), outcome.err());
    assertEquals(0, outcome.exitCode());
  }

  /** What doctor says of the cache. */
  private String cacheRow(Map<String, String> environment, Checkout checkout) throws Exception {
    Outcome doctor = run(environment, checkout.script("switchback"), "doctor", "--json");
    for (Object row : Json.list(Json.object(doctor.out().getFirst()), "rows")) {
      if (row instanceof Map<?, ?> map && "aot-cache".equals(map.get("check"))) {
        return map.get("verdict") + " " + map.get("seen");
      }
    }
    throw new AssertionError(doctor.toString());
  }

  private void assertCacheInUse(Map<String, String> environment, Checkout checkout)
      throws Exception {
    assertEquals("PASS " + checkout.cache(TOOLS) + " is in use", cacheRow(environment, checkout));
  }

  @Test
  void theyRunFromAnyDirectory() throws Exception {
    assertAnswers(UTF_8, original.script("run"));
    assertCacheInUse(UTF_8, original);
  }

  @Test
  void theyRunThroughALink() throws Exception {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path link = Files.createSymbolicLink(bin.resolve("one"), original.script("switchback"));
    Path linkToTheLink = Files.createSymbolicLink(bin.resolve("sb"), Path.of("one"));
    assertAnswers(UTF_8, link, "run");
    Map<String, String> path = Map.of("PATH", bin + ":" + System.getenv("PATH"));
    assertAnswers(path, Path.of("env"), linkToTheLink.getFileName().toString(), "run");
    assertAnswers(UTF_8, Files.createSymbolicLink(bin.resolve("r"), original.script("run")));
  }

  @Test
  void aCheckoutThatWasMovedGoesOnWithItsCache_inAnyLanguage() throws Exception {
    Checkout moved = copy().moved(directory.resolve("an ihrem neuen Ort, der Küche"));
    assertAnswers(UTF_8, moved.script("run"));
    assertAnswers(NO_UTF_8, moved.script("run"));
    assertCacheInUse(NO_UTF_8, moved);
  }

  @Test
  void filesHaveAnyName_inAnyLanguage() throws Exception {
    String name = "gewichte-ä.safetensors";
    Path switchback = original.script("switchback");
    Outcome trained = run(NO_UTF_8, switchback, "train", "--out", name);
    assertEquals("written: " + name, trained.out().getLast(), trained.err());
    assertTrue(Files.exists(elsewhere.resolve(name)));
    for (String language : List.of("C", "C.UTF-8", "xx_XX.UTF-8")) {
      Outcome outcome = run(Map.of("LC_ALL", language), switchback, "eval", name);
      assertEquals("1 1       0  0.0807", outcome.out().getLast(), outcome.err());
    }
  }

  @Test
  void theCallersLanguageStillSaysWhatItsTerminalCanShow() throws Exception {
    Path switchback = original.script("switchback");
    run(UTF_8, switchback, "train", "--out", "w.safetensors");
    String[] plot = {"plot", "w.safetensors"};
    Map<String, String> ascii = Map.of("LC_ALL", "C", "TERM", "xterm");
    Map<String, String> unicode = Map.of("LC_ALL", "C.UTF-8", "TERM", "xterm");
    assertTrue(String.join("", run(ascii, switchback, plot).out()).matches("\\p{ASCII}*"));
    assertTrue(String.join("", run(unicode, switchback, plot).out()).matches(".*\\P{ASCII}.*"));
  }

  /** What may have become of a cache; all but damage brings its own checksum. */
  enum Foreign {
    EMPTY(_ -> new byte[0]),
    GARBAGE(cache -> random(cache.length)),
    TRUNCATED(cache -> Arrays.copyOf(cache, cache.length / 2)),
    OF_ANOTHER_JAVA(Foreign::withAnotherJava),
    /** A power cut may leave zeros in a file that was not synced. */
    DAMAGED(Foreign::withZeros),
    DAMAGED_AT_ITS_END(
        cache -> Arrays.copyOf(Arrays.copyOf(cache, cache.length - 4096), cache.length));

    @SuppressWarnings("ImmutableEnumChecker") // these lambdas hold nothing
    private final UnaryOperator<byte[]> change;

    Foreign(UnaryOperator<byte[]> change) {
      this.change = change;
    }

    boolean isDamage() {
      return this == DAMAGED || this == DAMAGED_AT_ITS_END;
    }

    private static byte[] random(int length) {
      byte[] bytes = new byte[length];
      new Random(1).nextBytes(bytes);
      return bytes;
    }

    /** A cache names the build of Java that made it. */
    private static byte[] withAnotherJava(byte[] cache) {
      String header = new String(cache, 0, 4096, ISO_8859_1);
      int name = header.indexOf("OpenJDK 64-Bit Server VM (25");
      assertTrue(name > 0, "the header of the cache names its Java");
      byte[] changed = cache.clone();
      changed[name + header.substring(name).indexOf("25") + 1] = '6';
      return changed;
    }

    private static byte[] withZeros(byte[] cache) {
      byte[] changed = cache.clone();
      Arrays.fill(changed, cache.length / 4, cache.length / 2, (byte) 0);
      return changed;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aForeignCacheIsPassedOver(Foreign foreign) throws Exception {
    Checkout copy = copy();
    for (String program : List.of(TOOLS, "switchback-device")) {
      Path cache = copy.cache(program);
      Files.write(cache, foreign.change.apply(Files.readAllBytes(cache)));
      if (!foreign.isDamage()) {
        copy.sum(program);
      }
    }
    assertAnswers(UTF_8, copy.script("run"));
    assertEquals(
        foreign.isDamage()
            ? "WARN none that fits, so every start takes longer"
            : "WARN " + copy.cache(TOOLS) + " does not fit this Java",
        cacheRow(UTF_8, copy));
  }

  @Test
  void theCacheOfAnotherJarIsPassedOver_untilTheMendOfDoctor() throws Exception {
    Checkout copy = copy();
    Path jar = copy.top().resolve("target/switchback.jar");
    FileTime packed = Files.getLastModifiedTime(jar);
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Files.writeString(zip.getPath("another"), "");
    }
    Files.setLastModifiedTime(jar, packed);
    assertAnswers(UTF_8, copy.script("run"));
    assertEquals("WARN none that fits, so every start takes longer", cacheRow(UTF_8, copy));
    String mend = "touch '" + jar + "'";
    List<String> doctor = run(UTF_8, copy.script("switchback"), "doctor").out();
    assertTrue(String.join("\n", doctor).contains("-> " + mend), doctor.toString());
    run(UTF_8, Path.of("sh"), "-c", mend);
    assertCacheInUse(UTF_8, copy);
  }

  @Test
  void aPlaceThatJavaCannotNameIsRefused() throws Exception {
    Checkout moved = copy().moved(directory.resolve("a:b"));
    Outcome outcome = run(UTF_8, moved.script("run"));
    assertEquals(
        "Java runs nothing below a directory with ':' in its name: " + moved.top(),
        outcome.err().strip());
    assertEquals(2, outcome.exitCode());
  }

  @Test
  void aJavaThatIsGoneIsLookedForAnew() throws Exception {
    Checkout copy = copy();
    Files.writeString(copy.top().resolve("target/java-home"), "/of/another/machine\n");
    assertAnswers(UTF_8, copy.script("run"));
    assertCacheInUse(UTF_8, copy);
  }

  static List<Path> scripts() throws IOException {
    try (Stream<Path> scripts = Files.list(Path.of("scripts"))) {
      return scripts.sorted().toList();
    }
  }

  /** The two that pass their words on have the help of the program. */
  @ParameterizedTest
  @MethodSource("scripts")
  void everyScriptTellsWhatItDoes(Path script) throws Exception {
    String name = script.getFileName().toString();
    List<String> head =
        Files.readAllLines(script).stream()
            .skip(1)
            .takeWhile(line -> line.startsWith("#"))
            .toList();
    assertFalse(head.isEmpty(), name);
    Path link = Files.createSymbolicLink(directory.resolve("a link"), original.script(name));
    for (String word : List.of("-h", "--help")) {
      Outcome outcome = run(UTF_8, link, word);
      assertEquals("", outcome.err());
      assertEquals(0, outcome.exitCode());
      if (List.of("run", "switchback").contains(name)) {
        assertTrue(outcome.out().getFirst().startsWith("Usage: switchback"), name);
      } else {
        assertEquals(
            head.stream().map(line -> line.replaceFirst("^# ?", "")).toList(), outcome.out());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "test, --version, Apache Maven",
    "bench, nonsense, 'nonsense' is none of",
    "check-model, nonsense, unknown option 'nonsense'",
    "fuzz, nonsense, no target 'nonsense'",
    "install, nonsense, unknown option 'nonsense'",
    "package, nonsense, unknown option 'nonsense'",
    "soak, nonsense, unknown option 'nonsense'",
    "test-browser, nonsense, no test is named 'nonsense'",
    "test-microcontrollers, nonsense, unknown option 'nonsense'",
    "test-page, --nonsense, unknown option '--nonsense'",
    "test-package, nonsense, unknown option 'nonsense'",
    "test-web-serial, nonsense, unknown option 'nonsense'",
    "virtual-board, nonsense, unknown option 'nonsense'",
  })
  void theOthersFindTheirCheckoutToo(String script, String word, String said) throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("a link"), original.script(script));
    Outcome outcome = run(UTF_8, link, word);
    assertTrue((outcome.out() + outcome.err()).contains(said), outcome.toString());
  }
}
