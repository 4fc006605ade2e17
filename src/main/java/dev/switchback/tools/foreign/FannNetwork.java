package dev.switchback.tools.foreign;

import dev.switchback.core.nn.Parameters;
import java.util.List;

/**
 * A network of libfann.
 *
 * @param notes one sentence each on what is read in another way than libfann computes it
 */
public record FannNetwork(Parameters parameters, List<String> notes) {}
