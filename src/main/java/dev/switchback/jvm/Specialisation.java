package dev.switchback.jvm;

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
 * Copies of a layer's class, one per layer of a topology. In a copy the layer's widths, and the
 * next layer, are constants, so that C2 unrolls and joins the same loops that serve every width:
 * nothing is written twice, and no code is generated.
 *
 * <p>A copy is a hidden class made from the class file of the original. Thread-safe.
 */
public final class Specialisation {
  /** One of each kind for as long as the program runs: a layer's shape is likely to come again. */
  private static final Map<Kind, Object> INSTANCES = new ConcurrentHashMap<>();

  private static final boolean PAYS = !"false".equals(System.getProperty("switchback.specialise"));

  private Specialisation() {}

  /**
   * Whether copies are worth their making, some 10 ms each at a start. Only C2 makes use of their
   * constants: where it is off, {@code -Dswitchback.specialise=false} does without.
   */
  public static boolean pays() {
    return PAYS;
  }

  private record Kind(Class<?> original, Record constant) {}

  /**
   * The instance of the copy of a class for one constant; made when it is first asked for.
   *
   * @param original lookup of the class itself, which extends {@code type}
   * @param constant what {@link #constant} gives in the copy, and what its constructor takes
   */
  public static <L> L of(MethodHandles.Lookup original, Class<L> type, Record constant) {
    Kind kind = new Kind(original.lookupClass(), constant);
    return type.cast(INSTANCES.computeIfAbsent(kind, k -> make(original, constant)));
  }

  private static Object make(MethodHandles.Lookup original, Record constant) {
    try {
      byte[] classFile = classFile(original.lookupClass());
      Class<?> copy =
          original.defineHiddenClassWithClassData(classFile, constant, true).lookupClass();
      Constructor<?> constructor = copy.getDeclaredConstructor(constant.getClass());
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
