package dev.switchback.tools.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts an option value to a whole number; the error names the limits. */
public class WholeNumber implements ITypeConverter<Long> {
  private final long min;
  private final long max;

  /** Accepts any long, such as a seed. */
  public WholeNumber() {
    this(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private WholeNumber(long min, long max) {
    this.min = min;
    this.max = max;
  }

  @Override
  public Long convert(String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refusal(text);
    }
    throw refusal(text);
  }

  private TypeConversionException refusal(String text) {
    return new TypeConversionException(
        "'%s': a whole number expected, %s"
            .formatted(text, max == Integer.MAX_VALUE ? min + " or more" : min + " to " + max));
  }

  /** An int between two limits. */
  public abstract static class Limited implements ITypeConverter<Integer> {
    private final WholeNumber number;

    protected Limited(int min, int max) {
      this.number = new WholeNumber(min, max);
    }

    @Override
    public Integer convert(String text) {
      return Math.toIntExact(number.convert(text));
    }
  }

  /** A count, at least 1. */
  public static final class Count extends Limited {
    public Count() {
      super(1, Integer.MAX_VALUE);
    }
  }
}
