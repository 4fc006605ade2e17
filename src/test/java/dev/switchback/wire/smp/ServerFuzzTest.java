package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.wire.WireVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerFuzzTest {
  private static final Path CORPUS = Path.of("src/test/resources/fuzz");
  private static final int MUTANTS_OF_EACH = 300;

  private static List<Path> corpus(ServerFuzzTarget target) throws IOException {
    try (Stream<Path> files = Files.list(CORPUS.resolve(target.name().toLowerCase(Locale.ROOT)))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFindKeepsTheRule(ServerFuzzTarget target) throws IOException {
    int answers = 0;
    for (Path file : corpus(target)) {
      answers += target.check(Files.readAllBytes(file));
    }
    assertTrue(answers > 40, answers + " answers");
  }

  @ParameterizedTest
  @EnumSource
  void mutantsOfTheCorpusKeepTheRule(ServerFuzzTarget target) throws IOException {
    Random random = new Random(11);
    for (Path file : corpus(target)) {
      byte[] seed = Files.readAllBytes(file);
      for (int k = 0; k < MUTANTS_OF_EACH; k++) {
        byte[] mutant = seed.clone();
        for (int i = random.nextInt(1, 20); i > 0; i--) {
          mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
        }
        target.check(Arrays.copyOf(mutant, random.nextInt(mutant.length + 1)));
      }
    }
  }

  @Test
  void everyByteOfEveryRequestMayBeAnything() {
    int packets = 0;
    FuzzedLine line = new FuzzedLine();
    for (WireVector vector : WireVector.all()) {
      byte[] packet = vector.packet();
      for (int i = 0; i < packet.length; i++) {
        for (int value :
            new int[] {0, 1, 0x18, 0x1b, 0x3b, 0x5f, 0x7f, 0x80, 0xbf, 0xff, packet[i] ^ 1}) {
          byte[] mutant = packet.clone();
          mutant[i] = (byte) value;
          line.send(mutant);
          packets++;
        }
        line.send(Arrays.copyOf(packet, i));
      }
    }
    line.requireLife();
    assertTrue(line.answers() > packets / 2, line.answers() + " answers to " + packets);
  }

  @Test
  void randomPacketsKeepTheRule() {
    Random random = new Random(5);
    FuzzedLine line = new FuzzedLine();
    int headers = 0;
    for (int k = 0; k < 20_000; k++) {
      byte[] packet = new byte[random.nextInt(40)];
      random.nextBytes(packet);
      if (packet.length >= SmpHeader.BYTES) {
        SmpHeader.request(2 * random.nextInt(2), random.nextInt(11), random.nextInt(8), k & 0xff)
            .withLength(packet.length - SmpHeader.BYTES)
            .write(packet, 0);
        headers++;
      }
      line.send(packet);
    }
    assertEquals(headers, line.answers());
    line.requireLife();
  }
}
