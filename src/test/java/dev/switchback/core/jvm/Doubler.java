package dev.switchback.core.jvm;

import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/** Returns twice the width that it was specialised for. */
final class Doubler implements Doubling {
  static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  static final @Nullable Width CONSTANT = Specialisation.constant(LOOKUP, Width.class);

  private final Width width;

  Doubler(Width width) {
    this.width = width;
  }

  record Width(int value) {}

  @Override
  public int doubled() {
    return 2 * (CONSTANT == null ? width : CONSTANT).value();
  }
}
