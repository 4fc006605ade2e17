package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.config.Lesson;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.TestImage;
import dev.switchback.sim.FakeBoard;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A whole device with a teach button, in virtual time. */
class TeachingByHandTest {
  private static final int DEBOUNCE_MILLIS = 10;
  private static final int PERIOD_MILLIS = 500;

  private final MemoryStorage storage = new MemoryStorage();
  private FakeBoard board = new FakeBoard(2);

  private DeviceLife started(String... settings) {
    byte[] file = ("teach = 23\n" + String.join("\n", settings)).getBytes(StandardCharsets.UTF_8);
    DeviceConfiguration configuration = ConfigurationParser.parse("test", file);
    board = new FakeBoard(configuration.get(Key.SWITCHES).size());
    DeviceLife life = new DeviceLife(configuration, storage, new TrainingListener() {}, board, 0);
    life.start();
    life.pass(1);
    return life;
  }

  /** Sets the switches and waits until they count. */
  private void set(int row, DeviceLife life) {
    board.setRow(row);
    life.pass(DEBOUNCE_MILLIS + 1);
    assertEquals(row, life.device().decision().row());
  }

  private void press(DeviceLife life) {
    hold(100, life);
  }

  private void hold(int millis, DeviceLife life) {
    board.setTeach(true);
    life.pass(DEBOUNCE_MILLIS + millis);
    board.setTeach(false);
    life.pass(DEBOUNCE_MILLIS);
  }

  private void require(String lesson, DeviceLife life) {
    TruthTable truth = TruthTable.parse(lesson);
    assertEquals(truth, life.device().truth());
    assertEquals(truth, life.device().lesson().truth());
    life.pass(2 * PERIOD_MILLIS);
    for (int row = 0; row < truth.rows(); row++) {
      set(row, life);
      assertEquals(truth.answer(row), board.shown(), "row " + row);
    }
  }

  /** What the LEDs show now and after each of these times. */
  private String shown(DeviceLife life, int... millis) {
    StringBuilder shown = new StringBuilder().append(board.shown());
    for (int each : millis) {
      life.pass(each);
      shown.append(board.shown());
    }
    return shown.toString();
  }

  private void requireRefusedPress(DeviceLife life) {
    press(life);
    life.maintain();
    life.pass(0);
    assertEquals("1010100", shown(life, 150, 150, 150, 150, 150, 150));
  }

  @Test
  void aPressTeachesTheOtherAnswer() {
    DeviceLife life = started();
    set(3, life);
    press(life);
    life.settle();
    require("0111", life);
    set(0, life);
    press(life);
    life.settle();
    require("1111", life);
    assertEquals(2, life.device().training().count() - 1, "one training each, after the first");
    require("1111", started());
  }

  @Test
  void theWantedAnswerBlinksFromTheReleaseUntilTheEndOfTheTraining() {
    DeviceLife life = started();
    set(3, life);
    press(life);
    life.maintain(); // Takes the lesson.
    life.pass(0);
    assertEquals("0011001", shown(life, 99, 1, 399, 1, 99, 1));
    set(1, life);
    assertEquals(1, board.shown(), "the other positions are answered as before");
    life.settle();
    require("0111", life);
  }

  @Test
  void aHoldGoesBackToTheConfiguredLesson() throws StoreException {
    DeviceLife life = started();
    life.device().teach("0111");
    life.settle();
    require("0111", life);
    set(0, life);
    hold(2999 - DEBOUNCE_MILLIS, life);
    life.settle();
    require("1111", life); // A long press in position 00, but no hold.
  }

  @Test
  void threeSecondsAreAHold_whileTheButtonIsStillPressed() throws StoreException {
    DeviceLife life = started();
    life.device().teach("0111");
    life.settle();
    set(0, life);
    board.setTeach(true);
    life.pass(DEBOUNCE_MILLIS + 3000);
    life.maintain();
    life.pass(0);
    assertEquals("100", shown(life, 100, 399), "the configured answer of the position blinks");
    life.settle();
    assertEquals("0110", life.device().truth().toString());
    board.setTeach(false);
    life.pass(DEBOUNCE_MILLIS);
    life.settle();
    require("0110", life);
  }

  @Test
  void pressesDuringATrainingAddUp() {
    DeviceLife life = started();
    set(3, life);
    press(life);
    life.maintain();
    set(0, life);
    press(life);
    life.maintain();
    assertEquals("1111", life.device().lesson().truth().toString());
    assertEquals("0110", life.device().truth().toString());
    assertEquals("1111", String.valueOf(life.device().status().learning()));
    life.settle();
    require("1111", life);
    assertNull(life.device().status().learning());
  }

  @Test
  void whoTakesBackTheLastPressEndsTheTraining() {
    DeviceLife life = started();
    int before = life.device().training().count();
    set(3, life);
    press(life);
    life.maintain();
    press(life);
    life.maintain();
    assertFalse(life.device().training().running());
    assertEquals("stopped: the lesson is 0110 now", life.device().training().text());
    life.settle();
    require("0110", life);
    assertEquals(before + 1, life.device().training().count());
  }

  @Test
  void onTrialNothingIsLearnt() throws Exception {
    DeviceLife life = started();
    life.device().stage(TestImage.NEW.bytes());
    life.device().apply(Event.TEST, null);
    life.device().apply(Event.START, null);
    String weights = life.device().status().weights();
    set(3, life);
    requireRefusedPress(life);
    life.settle();
    assertEquals(weights, life.device().status().weights());
    assertEquals(
        "confirm or revert the trial first",
        assertThrows(StoreException.class, () -> life.device().teach("0111")).getMessage());
  }

