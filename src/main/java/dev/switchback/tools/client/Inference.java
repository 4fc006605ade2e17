package dev.switchback.tools.client;

import java.util.List;

/**
 * What a network answers to one vector of inputs.
 *
 * @param outputs as the network gives them
 * @param answer the class they stand for
 */
public record Inference(List<Double> outputs, int answer) {
  public Inference {
    outputs = List.copyOf(outputs);
  }
}
