package dev.switchback.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageVersionTest {
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0", "1.2.3", "1.2.3+4", "255.255.65535+4294967295"})
  void aVersionIsReadAsItIsWritten(String text) {
    assertEquals(text, ImageVersion.parse(text).toString());
  }

  @Test
  void aBuildOfZeroIsLeftOut() {
    assertEquals(new ImageVersion(1, 2, 3, 0), ImageVersion.parse("1.2.3+0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "256.0.0; version: major is 256, 0 to 255 expected",
        "0.256.0; version: minor is 256, 0 to 255 expected",
        "0.0.65536; version: revision is 65536, 0 to 65535 expected",
        "0.0.0+4294967296; version: build is 4294967296, 0 to 4294967295 expected",
        "4294967296.0.0; version: major is 4294967296, 0 to 255 expected",
        "1.2; version '1.2' is not of the form 1.2.3 or 1.2.3+4",
        "1.2.3+; version '1.2.3+' is not of the form 1.2.3 or 1.2.3+4",
        "1.2.-3; version '1.2.-3' is not of the form 1.2.3 or 1.2.3+4",
        "1.2.3.4; version '1.2.3.4' is not of the form 1.2.3 or 1.2.3+4"
      })
  void whatIsNoVersionIsRefused(String text, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> ImageVersion.parse(text)).getMessage());
  }

  @Test
  void versionsAreOrderedByTheirPartsFromTheLeft() {
    List<String> ascending =
        List.of("0.0.0", "0.0.0+1", "0.0.0+10", "0.0.2", "0.0.10", "0.1.0+9", "0.2.0", "1.0.0");
    for (int k = 1; k < ascending.size(); k++) {
      ImageVersion before = ImageVersion.parse(ascending.get(k - 1));
      ImageVersion after = ImageVersion.parse(ascending.get(k));
      assertTrue(before.compareTo(after) < 0, before + " < " + after);
      assertTrue(after.compareTo(before) > 0, after + " > " + before);
    }
  }

  @Test
  void theNextBuildIsOneMoreUntilTheLargest() {
    assertEquals("1.2.3+5", ImageVersion.parse("1.2.3+4").nextBuild().toString());
    ImageVersion largest = ImageVersion.parse("1.2.3+4294967295");
    assertEquals(largest, largest.nextBuild());
  }
}
