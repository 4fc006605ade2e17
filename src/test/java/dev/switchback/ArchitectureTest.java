package dev.switchback;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of packages in the design page, and the rules below it. */
class ArchitectureTest {
  private static final String ROOT = "dev.switchback";
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /**
   * A package and what it may import: packages of ours, {@code ground} for all of {@link #GROUND},
   * {@code .} for the one above all, then after a bar those of libraries. All may use the JDK, but
   * see {@link #coreUsesTheLanguageAlone}.
   */
  private static final String TABLE =
      """
      core.jvm            |
      core.nn             core.jvm |
      core.fixed          core.jvm core.nn |
      core                core.nn core.fixed |
      lesson              core core.nn |
      format              . core core.nn core.fixed | com.fasterxml.jackson..
      wire                |
      wire.smp            . core | com.fasterxml.jackson..
      wire.serial         . wire | com.fazecast.jSerialComm..
      .                   |
      device.board        . |
      device.board.linux  . device.board |
      device.board.pi4j   . device.board device.board.linux | com.pi4j..
      device.config       . core core.nn format wire device.board |
      device.control      . core core.nn device.board |
      device.store        . format |
      device.node         . core core.nn lesson format device.board device.config device.control \
      device.store | org.tinylog..
      device.cable        . ground device.board device.board.linux device.config device.control device.node device.store | \
      org.tinylog..
      device.service      . ground device.board device.board.linux device.board.pi4j \
      device.cable device.config device.control device.node device.store | org.tinylog..
      device              . device.board device.config device.service device.store | \
      org.tinylog..
      tools.client        . ground |
      tools.foreign.onnx  . core.nn format | com.google.protobuf..
      tools.foreign       . core core.nn core.fixed format tools.foreign.onnx |
      tools.lab           . ground tools.cli tools.client tools.foreign | \
      com.fasterxml.jackson.. com.sun.net.httpserver..
      tools.plot          core core.nn core.fixed | com.github.weisj..
      tools.doctor        . ground device.board device.board.linux device.config device.node \
      device.store |
      tools.bench         . core core.nn lesson device.board device.board.pi4j device.config \
      device.control device.node device.service device.store tools.cli tools.plot | org.jline..
      tools.cli           . core core.nn lesson format tools.foreign | \
      picocli.. com.fasterxml.jackson.. org.jline..
      tools.cli.here      . core core.nn lesson format wire device device.board device.board.linux \
      device.board.pi4j device.config device.node device.service device.store tools.bench tools.cli \
      tools.doctor tools.foreign tools.lab | \
      picocli..
      tools.cli.line      . ground tools.cli tools.client tools.foreign tools.lab | \
      picocli.. org.jline..
      tools.cli.files     . ground tools.cli tools.foreign tools.plot | \
      picocli..
      tools               . ground device.config tools.cli tools.cli.files tools.cli.here \
      tools.cli.line tools.client tools.foreign | picocli..
      """;

  /** What both towers stand on. */
  private static final String GROUND =
      "core core.nn core.fixed lesson format wire wire.smp wire.serial";

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static String packageOf(String name) {
    return name.equals(".") ? ROOT : ROOT + "." + name;
  }

