package dev.switchback.tools.doctor;

import static dev.switchback.tools.doctor.Findings.assertFinding;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.switchback.device.node.StoredWeights;
import dev.switchback.device.store.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StateChecksTest extends InstalledPi4 {
  private static final long MEGABYTE = 1 << 20;

  private Path state;

  @BeforeEach
  void nameTheState() {
    state = root.resolve("var/lib/switchback");
  }

  private void mount(String... lines) throws IOException {
    machine.board.file("/proc/self/mountinfo", String.join("\n", lines) + "\n");
  }

  @Test
  void withoutTheDirectoryThereIsNothingToSee() throws IOException {
    Subject bare = RecordedMachine.bare("pc", root.resolve("pc")).subject("");
    assertFinding(Verdict.SKIP, "no /var/lib/switchback", StateChecks.mount(bare));
    assertFinding(Verdict.SKIP, "no /var/lib/switchback", StateChecks.space(bare));
    assertFinding(Verdict.SKIP, "no /var/lib/switchback", StateChecks.sync(bare));
    assertFinding(Verdict.SKIP, "no /var/lib/switchback", StateChecks.weights(bare));
  }

  @Test
  void anOverlayForgetsTheWeights() throws IOException {
    mount("21 1 0:20 / / rw,relatime - overlay overlayroot rw,upperdir=/media/root-rw/overlay");
    assertFinding(
        Verdict.FAIL,
        "trained weights are lost at power-off",
        "do_overlayfs 1",
        StateChecks.mount(subject));
  }

  @Test
  void aPartitionOfItsOwnBelowAnOverlayKeepsThem() throws IOException {
    mount(
        "21 1 0:20 / / rw,relatime - overlay overlayroot rw",
        "30 21 179:3 / /var/lib/switchback rw - ext4 /dev/mmcblk0p3 rw");
    assertFinding(Verdict.PASS, "is on /var/lib/switchback, ext4", StateChecks.mount(subject));
  }

  @Test
  void theDeepestAndLastMountCounts_notOneWithTheSameBeginning() throws IOException {
    mount(
        "21 1 179:2 / / rw - ext4 /dev/root rw",
        "22 21 0:21 / /var/lib/switch rw - tmpfs tmpfs rw",
        "23 21 0:22 / /var rw - tmpfs tmpfs rw",
        "24 21 179:4 / /var rw shared:7 - ext4 /dev/mmcblk0p4 rw");
    assertFinding(Verdict.PASS, "is on /var, ext4", StateChecks.mount(subject));
  }

  @Test
  void aReadOnlyFileSystemKeepsNothing() throws IOException {
    mount("21 1 179:2 / / ro,noatime - ext4 /dev/root ro");
    assertFinding(Verdict.FAIL, "read-only", "mount -o remount,rw /", StateChecks.mount(subject));
  }

  @Test
  void aListThatMakesNoSenseIsNotJudged() throws IOException {
    mount("nothing");
    assertFinding(Verdict.SKIP, "does not show", StateChecks.mount(subject));
  }

  @Test
  void aFileInThePlaceOfTheDirectoryKeepsTheServiceFromStarting() throws IOException {
    machine.board.without("/var/lib/switchback/lock").without("/var/lib/switchback");
    machine.board.file("/var/lib/switchback", "not a directory");
    assertFinding(
        Verdict.FAIL,
        "/var/lib/switchback is no directory",
        "sudo mv /var/lib/switchback /var/lib/switchback.broken",
        StateChecks.mount(subject));
    assertFinding(Verdict.SKIP, "is no directory", StateChecks.weights(subject));
    machine.board.link("/var/lib/switchback", "/nowhere");
    assertFinding(Verdict.FAIL, "is no directory", StateChecks.mount(subject));
  }

  @Test
  void aDirectoryThatTheServiceMayNotWriteToIsGivenToIt() {
    machine.stateOwner = "root";
    assertFinding(
        Verdict.FAIL,
        "switchback may not write to /var/lib/switchback",
        "sudo chown -R switchback: /var/lib/switchback && sudo systemctl restart switchback",
        StateChecks.sync(subject));
  }

  @Test
  void aPipeInThePlaceOfASlotIsNamed_andNobodyWaitsForIt() throws Exception {
    Files.write(state.resolve("slot-a.img"), factoryImage());
    Path pipe = state.resolve("slot-b.img");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertFinding(
                Verdict.FAIL,
                "not a regular file, so trained weights are not used: /var/lib/switchback/slot-b.img",
                "sudo rm -r /var/lib/switchback/slot-b.img && sudo systemctl restart switchback",
                StateChecks.weights(subject)));
  }

  @Test
  void aSlotThatTheServiceMayNotReadIsGivenToIt() throws IOException {
    Path slot = Files.write(state.resolve("slot-a.img"), factoryImage());
    Files.setPosixFilePermissions(slot, PosixFilePermissions.fromString("rw-------"));
    assertFinding(Verdict.PASS, "a start answers with slot 0", StateChecks.weights(subject));
    machine.stateOwner = "root";
    assertFinding(
        Verdict.FAIL,
        "switchback may not read, so trained weights are not used: /var/lib/switchback/slot-a",
        "sudo chown -R switchback: /var/lib/switchback",
        StateChecks.weights(subject));
  }

  @Test
  void littleSpaceIsWorthALook_tooLittleFails() {
    assertFinding(Verdict.PASS, "64 MB free", StateChecks.space(64 * MEGABYTE));
    assertFinding(Verdict.WARN, "63 MB free", "apt-get clean", StateChecks.space(63 * MEGABYTE));
    assertFinding(Verdict.WARN, "2 MB free", StateChecks.space(2 * MEGABYTE));
    assertFinding(Verdict.FAIL, "1 MB free", StateChecks.space(2 * MEGABYTE - 1));
  }

  @Test
  void aSyncLeavesNothingBehind() throws IOException {
    assertFinding(Verdict.PASS, "were synced in", StateChecks.sync(subject));
    try (var files = Files.list(state)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void aSlowCardIsWorthALook() {
    assertFinding(Verdict.PASS, "999 ms", StateChecks.sync(999));
    assertFinding(Verdict.WARN, "1000 ms: the card", "mmc", StateChecks.sync(1000));
  }

  @Test
  void anEmptyDirectoryAnswersWithTheFactoryImage_andStaysEmpty() throws IOException {
    assertFinding(
        Verdict.PASS, "a start answers with slot 0: 1.0.0 ", StateChecks.weights(subject));
    try (var files = Files.list(state)) {
      assertEquals(1, files.count());
    }
  }

  private byte[] factoryImage() {
    MemoryStorage storage = new MemoryStorage();
    StoredWeights.afterStart(subject.configuration(), storage);
    byte[] image = storage.read("slot-a.img", 1 << 20);
    assertNotNull(image);
    return image;
  }

  @Test
  void weightsForAnotherTruthTableAnswerNothing() throws IOException {
    Files.write(state.resolve("slot-a.img"), factoryImage());
    assertFinding(
        Verdict.FAIL,
        "no slot holds weights that pass the self-test",
        "switchback retrain",
        StateChecks.weights(machine.subject("truth = 0111")));
  }

  @Test
  void aBrokenSlotIsNamed_andNotTouched() throws IOException {
    byte[] image = factoryImage();
    Files.write(state.resolve("slot-a.img"), image);
    byte[] broken = Arrays.copyOf(image, image.length - 1);
    Files.write(state.resolve("slot-b.img"), broken);
    assertFinding(Verdict.WARN, "slot-b.img holds no image", StateChecks.weights(subject));
    assertArrayEquals(broken, Files.readAllBytes(state.resolve("slot-b.img")));
  }
}
