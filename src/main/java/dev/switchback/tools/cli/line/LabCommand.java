package dev.switchback.tools.cli.line;

import dev.switchback.ExitCode;
import dev.switchback.Refusal;
import dev.switchback.tools.cli.FileNames;
import dev.switchback.tools.cli.PageOptions;
import dev.switchback.tools.cli.WholeFile;
import dev.switchback.tools.lab.LabServer;
import dev.switchback.tools.lab.PageFile;
import dev.switchback.wire.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code switchback lab}: serves a page for a device. */
@Command(
    name = "lab",
    description = {
      "Serves a page in the browser: the board, live, and all that can be done to it.",
      "",
      "Its address stands on standard error. Ctrl-C ends it. A named port or socket may be missing;"
          + " the page shows the device once it is there. For a device in the same process see run"
          + " --lab.",
      ""
    })
public final class LabCommand extends DeviceCommand {
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z0-9_-]{" + LabServer.MIN_TOKEN + ",}");

  @Mixin private PageOptions page = new PageOptions();

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = {
        "Open the page to other machines at this address of this one; 0.0.0.0 for all.",
        "Needs --token. Default: this machine only."
      })
  private @Nullable String host;

  @Option(
      names = "--token",
      paramLabel = "TEXT",
      description =
          "What other machines must know: letters, digits, - and _, at least 16. The printed address"
              + " ends with it.")
  private @Nullable String token;

  @Option(
      names = "--export",
      paramLabel = "DIR",
      completionCandidates = FileNames.Directories.class,
      description =
          "Write the files of the page, for any web server, and serve nothing. In a browser with Web"
              + " Serial the page then needs only the cable.")
  private @Nullable Path export;

  @Override
  protected void run() throws Exception {
    if (export != null) {
      export(export);
      return;
    }
    if (host == null != (token == null)) {
      throw usage("--listen and --token go together");
    }
    if (token != null && !TOKEN.matcher(token).matches()) {
      throw usage("--token: at least " + LabServer.MIN_TOKEN + " letters, digits, - or _ expected");
    }
    serve(port());
  }

  private void export(Path directory) throws Refusal {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new Refusal(ExitCode.USAGE, "--export " + directory + " is not a directory");
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw WholeFile.refusal(directory, e);
    }
    Map<Path, byte[]> files = new LinkedHashMap<>();
    PageFile.forAnyServer().forEach((name, file) -> files.put(directory.resolve(name), file));
    WholeFile.writeAll(files);
    out().println("written: " + directory + ", " + files.size() + " files");
  }

  private void serve(Port port) throws Exception {
    try (LabServer lab = new LabServer(host, page.httpPort(), token, port, baud(), err())) {
      lab.announce(page.isOpened());
      new CountDownLatch(1).await();
    }
  }
}