  private static ArchRule importsOf(String line) {
    List<String> ours = words(line.substring(0, line.indexOf('|')).replace("ground", GROUND));
    List<String> allowed =
        new ArrayList<>(List.of("java..", "javax..", "org.jspecify.annotations"));
    ours.forEach(other -> allowed.add(packageOf(other)));
    allowed.addAll(words(line.substring(line.indexOf('|') + 1)));
    return classes()
        .that()
        .resideInAPackage(packageOf(ours.getFirst()))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)));
  }

  @Test
  void packagesImportWhatTheTableSays() {
    TABLE.lines().forEach(line -> importsOf(line).check(MAIN));
  }

  @Test
  void everyPackageStandsInTheTable() {
    Set<String> known = new TreeSet<>();
    TABLE.lines().forEach(line -> known.add(packageOf(words(line).getFirst())));
    Set<String> unknown = new TreeSet<>();
    MAIN.forEach(type -> unknown.add(type.getPackageName()));
    assertTrue(unknown.contains(ROOT + ".core.nn"), "the classes were found");
    unknown.removeAll(known);
    assertEquals(Set.of(), unknown);
  }

  /** A package the table names and nobody has would hold its rule over nothing. */
  @Test
  void theTableNamesNoPackageThatIsNot() {
    Set<String> missing = new TreeSet<>();
    TABLE
        .lines()
        .forEach(line ->
            words(line.substring(0, line.indexOf('|')).replace("ground", GROUND))
                .forEach(name -> missing.add(packageOf(name))));
    MAIN.forEach(type -> missing.remove(type.getPackageName()));
    assertEquals(Set.of(), missing);
  }

  /** The two towers: the laptop's knows the board's only where it runs or examines one. */
  @Test
  void towersStandApart() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".device..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".tools..")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".tools.client",
            ROOT + ".tools.foreign",
            ROOT + ".tools.foreign.onnx",
            ROOT + ".tools.lab",
            ROOT + ".tools.plot",
            ROOT + ".tools.cli",
            ROOT + ".tools.cli.line",
            ROOT + ".tools.cli.files")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".device..")
        .check(MAIN);
  }

  @Test
  void packagesDependOnEachOtherWithoutCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"core.nn", "core.fixed"})
  void coreUsesTheLanguageAlone(String name) {
    DescribedPredicate<JavaClass> few =
        describe(
            "java.util.Arrays or Objects",
            type ->
                type.getName().equals("java.util.Arrays")
                    || type.getName().equals("java.util.Objects"));
    classes()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "java.lang",
                    "java.lang.annotation",
                    "java.lang.invoke",
                    "java.util.function",
                    "org.jspecify.annotations",
                    ROOT + ".core.jvm",
                    ROOT + ".core.nn",
                    ROOT + ".core.fixed")
                .or(few))
        .check(MAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"core.nn", "core.fixed", "device.control"})
  void hotPackagesFormatStreamAndLogNothing(String name) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .accessTargetWhere(
            access("String.format or formatted", "java.lang.String", "format", "formatted"))
        .orShould()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "java.io..",
                    "java.nio.file..",
                    "java.util.stream..",
                    "java.util.logging..",
                    "org.slf4j..",
                    "org.tinylog..")
                .or(
                    describe(
                        "System.Logger", type -> type.getName().equals("java.lang.System$Logger"))))
        .check(MAIN);
  }

  private static DescribedPredicate<JavaAccess<?>> access(
      String what, String owner, String... methods) {
    List<String> names = List.of(methods);
    return describe(
        what,
        access ->
            access.getTargetOwner().getName().equals(owner) && names.contains(access.getName()));
  }

  private static void assertOnlyIn(String library, String... packages) {
    noClasses()
        .that(
            resideInAPackage(ROOT + "..").and(DescribedPredicate.not(resideInAnyPackage(packages))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(MAIN);
  }

  @Test
  void librariesStayWhereTheyBelong() {
    assertOnlyIn("com.pi4j..", ROOT + ".device.board.pi4j");
    assertOnlyIn("com.fazecast..", ROOT + ".wire.serial");
    assertOnlyIn(
        "org.jline..", ROOT + ".tools.bench", ROOT + ".tools.cli", ROOT + ".tools.cli.line");
    assertOnlyIn("picocli..", ROOT + ".tools", ROOT + ".tools.cli..");
    assertOnlyIn(
        "com.fasterxml..",
        ROOT + ".format",
        ROOT + ".wire.smp",
        ROOT + ".tools.cli",
        ROOT + ".tools.lab");
    assertOnlyIn("com.sun.net.httpserver..", ROOT + ".tools.lab");
    assertOnlyIn("com.google.protobuf..", ROOT + ".tools.foreign.onnx");
    assertOnlyIn("com.github.weisj..", ROOT + ".tools.plot");
    assertOnlyIn("java.awt..", ROOT + ".tools.plot");
    assertOnlyIn("javax.imageio..", ROOT + ".tools.plot");
  }

  @Test
  void timePassesOnlyThroughTheClock() {
    DescribedPredicate<JavaAccess<?>> time =
        access("nanoTime", "java.lang.System", "nanoTime", "currentTimeMillis")
            .or(access("sleep", "java.lang.Thread", "sleep"))
            .or(access("wait", "java.lang.Object", "wait"))
            .or(
                describe(
                    "park",
                    access ->
                        access.getTargetOwner().getSimpleName().equals("LockSupport")
                            && access.getName().startsWith("park")))
            .or(
                describe(
                    "now",
                    access ->
                        access.getTargetOwner().getPackageName().equals("java.time")
                            && (access.getName().equals("now")
                                || access.getName().startsWith("system"))));
    DescribedPredicate<JavaClass> progress =
        describe("progress", type -> type.getName().equals(ROOT + ".ProgressLine"));
    noClasses()
        .that(
            DescribedPredicate.not(
                assignableTo(ROOT + ".Clock").and(resideInAPackage(ROOT)).or(progress)))
        .should()
        .accessTargetWhere(time)
        .because("duty cycles run on an injected clock; only progress on a terminal may look")
        .check(MAIN);
  }

  /** What a static keeps over a simulated restart would hide a fault that a real one shows. */
  @ParameterizedTest
  @ValueSource(strings = {"device.store", "device.node", "device.cable", "device.control"})
  void nothingSurvivesARestart(String name) {
    DescribedPredicate<JavaClass> mutable =
        describe(
            "an array, or a collection or counter other than List",
            type ->
                type.isArray()
                    || (type.isAssignableTo(Collection.class) && !type.isEquivalentTo(List.class))
                    || type.isAssignableTo(Map.class)
                    || type.getPackageName().startsWith("java.util.concurrent"));
    // TinyLog makes the writer by itself, and gives it to nobody: its lines are those of the
    // process.
    DescribedPredicate<JavaClass> log =
        describe("the log", type -> type.getName().equals(ROOT + ".device.cable.RecentLogWriter"));
    fields()
        .that()
        .areDeclaredInClassesThat(
            resideInAPackage(ROOT + "." + name).and(DescribedPredicate.not(log)))
        .and()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .beFinal()
        .andShould()
        .notHaveRawType(mutable)
        .check(MAIN);
    noClasses()
        .that(resideInAPackage(ROOT + "." + name).and(DescribedPredicate.not(log)))
        .should()
        .callConstructorWhere(
            describe(
                "of java.util in a static initialiser",
                call ->
                    call.getOrigin().getName().equals("<clinit>")
                        && call.getTargetOwner().getPackageName().startsWith("java.util")))
        .check(MAIN);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses().should().haveNameMatching(".*(Utils?|Manager|Helper|Impl)(\\$.*)?").check(MAIN);
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaPackage aPackage : MAIN.getPackage(ROOT).getSubpackagesInTree()) {
      if (!aPackage.getClasses().isEmpty() && !aPackage.isAnnotatedWith(NullMarked.class)) {
        unmarked.add(aPackage.getName());
      }
    }
    assertEquals(Set.of(), unmarked);
  }
}
