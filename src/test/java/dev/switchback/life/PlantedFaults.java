package dev.switchback.life;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Plants small faults in the sources, one at a time, and checks that lives find them. */
public final class PlantedFaults {
  private static final Path SOURCES = Path.of("src/main/java/dev/switchback");
  private static final Path PLANTED = Path.of("target/planted");
  private static final int LIVES = 2000;
  private static final Pattern FOUND = Pattern.compile("(?m)^seed ([0-9]+), event ([0-9]+): (.*)$");

  /**
   * A fault to plant.
   *
   * @param file path below the root package
   * @param right text that occurs once in the file
   * @param wrong its replacement
   */
  private record Fault(String name, String file, String right, String wrong) {}

  private static final List<Fault> FAULTS =
      List.of(
          new Fault(
              "a file is not synced",
              "device/store/DurableFiles.java",
              "    storage.sync(newName);\n",
              ""),
          new Fault(
              "a rename is not synced",
              "device/store/DurableFiles.java",
              "    storage.rename(name + NEW, name);\n    storage.syncDirectory();",
              "    storage.rename(name + NEW, name);"),
          new Fault(
              "a deletion is not synced",
              "device/store/DurableFiles.java",
              "    storage.delete(name);\n    storage.syncDirectory();",
              "    storage.delete(name);"),
          new Fault(
              "the slot is written before the record",
              "device/store/WeightStore.java",
              "    write(next);\n    record = next;\n    if (row.step() == FileStep.WRITE) {\n      files.publish(target.fileName());\n    } else",
              "    if (row.step() == FileStep.WRITE) {\n      files.publish(target.fileName());\n    }\n    write(next);\n    record = next;\n    if (row.step() == FileStep.WRITE) {\n    } else"),
          new Fault(
              "a trial is not taken back",
              "device/store/Transition.java",
              "fallBack(REVERT, Event.START, Guard.ALWAYS, true)",
              "keep(REVERT, Event.START, Guard.ALWAYS, NONE)"),
          new Fault(
              "a trial is for good",
              "device/store/Transition.java",
              "exchange(TEST, Event.START, Guard.ALWAYS, REVERT)",
              "exchange(TEST, Event.START, Guard.ALWAYS, NONE)"),
          new Fault(
              "a mark stays when slot 1 is written over",
              "device/store/Transition.java",
              "          stage(TEST),",
              "          new Transition(\n              TEST, Event.STAGE, Guard.IMAGE_PASSES, TEST, false, false, FileStep.WRITE),"),
          new Fault(
              "a trial may be written over",
              "device/store/Transition.java",
              "refuse(REVERT, Event.STAGE)",
              "stage(REVERT)"),
          new Fault(
              "confirm confirms nothing",
              "device/store/Transition.java",
              "keep(REVERT, Event.CONFIRM, Guard.ALWAYS, NONE)",
              "keep(REVERT, Event.CONFIRM, Guard.ALWAYS, REVERT)"),
          new Fault(
              "revert stays with the trial",
              "device/store/Transition.java",
              "exchange(REVERT, Event.REVERT, Guard.SLOT_1_PASSES, NONE)",
              "keep(REVERT, Event.REVERT, Guard.SLOT_1_PASSES, NONE)"),
          new Fault(
              "what is staged is not tested",
              "device/store/WeightStore.java",
              "case IMAGE_PASSES -> candidate != null && candidate.passes();",
              "case IMAGE_PASSES -> candidate != null;"),
          new Fault(
              "a refused command forgets slot 1",
              "device/store/WeightStore.java",
              "    slots.forget(slot1());\n    slots.content(slot1());\n    Transition",
              "    slots.forget(slot1());\n    Transition"),
          new Fault(
              "a start that read nothing is not completed",
              "device/store/WeightStore.java",
              "    completeStart();\n    WeightImage staged",
              "    WeightImage staged"),
          new Fault(
              "a record that was not read counts as none",
              "device/store/WeightStore.java",
              "isIncomplete = recordTrouble != null || active.isUnreadable();",
              "isIncomplete = false;"),
          new Fault(
              "the highest version is forgotten",
              "device/store/StateRecord.java",
              "generation + 1, highest);",
              "generation + 1, null);"),
          new Fault(
              "the signature is not asked for",
              "device/node/Device.java",
              "      List<VerifyingKey> keys = configuration.get(Key.PUBLIC_KEY);\n      if (!keys.isEmpty()) {\n        image.requireSignedBy(keys);\n      }\n    } catch (FormatException e) {\n      refused",
              "      List<VerifyingKey> keys = List.of();\n      if (!keys.isEmpty()) {\n        image.requireSignedBy(keys);\n      }\n    } catch (FormatException e) {\n      refused"),
          new Fault(
              "what a command brought about is not taken",
              "device/node/Weights.java",
              "    } finally {\n      take(false);\n    }",
              "    } finally {\n    }"),
          new Fault(
              "what a training found changed is not taken",
              "device/node/Weights.java",
              "    } catch (StoreException e) {\n      take(false);",
              "    } catch (StoreException e) {\n      status = store.status();"),
          new Fault(
              "the LED is the wrong way round",
              "device/control/ControlLoop.java",
              "board.setLeds(shown);",
              "board.setLeds(shown ^ 1);"),
          new Fault(
              "the LED stays lit when a wire breaks",
              "device/control/ControlLoop.java",
              "board.setLeds(0);",
              "board.setLeds(ledsShown);"),
          new Fault(
              "a hold is a press",
              "device/control/TeachButton.java",
              "      return TeachRequests.UNTEACH + pressedRow;",
              "      return pressedRow;"),
          new Fault(
              "an image leaves the LED blinking",
              "device/node/Maintenance.java",
              "(taught != null || !running.truth().equals(now))",
              "!running.truth().equals(now)"),
          new Fault(
              "a refusal blinks for ever",
              "device/control/Blinking.java",
              "if (part >= 2 * REFUSAL_FLASHES) {",
              "if (part < 0) {"),
          new Fault(
              "a lesson may be taught on trial",
              "device/node/Weights.java",
              "    if (status.running().onTrial()) {\n      throw new StoreException(Reason.REFUSED, \"confirm",
              "    if (status == null) {\n      throw new StoreException(Reason.REFUSED, \"confirm"),
          new Fault(
              "the watchdog is not fed",
              "device/service/ServiceWatch.java",
              "      supervisor.feed();\n",
              ""),
          new Fault(
              "errors of a slot's file are those of images",
              "device/cable/DeviceFiles.java",
              "      throw new SmpException(GroupError.FILE_WRITE_FAILED, String",
              "      throw new SmpException(GroupError.IMAGE_WRITE_FAILED, String"),
          new Fault(
              "a busy device answers for another group",
              "device/cable/SwitchbackGroup.java",
              "GroupError.SWITCHBACK_BUSY",
              "GroupError.IMAGE_ALREADY_PENDING"));

