package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Parameters;
import java.util.List;

/**
 * The weights and biases of a network, found among the arrays of a file.
 *
 * @param parameters with any activations
 * @param isOrientationOpen whether the shapes chain either way, and the names belong to no
 *     framework
 * @param notes one sentence each on what was left out or read in another way than usual
 */
record FoundWeights(Parameters parameters, boolean isOrientationOpen, List<String> notes) {}
