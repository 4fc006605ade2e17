package dev.switchback.tools.foreign;

import org.jspecify.annotations.Nullable;

/**
 * How the files of one set are named: what all their names have in common.
 *
 * @param prefix text before the names of the arrays, such as {@code xor-}
 * @param end what follows the word for weights or biases
 * @param isLetter whether the word is a letter, such as {@code W}
 * @param isShort whether the word is one such as {@code wih}
 * @param isTorch whether the names end with {@code .weight} or {@code .bias}
 */
record NpyNames(
    String prefix, ArrayName.End end, boolean isLetter, boolean isShort, boolean isTorch) {
  /** Returns how a file is named; null if its name is not that of weights or a bias. */
  static @Nullable NpyNames of(String arrayName) {
    ArrayName name = ArrayName.of(arrayName);
    if (name.kind() == ArrayName.Kind.OTHER) {
      return null;
    }
    // A layer stands before a word at the end, and a name of Python holds no minus.
    boolean isLast = name.end() == ArrayName.End.NOTHING && !name.isShort();
    String prefix =
        isLast ? name.before().substring(0, name.before().lastIndexOf('-') + 1) : name.before();
    boolean isAlone = isLast && name.key().isEmpty();
    return new NpyNames(
        prefix,
        isAlone || name.isShort() ? ArrayName.End.NUMBER : name.end(),
        name.word().length() == 1,
        name.isShort(),
        name.isTorch());
  }
}
