package dev.switchback.tools.cli.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the command takes from the machine, each seen in a JVM of its own. */
class PlotProcessTest {
  private static final String XOR = "src/test/resources/numpy/savez.npz";

  @TempDir Path directory;

  private record Outcome(int exitCode, String output) {}

  private Outcome java(Path fontConfiguration, String... args) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "-Duser.home=" + directory));
    command.addAll(List.of(args));
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("FONTCONFIG_FILE", fontConfiguration.toString());
    return new Outcome(builder.start().waitFor(), Files.readString(output));
  }

  /** The fontconfig library of Linux, told of no fonts. */
  private Path noFonts() throws IOException {
    return Files.writeString(directory.resolve("fonts.conf"), "<fontconfig></fontconfig>");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutFontsPngSaysWhatToInstallAndWritesNothing() throws Exception {
    Path out = directory.resolve("map.png");
    Outcome outcome =
        java(noFonts(), "dev.switchback.tools.Main", "plot", XOR, "--out", out.toString());
    assertEquals(2, outcome.exitCode(), outcome.output());
    assertEquals(
        "switchback: PNG needs fonts, which this machine lacks: sudo apt install libfreetype6"
            + " libharfbuzz0b libfontconfig1 fonts-dejavu-core; or write --out "
            + directory.resolve("map.svg")
            + ", which needs none",
        // Some JDKs have a word of their own before.
        outcome.output().lines().toList().getLast());
    assertFalse(Files.exists(out));
  }

  @Test
  void svgNeedsNeitherFontsNorTheirLibraries() throws Exception {
    Path out = directory.resolve("map.svg");
    Outcome outcome =
        java(
            noFonts(),
            "-Xlog:class+load",
            "dev.switchback.tools.Main",
            "plot",
            XOR,
            "--out",
            out.toString());
    assertEquals(0, outcome.exitCode(), outcome.output());
    assertTrue(
        outcome.output().contains("dev.switchback.tools.plot.MapPicture"), "classes are logged");
    assertFalse(outcome.output().contains("com.github.weisj"), "JSVG is loaded");
    assertFalse(outcome.output().contains("java.awt."), "AWT is loaded");
    assertTrue(Files.exists(out));
  }
}
