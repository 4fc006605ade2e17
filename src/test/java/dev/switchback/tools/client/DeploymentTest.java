package dev.switchback.tools.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.format.SigningKey;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.ManualClock;
import dev.switchback.tools.client.LaptopException.Kind;
import dev.switchback.tools.client.ServerLine.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {
  private static final long SECOND = 1_000_000_000L;

  private final ManualClock clock = new ManualClock();
  private TestDevice device = new TestDevice();
  private boolean isPlain;
  private ServerLine line = line();
  private final List<DeploymentStep> steps = new ArrayList<>();

  private ServerLine line() {
    return new ServerLine(clock, (packet, nowNanos) -> device.answer(packet, nowNanos));
  }

  private DeploymentResult deploy(WeightImage image, boolean isForGood) throws LaptopException {
    Progress listener =
        new Progress() {
          @Override
          public void began(DeploymentStep step) {
            steps.add(step);
          }

          @Override
          public void moved(long bytes, long total) {
            assertEquals(DeploymentStep.UPLOAD, steps.getLast());
            assertTrue(bytes <= total);
          }
        };
    return new Deployment(image, isForGood, isPlain, clock, listener).over(line, ServerLine.BAUD);
  }

  private LaptopException refused(WeightImage image) {
    return assertThrows(LaptopException.class, () -> deploy(image, true));
  }

  private void assertAnswers(WeightImage image, boolean isOnTrial) {
    assertEquals(image.hashText(), device.running().hashText());
    assertEquals(isOnTrial, device.isOnTrial());
  }

  @Test
  void imageIsUploadedTriedReadBackAndConfirmed() throws LaptopException {
    DeploymentResult result = deploy(DeployedImage.NEW, true);
    assertAnswers(DeployedImage.NEW, false);
    assertTrue(result.isConfirmed());
    assertFalse(result.wasThere());
    assertEquals("0110", Objects.requireNonNull(result.truth()).answers().toString());
    assertEquals(4, Objects.requireNonNull(result.truth()).outputs().size());
    assertEquals(
        List.of(
            DeploymentStep.INSPECT,
            DeploymentStep.UPLOAD,
            DeploymentStep.VERIFY,
            DeploymentStep.TEST,
            DeploymentStep.START,
            DeploymentStep.TRUTH,
            DeploymentStep.CONFIRM),
        steps);
    assertTrue(clock.nanoTime() < SECOND, clock.nanoTime() + " ns");
  }

  @Test
  void trialIsLeftOnTrial() throws LaptopException {
    assertFalse(deploy(DeployedImage.NEW, false).isConfirmed());
    assertAnswers(DeployedImage.NEW, true);
    device.restart();
    assertAnswers(DeployedImage.OLD, false);
  }

  @Test
  void imageThatAnswersAlreadyIsOnlyConfirmed() throws LaptopException {
    deploy(DeployedImage.NEW, false);
    steps.clear();
    DeploymentResult result = deploy(DeployedImage.NEW, true);
    assertTrue(result.wasThere());
    assertTrue(result.isConfirmed());
    assertEquals(
        List.of(DeploymentStep.INSPECT, DeploymentStep.TRUTH, DeploymentStep.CONFIRM), steps);
    steps.clear();
    assertTrue(deploy(DeployedImage.NEW, false).isConfirmed());
    assertEquals(List.of(DeploymentStep.INSPECT, DeploymentStep.TRUTH), steps);
  }

  @Test
  void imageInSlot1IsNotUploadedAgain() throws LaptopException {
    deploy(DeployedImage.NEW, true);
    steps.clear();
    deploy(DeployedImage.OLD, true);
    assertAnswers(DeployedImage.OLD, false);
    assertFalse(steps.contains(DeploymentStep.UPLOAD));
    assertFalse(steps.contains(DeploymentStep.VERIFY));
  }

  @Test
  void imageThatFailsTheSelfTestIsRefusedBeforeItIsTried() {
    device.failing = 2;
    LaptopException e = refused(DeployedImage.NEW);
    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains("fails the self-test"), e.getMessage());
    assertAnswers(DeployedImage.OLD, false);
    assertEquals(0, device.starts);
  }

  @Test
  void imageThatFailsAtItsStartIsRolledBack() {
    line.fault =
        (isRequest, index) -> {
          if (steps.contains(DeploymentStep.START)) {
            device.failing = 2;
          }
          return 0;
        };
    LaptopException e = refused(DeployedImage.NEW);
    assertEquals(Kind.ROLLED_BACK, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains("fails the self-test"), e.getMessage());
    assertAnswers(DeployedImage.OLD, false);
  }

  @Test
  void imageThatAnswersAnotherTableIsTakenBack() {
    device.told = "0111";
    LaptopException e = refused(DeployedImage.WRONG);
    assertEquals(Kind.ROLLED_BACK, e.kind());
    assertEquals("the image answers 0111, its lesson is 0110; it has gone back", e.getMessage());
    assertEquals(DeploymentStep.REVERT, steps.getLast());
    assertAnswers(DeployedImage.OLD, false);
  }

  private void requireNothingSent(String message, WeightImage image) {
    LaptopException e = refused(image);
    assertEquals(Kind.REFUSED, e.kind());
    assertEquals(message + "; nothing was sent", e.getMessage());
    assertEquals(List.of(DeploymentStep.INSPECT), steps);
    assertAnswers(DeployedImage.OLD, false);
    steps.clear();
  }

  @Test
  void whatTheDeviceCouldNotUseIsNotSent() throws Exception {
    requireNothingSent(
        "the image answers 0111 in float, the device's lesson is 0110: switches 11 are wrong",
        DeployedImage.WRONG);
    device.told = "01101001";
    requireNothingSent("the image has topology 2-2-1, the device 3 switches", DeployedImage.NEW);
    device.told = "0110";
    device.maxBytes = 10_000;
    requireNothingSent(
        "the image has " + DeployedImage.WIDE.bytes().length + " bytes, the device takes 10000",
        DeployedImage.WIDE);
    SigningKey key = SigningKey.generate();
    SigningKey other = SigningKey.generate();
    String asked = key.verifyingKey().hashText();
    device.key = asked;
    requireNothingSent(
        "the image is not signed, the device asks for key " + asked + ": add --sign KEY",
        DeployedImage.NEW);
    requireNothingSent(
        "the image is signed by key "
            + other.verifyingKey().hashText()
            + ", the device asks for key "
            + asked,
        DeployedImage.NEW.signed(other));
    assertTrue(deploy(DeployedImage.NEW.signed(key), true).isConfirmed());
  }

  @Test
  void confirmedImageThatAnswersAnotherTableStays() throws LaptopException {
    deploy(DeployedImage.NEW, true);
    device.expected = "1001";
    assertEquals(Kind.REFUSED, refused(DeployedImage.NEW).kind());
    assertAnswers(DeployedImage.NEW, false);
  }

  @Test
  void anotherImageOnTrialIsNotReplaced() throws LaptopException {
    deploy(DeployedImage.NEW, false);
    steps.clear();
    LaptopException e = refused(DeployedImage.WIDE);
    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(String.valueOf(e.getMessage()).startsWith("version 2.0.0+1 is on trial"));
    assertEquals(List.of(DeploymentStep.INSPECT), steps);
    assertAnswers(DeployedImage.NEW, true);
  }

  @Test
  void deviceThatDoesNotStartTheImageIsWaitedForWithinBounds() {
    device.deafResets = 99;
    LaptopException e = refused(DeployedImage.NEW);
    assertEquals(Kind.REFUSED, e.kind());
    assertTrue(clock.nanoTime() < 12 * SECOND);
    assertAnswers(DeployedImage.OLD, false);
  }

  @Test
  void otherSmpServersAreLeftAlone() {
    device = new TestDevice(1024, 4, false);
    LaptopException e = refused(DeployedImage.NEW);
    assertEquals(Kind.OTHER_DEVICE, e.kind());
    assertTrue(String.valueOf(e.getMessage()).contains(" answers SMP but is no Switchback device"));
    assertEquals(0, device.staged);
  }

  /** By groups 0 and 1 alone, as any SMP client does it. */
  @Test
  void aPlainServerTakesAnImageToo() throws LaptopException {
    isPlain = true;
    device = new TestDevice(1024, 4, false);
    DeploymentResult result = deploy(DeployedImage.NEW, true);
    assertAnswers(DeployedImage.NEW, false);
    assertNull(result.truth());
    assertTrue(result.isConfirmed());
    assertEquals(
        List.of(
            DeploymentStep.INSPECT,
            DeploymentStep.UPLOAD,
            DeploymentStep.VERIFY,
            DeploymentStep.TEST,
            DeploymentStep.START,
            DeploymentStep.CONFIRM),
        steps);
    assertTrue(deploy(DeployedImage.NEW, true).wasThere());
  }

  /** Its cable waits for the disk, and a slow card may take seconds. */
  @Test
  void aDeviceMayBeSilentWhileItStartsTheImage() throws LaptopException {
    device.bootNanos = 7 * SECOND;
    assertTrue(deploy(DeployedImage.NEW, true).isConfirmed());
    assertAnswers(DeployedImage.NEW, false);
    assertTrue(clock.nanoTime() > 7 * SECOND);
  }

  @Test
  void aPlainServerMayBeSilentWhileItBoots() throws LaptopException {
    isPlain = true;
    device = new TestDevice(1024, 4, false);
    device.bootNanos = 40 * SECOND;
    deploy(DeployedImage.NEW, true);
    assertAnswers(DeployedImage.NEW, false);
    assertTrue(clock.nanoTime() > 40 * SECOND);
  }

  @Test
  void aPlainServerThatGoesBackIsToldOf() {
    isPlain = true;
    device = new TestDevice(1024, 4, false);
    device.failing = DeployedImage.NEW.version().major();
    LaptopException e = refused(DeployedImage.NEW);
    assertTrue(String.valueOf(e.getMessage()).startsWith("the device refuses: "), e.getMessage());
    assertAnswers(DeployedImage.OLD, false);
  }

  @Test
  void everySingleFrameMayBeLostOrComeTwice() throws LaptopException {
    deploy(DeployedImage.WIDE, true);
    int frames = line.requests;
    assertTrue(frames > 15);
    int sessions = 0;
    for (boolean isRequest : new boolean[] {true, false}) {
      for (long what : new long[] {Fault.LOST, Fault.TWICE, 3 * SECOND / 2}) {
        for (int i = 0; i < frames; i++) {
          int index = i;
          device = new TestDevice();
          line = line();
          line.fault = (ofRequest, number) -> ofRequest == isRequest && number == index ? what : 0;
          assertTrue(deploy(DeployedImage.WIDE, true).isConfirmed());
          assertAnswers(DeployedImage.WIDE, false);
          sessions++;
        }
      }
    }
    assertEquals(6 * frames, sessions);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lineMayBeCutAtEveryRequest(boolean isReached) throws LaptopException {
    deploy(DeployedImage.WIDE, true);
    int frames = line.requests;
    for (int i = 2; i < frames; i++) {
      int index = i;
      device = new TestDevice();
      line = line();
      line.fault =
          (isRequest, number) -> {
            if (isRequest == !isReached && number == index) {
              line.close();
            }
            return 0;
          };
      steps.clear();
      DeploymentResult result = deploy(DeployedImage.WIDE, true);
      assertTrue(result.isConfirmed());
      assertFalse(result.wasThere());
      assertEquals(2, line.opened);
      assertTrue(steps.contains(DeploymentStep.RECONNECT));
      assertAnswers(DeployedImage.WIDE, false);
    }
  }

  @Test
  void lineThatStaysAwayEndsTheDeployment() throws LaptopException {
    line.hangUpAtByte = 20_000;
    line.isGoneForGood = true;
    LaptopException e = refused(DeployedImage.WIDE);
    assertEquals(Kind.NO_PORT, e.kind());
    assertTrue(clock.nanoTime() < 30 * SECOND);
    assertAnswers(DeployedImage.OLD, false);
  }

  @Test
  void lineThatIsCutAgainAndAgainEndsTheDeployment() {
    line.fault =
        (isRequest, index) -> {
          if (isRequest && index % 5 == 4) {
            line.close();
          }
          return 0;
        };
    LaptopException e = refused(DeployedImage.WIDE);
    assertTrue(e.isLineLost());
    assertEquals(6, line.opened);
    assertAnswers(DeployedImage.OLD, false);
  }
}
