package dev.switchback.device.store;

import dev.switchback.device.store.SlotContent.Finding;
import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The images in the two files, each read and tested once until it is forgotten. */
final class Slots {
  private static final SlotContent UNREAD =
      new SlotContent(Finding.UNREADABLE, null, "was not read yet");

  private final DurableFiles files;
  private final SelfTest selfTest;
  private final Consumer<String> problems;
  private final Map<SlotFile, SlotContent> contents = new EnumMap<>(SlotFile.class);

  /**
   * @param problems told what a person should mend
   */
  Slots(DurableFiles files, SelfTest selfTest, Consumer<String> problems) {
    this.files = files;
    this.selfTest = selfTest;
    this.problems = problems;
  }

  /** Looks again when it is next asked for. */
  void forget(SlotFile file) {
    contents.remove(file);
  }

  /** What the last look found; nothing is read. */
  SlotContent known(SlotFile file) {
    return contents.getOrDefault(file, UNREAD);
  }

  /** What the file holds. Bytes that are no image are set aside. */
  SlotContent content(SlotFile file) {
    SlotContent known = contents.get(file);
    if (known == null) {
      known = look(file.fileName());
      contents.put(file, known);
    }
    return known;
  }

  private SlotContent look(String name) {
    byte[] bytes;
    try {
      // One byte more than any image has: the image says that it is too large.
      bytes = files.read(name, WeightImage.MAX_BYTES + 1);
      if (bytes == null) {
        return new SlotContent(Finding.EMPTY, null, "is empty");
      }
    } catch (IOException e) {
      problems.accept(name + " cannot be read: " + e.getMessage());
      return new SlotContent(Finding.UNREADABLE, null, "cannot be read: " + e.getMessage());
    }
    try {
      return content(WeightImage.read(bytes));
    } catch (FormatException e) {
      return setAside(name, e);
    }
  }

  /** An image that is not in a file yet, or was just read. */
  SlotContent content(WeightImage image) {
    String failure = failure(image);
    return failure == null
        ? new SlotContent(Finding.PASSES, image, null)
        : new SlotContent(Finding.FAILS_SELF_TEST, image, failure);
  }

  /** Why an image must not answer; a self-test that breaks on it is one of the reasons. */
  @Nullable String failure(WeightImage image) {
    try {
      return selfTest.failure(image);
    } catch (RuntimeException | StackOverflowError e) {
      return "breaks the self-test: " + e;
    }
  }

  private SlotContent setAside(String name, FormatException why) {
    String trouble = "holds no image: " + why.getMessage();
    try {
      String broken = files.setAside(name);
      problems.accept(name + " " + trouble + "; kept as " + broken);
      return new SlotContent(Finding.SET_ASIDE, null, trouble + "; kept as " + broken);
    } catch (IOException e) {
      problems.accept(name + " " + trouble + "; it cannot be set aside: " + e.getMessage());
      return new SlotContent(Finding.BROKEN, null, trouble);
    }
  }
}
