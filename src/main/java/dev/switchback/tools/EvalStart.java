package dev.switchback.tools;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.cli.files.Answers;
import dev.switchback.tools.foreign.WeightFile;
import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * {@code eval FILE} without options, past picocli, whose classes no AOT cache takes: they cost ten
 * times what a network takes to be read and to answer.
 */
final class EvalStart {
  private EvalStart() {}

  /**
   * Prints what {@code EvalCommand} prints.
   *
   * @return whether it did; else nothing was printed: that is for picocli to judge
   */
  static boolean isAnswered(PrintWriter out, String... args) {
    if (args.length != 2 || !args[0].equals("eval") || !isPlain(args[1])) {
      return false;
    }
    try {
      WeightFile file =
          InputFile.weights(
              Path.of(args[1]), layers -> Activation.ofLayers(layers, Activation.SIGMOID));
      Answers.of(Engine.FLOAT.model(file.parameters())).print(out, Engine.FLOAT);
      return true;
    } catch (Exception e) {
      // The long way meets it again, and explains it.
      return false;
    }
  }

  /** No option and no file of arguments. */
  private static boolean isPlain(String name) {
    return !name.startsWith("-") && !name.startsWith("@");
  }
}
