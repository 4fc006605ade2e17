package dev.switchback.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of a weight image, ordered by its parts from left to right.
 *
 * @param major 0 to 255
 * @param minor 0 to 255
 * @param revision 0 to 65535
 * @param build 0 to 2^32 - 1; counts the images that a device has trained from this version
 */
public record ImageVersion(int major, int minor, int revision, long build)
    implements Comparable<ImageVersion> {
  private static final int MAX_MAJOR = 0xff;
  private static final int MAX_MINOR = 0xff;
  private static final int MAX_REVISION = 0xffff;
  private static final long MAX_BUILD = 0xffff_ffffL;

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,10})\\.([0-9]{1,10})\\.([0-9]{1,10})(?:\\+([0-9]{1,10}))?");

  public ImageVersion {
    require("major", major, MAX_MAJOR);
    require("minor", minor, MAX_MINOR);
    require("revision", revision, MAX_REVISION);
    require("build", build, MAX_BUILD);
  }

  private static int require(String part, long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(
          "version: " + part + " is " + value + ", 0 to " + max + " expected");
    }
    return (int) value;
  }

  /**
   * Reads {@code 1.2.3+4} or {@code 1.2.3}.
   *
   * @throws IllegalArgumentException if the text has another form, or a part is too large
   */
  public static ImageVersion parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "version '" + text + "' is not of the form 1.2.3 or 1.2.3+4");
    }
    String build = parts.group(4);
    return new ImageVersion(
        require("major", Long.parseLong(parts.group(1)), MAX_MAJOR),
        require("minor", Long.parseLong(parts.group(2)), MAX_MINOR),
        require("revision", Long.parseLong(parts.group(3)), MAX_REVISION),
        build == null ? 0 : Long.parseLong(build));
  }

  /** Returns the version with the next build number; the largest stays. */
  public ImageVersion nextBuild() {
    return new ImageVersion(major, minor, revision, Math.min(build + 1, MAX_BUILD));
  }

  @Override
  public int compareTo(ImageVersion other) {
    return Long.compareUnsigned(number(), other.number());
  }

  /** Packs the parts into one number, for comparison. */
  private long number() {
    return (long) major << 56 | (long) minor << 48 | (long) revision << 32 | build;
  }

  /** Returns {@code 1.2.3+4}, or {@code 1.2.3} if the build is 0. */
  @Override
  public String toString() {
    return major + "." + minor + "." + revision + (build == 0 ? "" : "+" + build);
  }
}
