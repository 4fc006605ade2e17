package dev.switchback.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.switchback.image.ImageMetadata;
import dev.switchback.image.ImageSelfTest;
import dev.switchback.image.ImageVersion;
import dev.switchback.image.WeightImage;
import dev.switchback.nn.NamedRecipe;
import dev.switchback.nn.TruthTable;
import dev.switchback.nn.fixed.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FactoryImageTest {
  private static WeightImage made() {
    Training training =
        new Training(
            NamedRecipe.DEVICE.recipe(NamedRecipe.DEVICE.topology(2), TruthTable.XOR),
            TruthTable.XOR,
            Engine.FLOAT,
            1);
    while (training.step()) {}
    return WeightImage.of(
        ImageVersion.parse("1.0.0"), training.result(), Engine.FLOAT, training.origin());
  }

  /** Makes the resource anew. */
  public static void main(String[] args) throws IOException {
    Files.write(Path.of("src/main/resources/dev/switchback/node/factory.img"), made().bytes());
  }

  @Test
  void theResourceIsWhatTheDeviceRecipeTrainsFromSeedOne() {
    assertArrayEquals(made().bytes(), FactoryImage.read().bytes());
    assertEquals(1 + "", FactoryImage.read().metadata().get(ImageMetadata.SEED));
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void itPassesTheSelfTest(Engine engine) {
    assertNull(ImageSelfTest.failure(FactoryImage.read(), TruthTable.XOR, engine));
  }
}