  @Test
  void whatTheNetworkCannotLearnChangesNothing() {
    DeviceLife life = started("truth = 0001", "topology = 2-1");
    int before = life.device().training().count();
    set(0, life);
    requireRefusedPress(life);
    life.settle();
    require("0001", life);
    assertEquals(before, life.device().training().count());
    assertEquals(
        "2-1 cannot part XNOR 1001 by one line: use more hidden neurons, such as 2-2-1",
        assertThrows(StoreException.class, () -> life.device().teach("00=1")).getMessage());
  }

  @Test
  void aTrainingThatFailsChangesNothing() {
    // No network of this recipe learns XOR from this seed: it never begins anew.
    DeviceLife life = started("truth = 0001", "recipe = numpy-backprop", "seed = 3");
    set(0, life);
    press(life);
    life.settle();
    TruthTable answered = life.device().truth();
    assertEquals(answered, life.device().lesson().truth());
    require(answered.toString(), life);
  }

  @Test
  void aConfigurationMayInsist() {
    DeviceLife life = started("lesson = configured");
    set(3, life);
    requireRefusedPress(life);
    require("0110", life);
  }

  @Test
  void thePositionIsThatOfThePress() {
    DeviceLife life = started();
    set(1, life);
    board.setTeach(true);
    life.pass(DEBOUNCE_MILLIS);
    board.setRow(3); // Too late for this press.
    life.pass(50);
    board.setTeach(false);
    life.pass(DEBOUNCE_MILLIS);
    life.settle();
    require("0010", life);
  }

  @Test
  void aSwitchThatMovesTogetherWithTheButtonCounts_andALaterOneDoesNot() {
    DeviceLife life = started();
    set(1, life);
    board.setRow(3);
    board.setTeach(true);
    life.pass(DEBOUNCE_MILLIS + 50);
    board.setTeach(false);
    life.pass(DEBOUNCE_MILLIS);
    life.settle();
    require("0111", life);
    set(1, life);
    board.setTeach(true);
    life.pass(1);
    board.setRow(0);
    life.pass(DEBOUNCE_MILLIS + 50);
    board.setTeach(false);
    life.pass(DEBOUNCE_MILLIS);
    life.settle();
    require("0011", life);
  }

  @Test
  void severalLedsCountOn() {
    DeviceLife life = started("leds = 22,24", "truth = 0110,0001");
    set(0, life);
    press(life);
    life.settle();
    require("0110,1001", life);
    set(1, life);
    press(life);
    life.settle();
    require("0110,1101", life);
    press(life); // 11 is 01: on to 10.
    life.settle();
    require("0111,1100", life);
  }

  @Test
  void aDeploymentEndsTheTrainingForATaughtLesson() throws Exception {
    DeviceLife life = started();
    set(3, life);
    press(life);
    life.maintain();
    life.device().stage(TestImage.NEW.bytes());
    life.device().apply(Event.TEST, null);
    life.device().apply(Event.START, null);
    life.settle();
    require("0110", life);
  }

  @Test
  void anotherLessonEndsTheBlinking() throws StoreException {
    DeviceLife life = started();
    set(3, life);
    press(life);
    life.maintain();
    life.device().learn(Lesson.of(TruthTable.parse("0001"), NamedRecipe.DEVICE, ""), 5);
    life.pass(PERIOD_MILLIS); // The training has only begun.
    assertEquals("00000", shown(life, 100, 100, 100, 100));
    life.settle();
    require("0001", life);
  }

  @Test
  void aRestartDuringTheTrainingKeepsTheOldLesson() {
    DeviceLife life = started();
    set(3, life);
    press(life);
    life.maintain();
    require("0110", started());
  }

  @Test
  void thePressOfABrokenBoardIsForgotten() {
    DeviceLife life = started();
    set(3, life);
    board.setTeach(true);
    life.pass(DEBOUNCE_MILLIS + 50);
    board.failReads(new IllegalStateException("gone"));
    life.pass(1);
    board.setTeach(false);
    board.failReads(null);
    life.pass(2000);
    life.settle();
    require("0110", life);
  }

  @Test
  void wordsTeachToo() throws StoreException {
    DeviceLife life = started();
    assertEquals("learns 0111", life.device().teach("or").text());
    life.settle();
    assertEquals("answers 0111 already", life.device().teach("0111").text());
    assertEquals("learns 0011", life.device().teach("01=0").text());
    life.settle();
    require("0011", life);
    assertEquals("learns 0110", life.device().unteach().text());
    life.settle();
    require("0110", life);
  }

  @Test
  void wordsThatAreNoLessonChangeNothing() {
    DeviceLife life = started();
    for (String[] each :
        new String[][] {
          {"", "unknown truth table '': use and, or, xor, nand, nor, xnor, or digits such as 0110"},
          {"01", "a table such as 0110 is expected, or a position such as 11=1"},
          {"xor,and", "a table such as 0110 is expected, or a position such as 11=1"},
          {"01=", "a position is its switches, '=' and a digit per LED, such as 11=1"},
          {"1=1", "a position is its switches, '=' and a digit per LED, such as 11=1"},
          {"01=2", "a position is its switches, '=' and a digit per LED, such as 11=1"},
          {"01=1,1", "a position is its switches, '=' and a digit per LED, such as 11=1"},
        }) {
      StoreException refusal =
          assertThrows(StoreException.class, () -> life.device().teach(each[0]), each[0]);
      assertEquals(each[1], refusal.getMessage());
      assertEquals(StoreException.Reason.INPUT, refusal.reason());
    }
    require("0110", life);
  }
}
