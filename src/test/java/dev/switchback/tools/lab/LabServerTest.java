package dev.switchback.tools.lab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.Activation;
import dev.switchback.core.nn.Answers;
import dev.switchback.core.nn.Parameters;
import dev.switchback.core.nn.Topology;
import dev.switchback.format.Safetensors;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.Json;
import dev.switchback.tools.foreign.Npz;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

  private Lab lab;
  private LabPage page;

  @BeforeEach
  void open() throws Exception {
    lab = Lab.open(directory);
    page = lab.page;
  }

  @AfterEach
  void close() {
    lab.close();
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
    assertTrue(page.write(100, 9, LabPage.closed(0)).names().isEmpty());
    assertEquals(2, lab.device.board().position());
    assertEquals(6, page.write(100, 9, LabPage.closed(4)).map("err").number("rc"));
  }

  @Test
  void eventsTellWhatMoves() throws Exception {
    try (LabPage.Events events = page.events()) {
      LabPage.Event line = events.next("line", event -> event.data().contains("\"open\":true"), 2);
      assertEquals(directory.resolve("line").toString(), line.json().get("name"));
      assertEquals(0L, events.next("live", 2).json().get("s"));
      lab.device.board().setSwitches(1);
      LabPage.Event live =
          events.next("live", event -> Long.valueOf(1).equals(event.json().get("s")), 2);
      assertEquals(1L, live.json().get("l"));
      assertEquals(false, live.json().get("t"));
      page.write(100, 6, map -> map.text("lesson", "0111"));
      events.next("changed", 2);
    }
  }

  @Test
  void whatIsNoPacketIsRefused() throws Exception {
    assertEquals(400, page.send(page.post("/smp", new byte[7])).statusCode());
    assertEquals(413, page.send(page.post("/smp", new byte[4097])).statusCode());
    byte[] packet = page.packet(SmpHeader.READ, 100, 0, map -> {});
    packet[3]++;
    HttpResponse<byte[]> refused = page.send(page.post("/smp", packet));
    assertEquals(400, refused.statusCode());
    assertEquals("no request of SMP: operation or length is wrong\n", LabPage.text(refused));
    packet = page.packet(SmpHeader.READ_ANSWER, 100, 0, map -> {});
    assertEquals(400, page.send(page.post("/smp", packet)).statusCode());
    assertEquals(404, page.get("/smp").statusCode());
    assertEquals(404, page.send(page.post("/events", new byte[0])).statusCode());
    assertEquals(
        405, page.send(page.request("/").method("DELETE", BodyPublishers.noBody())).statusCode());
  }

  /** A file whose metadata name activations in a way of their own. */
  private static byte[] foreign(String activations, Parameters parameters) {
    String own = new String(Safetensors.write(parameters, Map.of()), ISO_8859_1);
    String labels = parameters.topology().activationLabels();
    String escaped = activations.replace("\"", "\\\"");
    String padding = " ".repeat(Math.max(0, labels.length() - escaped.length()));
    assertTrue(escaped.length() <= labels.length());
    return own.replace('"' + labels + '"', '"' + escaped + '"' + padding).getBytes(ISO_8859_1);
  }

  @Test
  void weightFilesBecomeImages() throws Exception {
    Parameters parameters = Objects.requireNonNull(lab.device.device().parameters());
    HttpResponse<byte[]> made =
        page.send(page.post("/image?name=my%20xor.npz&engine=fixed", Npz.write(parameters)));
    assertEquals(200, made.statusCode(), LabPage.text(made));
    WeightImage image = WeightImage.read(made.body());
    assertEquals(parameters, image.parameters());
    assertEquals(Engine.FIXED, image.engine());
    assertEquals(image.hashText(), made.headers().firstValue("X-Image-Hash").orElse(""));
    assertArrayEquals(
        image.bytes(), page.send(page.post("/image?name=x.img", image.bytes())).body());
    HttpResponse<byte[]> tanh =
        page.send(page.post("/image?name=x.npz&activation=tanh,sigmoid", Npz.write(parameters)));
    assertEquals("tanh,sigmoid", WeightImage.read(tanh.body()).topology().activationLabels());
    assertEquals(
        "assumed, as the file does not say: switches 0,1 (--coding)",
        tanh.headers().firstValue("X-Warnings").orElse(""));
    Parameters thin = Parameters.of(Topology.parse("2-1", Activation.SIGMOID), 1e-6f, 0f, 0f);
    HttpResponse<byte[]> changed =
        page.send(page.post("/image?name=thin.npz&engine=fixed", Npz.write(thin)));
    assertEquals(422, changed.statusCode());
    assertTrue(
        LabPage.text(changed)
            .startsWith("thin.npz: the network answers 0000 in fixed point, but 0011 in float; it"),
        LabPage.text(changed));
    // The page always says an activation; a file that states its own keeps them.
    HttpResponse<byte[]> stated =
        page.send(
            page.post(
                "/image?name=x.safetensors&activation=sigmoid",
                Safetensors.write(parameters, Map.of("activations", "tanh,sigmoid"))));
    assertEquals(200, stated.statusCode(), LabPage.text(stated));
    HttpResponse<byte[]> unknown =
        page.send(
            page.post(
                "/image?name=x.safetensors&activation=relu,sigmoid",
                foreign("[\"tanh\"]", parameters)));
    assertEquals("relu,sigmoid", WeightImage.read(unknown.body()).topology().activationLabels());
    HttpResponse<byte[]> answers = page.send(page.post("/answers", image.bytes()));
    Map<String, Object> json = Json.object(LabPage.text(answers));
    assertEquals(Set.of("float", "fixed"), json.keySet());
    Answers expected = Answers.of(Engine.FLOAT.model(parameters));
    List<?> outputs = (List<?>) Objects.requireNonNull(json.get("float"));
    for (int row = 0; row < 4; row++) {
      assertEquals(expected.displayedOutput(row, 0), ((Number) outputs.get(row)).floatValue());
    }
  }

  @Test
  void whatIsNoWeightFileIsExplained() throws Exception {
    HttpResponse<byte[]> refused = page.send(page.post("/image?name=../x.npz", new byte[100]));
    assertEquals(422, refused.statusCode());
    assertEquals(".._x.npz: no npz: zip END header not found\n", LabPage.text(refused));
    byte[] wide =
        Safetensors.write(
            Parameters.of(Topology.parse("9-1", Activation.SIGMOID), new float[10]), Map.of());
    assertEquals(
        "9-1 answers no table: at most 8 switches and 8 LEDs\n",
        LabPage.text(page.send(page.post("/answers", wide))));
    byte[] file = Npz.write(Objects.requireNonNull(lab.device.device().parameters()));
    for (String option : List.of("activation=relu,x", "answer=maybe", "engine=double")) {
      HttpResponse<byte[]> wrong = page.send(page.post("/image?name=x.npz&" + option, file));
      assertTrue(wrong.statusCode() == 400 || wrong.statusCode() == 422, option);
    }
    assertEquals(422, page.send(page.post("/image?name=x.npz&answer=argmax", file)).statusCode());
  }
}
