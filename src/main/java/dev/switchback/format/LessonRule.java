package dev.switchback.format;

import dev.switchback.core.nn.TruthTable;
import org.jspecify.annotations.Nullable;

/**
 * Which lesson an image is tested against; see weight-image.md, section 4.
 *
 * @param own lesson of images that state none
 * @param isOnly whether images with any other lesson are refused
 */
public record LessonRule(TruthTable own, boolean isOnly) {
  /** Returns the rule of a device that takes images with any lesson. */
  public static LessonRule any(TruthTable own) {
    return new LessonRule(own, false);
  }

  /** Returns the lesson of an image; {@link #own} if it states none, or there is no image. */
  public TruthTable of(@Nullable WeightImage image) {
    TruthTable stated = image == null ? null : image.lesson();
    return stated == null ? own : stated;
  }

  /** Returns whether the rule refuses a lesson. */
  public boolean excludes(TruthTable lesson) {
    return isOnly && !lesson.equals(own);
  }
}
