package dev.switchback.core.jvm;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Model;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.SplitMix;
import dev.switchback.core.nn.Start;
import dev.switchback.core.nn.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Creates models of many shapes, then prints the number of copies and a CRC of all outputs. */
final class CopiesOfShapes {
  private static final Start START = new Start(1f, 1f);

  private CopiesOfShapes() {}

  /** Takes the repetitions per shape, then the shapes; all small ones if none are given. */
  public static void main(String[] args) {
    int times = Integer.parseInt(args[0]);
    List<String> shapes = args.length == 1 ? allShapes() : List.of(args).subList(1, args.length);
    CRC32 crc = new CRC32();
    for (String shape : shapes) {
      for (int k = 0; k < times; k++) {
        for (Engine engine : Engine.values()) {
          add(crc, answers(engine, Topology.parse(shape, Activation.SIGMOID)));
        }
      }
    }
    System.out.println("copies=" + Specialisation.shared().copies() + " crc=" + crc.getValue());
  }

  private static List<String> allShapes() {
    List<String> shapes = new ArrayList<>();
    for (int inputs = 1; inputs <= 8; inputs++) {
      for (int hidden = 1; hidden <= 20; hidden++) {
        for (int outputs = 1; outputs <= 2; outputs++) {
          shapes.add(inputs + "-" + hidden + "-" + outputs);
          shapes.add(inputs + "-" + hidden + "-3-" + outputs);
          shapes.add(inputs + "-3-" + hidden + "-" + outputs);
        }
      }
    }
    return shapes;
  }

  private static float[] answers(Engine engine, Topology topology) {
    Parameters parameters = new Parameters(topology);
    START.draw(new SplitMix(1), parameters);
    Model model = engine.model(parameters);
    float[] inputs = new float[topology.inputs()];
    inputs[0] = 1f;
    float[] outputs = new float[topology.outputs()];
    model.infer(inputs, outputs);
    return outputs;
  }

  private static void add(CRC32 crc, float[] values) {
    for (float value : values) {
      int bits = Float.floatToRawIntBits(value);
      for (int shift = 0; shift < 32; shift += 8) {
        crc.update(bits >> shift);
      }
    }
  }
}
