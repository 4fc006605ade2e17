package dev.switchback.tools.foreign;

import java.util.List;
import java.util.stream.Stream;

/**
 * Layers in the only order that fits.
 *
 * @param isTransposed whether weights are read as [out, in]
 * @param isOrientationOpen whether every matrix is square, and nothing tells how they lie
 * @param notes one sentence each on what is not as usual
 */
record ChosenLayers(
    LayerChain chain, boolean isTransposed, boolean isOrientationOpen, List<String> notes) {

  /** Returns the same with more notes. */
  ChosenLayers noting(List<String> more) {
    return new ChosenLayers(
        chain,
        isTransposed,
        isOrientationOpen,
        Stream.concat(notes.stream(), more.stream()).toList());
  }
}