  private PlantedFaults() {}

  public static void main(String[] args) throws Exception {
    int missed = 0;
    for (Fault fault : FAULTS) {
      missed += isFound(fault) ? 0 : 1;
    }
    System.out.printf("%d planted, %d found%n", FAULTS.size(), FAULTS.size() - missed);
    System.exit(missed == 0 ? 0 : 1);
  }

  private static boolean isFound(Fault fault) throws Exception {
    compile(fault);
    long startNanos = System.nanoTime();
    String told = lives();
    double seconds = (System.nanoTime() - startNanos) * 1e-9;
    Matcher found = FOUND.matcher(told);
    boolean isFound = found.find();
    System.out.printf(
        Locale.ROOT,
        "%-44s %s, %.0f s%n",
        fault.name,
        isFound
            ? "life "
                + found.group(1)
                + ", event "
                + found.group(2)
                + ": "
                + shortened(found.group(3))
            : "NOT FOUND in " + LIVES + " lives",
        seconds);
    return isFound;
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), 60));
  }

  /** Returns the names of the faults whose text no longer stands in its file once. */
  static List<String> stale() throws IOException {
    List<String> stale = new ArrayList<>();
    for (Fault fault : FAULTS) {
      String text = Files.readString(SOURCES.resolve(fault.file));
      int at = text.indexOf(fault.right);
      if (at < 0 || text.indexOf(fault.right, at + 1) >= 0) {
        stale.add(fault.name);
      }
    }
    return stale;
  }

  private static void compile(Fault fault) throws IOException {
    Path source = SOURCES.resolve(fault.file);
    String text = Files.readString(source);
    Path planted = PLANTED.resolve("source").resolve(source.getFileName());
    delete(PLANTED);
    Files.createDirectories(planted.getParent());
    Files.writeString(planted, text.replace(fault.right, fault.wrong));
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    int code =
        javac.run(
            null,
            null,
            null,
            "-proc:none",
            "-nowarn",
            "-d",
            PLANTED.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            planted.toString());
    if (code != 0) {
      throw new IllegalStateException(fault.name + ": it does not compile");
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var files = Files.walk(directory)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String lives() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Dtinylog.level=off",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                PLANTED + File.pathSeparator + System.getProperty("java.class.path"),
                Lives.class.getName(),
                String.valueOf(LIVES),
                "1",
                "1")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream out = process.getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
