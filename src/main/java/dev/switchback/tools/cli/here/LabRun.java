package dev.switchback.tools.cli.here;

import dev.switchback.ExitCode;
import dev.switchback.device.board.Board;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.service.WiredDevice;
import dev.switchback.device.store.Storage;
import dev.switchback.tools.cli.PageOptions;
import dev.switchback.tools.lab.LabServer;
import dev.switchback.wire.Port;
import dev.switchback.wire.SocketPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Runs a device in this process, with its lab at its socket. */
final class LabRun {
  private final BufferedReader in;
  private final PrintWriter err;

  LabRun(BufferedReader in, PrintWriter err) {
    this.in = in;
    this.err = err;
  }

  /**
   * Runs until the input says {@code quit}, or a signal ends the process.
   *
   * @param line path of the device's socket; null if it has no place of its own
   */
  int run(
      DeviceConfiguration configuration,
      Board board,
      Storage storage,
      @Nullable Path line,
      PageOptions page)
      throws Exception {
    Path own = line == null ? Files.createTempDirectory("switchback-lab") : null;
    Path socket = own == null ? Objects.requireNonNull(line) : own.resolve("line");
    try (WiredDevice wired =
            WiredDevice.attended(configuration, board, storage, socket, new TrainingListener() {});
        LabServer lab =
            new LabServer(
                null, page.httpPort(), null, new SocketPort(socket), Port.DEFAULT_BAUD, err)) {
      Thread stop = new Thread(() -> end(lab, wired, own), "stop lab");
      Runtime.getRuntime().addShutdownHook(stop);
      wired.start();
      lab.start();
      lab.announce(page.isOpened());
      awaitEnd();
      return ExitCode.OK.code();
    } finally {
      remove(own);
    }
  }

  private static void end(LabServer lab, WiredDevice wired, @Nullable Path own) {
    lab.close();
    wired.close();
    remove(own);
  }

  /** Removes the directory of the socket, which is empty by then. */
  private static void remove(@Nullable Path directory) {
    if (directory != null) {
      directory.toFile().delete();
    }
  }

  private void awaitEnd() throws IOException, InterruptedException {
    for (String text = in.readLine(); text != null; text = in.readLine()) {
      if (text.strip().equals("quit")) {
        return;
      }
      if (!text.isBlank()) {
        err.println("lab: everything else is on the page; quit ends it");
      }
    }
    new CountDownLatch(1).await();
  }
}
