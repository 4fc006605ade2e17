package dev.switchback.tools.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.SystemClock;
import dev.switchback.device.cable.LineServer;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.store.MemoryStorage;
import dev.switchback.sim.FakeBoard;
import dev.switchback.wire.Port;
import dev.switchback.wire.SocketPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The reading of a real device over a real session. */
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class LiveReadingTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void whatMovesIsRead() throws Exception {
    FakeBoard board = new FakeBoard(2);
    Path path = directory.resolve("line");
    try (Device device =
            new Device(
                DeviceConfiguration.defaults(),
                board,
                new MemoryStorage(),
                new TrainingListener() {});
        LineServer server = new LineServer(device, path)) {
      device.start();
      server.start();
      assertTrue(device.awaitMaintenance(LIMIT));
      try (DeviceClient client =
          DeviceClient.open(new SocketPort(path), Port.DEFAULT_BAUD, new SystemClock())) {
        board.setRow(2);
        assertTrue(device.awaitAnswer(2, LIMIT));
        LiveReading lit = client.live();
        assertEquals(2, lit.row());
        assertEquals(1, lit.answer());
        assertEquals(List.of((double) device.decision().outputs()[0]), lit.outputs());
        assertEquals(device.changes(), lit.changes());
        assertFalse(lit.isTraining());
        board.setRow(3);
        assertTrue(device.awaitAnswer(3, LIMIT));
        client.train();
        assertTrue(device.awaitMaintenance(LIMIT));
        assertTrue(device.awaitAnswer(3, LIMIT));
        LiveReading trained = client.live();
        assertEquals(3, trained.row());
        assertEquals(0, trained.answer());
        assertEquals(lit.changes() + 1, trained.changes());
        assertEquals(device.decision().generation(), trained.generation());
        assertTrue(trained.generation() > lit.generation());
        assertEquals(device.training().epochs(), trained.epochs());
        assertTrue(trained.epochs() > 0);
      }
    }
  }
}
