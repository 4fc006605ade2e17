package dev.switchback.format;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Topology;
import dev.switchback.core.nn.TruthTable;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether an image answers every switch position as a truth table requires. The device runs
 * it before it accepts or uses an image, the laptop before it sends one. Any thread.
 */
public final class ImageSelfTest {
  private ImageSelfTest() {}

  /**
   * Tests every row of the image's lesson.
   *
   * @param engine the engine that would answer
   * @return why the image fails, as a clause that follows its name; null if it passes
   */
  public static @Nullable String failure(WeightImage image, LessonRule rule, Engine engine) {
    Topology topology = image.topology();
    if (topology.inputs() != rule.own().inputs()) {
      return "has topology " + topology + ", the device " + rule.own().inputs() + " switches";
    }
    if (topology.leds() != rule.own().leds()) {
      return "has topology "
          + topology
          + (topology.isArgmax() ? " with argmax" : "")
          + ", the device "
          + (rule.own().leds() == 1 ? "1 LED" : rule.own().leds() + " LEDs");
    }
    TruthTable lesson = rule.of(image);
    if (rule.excludes(lesson)) {
      return "has lesson " + lesson + ", the device insists on " + rule.own();
    }
    Answers answers = Answers.of(engine.model(image.parameters()));
    int row = lesson.firstWrongRow(answers);
    if (row < 0) {
      return null;
    }
    String levels = TruthTable.levels(row, lesson.inputs());
    return (answers.isFinite(row) ? "answers " + answers : "gives no number at switches " + levels)
        + " in "
        + engine.label()
        + (image.lesson() == null ? ", the device's lesson is " : ", its lesson is ")
        + lesson
        + (answers.isFinite(row) ? ": switches " + levels + " are wrong" : "");
  }
}
