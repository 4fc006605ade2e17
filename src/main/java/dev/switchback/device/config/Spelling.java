package dev.switchback.device.config;

import java.util.Collection;
import java.util.Locale;

/** Suggests corrections of misspelt words. */
final class Spelling {
  private Spelling() {}

  /**
   * {@code " (did you mean 'led'?)"} for the candidate with the smallest edit distance, ignoring
   * case; empty if more than two letters, and more than a third, would have to change.
   */
  static String hint(String word, Collection<String> candidates) {
    int fewest = Math.max(2, word.length() / 3) + 1;
    String nearest = "";
    for (String candidate : candidates) {
      int edits = edits(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (edits < fewest && edits < candidate.length()) {
        fewest = edits;
        nearest = candidate;
      }
    }
    return nearest.isEmpty() ? "" : " (did you mean '" + nearest + "'?)";
  }

  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[row.length - 1];
  }
}
