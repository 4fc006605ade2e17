package dev.switchback.core.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies of a layer's class, one per set of shape constants. In a copy, the layer's widths and the
 * next layer are constants, so C2 unrolls and inlines the same loops that serve every width. No
 * code is duplicated or generated.
 *
 * <p>A copy is a hidden class defined from the class file of the original. Their number is limited;
 * further shapes use the original class. Thread-safe.
 */
public final class Specialisation {
  /** Enough for the layers of a few dozen networks. */
  private static final int MAX_SHARED = 64;

  private static final Specialisation SHARED = new Specialisation(MAX_SHARED);

  private static final boolean ENABLED =
      !"false".equals(System.getProperty("switchback.specialise"));

  private final int maxCopies;

  /** The first shapes requested, kept until the program ends, as a shape is likely to recur. */
  private final Map<Kind, Object> instances = new ConcurrentHashMap<>();

  /** Creates an empty table, separate from the {@link #shared()} one. */
  public Specialisation(int maxCopies) {
    this.maxCopies = maxCopies;
  }

  /**
   * Returns whether layers are specialised. A copy costs about 10 ms at a start and pays off only
   * under C2; without C2, {@code -Dswitchback.specialise=false} avoids the cost.
   */
  public static boolean isEnabled() {
    return ENABLED;
  }

  private record Kind(Class<?> original, Record constant) {}

  /** Returns the table that all networks of the program share. */
  public static Specialisation shared() {
    return SHARED;
  }

  /** Returns the number of copies. */
  int copies() {
    return instances.size();
  }

  /**
   * Returns the instance of the copy for these shape constants, created on first use. Once the
   * limit is reached, returns a new instance of the original class instead.
   *
   * @param original lookup of the original class, which extends {@code type}
   * @param constant the shape constants: the argument of the constructor, and the value that {@link
   *     #constant} returns in the copy
   */
  public <L> L of(MethodHandles.Lookup original, Class<L> type, Record constant) {
    Kind kind = new Kind(original.lookupClass(), constant);
    Object known = instances.get(kind);
    return type.cast(known == null ? newInstance(kind, original) : known);
  }

  private synchronized Object newInstance(Kind kind, MethodHandles.Lookup original) {
    Object known = instances.get(kind);
    if (known != null) {
      return known;
    }
    if (instances.size() == maxCopies) {
      return newInstance(kind.original(), kind.constant());
    }
    Object made = newInstance(copy(original, kind.constant()), kind.constant());
    instances.put(kind, made);
    return made;
  }

  private static Class<?> copy(MethodHandles.Lookup original, Record constant) {
    try {
      byte[] classFile = classFile(original.lookupClass());
      return original.defineHiddenClassWithClassData(classFile, constant, true).lookupClass();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object newInstance(Class<?> type, Record constant) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(constant.getClass());
      constructor.setAccessible(true);
      return constructor.newInstance(constant);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] classFile(Class<?> type) {
    String name = type.getSimpleName() + ".class";
    try (InputStream in = type.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing beside its class");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the shape constants of the calling class; null in the original. */
  public static <C extends Record> @Nullable C constant(MethodHandles.Lookup self, Class<C> type) {
    try {
      return MethodHandles.classData(self, ConstantDescs.DEFAULT_NAME, type);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
