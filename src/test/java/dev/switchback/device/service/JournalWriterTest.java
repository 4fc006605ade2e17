package dev.switchback.device.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;

class JournalWriterTest {
  private static String text(Level level, String message, @Nullable Throwable cause) {
    return JournalWriter.text(
        new LogEntry(null, null, Map.of(), "C", "m", "C.java", 1, null, level, message, cause));
  }

  @ParameterizedTest
  @CsvSource({"ERROR, 3", "WARN, 4", "INFO, 6", "DEBUG, 7", "TRACE, 7"})
  void levelsArePriorities(Level level, int priority) {
    assertEquals("<" + priority + ">LED off\n", text(level, "LED off", null));
  }

  @Test
  void everyLineOfAnEventHasItsPriority() {
    assertEquals(
        "<3>a.properties:1: x\n<3>a.properties:2: y\n",
        text(Level.ERROR, "a.properties:1: x\na.properties:2: y", null));
  }

  @Test
  void anExceptionTellsItsCauses() {
    Exception failure =
        new IllegalStateException("outer\n<1>forged", new ArithmeticException("inner"));
    List<String> lines = text(Level.WARN, "failed", failure).lines().toList();
    assertEquals("<4>failed", lines.get(0));
    assertEquals("<4>java.lang.IllegalStateException: outer\\n<1>forged", lines.get(1));
    assertTrue(lines.get(2).startsWith("<4>  at dev.switchback.device.service.JournalWriterTest."));
    assertTrue(lines.contains("<4>java.lang.ArithmeticException: inner"));
    assertTrue(lines.stream().allMatch(line -> line.startsWith("<4>")));
  }
}
