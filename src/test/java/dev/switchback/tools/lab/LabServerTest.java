package dev.switchback.tools.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.wire.Port;
import dev.switchback.wire.SocketPort;
import dev.switchback.wire.smp.SmpMap;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The server between real pages and a real device at its socket. */
@Tag("slow")
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class LabServerTest {
  @TempDir Path directory;

  private final StringWriter trouble = new StringWriter();
  private LabDevice device;
  private LabServer lab;
  private LabPage page;

  @BeforeEach
  void open() throws Exception {
    Path socket = directory.resolve("line");
    device = LabDevice.start(socket);
    lab = new LabServer(null, 0, null, new SocketPort(socket), Port.DEFAULT_BAUD, printer());
    lab.start();
    page = new LabPage(lab.address());
  }

  private PrintWriter printer() {
    return new PrintWriter(trouble, true);
  }

  @AfterEach
  void close() {
    page.close();
    lab.close();
    device.close();
    assertEquals("", trouble.toString());
  }

  @Test
  void thePageIsServed() throws Exception {
    HttpResponse<byte[]> index = page.get("/");
    assertEquals(200, index.statusCode());
    assertTrue(LabPage.text(index).contains("<!doctype html>"), LabPage.text(index));
    assertEquals(List.of("text/html; charset=utf-8"), index.headers().allValues("Content-Type"));
    String policy = index.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
    assertEquals("nosniff", index.headers().firstValue("X-Content-Type-Options").orElse(""));
    assertEquals("no-referrer", index.headers().firstValue("Referrer-Policy").orElse(""));
    assertEquals("no-cache", index.headers().firstValue("Cache-Control").orElse(""));
    HttpResponse<byte[]> script = page.get("/main.js");
    assertEquals(
        List.of("text/javascript; charset=utf-8"), script.headers().allValues("Content-Type"));
    String tag = script.headers().firstValue("ETag").orElse("");
    assertEquals(
        304, page.send(page.request("/main.js").header("If-None-Match", tag)).statusCode());
    for (String wrong : List.of("/other.js", "/page/main.js", "/%2e%2e/LabServer.class")) {
      assertEquals(404, page.get(wrong).statusCode(), wrong);
    }
  }

  @Test
  void packetsReachTheDeviceAndAnswersThePage() throws Exception {
    SmpMap status = page.read(100, 0, map -> {});
    assertEquals("answering", status.text("state"));
    assertTrue(page.write(100, 9, map -> map.number("switches", 2)).names().isEmpty());
    assertEquals(2, device.board().position());
    assertEquals(6, page.write(100, 9, map -> map.number("switches", 4)).map("err").number("rc"));
  }

  @Test
  void eventsTellWhatMoves() throws Exception {
    try (LabPage.Events events = page.events()) {
      LabPage.Event line = events.next("line", event -> event.data().contains("\"open\":true"), 2);
      assertEquals(directory.resolve("line").toString(), line.json().get("name"));
      assertEquals(0L, events.next("live", 2).json().get("s"));
      device.board().setSwitches(1);
      LabPage.Event live =
          events.next("live", event -> Long.valueOf(1).equals(event.json().get("s")), 2);
      assertEquals(1L, live.json().get("l"));
      assertEquals(false, live.json().get("t"));
      page.write(100, 6, map -> map.text("lesson", "0111"));
      events.next("changed", 2);
    }
  }
}
