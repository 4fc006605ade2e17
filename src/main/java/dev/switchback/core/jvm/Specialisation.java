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
 * Copies of a layer's class, one for each of its constants. In a copy the layer's widths, and the
 * next layer, are constants, so that C2 unrolls and joins the same loops that serve every width:
 * nothing is written twice, and no code is generated.
 *
 * <p>A copy is a hidden class made from the class file of the original. There are only so many:
 * what is asked for beyond them is served by the original. Thread-safe.
 */
public final class Specialisation {
  /** As many as a few dozen networks have layers. */
  private static final int MAX_SHARED = 64;

  private static final Specialisation SHARED = new Specialisation(MAX_SHARED);

  private static final boolean PAYS = !"false".equals(System.getProperty("switchback.specialise"));

  private final int maxCopies;

  /**
   * The first kinds asked for, for as long as the program runs: a shape is likely to come again.
   */
  private final Map<Kind, Object> instances = new ConcurrentHashMap<>();

  /** A table of its own, as yet without copies. */
  public Specialisation(int maxCopies) {
    this.maxCopies = maxCopies;
  }

  /**
   * Whether copies are worth their making, some 10 ms each at a start. Only C2 makes use of their
   * constants: where it is off, {@code -Dswitchback.specialise=false} does without.
   */
  public static boolean pays() {
    return PAYS;
  }

  private record Kind(Class<?> original, Record constant) {}

  /** The table that all networks of the program share. */
  public static Specialisation shared() {
    return SHARED;
  }

  /** How many copies there are. */
  int copies() {
    return instances.size();
  }

  /**
   * The instance of the copy of a class for one constant, the same for equal constants; made when
   * it is first asked for. Once there are as many copies as there may be, a new instance of the
   * class itself.
   *
   * @param original lookup of the class itself, which extends {@code type}
   * @param constant what {@link #constant} gives in the copy, and what its constructor takes
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

  /** What the class that looks was copied for; null in the original. */
  public static <C extends Record> @Nullable C constant(MethodHandles.Lookup self, Class<C> type) {
    try {
      return MethodHandles.classData(self, ConstantDescs.DEFAULT_NAME, type);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
