package dev.switchback.tools.doctor;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of checks: a Raspberry Pi 4 with the package, laid out anew for each. */
abstract class InstalledPi4 {
  @TempDir Path root;
  RecordedMachine machine;
  Subject subject;

  @BeforeEach
  void layOut() throws IOException {
    machine = RecordedMachine.installed("pi-4", root);
    subject = machine.subject(settings());
  }

  /** What its configuration says. */
  String settings() {
    return "";
  }
}
