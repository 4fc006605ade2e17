package dev.switchback.tools.cli.files;

import dev.switchback.tools.foreign.LayoutName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that selects names and orientation of the arrays to be written. */
final class LayoutOption {
  @Option(
      names = "--layout",
      paramLabel = "NAME",
      description = {
        "Names and orientation of arrays in .safetensors, .npz and .npy: numpy (W1 [in, out]),"
            + " torch (0.weight [out, in], as in nn.Sequential), keras (dense/kernel [in, out]) or"
            + " same (those of IN).",
        "Default: numpy."
      })
  private @Nullable LayoutName name;

  boolean isGiven() {
    return name != null;
  }

  /** Returns the layout given, else numpy's. */
  LayoutName name() {
    return name == null ? LayoutName.NUMPY : name;
  }
}
