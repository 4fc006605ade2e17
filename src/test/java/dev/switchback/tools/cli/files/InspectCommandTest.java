package dev.switchback.tools.cli.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.Safetensors;
import dev.switchback.format.Sha256;
import dev.switchback.tools.CommandLineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  private static final String SIGNED = "src/test/resources/golden/image/signed.img";
  private static final String VENDOR = "src/test/resources/mcuboot/vendor.img";
  private static final String NUMPY = "src/test/resources/numpy/";

  @TempDir private Path directory;

  @Test
  void allOfAnImageIsShown() {
    assertEquals(
        """
        weight image 1.2.3+4, signed

         offset    bytes
              0       32  header
             32      412  payload, safetensors
            452       32  SHA256 \
        eb63b2e435c1eee18038cbeaa71a8dad71c8dbfac36d844de760e26cec73c195
            488       32  KEYHASH \
        45f4ecb1a4f034b3a5725454a929836cbe2aa535fc827e055db60357d780a2a5
            524       64  ED25519 \
        ecde85e1a644cbdee1df452c09d81980dfd7eca816fb7ff351b743b864945085\
        1b014ca31609bd0668d158f7e56d7d24ad8927013cc4db5cd4900624b1f84b09

        SHA-256 of the image  eb63b2e435c1eee18038cbeaa71a8dad71c8dbfac36d844de760e26cec73c195
        SHA-256 of the file   830f4a8809a94ed5e02e65f17f674def9607c5eb80574e9d400e15c5b36e5253

        activations  sigmoid,sigmoid
        engine       fixed
        q_format     Q7.16
        recipe       device
        topology     2-2-1
        truth        0110

        tensor  shape            smallest      largest         mean
        W1      [2, 2]           -6.00000      6.00000      0.00000
        b1      [2]              -3.00000      9.00000      3.00000
        W2      [2, 1]            9.00000      9.00000      9.00000
        b2      [1]              -13.0000     -13.0000     -13.0000

        2-2-1 sigmoid,sigmoid, float
        A B  answer  output
        0 0       0  0.0273
        0 1       1  0.9844
        1 0       1  0.9844
        1 1       0  0.0273

        2-2-1 sigmoid,sigmoid, fixed
        A B  answer  output
        0 0       0  0.0273
        0 1       1  0.9844
        1 0       1  0.9844
        1 1       0  0.0273
        """,
        CommandLineRun.of("inspect", SIGNED).out());
  }

  @Test
  void allOfAnImageIsOneJsonObject() throws IOException {
    Map<String, Object> json = CommandLineRun.of("inspect", VENDOR, "--json").json();
    for (String engine : List.of("float", "fixed")) {
      Map<?, ?> answers = (Map<?, ?>) json.getOrDefault(engine, Map.of());
      assertEquals(engine, answers.get("engine"));
      assertEquals("0110", answers.get("answers"));
    }
    assertEquals(
        "[{name=W1, shape=[2, 3], smallest=-6.4, largest=6.2, mean=-0.1",
        String.valueOf(json.get("tensors")).substring(0, 62));
    Map<?, ?> image = (Map<?, ?>) json.getOrDefault("image", Map.of());
    assertEquals("1.2.3+4", image.get("version"));
    assertEquals(
        "290aa5d4935356bf8cf1f9143a264c1fd2ac27a436a09b3bd38765d94a113782", image.get("sha256"));
    assertEquals(true, image.get("signed"));
    assertTrue(
        String.valueOf(image.get("tlvs"))
            .startsWith(
                "[{name=vendor 0x00a0, type=160, protected=true, offset=452,"
                    + " value=636c617373203762}, "),
        String.valueOf(image.get("tlvs")));
  }

  @Test
  void anImageIsKnownByItsFirstBytesToo() throws IOException {
    Path copy = Files.copy(Path.of(SIGNED), directory.resolve("weights"));
    assertEquals(
        CommandLineRun.of("inspect", SIGNED).out(),
        CommandLineRun.of("inspect", copy.toString()).out());
  }

  @Test
  void otherFilesHaveNoHeader() throws IOException {
    CommandLineRun run = CommandLineRun.of("inspect", NUMPY + "savez.npz", "--activation", "tanh");
    assertTrue(
        run.out()
            .startsWith(
                "SHA-256 of the file   "
                    + Sha256.text(Files.readAllBytes(Path.of(NUMPY + "savez.npz")))
                    + "\n\n"),
        run.out());
    assertTrue(run.out().contains("\nb2      [1]              -13.3000"), run.out());
    assertTrue(run.out().contains("\n2-3-1 tanh,tanh, fixed\n"), run.out());
    Map<String, Object> json = CommandLineRun.of("inspect", NUMPY + "savez.npz", "--json").json();
    assertFalse(json.containsKey("image"));
    assertTrue(json.containsKey("float"));
  }

  private Path safetensors(String widths, Map<String, String> metadata) throws IOException {
    Parameters parameters = new Parameters(Topology.parse(widths, Activation.TANH));
    return Files.write(directory.resolve("w"), Safetensors.write(parameters, metadata));
  }

  @Test
  void moreInputsThanSwitchesHaveNoTruthTable() throws IOException {
    String file = safetensors("9-1", Map.of()).toString();
    CommandLineRun run = CommandLineRun.of("inspect", file);
    assertTrue(run.out().contains("\nW1      [9, 1] "), run.out());
    assertFalse(run.out().contains("answer"), run.out());
    assertFalse(CommandLineRun.of("inspect", file, "--json").json().containsKey("float"));
  }

  @Test
  void metadataDoNotSteerTheTerminal() throws IOException {
    String file = safetensors("2-1", Map.of("note", "\u001b[2J\u009b\nb")).toString();
    String out = CommandLineRun.of("inspect", file).out();
    assertTrue(out.contains("\nnote         \\u001b[2J\\u009b\\nb\n"), out);
  }

  @Test
  void whatIsNamedImageAndIsNoneIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("w.img"), "x".repeat(100));
    CommandLineRun run = CommandLineRun.of("inspect", file.toString());
    assertEquals(2, run.exitCode());
    assertEquals(
        "switchback: " + file + ": magic at offset 0: found 0x78787878, expected 0x96f3b83d\n",
        run.err());
  }
}
