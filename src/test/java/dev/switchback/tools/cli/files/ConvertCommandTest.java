package dev.switchback.tools.cli.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.Safetensors;
import dev.switchback.format.VerifyingKey;
import dev.switchback.format.WeightImage;
import dev.switchback.tools.CommandLineRun;
import dev.switchback.tools.cli.InputFile;
import dev.switchback.tools.foreign.CHeader;
import dev.switchback.tools.foreign.CModel;
import dev.switchback.tools.foreign.CStyle;
import dev.switchback.tools.foreign.Npz;
import dev.switchback.tools.foreign.Stated;
import dev.switchback.tools.foreign.WeightFile;
import dev.switchback.tools.foreign.WeightFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertCommandTest {
  private static final String RESOURCES = "src/test/resources/";
  private static final String NPZ = RESOURCES + "numpy/savez.npz";

  @TempDir private Path directory;

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(directory.resolve(name));
  }

  private static final String FIXED =
      "Q7.16, differs from float by at most 7.50e-05, nothing is cut, answers as in float 0110";
  private static final String[] STATED = {"--activation=sigmoid", "--coding=0,1"};

  private String converted(String in, String out, String... options) {
    String[] args = new String[3 + options.length];
    args[0] = "convert";
    args[1] = in;
    args[2] = file(out);
    System.arraycopy(options, 0, args, 3, options.length);
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(0L, run.exitCode(), run.err());
    assertTrue(run.out().matches("(?s)read: .*\nwritten: " + Pattern.quote(file(out)) + ".*\n"));
    return run.err();
  }

  /** Returns the arguments of a conversion that assumes nothing. */
  private static String[] stating(String in, String out) {
    return new String[] {"convert", in, out, STATED[0], STATED[1]};
  }

  private String refused(String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    return run.err();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "numpy/savez.npz",
        "numpy/torch.npz",
        "numpy/files/b2.npy",
        "numpy/files/2.weight.npy",
        "numpy/double.safetensors",
        "safetensors/numpy.safetensors",
        "safetensors/torch.safetensors",
        "safetensors/torch_prefix.safetensors"
      })
  void oneNetworkOfPythonIsTheSameInEveryFormat(String in) throws IOException {
    Parameters expected = WeightFile.read(Path.of(NPZ), Stated.NOTHING).parameters();
    assertEquals("", converted(RESOURCES + in, "w.img", STATED));
    assertEquals(expected, WeightImage.read(bytes("w.img")).parameters());
    assertEquals("", converted(file("w.img"), "w.h"));
    assertEquals(
        CHeader.of(expected, ImageVersion.parse("0.1.0")),
        Files.readString(directory.resolve("w.h")));
    assertEquals("", converted(file("w.img"), "w.safetensors"));
    assertEquals(expected, Safetensors.read(bytes("w.safetensors")).parameters());
    assertEquals(
        "switchback: npz stores no activations; read it with --activation sigmoid,sigmoid\n",
        converted(file("w.safetensors"), "w.npz"));
    assertArrayEquals(Npz.write(expected), bytes("w.npz"));
    assertEquals("", converted(file("w.npz"), "w.h", STATED));
    assertEquals(CHeader.of(expected, null), Files.readString(directory.resolve("w.h")));
    assertEquals(
        "switchback: npy stores no activations; read it with --activation sigmoid,sigmoid\n",
        converted(file("w.npz"), "xor-W1.npy", STATED));
    assertEquals("", converted(file("xor-b2.npy"), "again.img", STATED));
    assertEquals(expected, WeightImage.read(bytes("again.img")).parameters());
  }

  @Test
  void aLayoutIsReadBackAsTheSameNetwork() throws IOException {
    Parameters expected = WeightFile.read(Path.of(NPZ), Stated.NOTHING).parameters();
    for (String out : List.of("w.npz", "w.safetensors", "0.weight.npy")) {
      converted(NPZ, out, STATED[0], STATED[1], "--layout", "torch");
      assertEquals("", converted(file(out), "w.img", STATED));
      assertEquals(expected, WeightImage.read(bytes("w.img")).parameters());
    }
    converted(NPZ, "w.safetensors", STATED[0], STATED[1], "--layout", "keras");
    assertTrue(
        Files.readString(directory.resolve("w.safetensors"), ISO_8859_1)
            .contains("\"dense_1/kernel\""));
  }

  @Test
  void aLayoutNeedsAFormatWithNames() {
    for (String out : List.of("w.img", "w.h", "w.onnx")) {
      assertTrue(
          refused("convert", NPZ, file(out), "--layout", "torch")
              .startsWith(
                  "switchback: --layout needs an OUT that ends in .safetensors, .npz or .npy\n"));
    }
    assertTrue(
        refused("convert", NPZ, file("W1.npy"), "--layout", "torch")
            .contains("the name of the first file of a set expected, 0.weight.npy"));
    assertTrue(
        refused("convert", NPZ, file("w.npz"), "--layout", "caffe")
            .contains("unknown layout 'caffe': numpy, torch, keras or same"));
  }

  @Test
  void onnxKeepsActivationsAndMetadata() throws IOException {
    converted(NPZ, "w.img", STATED);
    assertEquals("", converted(file("w.img"), "w.onnx"));
    assertEquals("", converted(file("w.onnx"), "again.img"));
    assertArrayEquals(bytes("w.img"), bytes("again.img"));
  }

  /** The same file by its name, by another path, and by links of both kinds. */
  @ParameterizedTest
  @ValueSource(strings = {"w.npz", "sub/../w.npz", "symbolic.npz", "hard.npz", "sub/w.npz"})
  void whatIsReadIsNotOverwritten(String out) throws IOException {
    Path in = Files.copy(Path.of(NPZ), directory.resolve("w.npz"));
    Files.createSymbolicLink(directory.resolve("symbolic.npz"), Path.of("w.npz"));
    Files.createLink(directory.resolve("hard.npz"), in);
    Files.createDirectory(directory.resolve("sub"));
    Files.createSymbolicLink(directory.resolve("sub/w.npz"), in);
    byte[] before = bytes("w.npz");
    String said = refused("convert", in.toString(), file(out));
    assertTrue(said.contains(" would be overwritten; --force does so\n"), said);
    assertArrayEquals(before, bytes("w.npz"));
    assertTrue(Files.isSymbolicLink(directory.resolve("symbolic.npz")));
    converted(in.toString(), out, "--force");
    converted(in.toString(), "another.npz");
  }

  @Test
  void aSetOfFilesIsNotOverwrittenByAnyOfThem() throws IOException {
    converted(NPZ, "xor-W1.npy");
    byte[] before = bytes("xor-b1.npy");
    String said = refused("convert", file("xor-b2.npy"), file("xor-W1.npy"));
    assertTrue(said.contains("xor-b2.npy is read and would be overwritten"), said);
    assertArrayEquals(before, bytes("xor-b1.npy"));
  }

  @Test
  void othersKeepWhatTheyReadToo() throws IOException {
    said("keygen", file("k.pem"));
    byte[] key = bytes("k.pem");
    said("convert", NPZ, file("w.img"));
    refused(
        "sign",
        file("w.img"),
        "--key",
        file("k.pem"),
        "--out",
        file("k.pem"),
        "--image-version",
        "1.0.0");
    assertArrayEquals(key, bytes("k.pem"));
    said("train", "--out", file("w.safetensors"));
    byte[] weights = bytes("w.safetensors");
    refused("train", "--init", file("w.safetensors"), "--out", file("w.safetensors"));
    assertArrayEquals(weights, bytes("w.safetensors"));
  }

  private String said(String... args) {
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(0L, run.exitCode(), run.err());
    return run.out().replace(directory + "/", "");
  }

  @Test
  void itTellsWhatWasReadAndWritten() throws IOException {
    said("keygen", file("k.pem"));
    String key = VerifyingKey.parsePem(Files.readString(directory.resolve("k.pub.pem"))).hashText();
    String read = "read: " + NPZ + ", npz, 2-3-1 sigmoid,sigmoid, float\n";
    String told = said("convert", NPZ, file("w.img"), "--engine", "fixed");
    String hash = WeightImage.read(bytes("w.img")).hashText();
    assertEquals(
        read
            + "written: w.img, weight image 0.1.0, 500 bytes, SHA-256 "
            + hash
            + ", unsigned, "
            + FIXED
            + "\n",
        told);
    assertEquals(
        "read: w.img, weight image, 2-3-1 sigmoid,sigmoid, fixed\n"
            + "written: s.img, weight image 0.1.0, 604 bytes, SHA-256 "
            + hash
            + ", signed by key "
            + key
            + ", "
            + FIXED
            + "\n",
        said("convert", file("w.img"), file("s.img"), "--sign", file("k.pem")));
    assertEquals(
        read + "written: W1.npy b1.npy W2.npy b2.npy, npy, 564 bytes\n",
        said("convert", NPZ, file("W1.npy")));
    assertEquals(
        read
            + "written: w.h, C header, "
            + Files.size(write("w.h"))
            + " bytes, "
            + FIXED
            + "\n"
            + "data on AVR and Cortex-M0: 4152 bytes of flash, 24 bytes of RAM on the stack\n"
            + "safe inputs: from -2047.99998 to 2047.99998\n"
            + "tables: 2048 steps, within 1.1e-5 of the exact function\n",
        said("convert", NPZ, file("w.h")));
  }

  private Path write(String name) {
    said("convert", NPZ, file(name));
    return directory.resolve(name);
  }

  private static String assumed(String file) {
    return "switchback: " + file + ": assumed, as the file does not say: switches 0,1 (--coding)\n";
  }

  private Path weights(float... values) throws IOException {
    Parameters parameters = Parameters.of(Topology.parse("2-1", Activation.SIGMOID), values);
    return Files.write(directory.resolve("w.safetensors"), Safetensors.write(parameters, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"w.h", "w.img --engine fixed"})
  void answersThatChangeInFixedPointAreRefusedUnlessForced(String out) throws IOException {
    String in = weights(1e-6f, 0, 0).toString();
    String[] args = ("convert " + in + " " + directory + "/" + out + " --json").split(" ");
    String changed = "the network answers 0000 in fixed point, but 0011 in float";
    CommandLineRun run = CommandLineRun.of(args);
    assertEquals(2, run.exitCode());
    assertTrue(
        run.err().contains(args[2] + ": " + changed + "; it differs from float by at most "),
        run.err());
    assertTrue(run.err().contains("accept it with --force"), run.err());
    assertFalse(Files.exists(Path.of(args[2])));

    String[] forced = Arrays.copyOf(args, args.length + 1);
    forced[args.length] = "--force";
    run = CommandLineRun.of(forced);
    assertEquals(0, run.exitCode(), run.err());
    String warning = args[2] + ": " + changed;
    assertEquals(assumed(in) + "switchback: " + warning + "\n", run.err());
    assertEquals(
        List.of("assumed, as the file does not say: switches 0,1 (--coding)", warning),
        run.json().get("warnings"));
    assertEquals("0011", run.json().get("floatAnswers"));
    assertEquals("0000", run.json().get("fixedAnswers"));
    assertTrue(Files.exists(Path.of(args[2])));
  }

  /** It was trained to answer so; float is another arithmetic. */
  @ParameterizedTest
  @CsvSource({"engine, fixed", "lesson, 0000"})
  void answersOfFixedPointThatAreMeantAreNotRefused(String key, String value) throws IOException {
    Parameters parameters = Parameters.of(Topology.parse("2-1", Activation.SIGMOID), 1e-6f, 0f, 0f);
    Path in = directory.resolve("w.safetensors");
    Files.write(in, Safetensors.write(parameters, Map.of(key, value)));
    converted(in.toString(), "w.h");
  }

  @Test
  void itRefusesWeightsThatDoNotFit() throws IOException {
    String in = weights(200, 200, -100).toString();
    assertEquals(
        assumed(in)
            + "switchback: "
            + in
            + ": 2 weights are beyond -128 to 128, which is the range of Q7.16; accept that with"
            + " --force\n",
        refused("convert", in, file("w.h")));
    assertFalse(Files.exists(directory.resolve("w.h")));
    assertEquals(
        assumed(in)
            + "switchback: "
            + file("w.h")
            + ": in fixed point it differs from float by at most 1.00000; 2 weights are cut to 128,"
            + " the largest from 200.0\n",
        converted(in, "w.h", "--force"));
  }

  private Path amplifier(float... factors) throws IOException {
    float[] values = new float[2 * factors.length];
    for (int k = 0; k < factors.length; k++) {
      values[2 * k] = factors[k];
    }
    Topology chain = Topology.parse("1" + "-1".repeat(factors.length), Activation.LINEAR);
    Parameters parameters = Parameters.of(chain, values);
    return Files.write(directory.resolve("a.safetensors"), Safetensors.write(parameters, Map.of()));
  }

  @Test
  void itRefusesInputsThatAHeaderCannotTake() throws IOException {
    String in = amplifier(1f, 100f).toString();
    assertEquals(
        assumed(in)
            + "switchback: "
            + in
            + ": inputs from 0 to 1000 can give layer 2 (linear) a sum beyond 2048, the limit of"
            + " fixed point; those from -20.47999 to 20.47999 cannot; accept that with --force\n",
        refused("convert", in, file("w.h"), "--input-range", "0,1000"));
    assertTrue(
        said("convert", in, file("w.h"), "--input-range", "-20,20.4")
            .endsWith("\nsafe inputs: from -20.47999 to 20.47999\n"));
    assertTrue(
        refused("convert", in, file("w.h"), "--input-range", "1e9,1e9")
            .contains("inputs from 1000000000 to 1000000000 can give layer 2"));
    String steep = amplifier(100f, 100f).toString();
    assertTrue(
        refused("convert", steep, file("w.h")).contains("inputs from 0 to 1 can give layer 2"));
  }

  @Test
  void aHeaderHasItsOwnNamesAndTables() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "convert", NPZ, file("w.h"), "--prefix", "door", "--table-steps", "256", "--json");
    assertEquals(568L, run.json().get("flashBytes"));
    assertEquals(24L, run.json().get("ramBytes"));
    assertEquals(0L, run.json().get("cutWeights"));
    assertEquals(256L, run.json().get("tableSteps"));
    assertEquals(134217727 / 65536.0, run.json().get("inputLimit"));
    Parameters network = WeightFile.read(Path.of(NPZ), Stated.NOTHING).parameters();
    assertEquals(
        CHeader.of(new CModel(network, new CStyle("door", 256)), null),
        Files.readString(directory.resolve("w.h")));
  }

  /** sigmoid(1) is 0.73; half way between entries at 0 and 2 the table gives 0.69. */
  @Test
  void shortTablesThatChangeAnAnswerAreTold() throws IOException {
    Parameters parameters =
        Parameters.of(Topology.parse("2-1-1", Activation.SIGMOID), 1f, 0f, 0f, 10f, -7.1f);
    Path file = directory.resolve("w.safetensors");
    String in =
        Files.write(file, Safetensors.write(parameters, Map.of("lesson", "0011"))).toString();
    assertEquals("", converted(in, "w.h"));
    assertEquals(
        "switchback: "
            + file("w.h")
            + ": with 16 table steps the network answers otherwise than the fixed engine in position"
            + " 10 11\n",
        converted(in, "w.h", "--table-steps", "16"));
  }

  @Test
  void optionsOfAHeaderNeedAHeader() {
    assertTrue(
        refused("convert", NPZ, file("w.img"), "--prefix", "a")
            .startsWith(
                "switchback: --prefix, --input-range and --table-steps need an OUT that ends in .h"));
    assertEquals(
        "switchback: --prefix: a prefix is a name in C of at most 40 characters that begins with a"
            + " small letter, such as xor or door_2\n",
        refused("convert", NPZ, file("w.h"), "--prefix", "1st"));
    assertEquals(
        "switchback: --table-steps: a table has 16, 32, 64 and so on up to 2048 steps, not 100\n",
        refused("convert", NPZ, file("w.h"), "--table-steps", "100"));
    assertTrue(
        refused("convert", NPZ, file("w.h"), "--input-range", "1,0")
            .contains(
                "the least and the largest input joined by a comma expected, such as 0,1000"));
  }

  @Test
  void itWarnsWhereASignatureIsLost() {
    String signed = RESOURCES + "golden/image/signed.img";
    assertEquals(
        "switchback: the signature of " + signed + " is not kept; --sign makes a new one\n",
        converted(signed, "w.img"));
  }

  @Test
  void aSetIsWrittenAsAWholeOrNotAtAll() throws IOException {
    Files.writeString(directory.resolve("W1.npy"), "precious");
    Files.createDirectory(directory.resolve("W2.npy"));
    assertEquals(
        "switchback: " + file("W2.npy") + " is a directory; name a file in it\n",
        refused(stating(NPZ, file("W1.npy"))));
    assertEquals("precious", Files.readString(directory.resolve("W1.npy")));
    Files.writeString(directory.resolve("x-W3.npy"), "of a deeper network");
    assertEquals(
        "switchback: "
            + file("x-W1.npy")
            + ": "
            + file("x-W3.npy")
            + " is there and would be read as part of the network; move it away\n",
        refused(stating(NPZ, file("x-W1.npy"))));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(3, files.count());
    }
  }

  /** Arrays by number, torch's and Keras's names, each with its order and orientation. */
  @ParameterizedTest
  @CsvSource({
    "people/keras.npz, arr_0 arr_1 arr_2 arr_3",
    "people/module.npz, hidden.weight hidden.bias out.weight out.bias",
    "people/sklearn.npz, arr_0 arr_1 arr_2 arr_3",
    "safetensors/torch_prefix.safetensors, net.0.weight net.0.bias net.2.weight net.2.bias"
  })
  void theNamesOfTheFileAreKeptOnRequest(String in, String names) throws IOException {
    String ending = in.substring(in.indexOf('.'));
    converted(RESOURCES + in, "same" + ending, "--layout=same", STATED[0], STATED[1]);
    WeightFile before = WeightFile.read(Path.of(RESOURCES + in), Stated.NOTHING);
    WeightFile after = WeightFile.read(directory.resolve("same" + ending), Stated.NOTHING);
    assertEquals(before.parameters(), after.parameters());
    assertEquals(before.layout(), after.layout());
    assertEquals(
        List.of(names.split(" ", -1)).stream().sorted().toList(),
        Objects.requireNonNull(after.layout()).names().stream().sorted().toList());
  }

  @Test
  void aFileWithoutNamesHasNoneToKeep() {
    assertEquals(
        "switchback: "
            + file("w.npz")
            + ": FANN has no names of arrays to keep: choose numpy, torch or keras\n",
        refused(
            "convert", RESOURCES + "fann/xor.net", file("w.npz"), "--layout=same", "--coding=0,1"));
  }

  /** Options are obeyed or refused. */
  @ParameterizedTest
  @CsvSource({
    "fann/xor.net, --names=a, FANN has no names of arrays: leave out --names",
    "people/onnx.onnx, --names=a, ONNX has no names of arrays: leave out --names",
    "golden/image/signed.img, --smooth, weight image has no stepwise activations: leave out --smooth",
    "numpy/savez.npz, --smooth, npz has no stepwise activations: leave out --smooth"
  })
  void optionsThatSayNothingOfThatFormatAreRefused(String in, String option, String message) {
    assertEquals(
        "switchback: " + RESOURCES + in + ": " + message + "\n",
        refused("convert", RESOURCES + in, file("w.img"), option));
  }

  @Test
  void fannNamesItsActivations() throws IOException {
    converted(RESOURCES + "fann/tanh.net", "w.safetensors");
    assertEquals(
        "tanh,tanh,linear",
        Safetensors.read(bytes("w.safetensors")).parameters().topology().activationLabels());
  }

  @Test
  void activationsAreGivenWhereTheFileNamesNone() throws IOException {
    converted(NPZ, "w.safetensors", "--activation", "relu,tanh");
    assertEquals(
        "relu,tanh", Safetensors.read(bytes("w.safetensors")).metadata().get("activations"));
  }

  @Test
  void anImageKeepsWhatTheFileSays() throws IOException {
    Parameters parameters = new Parameters(Topology.parse("2-2-1", Activation.TANH));
    Map<String, String> metadata = Map.of("truth", "0110", "engine", "fixed", "topology", "9-9");
    Files.write(directory.resolve("w.safetensors"), Safetensors.write(parameters, metadata));
    converted(file("w.safetensors"), "w.img");
    WeightImage image = WeightImage.read(bytes("w.img"));
    assertEquals("0.1.0", image.version().toString());
    assertEquals("fixed", image.metadata().get("engine"));
    assertEquals("0110", image.metadata().get("truth"));
    assertEquals("2-2-1", image.metadata().get("topology"));
    assertFalse(image.isSigned());
  }

  @Test
  void versionAndEngineOfAnImageAreKeptOrGiven() throws IOException {
    converted(NPZ, "a.img", "--image-version", "1.2.3+4", "--engine", "fixed");
    converted(file("a.img"), "b.img");
    assertArrayEquals(bytes("a.img"), bytes("b.img"));
    converted(file("b.img"), "c.img", "--image-version", "2.0.0", "--engine", "float");
    WeightImage image = WeightImage.read(bytes("c.img"));
    assertEquals("2.0.0", image.version().toString());
    assertEquals("float", image.metadata().get("engine"));
  }

  @Test
  void anImageIsSignedAtOnce() throws IOException {
    assertEquals(0, CommandLineRun.of("keygen", file("k.pem")).exitCode());
    converted(NPZ, "w.img", "--sign", file("k.pem"));
    VerifyingKey key = VerifyingKey.parsePem(Files.readString(directory.resolve("k.pub.pem")));
    WeightImage.read(bytes("w.img")).requireSignedBy(key);
  }

  @ParameterizedTest
  @CsvSource({"numpy/savez.npz", "numpy/files/W1.npy", "fann/xor.net", "golden/image/signed.img"})
  void everyCommandKnowsTheFormatsByTheirFirstBytesToo(String name) throws IOException {
    CommandLineRun named = CommandLineRun.of("eval", RESOURCES + name, "--json");
    assertEquals("0110", named.json().get("answers"));
    // A single array is found among others by its name.
    if (!name.endsWith(".npy")) {
      Path copy = Files.copy(Path.of(RESOURCES + name), directory.resolve("weights"));
      assertEquals(
          "0110", CommandLineRun.of("eval", copy.toString(), "--json").json().get("answers"));
    }
  }

  @Test
  void everyHelpNamesAllFormats() {
    String table = CommandLineRun.of("convert", "--help").out();
    for (WeightFormat format : WeightFormat.values()) {
      boolean isRead = format != WeightFormat.C_HEADER;
      assertEquals(isRead, InputFile.FORMATS.contains("." + format.label()), format.label());
      String row =
          String.format(
              "%n%-12s  %-4s  %s",
              "." + format.label(),
              isRead ? "yes" : "no",
              format != WeightFormat.FANN ? "yes" : "no");
      assertTrue(table.contains(row), row);
    }
    for (String command : List.of("eval", "plot", "inspect")) {
      String help = CommandLineRun.of(command, "--help").out();
      assertTrue(help.replaceAll("\\s+", " ").contains("Weights: " + InputFile.FORMATS), help);
    }
  }

  @Test
  void theResultIsOneJsonObject() throws IOException {
    Map<String, Object> json = CommandLineRun.of("convert", NPZ, file("w.img"), "--json").json();
    assertEquals(NPZ, json.get("file"));
    assertEquals(file("w.img"), json.get("out"));
    assertEquals("2-3-1", json.get("topology"));
    assertEquals("sigmoid,sigmoid", json.get("activations"));
    assertEquals("float", json.get("engine"));
    assertEquals("npz", json.get("format"));
    assertEquals("img", json.get("outFormat"));
    assertEquals(List.of(file("w.img")), json.get("files"));
    assertEquals("" + bytes("w.img").length, String.valueOf(json.get("bytes")));
    WeightImage image = WeightImage.read(bytes("w.img"));
    assertEquals("0.1.0", json.get("version"));
    assertEquals(image.hashText(), json.get("sha256"));
    assertEquals(false, json.get("signed"));
    assertEquals(List.of("activations", "coding"), json.get("assumed"));
    assertEquals(
        List.of(
            "assumed, as the file does not say: activations sigmoid,sigmoid (--activation);"
                + " switches 0,1 (--coding)"),
        json.get("warnings"));
    assertEquals(15, json.size());
  }

  @Test
  void namesOfOtherFormatsAreRefused() {
    for (String name : List.of("w.net", "w.bin", "w")) {
      String out = file(name);
      assertTrue(
          refused("convert", NPZ, out)
              .startsWith(
                  "switchback: OUT "
                      + out
                      + ": a name in .img, .safetensors, .npz, .npy, .onnx or .h expected\n"));
    }
    for (String name : List.of("w.npy", "b1.npy", "W2.npy", "xorW1.npy", "0.weight.npy")) {
      assertTrue(
          refused("convert", NPZ, file(name))
              .startsWith(
                  "switchback: OUT "
                      + file(name)
                      + ": the name of the first file of a set expected, W1.npy or with a prefix"
                      + " as in xor-W1.npy\n"));
    }
    assertEquals(
        "switchback: w.h: a C header is written, never read\n",
        refused("convert", "w.h", file("w.img")));
    for (String option : List.of("--engine=fixed", "--image-version=1.0.0", "--sign=k.pem")) {
      assertTrue(
          refused("convert", NPZ, file("w.npz"), option)
              .startsWith(
                  "switchback: --engine, --image-version and --sign need an OUT that ends in .img\n"));
    }
    assertTrue(
        refused("convert", NPZ, file("w.img"), "--image-version", "1.2")
            .contains("version '1.2' is not of the form 1.2.3 or 1.2.3+4"));
  }

  @Test
  void badInputLeavesWhatIsThere() throws IOException {
    Path out = Files.writeString(directory.resolve("w.img"), "precious");
    assertEquals(
        "switchback: "
            + RESOURCES
            + "numpy/objects.npz: b2 [1]: pickled objects, which are never unpickled, as they can"
            + " run code; in Python: numpy.savez('OUT.npz', *b2)\n",
        refused("convert", RESOURCES + "numpy/objects.npz", out.toString()));
    Parameters parameters = new Parameters(Topology.parse("2-1", Activation.TANH));
    Path in = directory.resolve("w.safetensors");
    Files.write(in, Safetensors.write(parameters, Map.of("engine", "turbo")));
    assertEquals(
        "switchback: "
            + in
            + ": metadata 'engine': unknown engine 'turbo': use float or fixed; or --engine\n",
        refused("convert", in.toString(), out.toString()));
    assertEquals("precious", Files.readString(out));
  }

  @Test
  void placesAndFormatsThatCannotHoldTheNetworkAreRefused() throws IOException {
    Path taken = Files.createDirectory(directory.resolve("d.npz"));
    assertEquals(
        "switchback: " + taken + " is a directory; name a file in it\n",
        refused(stating(NPZ, taken.toString())));
    assertEquals(
        "switchback: cannot write "
            + file("none/w.npz")
            + ": there is no directory "
            + file("none")
            + "; create it, or name a file elsewhere\n",
        refused(stating(NPZ, file("none/w.npz"))));
    Parameters large = new Parameters(Topology.parse("2-4096-1024-1", Activation.SIGMOID));
    Path in = directory.resolve("large.safetensors");
    Files.write(in, Safetensors.write(large, Map.of()));
    for (String name : List.of("large.img", "large.h")) {
      assertTrue(
          refused(stating(in.toString(), file(name))).startsWith("switchback: " + file(name)));
      assertFalse(Files.exists(directory.resolve(name)));
    }
  }
}
