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
   * A package and what it may import: packages of ours, then after a bar those of libraries. All
   * may use the JDK, but see {@link #coreUsesTheLanguageAlone}.
   */
  private static final String TABLE =
      """
      jvm           |
      nn            jvm |
      nn.fixed      jvm nn |
      hal           |
      image         nn nn.fixed | com.fasterxml.jackson..
      store         hal image |
      link          |
      link.smp      | com.fasterxml.jackson..
      control       nn nn.fixed hal |
      board.pi4j    hal board.linux | com.pi4j..
      board.jserial hal | com.fazecast.jSerialComm..
      board.linux   hal |
      board.sim     hal |
      node          nn nn.fixed image store hal control board.pi4j \
      board.linux board.sim | org.tinylog..
      doctor        hal image store node board.pi4j board.linux |
      cable         nn nn.fixed image store link link.smp hal control node | org.tinylog..
      laptop        nn nn.fixed link link.smp image hal |
      plot          nn nn.fixed | com.github.weisj..
      cli           nn nn.fixed image store link link.smp hal control board.pi4j board.jserial \
      board.linux board.sim node cable laptop plot doctor | \
      picocli.. org.jline.. com.fasterxml.jackson.. org.tinylog..
      """;

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static ArchRule importsOf(String line) {
    List<String> ours = new ArrayList<>(words(line.substring(0, line.indexOf('|'))));
    String name = ours.getFirst();
    List<String> allowed =
        new ArrayList<>(List.of("java..", "javax..", "org.jspecify.annotations"));
    ours.forEach(other -> allowed.add(ROOT + "." + other));
    allowed.addAll(words(line.substring(line.indexOf('|') + 1)));
    return classes()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new)))
        .allowEmptyShould(true);
  }

  @Test
  void packagesImportWhatTheTableSays() {
    TABLE.lines().forEach(line -> importsOf(line).check(MAIN));
  }

  @Test
  void everyPackageStandsInTheTable() {
    Set<String> known = new TreeSet<>();
    TABLE.lines().forEach(line -> known.add(ROOT + "." + words(line).getFirst()));
    Set<String> unknown = new TreeSet<>();
    MAIN.forEach(type -> unknown.add(type.getPackageName()));
    assertTrue(unknown.contains(ROOT + ".nn"), "the classes were found");
    unknown.removeAll(known);
    assertEquals(Set.of(), unknown);
  }

  @Test
  void packagesDependOnEachOtherWithoutCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nn", "nn.fixed"})
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
                    ROOT + ".jvm",
                    ROOT + ".nn",
                    ROOT + ".nn.fixed")
                .or(few))
        .check(MAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nn", "nn.fixed", "control"})
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
        .allowEmptyShould(true)
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
    assertOnlyIn("com.pi4j..", ROOT + ".board.pi4j");
    assertOnlyIn("com.fazecast..", ROOT + ".board.jserial");
    assertOnlyIn("org.jline..", ROOT + ".cli");
    assertOnlyIn("picocli..", ROOT + ".cli");
    assertOnlyIn("com.fasterxml..", ROOT + ".image", ROOT + ".link.smp", ROOT + ".cli");
    assertOnlyIn("com.github.weisj..", ROOT + ".plot");
    assertOnlyIn("java.awt..", ROOT + ".plot");
    assertOnlyIn("javax.imageio..", ROOT + ".plot");
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
        describe("progress", type -> type.getName().equals(ROOT + ".cli.ProgressLine"));
    noClasses()
        .that(
            DescribedPredicate.not(
                assignableTo(ROOT + ".hal.Clock")
                    .and(resideInAnyPackage(ROOT + ".hal", ROOT + ".control"))
                    .or(progress)))
        .should()
        .accessTargetWhere(time)
        .because("duty cycles run on an injected clock; only progress on a terminal may look")
        .check(MAIN);
  }

  /** What a static keeps over a simulated restart would hide a fault that a real one shows. */
  @ParameterizedTest
  @ValueSource(strings = {"store", "node", "cable", "control"})
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
        describe("the log", type -> type.getName().equals(ROOT + ".node.RecentLogWriter"));
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
