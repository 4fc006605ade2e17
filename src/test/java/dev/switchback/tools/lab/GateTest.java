package dev.switchback.tools.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.wire.smp.SmpHeader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who may command, asked over plain sockets, because no client sends foreign headers. */
@Tag("slow")
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class GateTest {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir Path directory;

  /** Sends a request as it is, and returns all of the answer. */
  private static String raw(Lab lab, String head, byte[] body) throws IOException {
    URI address = URI.create(lab.server.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(10_000);
      String lines = head + "\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n";
      socket.getOutputStream().write(lines.getBytes(ISO_8859_1));
      socket.getOutputStream().write(body);
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static void requireForbidden(String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
  }

  @Test
  void foreignPagesAreRefusedAndChangeNothing() throws Exception {
    try (Lab lab = Lab.open(directory)) {
      String own = "127.0.0.1:" + URI.create(lab.server.address()).getPort();
      byte[] flip = lab.page.packet(SmpHeader.WRITE, 100, 9, LabPage.closed(0));
      String post = "POST /smp HTTP/1.1\r\nHost: ";
      requireForbidden(raw(lab, post + "evil.example\r\nX-Page: a", flip));
      requireForbidden(raw(lab, post + "127.0.0.1.evil.example\r\nX-Page: a", flip));
      requireForbidden(raw(lab, post + own + "\r\nX-Page: a\r\nOrigin: http://evil.example", flip));
      requireForbidden(raw(lab, post + own + "\r\nX-Page: a\r\nOrigin: http://127.0.0.1:1", flip));
      requireForbidden(raw(lab, post + own + "\r\nX-Page: a\r\nOrigin: null", flip));
      requireForbidden(raw(lab, post + own + "\r\nX-Page: a\r\nSec-Fetch-Site: cross-site", flip));
      requireForbidden(raw(lab, post + own + "\r\nX-Page: a\r\nSec-Fetch-Site: same-site", flip));
      requireForbidden(raw(lab, post + own, flip));
      requireForbidden(raw(lab, post + own + "\r\nX-Page: a b", flip));
      requireForbidden(raw(lab, "GET / HTTP/1.1\r\nHost: evil.example", new byte[0]));
      requireForbidden(raw(lab, "GET /events HTTP/1.1\r\nHost: evil.example", new byte[0]));
      assertEquals(0, lab.device.board().position());
      assertEquals(0, lab.port.requests("100/9"));
      String allowed =
          raw(
              lab,
              post
                  + own
                  + "\r\nX-Page: a\r\nOrigin: http://"
                  + own
                  + "\r\nSec-Fetch-Site: same-origin",
              flip);
      assertTrue(allowed.startsWith("HTTP/1.1 200 "), allowed);
      assertEquals(2, lab.device.board().position());
      String look =
          "GET / HTTP/1.1\r\nHost: " + own + "\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: ";
      String link = raw(lab, look + "navigate\r\nSec-Fetch-Dest: document", new byte[0]);
      assertTrue(link.startsWith("HTTP/1.1 200 "), link);
      requireForbidden(raw(lab, look + "navigate\r\nSec-Fetch-Dest: iframe", new byte[0]));
      requireForbidden(raw(lab, look + "no-cors\r\nSec-Fetch-Dest: script", new byte[0]));
      String tunnel = raw(lab, "GET / HTTP/1.1\r\nHost: localhost:9000", new byte[0]);
      assertTrue(tunnel.startsWith("HTTP/1.1 200 "), tunnel);
    }
  }

  @Test
  void otherMachinesNeedTheToken() throws Exception {
    try (Lab lab = Lab.openToOthers(directory, TOKEN)) {
      assertTrue(lab.server.address().endsWith("/#" + TOKEN), lab.server.address());
      LabPage page = lab.page;
      assertEquals(200, page.get("/main.js").statusCode(), "what trades the token");
      assertEquals(401, page.get("/events").statusCode());
      assertEquals(401, page.get("/try.img").statusCode());
      byte[] flip = page.packet(SmpHeader.WRITE, 100, 9, LabPage.closed(0));
      assertEquals(401, page.send(page.post("/smp", flip)).statusCode());
      assertEquals(0, lab.device.board().position());
      byte[] wrong = "0123456789abcdeF".getBytes(ISO_8859_1);
      HttpResponse<byte[]> refused = page.send(page.post("/token", wrong));
      assertEquals(401, refused.statusCode());
      assertFalse(refused.headers().firstValue("Set-Cookie").isPresent());
      HttpResponse<byte[]> traded = page.send(page.post("/token", TOKEN.getBytes(ISO_8859_1)));
      assertEquals(200, traded.statusCode());
      String cookie = traded.headers().firstValue("Set-Cookie").orElse("");
      assertTrue(cookie.endsWith("; Path=/; HttpOnly; SameSite=Strict"), cookie);
      assertFalse(cookie.contains(TOKEN), cookie);
      String value = cookie.substring(0, cookie.indexOf(';'));
      assertEquals(
          200,
          page.send(page.post("/smp", flip).header("Cookie", "other=1; " + value)).statusCode());
      assertEquals(2, lab.device.board().position());
      assertEquals(
          401, page.send(page.post("/smp", flip).header("Cookie", value + "0")).statusCode());
    }
  }
}
