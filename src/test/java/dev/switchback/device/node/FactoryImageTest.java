package dev.switchback.device.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.switchback.core.Engine;
import dev.switchback.core.TrainingSession;
import dev.switchback.core.nn.NamedRecipe;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.ImageMetadata;
import dev.switchback.format.ImageSelfTest;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.LessonRule;
import dev.switchback.format.WeightImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FactoryImageTest {
  private static WeightImage made() {
    TrainingSession training =
        new TrainingSession(
            NamedRecipe.DEVICE.recipe(NamedRecipe.DEVICE.topology(TruthTable.XOR), TruthTable.XOR),
            TruthTable.XOR,
            Engine.FLOAT,
            1,
            null);
    while (training.step()) {}
    // As version 0.1 made it, which devices keep. It states no lesson, so it answers only where XOR
    // is configured.
    Map<String, String> metadata =
        Map.of(ImageMetadata.RECIPE, "device", ImageMetadata.SEED, "1", "truth", "0110");
    return WeightImage.of(ImageVersion.parse("1.0.0"), training.result(), Engine.FLOAT, metadata);
  }

  /** Makes the resource anew. */
  public static void main(String[] args) throws IOException {
    Files.write(
        Path.of("src/main/resources/dev/switchback/device/node/factory.img"), made().bytes());
  }

  @Test
  void theResourceIsWhatTheDeviceRecipeTrainsFromSeedOne() {
    assertArrayEquals(made().bytes(), FactoryImage.read().bytes());
    assertEquals(1 + "", FactoryImage.read().metadata().get(ImageMetadata.SEED));
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void itPassesTheSelfTest(Engine engine) {
    assertNull(ImageSelfTest.failure(FactoryImage.read(), LessonRule.any(TruthTable.XOR), engine));
  }
}
