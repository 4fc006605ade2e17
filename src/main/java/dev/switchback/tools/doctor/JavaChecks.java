package dev.switchback.tools.doctor;

import java.util.Arrays;
import java.util.List;

/** Checks the Java of this process, which is also the Java of the service. */
final class JavaChecks {
  private static final String INSTALLED = "/usr/lib/switchback/";
  private static final String CACHE_OPTION = "-XX:AOTCache=";
  private static final String CACHE_OF_DEVICE = "switchback-device.aot";
  private static final String REINSTALL =
      "write 'Raspberry Pi OS Lite (64-bit)' to the card, with Raspberry Pi Imager";

  private JavaChecks() {}

  /** Checks the JVM: 32-bit builds of Java 25 ("Zero") have no compiler. */
  static Finding java(Subject subject) {
    Machine machine = subject.machine();
    String name = machine.property("java.vm.name");
    String seen = "Java " + machine.property("java.version") + ", " + name;
    if (name.contains("Zero")) {
      return Finding.fail(
          seen + ", which only interprets: 32-bit systems have no other", REINSTALL);
    }
    return machine.property("java.specification.version").equals("25")
        ? Finding.pass(seen)
        : Finding.warn(
            seen + "; tested with Java 25", "sudo apt-get install openjdk-25-jre-headless");
  }

  static Finding bits(Subject subject) {
    String architecture = subject.machine().property("os.arch");
    return List.of("aarch64", "amd64").contains(architecture)
        ? Finding.pass(architecture)
        : Finding.fail(architecture + " is no 64-bit system that Switchback runs on", REINSTALL);
  }

  /**
   * Checks the AOT caches: a valid one is mapped into this process. The cache of the device was
   * made by the same Java.
   */
  static Finding cache(Subject subject) {
    Machine machine = subject.machine();
    String makeCache = makeCache(machine.property("java.class.path"));
    String cache = cacheOption(machine.textOrNothing("/proc/self/cmdline"));
    if (cache.isEmpty()) {
      return Finding.warn("none that fits, so every start takes longer", makeCache);
    }
    String maps = machine.text("/proc/self/maps");
    if (maps == null) {
      return Finding.skip("the kernel does not show what is mapped");
    }
    if (!maps.contains(cache)) {
      return Finding.warn(cache + " does not fit this Java", makeCache);
    }
    String ofDevice = cache.substring(0, cache.lastIndexOf('/') + 1) + CACHE_OF_DEVICE;
    return machine.has(ofDevice)
        ? Finding.pass(cache + " is in use")
        : Finding.warn(
            ofDevice + " is missing, so every start of the device takes longer", makeCache);
  }

  /**
   * Returns the command that makes the cache. In a build tree, a start does so if the jar is newer.
   */
  private static String makeCache(String jar) {
    int installed = jar.lastIndexOf(INSTALLED);
    return installed < 0
        ? "touch '" + jar + "'"
        : "sudo " + jar.substring(0, installed) + INSTALLED + "build-aot-cache";
  }

  private static String cacheOption(String commandLine) {
    return Arrays.stream(commandLine.split("\0", -1))
        .filter(word -> word.startsWith(CACHE_OPTION))
        .map(word -> word.substring(CACHE_OPTION.length()))
        .findFirst()
        .orElse("");
  }
}
