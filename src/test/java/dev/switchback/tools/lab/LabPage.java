package dev.switchback.tools.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.sim.Json;
import dev.switchback.wire.smp.CborWriter;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a page does: requests, packets, and the events. */
final class LabPage implements AutoCloseable {
  private static final AtomicInteger PAGES = new AtomicInteger();

  final HttpClient http = HttpClient.newHttpClient();
  final String name = "page-" + PAGES.incrementAndGet();
  private final String address;
  private int sequence;

  /**
   * @param address as the lab prints it
   */
  LabPage(String address) {
    this.address = address;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address).resolve(path));
  }

  HttpRequest.Builder post(String path, byte[] body) {
    return request(path).header("X-Page", name).POST(BodyPublishers.ofByteArray(body));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<byte[]> get(String path) throws IOException {
    return send(request(path));
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Writes the fields of a request. */
  interface Fields {
    void write(CborWriter writer) throws IOException;
  }

  /** The request that closes a switch of a simulated board; 0 is switch A. */
  static Fields closed(int index) {
    return map -> {
      map.number("switch", index);
      map.flag("closed", true);
    };
  }

  byte[] packet(int operation, int group, int command, Fields fields) throws IOException {
    CborWriter writer = new CborWriter(4096);
    writer.begin();
    fields.write(writer);
    int length = writer.finish(SmpHeader.request(operation, group, command, sequence++ & 0xff));
    return Arrays.copyOf(writer.buffer(), length);
  }

  SmpMap ask(int operation, int group, int command, Fields fields) throws IOException {
    byte[] packet = packet(operation, group, command, fields);
    HttpResponse<byte[]> response = send(post("/smp", packet));
    assertEquals(200, response.statusCode(), text(response));
    byte[] answer = response.body();
    assertTrue(SmpHeader.read(answer, 0).answers(SmpHeader.read(packet, 0)), "another answer");
    return SmpMap.read(answer, SmpHeader.BYTES, answer.length - SmpHeader.BYTES);
  }

  SmpMap read(int group, int command, Fields fields) throws IOException {
    return ask(SmpHeader.READ, group, command, fields);
  }

  SmpMap write(int group, int command, Fields fields) throws IOException {
    return ask(SmpHeader.WRITE, group, command, fields);
  }

  /** An event, and when it came. */
  record Event(String name, String data, long nanos) {
    Map<String, Object> json() {
      try {
        return Json.object(data);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Events as they come. */
  static final class Events implements AutoCloseable {
    private final InputStream body;
    private final BlockingQueue<Event> come = new LinkedBlockingQueue<>();

    private Events(InputStream body) {
      this.body = body;
    }

    private void run() {
      try {
        BufferedReader in = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        String name = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (line.startsWith("event: ")) {
            name = line.substring(7);
          } else if (line.startsWith("data: ")) {
            come.add(new Event(name, line.substring(6), System.nanoTime()));
          }
        }
      } catch (IOException e) {
        // Closed, here or there.
      }
      come.add(new Event("end", "{}", System.nanoTime()));
    }

    /** Returns the next event of a name, and passes over others. */
    Event next(String name, double seconds) {
      return next(name, event -> true, seconds);
    }

    Event next(String name, Predicate<Event> which, double seconds) {
      long limit = System.nanoTime() + (long) (seconds * 1e9);
      while (true) {
        Event event = poll(limit - System.nanoTime());
        if (event == null) {
          throw new AssertionError("no event " + name + " within " + seconds + " s");
        }
        if (event.name().equals(name) && which.test(event)) {
          return event;
        }
      }
    }

    @Nullable Event poll(long nanos) {
      try {
        return come.poll(nanos, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() throws IOException {
      body.close(); // A reader would wait for whoever reads.
    }
  }

  Events events() throws IOException {
    try {
      HttpResponse<InputStream> response =
          http.send(request("/events").build(), BodyHandlers.ofInputStream());
      assertEquals(200, response.statusCode());
      assertEquals("text/event-stream", response.headers().firstValue("Content-Type").orElse(""));
      Events events = new Events(response.body());
      Thread.ofVirtual().start(events::run);
      return events;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
