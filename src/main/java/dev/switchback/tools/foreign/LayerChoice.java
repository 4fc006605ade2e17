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
  private record Fit(Arrangement arrangement, boolean isTransposed, List<LayerChain> chains) {}

  /**
   * Returns the usual arrangement if it fits by the convention of the names, else the only one that
   * fits, by convention or the other way.
   *
   * @throws FormatException if none fits, or in more than one order
   */
  ChosenLayers usual() throws FormatException {
    Arrangement usual = arrangements.getFirst();
    List<Fit> fits = new ArrayList<>();
    for (Arrangement arrangement : arrangements) {
      Fit conventional = fit(arrangement, convention.isTransposed());
      Fit fit = conventional == null ? fit(arrangement, !convention.isTransposed()) : conventional;
      if (fit != null) {
        fits.add(fit);
      }
    }
    boolean isUsual =
        !fits.isEmpty()
            && fits.getFirst().arrangement.equals(usual)
            && fits.getFirst().isTransposed == convention.isTransposed();
    if (isUsual) {
      return byConvention(fits.getFirst())
          .noting(
              fits.stream()
                  .skip(1)
                  .map(fit -> "arrays read as usual; their shapes also allow " + option(fit))
                  .toList());
    }
    requireOne(fits, "the shapes do not chain");
    Fit only = fits.getFirst();
    return only.isTransposed == convention.isTransposed()
        ? byConvention(only)
        : chosen(
            only,
            false,
            "weights look transposed: read as %s, as their shapes chain only so; --transposed"
                    .formatted(shape(only.isTransposed))
                + " states it");
  }

  /**
   * Returns the only arrangement that fits as its user says.
   *
   * @param isOtherWay whether weights lie the other way than by convention
   * @throws FormatException if none fits, or in more than one order
   */
  ChosenLayers stated(boolean isOtherWay) throws FormatException {
    boolean isTransposed = convention.isTransposed() != isOtherWay;
    List<Fit> fits = new ArrayList<>();
    for (Arrangement arrangement : arrangements) {
      Fit fit = fit(arrangement, isTransposed);
      if (fit != null) {
        fits.add(fit);
      }
    }
    requireOne(
        fits,
        "read as %s, as %s says, the shapes do not chain"
            .formatted(shape(isTransposed), isOtherWay ? "--transposed" : "--no-transposed"));
    return chosen(fits.getFirst(), false, null);
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

  private static @Nullable Fit fit(Arrangement arrangement, boolean isTransposed)
      throws FormatException {
    List<LayerChain> chains = arrangement.fitting(isTransposed);
    return chains.isEmpty() ? null : new Fit(arrangement, isTransposed, chains);
  }

  /** Returns what fits by convention, unless the bias is a column and the other way fits, too. */
  private ChosenLayers byConvention(Fit fit) throws FormatException {
    List<ArrayLayer> layers = fit.arrangement.layers();
    boolean hasColumn = layers.stream().anyMatch(ArrayLayer::hasColumnBias);
    boolean hasRow = layers.stream().anyMatch(ArrayLayer::hasRowBias);
    boolean isColumn = hasColumn && !hasRow && !fit.isTransposed;
    if (convention.isOfFramework() && !isColumn) {
      return chosen(fit, false, null);
    }
    Fit other = fit(fit.arrangement, !fit.isTransposed);
    if (isColumn && other != null) {
      return chosen(
          other,
          false,
          "biases are columns, as in W @ x + b: weights read as [out, in]; --no-transposed reads"
              + " them as [in, out]");
    }
    if (other == null || hasColumn || hasRow || layers.stream().noneMatch(ArrayLayer::isTurnable)) {
      return chosen(fit, false, null);
    }
    return layers.stream().allMatch(ArrayLayer::isSquare)
        ? chosen(fit, true, null)
        : chosen(
            fit,
            false,
            "weights read as %s; --transposed reads them as %s, which their shapes also allow"
                .formatted(shape(fit.isTransposed), shape(other.isTransposed)));
  }

  private static ChosenLayers chosen(Fit fit, boolean isOrientationOpen, @Nullable String note)
      throws FormatException {
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
        fit.isTransposed,
        isOrientationOpen,
        Stream.of(fit.arrangement.note(), note).filter(Objects::nonNull).toList());
  }

  private static String shape(boolean isTransposed) {
    return isTransposed ? "[out, in]" : "[in, out]";
  }
}
