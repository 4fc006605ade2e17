package dev.switchback.tools.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an array, read as words and numbers.
 *
 * @param kind what its word says
 * @param word the word for weights or biases, in lower case; empty if there is none
 * @param before the characters before the word
 * @param key the other words, in lower case, and the numbers, without leading zeros
 * @param end what follows the word
 * @param isTorch whether {@code weight} or {@code bias} stands at the end behind a dot or a slash,
 *     or alone
 */
record ArrayName(
    Kind kind, String word, String before, List<String> key, End end, boolean isTorch) {

  /** What an array is. */
  enum Kind {
    WEIGHTS,
    BIAS,
    /** No part of a network. */
    OTHER
  }

  /** What follows the word for weights or biases. */
  enum End {
    /** Nothing, as in {@code hidden.weight}. */
    NOTHING,
    /** A number and nothing else, as in {@code W1}. */
    NUMBER,
    /** More, as in {@code W_hidden}. */
    MORE
  }

  private static final Set<String> WEIGHTS =
      Set.of("w", "weight", "weights", "kernel", "kernels", "coef", "coefs", "syn", "synapse");
  private static final Set<String> BIASES =
      Set.of("b", "bias", "biases", "intercept", "intercepts");
  private static final Set<String> OF_FRAMEWORKS = Set.of("kernel", "kernels", "coef", "coefs");

  /** A number, capitals before a capitalised word, or a word with or without a capital. */
  private static final Pattern TOKEN =
      Pattern.compile("[0-9]+|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[\\p{L}&&[^A-Za-z]]+");

  /** With a place or two in one word: {@code wih}, {@code Who}, {@code bo}, {@code wout}. */
  private static final Pattern SHORT =
      Pattern.compile("[wb]([ihoxy]{1,3}|in|input|hid|hidden|out|output)");

  private static final Pattern LAYERS = Pattern.compile("[ihoxy]{1,3}");
  private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=.)");
  private static final Pattern OF_TENSORFLOW = Pattern.compile(":[0-9]+$");
  private static final Pattern TORCH = Pattern.compile("(.*[./])?(weight|bias)", Pattern.DOTALL);

  /** Longer names are of no known program. */
  private static final int MAX_CHARACTERS = 200;

  /** A word or a number, and where it begins. */
  private record Token(String text, int start) {
    boolean isNumber() {
      return ArrayName.isNumber(text);
    }

    Kind kind() {
      return WEIGHTS.contains(text) ? Kind.WEIGHTS : BIASES.contains(text) ? Kind.BIAS : Kind.OTHER;
    }
  }

  /** Reads a name. */
  static ArrayName of(String name) {
    String plain = OF_TENSORFLOW.matcher(name).replaceFirst("");
    List<Token> tokens = plain.length() > MAX_CHARACTERS ? List.of() : tokens(plain);
    int at = tokens.size() - 1;
    while (at >= 0 && tokens.get(at).kind() == Kind.OTHER) {
      at--;
    }
    if (at >= 0) {
      return of(plain, tokens, at, tokens.get(at).kind(), "");
    }
    // A short word also says which layers it connects.
    at = tokens.size() - 1;
    while (at >= 0 && tokens.get(at).isNumber()) {
      at--;
    }
    String word = at < 0 ? "" : tokens.get(at).text;
    return SHORT.matcher(word).matches()
        ? of(plain, tokens, at, word.startsWith("w") ? Kind.WEIGHTS : Kind.BIAS, word.substring(1))
        : new ArrayName(
            Kind.OTHER, "", plain, tokens.stream().map(Token::text).toList(), End.NOTHING, false);
  }

  /**
   * Reads a name whose word is known.
   *
   * @param rest what the word says of the layer; may be empty
   */
  private static ArrayName of(String name, List<Token> tokens, int at, Kind kind, String rest) {
    List<String> key = new ArrayList<>();
    for (int k = 0; k < tokens.size(); k++) {
      String text = k == at ? rest : tokens.get(k).text;
      if (!text.isEmpty()) {
        key.add(text);
      }
    }
    int behind = tokens.size() - at - 1;
    End end =
        behind == 0
            ? End.NOTHING
            : behind == 1 && tokens.getLast().isNumber() ? End.NUMBER : End.MORE;
    return new ArrayName(
        kind,
        tokens.get(at).text,
        name.substring(0, tokens.get(at).start),
        List.copyOf(key),
        end,
        TORCH.matcher(name).matches());
  }

  /** Splits at other characters than letters and digits, before digits and before capitals. */
  private static List<Token> tokens(String name) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(name);
    while (matcher.find()) {
      String text = matcher.group().toLowerCase(Locale.ROOT);
      tokens.add(new Token(LEADING_ZEROS.matcher(text).replaceFirst(""), matcher.start()));
    }
    return tokens;
  }

  static boolean isNumber(String token) {
    return token.charAt(0) >= '0' && token.charAt(0) <= '9';
  }

  boolean isWeights() {
    return kind == Kind.WEIGHTS;
  }

  /** Returns the name of an array that is no part of a network. */
  ArrayName asOther() {
    return new ArrayName(Kind.OTHER, word, before, key, end, isTorch);
  }

  /** Whether word and form are those of another name, as in {@code W1} and {@code W2}. */
  boolean isBuiltLike(ArrayName other) {
    return word.equals(other.word) && end == other.end;
  }

  /** Whether the word joins kind and layer, as in {@code wih}. */
  boolean isShort() {
    return SHORT.matcher(word).matches();
  }

  /** Whether weights of this name are of torch, Keras, Flax or scikit-learn. */
  boolean isOfFramework() {
    return isTorch || OF_FRAMEWORKS.contains(word);
  }

  /** Whether the key of another name is longer and ends with the key of this one. */
  boolean isEndOf(ArrayName other) {
    int more = other.key.size() - key.size();
    if (key.isEmpty() || more < 0) {
      return false;
    }
    String first = key.getFirst();
    String otherFirst = other.key.get(more);
    // In short, o is the end of ho.
    boolean isSame =
        otherFirst.equals(first)
            || (first.length() == 1 && isLayers(otherFirst) && otherFirst.endsWith(first));
    return isSame
        && other.key.subList(more + 1, other.key.size()).equals(key.subList(1, key.size()));
  }

  /** Whether a word is letters for layers, such as {@code ih}. */
  static boolean isLayers(String word) {
    return LAYERS.matcher(word).matches();
  }
}
