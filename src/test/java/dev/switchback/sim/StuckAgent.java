package dev.switchback.sim;

import dev.switchback.device.control.ControlLoop;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A Java agent, {@code -javaagent:JAR=FILE}, that blocks the control loop while a file exists, as a
 * stuck driver would. It tests the watchdog of the packaged program.
 */
public final class StuckAgent implements CodeTransform {
  private static final long POLL_MILLIS = 20;

  private static volatile Path file = Path.of("");

  private StuckAgent() {}

  /** Packs the agent into the jar named by the only argument. */
  public static void main(String[] args) throws IOException {
    pack(Path.of(args[0]));
  }

  /** Packs the agent into a jar. */
  public static void pack(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", StuckAgent.class.getName());
    attributes.putValue("Can-Redefine-Classes", "true");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out, manifest)) {
      packed.putNextEntry(new JarEntry(entry(StuckAgent.class)));
      packed.write(bytes(StuckAgent.class));
    }
  }

  private static String entry(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    try (InputStream in = type.getClassLoader().getResourceAsStream(entry(type))) {
      return in.readAllBytes();
    }
  }

  /** Called by the JVM before {@code main}. */
  public static void premain(String path, Instrumentation java) throws Exception {
    file = Path.of(path);
    ClassFile format = ClassFile.of();
    ClassTransform hanging =
        ClassTransform.transformingMethodBodies(
            method -> method.methodName().equalsString("tick"), new StuckAgent());
    byte[] loop = format.transformClass(format.parse(bytes(ControlLoop.class)), hanging);
    java.redefineClasses(new ClassDefinition(ControlLoop.class, loop));
  }

  @Override
  public void atStart(CodeBuilder code) {
    ClassDesc agent = ClassDesc.of(StuckAgent.class.getName());
    code.invokestatic(agent, "hang", ConstantDescs.MTD_void);
  }

  @Override
  public void accept(CodeBuilder code, CodeElement element) {
    code.with(element);
  }

  /** Called at the start of every tick. */
  public static void hang() throws InterruptedException {
    while (Files.exists(file)) {
      Thread.sleep(POLL_MILLIS);
    }
  }
}
