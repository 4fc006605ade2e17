package dev.switchback.tools.doctor;

import static dev.switchback.tools.doctor.Findings.assertFinding;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JavaChecksTest extends InstalledPi4 {
  @Test
  void aJavaThatOnlyInterpretsFails() {
    machine.properties.put("java.vm.name", "OpenJDK Zero VM");
    machine.properties.put("os.arch", "arm");
    assertFinding(Verdict.FAIL, "only interprets", "(64-bit)", JavaChecks.java(subject));
    assertFinding(Verdict.FAIL, "arm is no 64-bit", "(64-bit)", JavaChecks.bits(subject));
  }

  @Test
  void anotherJavaIsWorthALook() {
    assertFinding(Verdict.PASS, "Java 25.0.3", JavaChecks.java(subject));
    machine.properties.put("java.specification.version", "26");
    assertFinding(Verdict.WARN, "tested with Java 25", "openjdk-25", JavaChecks.java(subject));
  }

  @Test
  void aCacheThatIsNotMappedDoesNotFit() throws IOException {
    assertFinding(Verdict.PASS, "switchback.aot is in use", JavaChecks.cache(subject));
    machine.board.file("/proc/self/maps", "7f00-7f01 r-xp /usr/lib/libc.so.6\n");
    assertFinding(Verdict.WARN, "does not fit", "build-aot-cache", JavaChecks.cache(subject));
    machine.board.without("/proc/self/maps");
    assertFinding(Verdict.SKIP, "does not show", JavaChecks.cache(subject));
  }

  @Test
  void withoutACacheTheStartTakesLonger() throws IOException {
    machine.board.file("/proc/self/cmdline", "java\\0-jar\\0switchback.jar\\0");
    assertFinding(
        Verdict.WARN,
        "takes longer",
        "sudo /usr/lib/switchback/build-aot-cache",
        JavaChecks.cache(subject));
    machine.properties.put("java.class.path", "/a checkout/target/switchback.jar");
    assertFinding(
        Verdict.WARN,
        "takes longer",
        "touch '/a checkout/target/switchback.jar'",
        JavaChecks.cache(subject));
  }

  @Test
  void theDeviceHasACacheToo() throws IOException {
    machine.board.without("/var/cache/switchback/switchback-device.aot");
    assertFinding(
        Verdict.WARN,
        "/var/cache/switchback/switchback-device.aot is missing",
        "build-aot-cache",
        JavaChecks.cache(subject));
  }

  @Test
  void theNameOfTheCacheMayHaveBlanks() throws IOException {
    machine.board.file("/proc/self/cmdline", "java\\0-XX:AOTCache=/a checkout/s.aot\\0-jar\\0");
    machine.board.file("/a checkout/switchback-device.aot", "a cache");
    machine.board.file("/proc/self/maps", "7f00-7f01 r--s 0 fe:00 7 /a jar\n");
    assertFinding(Verdict.WARN, "/a checkout/s.aot does not fit", "", JavaChecks.cache(subject));
    machine.board.file("/proc/self/maps", "7f00-7f01 r--s 0 fe:00 7 /a checkout/s.aot\n");
    assertFinding(Verdict.PASS, "/a checkout/s.aot is in use", JavaChecks.cache(subject));
  }
}
