package dev.switchback.tools.lab;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class ViewersTest {
  @TempDir Path directory;

  @Test
  void sixtyFourMayLook() throws Exception {
    try (Lab lab = Lab.open(directory)) {
      List<LabPage.Events> all = new ArrayList<>();
      for (int i = 0; i < Viewers.MAX; i++) {
        all.add(lab.page.events());
      }
      assertEquals(503, lab.page.get("/events").statusCode());
      lab.device.board().setSwitches(3);
      for (LabPage.Events events : all) {
        events.next("live", event -> Long.valueOf(3).equals(event.json().get("s")), 5);
        events.close();
      }
    }
  }

  @Test
  void whoDoesNotReadHoldsUpNobodyAndIsDropped() throws Exception {
    try (Lab lab = Lab.open(directory);
        LabPage.Events events = lab.page.events();
        Socket stuck = new Socket()) {
      URI address = URI.create(lab.server.address());
      stuck.setReceiveBufferSize(1024);
      stuck.connect(new InetSocketAddress(address.getHost(), address.getPort()));
      stuck
          .getOutputStream()
          .write(
              ("GET /events HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n\r\n")
                  .getBytes(US_ASCII));
      String start =
          "{\"do\": \"start\", \"truth\": \""
              + "01101001".repeat(32)
              + "\", \"hidden\": [16, 16], \"speed\": 0, \"seed\": 3}";
      lab.page.send(lab.page.post("/try", start.getBytes(US_ASCII)));
      long limit = System.nanoTime() + 60_000_000_000L;
      double worstSeconds = 0;
      boolean isThere = true;
      for (int row = 1; isThere; row = row % 3 + 1) {
        assertTrue(System.nanoTime() - limit < 0, "it is never dropped");
        long wanted = row;
        long before = System.nanoTime();
        lab.device.board().setSwitches(row);
        LabPage.Event live =
            events.next("live", event -> Long.valueOf(wanted).equals(event.json().get("s")), 5);
        worstSeconds = Math.max(worstSeconds, (live.nanos() - before) / 1e9);
        isThere = lab.server.viewers() == 2;
        if (isThere && !hasTry(lab)) {
          lab.page.send(lab.page.post("/try", start.getBytes(US_ASCII)));
        }
      }
      assertTrue(worstSeconds < 1, "the other waited for " + worstSeconds + " s");
    }
  }

  private static boolean hasTry(Lab lab) throws Exception {
    return lab.page
            .send(lab.page.post("/try", "{\"do\": \"speed\", \"speed\": 0}".getBytes(US_ASCII)))
            .statusCode()
        == 200;
  }
}
