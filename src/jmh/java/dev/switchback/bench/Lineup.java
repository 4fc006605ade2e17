package dev.switchback.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Builds the rivals and passes them, or the reason why one is missing, to {@link PeerBench}. */
final class Lineup {
  /** Debian's Python, which finds Debian's Python packages. */
  static final String PYTHON = "/usr/bin/python3";

  private static final Path DIRECTORY = Path.of("target/peers");
  private static final Path FAILED_LOG = Path.of("target/peers.log");

  private final String quick;
  private final List<String> options;

  private Lineup(List<String> options) throws IOException, InterruptedException {
    this.options = new ArrayList<>(options);
    quick = options.contains("--quick") ? " --quick" : "";
    Command.of("rm", "-rf", DIRECTORY.toString()).run();
    Files.createDirectories(DIRECTORY);
    javaProgram(Figures.OURS, "OwnRows");
    limits();
  }

  /** Returns options of {@link PeerBench} for our networks and the limits of the machine. */
  static List<String> alone(List<String> options) throws IOException, InterruptedException {
    Build.run();
    return new Lineup(options).options;
  }

  /** Returns the same options plus all available rivals. */
  static List<String> withRivals(List<String> options) throws IOException, InterruptedException {
    boolean fromMaven = Build.succeeds("jmh,peers");
    if (!fromMaven) {
      Build.keepLog(FAILED_LOG);
      Build.run();
    }
    Lineup lineup = new Lineup(options);
    lineup.fann();
    if (fromMaven) {
      lineup.librariesOfJava();
    } else {
      lineup.note(
          "Encog, Neuroph, Smile", "left out: Maven cannot get or build them, see " + FAILED_LOG);
    }
    lineup.numpy();
    return lineup.options;
  }

  private void note(String name, String text) {
    options.addAll(List.of("--note", name, text));
  }

  private void program(String name, String commandLine) {
    options.addAll(List.of("--program", name, commandLine + quick));
  }

  private void javaProgram(String name, String type) throws IOException {
    Command java =
        Build.java("--sun-misc-unsafe-memory-access=allow", "dev.switchback.bench." + type);
    program(name, String.join(" ", java.words()));
  }

  /** Compiles a C program and returns the name of its file. */
  private static String cProgram(String name, String source, String... flags)
      throws IOException, InterruptedException {
    String file = DIRECTORY.resolve(name).toString();
    Build.require(
        Command.of("gcc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "src/jmh/c/" + source)
            .with(List.of(flags))
            .with(List.of("-lm", "-o", file))
            .succeeds(Build.log()));
    return file;
  }

  private void limits() throws IOException, InterruptedException {
    if (!Command.isThere("gcc")) {
      note("limit", "left out; run: sudo apt-get install gcc");
      return;
    }
    program("limit", cProgram("limits", "limits.c", "-O3", "-march=native"));
    note(
        "gcc",
        Command.of("gcc", "-dumpfullversion").output() + "; the limits with -O3 -march=native");
  }

  private void fann() throws IOException, InterruptedException {
    if (!hasFann()) {
      Command.Result install = Command.of("scripts/apt-install", "gcc", "libfann-dev").result();
      if (install.exitCode() != 0) {
        note("FANN", "left out: " + install.output());
        return;
      }
    }
    // In this order, because the integer program reads a file saved by the float program.
    for (String engine : List.of("float", "double", "fixed")) {
      String define = "-D" + engine.toUpperCase(Locale.ROOT) + "FANN";
      String library = engine.equals("float") ? "-lfann" : "-l" + engine + "fann";
      String file = cProgram("fann-" + engine, "fann_bench.c", "-O2", define, library);
      options.addAll(List.of("--program", "FANN " + engine, file + quick + " " + DIRECTORY));
    }
    Command.Result version =
        Command.of("dpkg-query", "-W", "-f", "${Version}", "libfann-dev").result();
    note("FANN", version.exitCode() == 0 ? version.output() : "version unknown");
  }

  /** Returns whether the system has FANN's library. */
  private static boolean hasFann() throws IOException, InterruptedException {
    return Command.isThere("gcc")
        && Command.of("gcc", "-E", "-include", "floatfann.h", "-x", "c", "/dev/null")
            .succeeds(Build.log());
  }

  private void librariesOfJava() throws IOException {
    javaProgram("Encog", "peers.EncogBench");
    note("Encog", Build.version("encog-core") + ", FlatNetwork.compute");
    if (quick.isEmpty()) {
      javaProgram("Neuroph", "peers.NeurophBench");
      note("Neuroph", Build.version("neuroph-core"));
    } else {
      note("Neuroph", "left out of a quick run: it takes a minute");
    }
    if (System.getProperty("os.arch").equals("amd64")) {
      javaProgram("Smile", "peers.SmileBench");
      note("Smile", Build.version("smile-core") + ", its OpenBLAS on one thread");
    } else {
      note("Smile", "left out: its native code is for x86-64 alone");
    }
  }

  private void numpy() throws IOException, InterruptedException {
    if (!hasModules("numpy", Build.log())) {
      note("numpy", "left out; run: sudo apt-get install python3-numpy");
      return;
    }
    processes();
    program("numpy", PYTHON + " src/jmh/python/numpy_bench.py");
    String version = Command.of(PYTHON, "-c", "import numpy; print(numpy.__version__)").output();
    note("numpy", version + " in float32, OpenBLAS on one thread");
  }

  /** Returns whether Python has these modules, separated by commas. */
  static boolean hasModules(String names, Redirect words) throws IOException, InterruptedException {
    return Files.isExecutable(Path.of(PYTHON))
        && Command.of(PYTHON, "-c", "import " + names).succeeds(words);
  }

  /** Compares whole processes, ours and Python: load weights, answer once, exit. */
  private void processes() throws IOException, InterruptedException {
    if (!InstalledPackage.isPossible()) {
      note("processes", "left out; run: sudo apt-get install dpkg");
      return;
    }
    InstalledPackage installed = InstalledPackage.in(DIRECTORY.resolve("package"));
    String ours = installed.command() + " eval " + installed.network();
    String theirs = PYTHON + " src/jmh/python/answer_once.py " + installed.arrays();
    if (!Command.ofLine(ours).output().equals(Command.ofLine(theirs).output())) {
      throw new BenchException("'" + ours + "' and '" + theirs + "' print different answers");
    }
    options.addAll(List.of("--process", Figures.OURS, ours, "--process", "numpy", theirs));
  }
}
