package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Parameters;
import java.util.List;

/**
 * The weights and biases of a network, found among the arrays of a file.
 *
 * @param parameters with any activations
 * @param layout where they were found
 * @param isOrientationOpen whether every matrix is square, and names and biases tell no orientation
 * @param notes one sentence each on what was left out or read in another way than usual
 */
record FoundWeights(
    Parameters parameters, ArrayLayout layout, boolean isOrientationOpen, List<String> notes) {}
