package dev.switchback.tools.foreign;

import dev.switchback.format.FormatException;
import java.util.List;

/**
 * What the names of weights say about their orientation.
 *
 * @param isTransposed whether weights of such names are [out, in], as in torch
 * @param isOfFramework whether all names are of programs that have one orientation
 */
record NameConvention(boolean isTransposed, boolean isOfFramework) {
  /**
   * Returns the convention of the names of weights.
   *
   * @throws FormatException if some are torch's, and some are not
   */
  static NameConvention of(List<ArrayLayer> layers) throws FormatException {
    List<ForeignArray> weights = layers.stream().map(ArrayLayer::weights).toList();
    List<ForeignArray> torch =
        weights.stream().filter(array -> ArrayName.of(array.name()).isTorch()).toList();
    if (!torch.isEmpty() && torch.size() < weights.size()) {
      throw new FormatException(
          "weights of two programs: %s are torch's, others of %s are not; say which arrays form the"
                  .formatted(ForeignArray.listed(torch), ForeignArray.listed(weights))
              + " network with --names, such as --names W1,b1,W2,b2");
    }
    return new NameConvention(
        !torch.isEmpty(),
        weights.stream().allMatch(array -> ArrayName.of(array.name()).isOfFramework()));
  }
}
