package dev.switchback.tools.foreign;

import dev.switchback.format.FormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses the order of layers, and the orientation of their weights, by their shapes. */
final class LayerChoice {
  private final List<Arrangement> arrangements;
  private final NameConvention convention;

  /**
   * Prepares a choice.
   *
   * @param arrangements at least one, the usual one first
   * @throws FormatException if the names follow more than one convention
   */
  LayerChoice(List<Arrangement> arrangements) throws FormatException {
    this.arrangements = arrangements;
    this.convention = NameConvention.of(arrangements.getFirst().layers());
  }

  /** An arrangement, and the orders in which its layers chain, one or two. */
  private record Fit(Arrangement arrangement, List<LayerChain> chains) {}

  /**
   * Returns the usual arrangement if it fits by the convention of the names, else the only one that
   * fits, by convention or the other way.
   *
   * @throws FormatException if none fits, or in more than one order
   */
  ChosenLayers usual() throws FormatException {
    boolean isTransposed = convention.isTransposed();
    List<Fit> fits = fits(isTransposed);
    List<Fit> others = fits(!isTransposed);
    others.removeIf(
        other -> fits.stream().anyMatch(fit -> fit.arrangement.equals(other.arrangement)));
    if (!fits.isEmpty() && fits.getFirst().arrangement.equals(arrangements.getFirst())) {
      return byConvention(fits.getFirst())
          .noting(
              Stream.concat(fits.stream().skip(1), others.stream())
                  .map(fit -> "arrays read as usual; their shapes also allow " + option(fit))
                  .toList());
    }
    requireOne(Stream.concat(fits.stream(), others.stream()).toList(), "the shapes do not chain");
    return fits.isEmpty()
        ? chosen(
            others.getFirst(),
            !isTransposed,
            false,
            "weights look transposed: read as %s, as their shapes chain only so; --transposed"
                    .formatted(shape(!isTransposed))
                + " states it")
        : byConvention(fits.getFirst());
  }

  /**
   * Returns the only arrangement that fits as its user says.
   *
   * @param isOtherWay whether weights lie the other way than by convention
   * @throws FormatException if none fits, or in more than one order
   */
  ChosenLayers stated(boolean isOtherWay) throws FormatException {
    boolean isTransposed = convention.isTransposed() != isOtherWay;
    List<Fit> fits = fits(isTransposed);
    requireOne(
        fits,
        "read as %s, as %s says, the shapes do not chain"
            .formatted(shape(isTransposed), isOtherWay ? "--transposed" : "--no-transposed"));
    return chosen(fits.getFirst(), isTransposed, false, null);
  }

  private void requireOne(List<Fit> fits, String misfit) throws FormatException {
    Arrangement first = arrangements.getFirst();
    if (fits.isEmpty()) {
      throw new FormatException(
          "%s: %s; if others form the network, say them, as in %s"
              .formatted(misfit, first.arrays(), first.option()));
    }
    if (fits.size() > 1) {
      throw ambiguous(option(fits.get(0)), option(fits.get(1)));
    }
  }

  private static String option(Fit fit) {
    return fit.chains.getFirst().option();
  }

  private static FormatException ambiguous(String one, String other) {
    return new FormatException(
        "the arrays are a network in more than one way: " + one + " or " + other);
  }

  private List<Fit> fits(boolean isTransposed) throws FormatException {
    List<Fit> fits = new ArrayList<>();
    for (Arrangement arrangement : arrangements) {
      Fit fit = fit(arrangement, isTransposed);
      if (fit != null) {
        fits.add(fit);
      }
    }
    return fits;
  }

  private static @Nullable Fit fit(Arrangement arrangement, boolean isTransposed)
      throws FormatException {
    List<LayerChain> chains = arrangement.fitting(isTransposed);
    return chains.isEmpty() ? null : new Fit(arrangement, chains);
  }

  /** Returns what fits by convention, unless the bias is a column and the other way fits, too. */
  private ChosenLayers byConvention(Fit fit) throws FormatException {
    boolean isTransposed = convention.isTransposed();
    List<ArrayLayer> layers = fit.arrangement.layers();
    Fit other = fit(fit.arrangement, !isTransposed);
    boolean hasColumn = layers.stream().anyMatch(ArrayLayer::hasColumnBias);
    boolean hasRow = layers.stream().anyMatch(ArrayLayer::hasRowBias);
    if (other != null && !isTransposed && hasColumn && !hasRow) {
      return chosen(
          other,
          true,
          false,
          "biases are columns, as in W @ x + b: weights read as [out, in]; --no-transposed reads"
              + " them as [in, out]");
    }
    boolean isTold = other == null || convention.isOfFramework() || hasColumn || hasRow;
    boolean isOpen =
        !isTold
            && layers.stream().allMatch(ArrayLayer::isSquare)
            && layers.stream().anyMatch(ArrayLayer::isTurnable);
    boolean isNoted = !isTold && !isOpen && layers.stream().anyMatch(ArrayLayer::isTurnable);
    return chosen(
        fit,
        isTransposed,
        isOpen,
        isNoted
            ? "weights read as %s; --transposed reads them as %s, which their shapes also allow"
                .formatted(shape(isTransposed), shape(!isTransposed))
            : null);
  }

  private static ChosenLayers chosen(
      Fit fit, boolean isTransposed, boolean isOpen, @Nullable String note) throws FormatException {
    LayerChain chain = fit.chains.getFirst();
    LayerChain other = fit.chains.getLast();
    if (!other.names().equals(chain.names())) {
      throw ambiguous(chain.option(), other.option());
    }
    if (!other.equals(chain)) {
      throw new FormatException(
          "weights of one dimension may be into one neuron or from one input: %s; in Python:"
                  .formatted(fit.arrangement.arrays())
              + " W1 = W1.reshape(-1, 1), or (1, -1)");
    }
    return new ChosenLayers(
        chain,
        isTransposed,
        isOpen,
        Stream.of(fit.arrangement.note(), note).filter(Objects::nonNull).toList());
  }

  private static String shape(boolean isTransposed) {
    return isTransposed ? "[out, in]" : "[in, out]";
  }
}
