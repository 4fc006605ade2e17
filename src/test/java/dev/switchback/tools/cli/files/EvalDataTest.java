package dev.switchback.tools.cli.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.Safetensors;
import dev.switchback.tools.CommandLineRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code eval --input}: the answers of a network to rows of data. */
class EvalDataTest {
  private static final String SAMPLES = "x,y\n0,0\n0;1.5\n\n# a comment\n2 -1\n1e3\t0\n";

  @TempDir Path directory;

  /** Class 0 if x + y is below 1, class 1 if x is larger, class 2 if y is. */
  @BeforeEach
  void threeClasses() throws IOException {
    float[] values = {0, 1, 0, 0, 0, 1, 0.9f, -0.1f, -0.1f};
    weights("w", Topology.parse("2-3", Activation.LINEAR).withArgmax(), values);
    file("x.csv", SAMPLES);
  }

  private void weights(String name, Topology topology, float... values) throws IOException {
    Files.write(
        directory.resolve(name + ".safetensors"),
        Safetensors.write(Parameters.of(topology, values), Map.of()));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private CommandLineRun eval(String... args) {
    List<String> all = new ArrayList<>();
    all.add("eval");
    for (String arg : args) {
      all.add(arg.contains(".") ? directory.resolve(arg).toString() : arg);
    }
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private String printed(String... args) {
    CommandLineRun run = eval(args);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    return run.out();
  }

  private static String found(CommandLineRun run, String engine, String field) throws IOException {
    Map<?, ?> fields = (Map<?, ?>) Objects.requireNonNull(run.json().get(engine));
    return String.valueOf(fields.get(field));
  }

  @Test
  void eachRowIsAnsweredByBothEngines() {
    assertEquals(
        """
        2-3 linear, rows: 4
           row  float  fixed  outputs
             1      0      0  0.9000 -0.1000 -0.1000
             2      2      2  0.9000 -0.1000 1.4000
             3      1      1  0.9000 1.9000 -1.1000
             4      1      1  0.9000 999.9000 -0.1000
        fixed differs from float by at most 6.10e-06, in the answer of rows: 0
        """,
        printed("w.safetensors", "--input", "x.csv"));
    assertEquals(
        """
        2-3 linear, rows: 4
           row  fixed  outputs
             1      0  0.9000 -0.1000 -0.1000
             2      2  0.9000 -0.1000 1.4000
             3      1  0.9000 1.9000 -1.1000
             4      1  0.9000 999.9000 -0.1000
        """,
        printed("w.safetensors", "--input", "x.csv", "--engine", "fixed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0,2,0,1", "1 0 0,0 0 1,1 0 0,0 1 0"})
  void labelsGiveAccuracyAndConfusion(String labels) throws IOException {
    file("y.csv", labels.replace(',', '\n'));
    String text = printed("w.safetensors", "--input", "x.csv", "--labels", "y.csv");
    String matrix =
        """
        : accuracy 0.7500, 3 of 4
          label  answered     0     1     2
              0               1     1     0
              1               0     1     0
              2               0     0     1
        """;
    assertTrue(text.contains("float" + matrix), text);
    assertTrue(text.contains("fixed" + matrix), text);
    CommandLineRun run = eval("w.safetensors", "--input", "x.csv", "--labels", "y.csv", "--json");
    assertEquals("0.75", found(run, "fixed", "accuracy"));
    assertEquals("[[1, 1, 0], [0, 1, 0], [0, 0, 1]]", found(run, "fixed", "confusion"));
    assertEquals("[0, 2, 1, 1]", found(run, "fixed", "answers"));
  }

  @Test
  void outputsThatAreBitsAreNumbersOfBits() throws IOException {
    weights("bits", Topology.parse("1-2", Activation.LINEAR), 1, -1, 0, 1);
    String samples = file("one.csv", "0\n1\n");
    file("y.csv", "0 1\n1 0\n");
    CommandLineRun run =
        eval("bits.safetensors", "--input", samples, "--labels", "y.csv", "--json");
    assertEquals("[1, 2]", found(run, "float", "answers"));
    assertEquals("2", found(run, "float", "correct"));
  }

  @Test
  void rowsThatFixedPointCutsAreCounted() throws IOException {
    file("far.csv", "3000,0\n1,0\n");
    String text = printed("w.safetensors", "--input", "far.csv");
    assertTrue(text.endsWith("values are cut to 2048 in fixed point in rows: 1\n"), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "1 2|1 2 3; 0|0; x.csv: line 2: found 3 numbers, expected 2 as above",
        "1 2|1 zwei; 0|0; x.csv: line 2: column 2: 'zwei' is no finite number",
        "1 2|nan 1; 0|0; x.csv: line 2: column 1: 'nan' is no finite number",
        "1 2|1e999 1; 0|0; x.csv: line 2: column 1: '1e999' is no finite number",
        "1 x|1 2; 0|0; x.csv: line 1: column 2: 'x' is no finite number",
        "1|2; 0|0; x.csv: a row has 1 number, the network 2-3 has inputs: 2",
        "a b; 0; x.csv: a row has 0 numbers, the network 2-3 has inputs: 2",
        "1 2|3 4; 0; y.csv: ends after 1 rows, before the samples do",
        "1 2; 0|1; y.csv: has more rows than the 1 samples",
        "1 2; 3; y.csv: row 1: found 3.0, expected the number of a class, 0 to 2",
        "1 2; 0.5; y.csv: row 1: found 0.5, expected the number of a class, 0 to 2",
        "1 2; 1 1 0; y.csv: row 1: found 2 ones, expected one",
        "1 2; 1 2 0; y.csv: row 1: found 2.0, expected 0 or 1",
        "1 2; 1 0; y.csv: found 2 columns, expected one for each of 3 outputs, or the number of a"
            + " class"
      })
  void badDataIsNamed(String samples, String labels, String message) throws IOException {
    file("x.csv", samples.replace('|', '\n'));
    file("y.csv", labels.replace('|', '\n'));
    CommandLineRun run = eval("w.safetensors", "--input", "x.csv", "--labels", "y.csv");
    assertEquals("", run.out());
    assertEquals("switchback: " + directory + "/" + message + "\n", run.err());
    assertEquals(2, run.exitCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--labels x.csv; --labels needs --input FILE",
        "--input x.csv --coding -1,1; --coding is for switches; --input gives the inputs as they",
        "--input none.csv; no such file or directory",
        "--input .; is a directory"
      })
  void optionsThatDoNotFitAreRefused(String options, String message) {
    List<String> args = new ArrayList<>(List.of("w.safetensors"));
    args.addAll(List.of(options.split(" ")));
    CommandLineRun run = eval(args.toArray(String[]::new));
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(message), run.err());
  }

  @Test
  void npyFilesHoldSamplesAndLabelsToo() throws IOException {
    npy("x.npy", "<f4", "(2, 2)", 0, 0, 0, 0, 0, 0, -64, 63, 0, 0, 0, 64, 0, 0, -128, -65);
    npy("y.npy", "|u1", "(2,)", 2, 0);
    CommandLineRun run = eval("w.safetensors", "--input", "x.npy", "--labels", "y.npy", "--json");
    assertEquals("[2, 1]", found(run, "fixed", "answers"));
    assertEquals("1", found(run, "float", "correct"));
    npy("y.npy", "|u1", "(1, 1, 2)", 2, 0);
    run = eval("w.safetensors", "--input", "x.npy", "--labels", "y.npy");
    assertEquals(2, run.exitCode());
    assertEquals(
        "switchback: " + directory + "/y.npy: shape [1, 1, 2], rows and columns expected\n",
        run.err());
  }

  private void npy(String name, String descr, String shape, int... bytes) throws IOException {
    String header =
        "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(0x93);
    file.write("NUMPY".getBytes(ISO_8859_1));
    file.write(new byte[] {1, 0, (byte) header.length(), 0});
    file.write(header.getBytes(ISO_8859_1));
    for (int b : bytes) {
      file.write(b);
    }
    Files.write(directory.resolve(name), file.toByteArray());
  }

  /** The widest row, and one that never ends. */
  @Test
  void aLineIsBounded() throws IOException {
    file("x.csv", "1,".repeat(100_000));
    CommandLineRun run = eval("w.safetensors", "--input", "x.csv");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("line 1: more than 131072 characters"), run.err());
  }
}
