package dev.switchback.deb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How the caches are made, with a switchback command that writes what Java would. */
@EnabledOnOs(OS.LINUX)
class AotCacheTest {
  @TempDir Path directory;
  private Path root = Path.of("");

  @BeforeEach
  void nameTheRoot() {
    root = directory.resolve("a root");
  }

  private Path script(String name, String... lines) throws IOException {
    Path script = root.resolve(name);
    Files.createDirectories(script.getParent());
    Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }

  @Test
  void aCacheIsOnTheDiskBeforeItHasItsName() throws Exception {
    script("usr/bin/switchback", "echo cache >\"${JAVA_OPTS#-XX:AOTCacheOutput=}\"");
    script("usr/lib/switchback/record-start", "\"$@\"");
    Path log = root.resolve("log");
    script("bin/sync", "echo sync $1 >>'" + log + "'");
    script("bin/mv", "echo mv $1 $2 >>'" + log + "'");
    Path make = root.resolve("usr/lib/switchback/build-aot-cache");
    Files.copy(Path.of("src/deb/build-aot-cache"), make);
    Files.createDirectories(root.resolve("var/cache/switchback"));

    ProcessBuilder builder = new ProcessBuilder(make.toString()).inheritIO();
    builder.environment().merge("PATH", root.resolve("bin") + ":", (path, bin) -> bin + path);
    assertEquals(0, builder.start().waitFor());

    assertEquals(
        List.of(
            "sync switchback-device.aot.new",
            "mv switchback-device.aot.new switchback-device.aot",
            "sync switchback.aot.new",
            "mv switchback.aot.new switchback.aot"),
        Files.readAllLines(log));
  }
}
