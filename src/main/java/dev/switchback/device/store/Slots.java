package dev.switchback.device.store;

import dev.switchback.device.store.SlotContent.Finding;
import dev.switchback.format.FormatException;
import dev.switchback.format.WeightImage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The images in the two slot files. Each is read and tested once, then cached. */
final class Slots {
  private static final SlotContent UNREAD =
      new SlotContent(Finding.UNREADABLE, null, "was not read yet");

  private final DurableFiles files;
  private final SelfTest selfTest;
  private final Consumer<String> problems;
  private final Map<SlotFile, SlotContent> contents = new EnumMap<>(SlotFile.class);

  /**
   * @param problems receives problems that a person should fix
   */
  Slots(DurableFiles files, SelfTest selfTest, Consumer<String> problems) {
    this.files = files;
    this.selfTest = selfTest;
    this.problems = problems;
  }

  /** Drops the cached content, so that the next use reads the file again. */
  void forget(SlotFile file) {
    contents.remove(file);
  }

  /** Returns the cached content; reads nothing. */
  SlotContent cached(SlotFile file) {
    return contents.getOrDefault(file, UNREAD);
  }

  /**
   * Returns the content of a file, read if it is not cached. A file that is not an image is set
   * aside.
   */
  SlotContent content(SlotFile file) {
    SlotContent cached = contents.get(file);
    if (cached == null) {
      cached = read(file.fileName());
      contents.put(file, cached);
    }
    return cached;
  }

  private SlotContent read(String name) {
    byte[] bytes;
    try {
      // One byte more than the limit, so that the parser reports a file that is too large.
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

  /** Tests an image that was just read or is not in a file yet. */
  SlotContent content(WeightImage image) {
    String failure = failure(image);
    return failure == null
        ? new SlotContent(Finding.PASSES, image, null)
        : new SlotContent(Finding.FAILS_SELF_TEST, image, failure);
  }

  /** Returns why an image fails the self-test, which may also throw; null if it passes. */
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
