package dev.switchback.tools.cli.here;

import dev.switchback.device.board.Board;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.service.LineRun;
import dev.switchback.device.store.Storage;
import dev.switchback.tools.cli.PageOptions;
import dev.switchback.tools.lab.LabServer;
import dev.switchback.wire.ByteLink;
import dev.switchback.wire.LinkException;
import dev.switchback.wire.Port;
import dev.switchback.wire.SocketPort;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Runs a device in this process, with its lab at its socket. */
record LabRun(BufferedReader in, PrintWriter out, PrintWriter err, PageOptions page) {
  /**
   * Runs until the input says {@code quit}, or a signal ends the process. The input moves the
   * switches too, like a hand beside the page.
   *
   * @param line path of the device's socket; null if it has no place of its own
   */
  int run(DeviceConfiguration configuration, Board board, Storage storage, @Nullable Path line)
      throws Exception {
    if (line != null) {
      return serve(configuration, board, storage, line);
    }
    Path own = Files.createTempDirectory("switchback-lab");
    own.toFile().deleteOnExit(); // After the device has removed its socket.
    return serve(configuration, board, storage, own.resolve("line"));
  }

  private int serve(DeviceConfiguration configuration, Board board, Storage storage, Path socket)
      throws Exception {
    LineRun device = new LineRun(configuration, board, storage, socket, in, out, err);
    Port port = new OwnPort(new SocketPort(socket));
    try (LabServer lab = new LabServer(null, page.httpPort(), null, port, Port.DEFAULT_BAUD, err)) {
      lab.announce(page.isOpened());
      return device.runShared();
    }
  }

  /** The socket of a device that nobody else has to find. */
  private record OwnPort(SocketPort socket) implements Port {
    @Override
    public ByteLink open() throws LinkException {
      return socket.open();
    }

    @Override
    public String toString() {
      return "this device";
    }
  }
}
