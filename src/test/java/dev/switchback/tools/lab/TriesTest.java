package dev.switchback.tools.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.format.WeightImage;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(60)
@EnabledOnOs({OS.LINUX, OS.MAC})
class TriesTest {
  @TempDir Path directory;

  private Lab lab;
  private LabPage.Events events;

  @BeforeEach
  void open() throws Exception {
    lab = Lab.open(directory);
    events = lab.page.events();
  }

  @AfterEach
  void close() throws Exception {
    events.close();
    lab.close();
  }

  private void done(String command) throws Exception {
    assertEquals("", refused(200, command));
  }

  private String refused(int status, String command) throws Exception {
    HttpResponse<byte[]> answer = lab.page.send(lab.page.post("/try", command.getBytes(UTF_8)));
    assertEquals(status, answer.statusCode(), LabPage.text(answer));
    return LabPage.text(answer).strip();
  }

  private Map<String, Object> next(String state) {
    return events
        .next("try", event -> event.data().contains("\"state\":\"" + state + "\""), 10)
        .json();
  }

  @Test
  void aTryLearnsAndIsAnImage() throws Exception {
    assertEquals("null", events.next("try", 1).data());
    done("{\"do\": \"start\", \"truth\": \"0110\", \"hidden\": [2], \"seed\": 1, \"speed\": 0}");
    Map<String, Object> solved = next("solved");
    assertEquals(1L, solved.get("run"));
    assertEquals("2-2-1", solved.get("topology"));
    assertEquals("sigmoid,sigmoid", solved.get("activations"));
    assertEquals("float", solved.get("engine"));
    assertEquals(47L, solved.get("epochs"), "as switchback train with this seed");
    assertEquals(2L, solved.get("restarts"));
    assertEquals(9, ((List<?>) Objects.requireNonNull(solved.get("weights"))).size());
    List<?> outputs = (List<?>) Objects.requireNonNull(solved.get("outputs"));
    assertEquals(4, outputs.size());
    List<?> curve = (List<?>) Objects.requireNonNull(solved.get("curve"));
    assertEquals(47, curve.size());
    HttpResponse<byte[]> got = lab.page.get("/try.img");
    WeightImage image = WeightImage.read(got.body());
    assertEquals(TruthTable.parse("0110"), image.lesson());
    assertEquals("0110", Engine.FLOAT.answers(image.parameters()));
    assertEquals("1", image.metadata().get("seed"));
    assertEquals(image.hashText(), got.headers().firstValue("X-Image-Hash").orElse(""));
    assertEquals("this try has ended", refused(409, "{\"do\": \"play\"}"));
    done("{\"do\": \"end\"}");
    assertEquals("null", events.next("try", 1).data());
    assertEquals(409, lab.page.get("/try.img").statusCode());
  }

  @Test
  void aTryWaitsAndGoesOnEpochByEpoch() throws Exception {
    assertEquals("there is no try", refused(409, "{\"do\": \"step\"}"));
    done("{\"do\": \"start\", \"truth\": \"0111\", \"hidden\": [], \"speed\": 1}");
    assertEquals(0L, next("running").get("epochs"));
    done("{\"do\": \"step\"}");
    Map<String, Object> paused = next("paused");
    while (!Long.valueOf(1).equals(paused.get("epochs"))) {
      paused = next("paused");
    }
    assertEquals(
        "the try has not learnt its table", LabPage.text(lab.page.get("/try.img")).strip());
    done("{\"do\": \"speed\", \"speed\": 500}");
    assertEquals(500L, next("paused").get("speed"));
    done("{\"do\": \"play\"}");
    assertEquals("2-1", next("solved").get("topology"));
    done(
        "{\"do\": \"start\", \"truth\": \"01,10\", \"hidden\": [2, 2], \"speed\": 0,"
            + " \"engine\": \"fixed\", \"activation\": \"tanh\"}");
    Map<String, Object> second = next("solved");
    assertEquals(2L, second.get("run"));
    assertEquals("1-2-2-2", second.get("topology"));
    assertEquals("tanh,tanh,sigmoid", second.get("activations"));
    assertEquals("fixed", second.get("engine"));
  }

  @Test
  void aTryThatCannotLearnSaysWhy() throws Exception {
    done("{\"do\": \"start\", \"truth\": \"0110\", \"hidden\": [], \"speed\": 0}");
    String why = "2-1 cannot part XOR 0110 by one line: use more hidden neurons, such as 2-2-1";
    assertEquals(why, next("running").get("why"));
    Map<String, Object> failed = next("failed");
    assertEquals(why, failed.get("why"));
    List<?> curve = (List<?>) Objects.requireNonNull(failed.get("curve"));
    assertTrue(curve.size() > 100 && curve.size() <= 256, curve.size() + " points");
  }

  @Test
  void whatIsNoCommandIsExplained() throws Exception {
    assertTrue(refused(400, "").startsWith("the command: an object expected"));
    assertTrue(refused(400, "{\"do\"").startsWith("no JSON: "));
    assertEquals("do: a text expected", refused(400, "{\"do\": 1}"));
    assertEquals("there is no try", refused(409, "{\"do\": \"dance\"}"));
    assertEquals(
        "seed: a text, a whole number or a list of these expected",
        refused(400, "{\"do\": \"start\", \"seed\": 1.5}"));
    assertEquals(
        "hidden: a list of whole numbers expected, 1 to 16",
        refused(400, "{\"do\": \"start\", \"hidden\": [17]}"));
    assertEquals(
        "hidden: at most 2 layers", refused(422, "{\"do\": \"start\", \"hidden\": [1, 1, 1]}"));
    assertEquals(
        "speed: a whole number expected, 0 to 1000000",
        refused(400, "{\"do\": \"start\", \"speed\": -1}"));
    for (String wrong :
        List.of("\"truth\": \"012\"", "\"activation\": \"step\"", "\"engine\": \"double\"")) {
      assertFalse(refused(422, "{\"do\": \"start\", \"hidden\": [2], " + wrong + "}").isEmpty());
    }
  }
}
