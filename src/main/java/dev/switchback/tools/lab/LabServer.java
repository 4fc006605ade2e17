package dev.switchback.tools.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.switchback.ExitCode;
import dev.switchback.PrintableText;
import dev.switchback.Refusal;
import dev.switchback.SystemClock;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.Port;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page of the lab: its files, packets to the device, what moves, and tries. See lab.md.
 * Each request has a virtual thread. One thread opens and closes.
 */
public final class LabServer implements AutoCloseable {
  public static final int DEFAULT_PORT = 8642;
  public static final int MIN_TOKEN = 16;

  private static final int BACKLOG = 64;
  private static final int MAX_COMMAND_BYTES = 16 << 10;

  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Of the JDK's server, which reads them once: seconds for a request, and how many may come. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "30",
          "sun.net.httpserver.maxReqHeaders", "64",
          "sun.net.httpserver.maxReqHeaderSize", "16384",
          "sun.net.httpserver.nodelay", "true",
          "jdk.httpserver.maxConnections", "256");

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, PageFile> page = PageFile.all();
  private final Gate gate;
  private final @Nullable String token;
  private final PrintWriter err;
  private final Viewers viewers;
  private final LabLine line;
  private final Tries tries;

  /** For the memory's sake one weight file is read at a time. */
  private final Semaphore uploads = new Semaphore(1);

  /**
   * Takes a port of this machine; serves nothing yet.
   *
   * @param host address to listen at; null for this machine only
   * @param httpPort 0 for a free one; null for {@link #DEFAULT_PORT}, or a free one if it is taken
   * @param token at least {@link #MIN_TOKEN} characters; null only without a host
   * @param device where the device is
   * @param baud of that port, for timeouts
   * @param err for the address, and what nobody foresaw
   * @throws Refusal if it cannot listen there
   */
  public LabServer(
      @Nullable String host,
      @Nullable Integer httpPort,
      @Nullable String token,
      Port device,
      int baud,
      PrintWriter err)
      throws Refusal, IOException {
    if (host != null && token == null) {
      throw new IllegalArgumentException("a host needs a token");
    }
    LIMITS.forEach(System::setProperty);
    this.http = listening(host, httpPort);
    this.token = token;
    this.gate = new Gate(token);
    this.err = err;
    this.viewers = new Viewers();
    this.line = new LabLine(device, baud, new SystemClock(), viewers);
    this.tries = new Tries(viewers);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
  }

  private static HttpServer listening(@Nullable String host, @Nullable Integer httpPort)
      throws Refusal, IOException {
    InetAddress address = address(host);
    int wanted = httpPort == null ? DEFAULT_PORT : httpPort;
    try {
      return HttpServer.create(new InetSocketAddress(address, wanted), BACKLOG);
    } catch (BindException e) {
      if (httpPort == null) {
        return HttpServer.create(new InetSocketAddress(address, 0), BACKLOG);
      }
      throw new Refusal(
          ExitCode.BUSY,
          "cannot listen at " + address.getHostAddress() + ":" + wanted + ": " + e.getMessage(),
          "name another port with --http-port",
          e);
    }
  }

  private static InetAddress address(@Nullable String host) throws Refusal {
    if (host == null) {
      return InetAddress.ofLiteral("127.0.0.1");
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new Refusal(ExitCode.USAGE, "--listen: no such address: " + PrintableText.of(host), e);
    }
  }

  void start() {
    line.start();
    http.start();
  }

  /**
   * Starts, prints the address, and ends with the process.
   *
   * @param isOpened whether a browser shall open it, too
   */
  public void announce(boolean isOpened) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop lab"));
    start();
    err.println("lab: " + address());
    if (isOpened) {
      Browser.open(address(), err);
    }
  }

  /** Returns the address for a browser, with the token if there is one. */
  public String address() {
    InetSocketAddress bound = http.getAddress();
    InetAddress at = bound.getAddress();
    String host = at.isAnyLocalAddress() ? localName() : PrintableText.of(at.getHostAddress());
    boolean isLong = host.contains(":");
    return "http://"
        + (isLong ? "[" + host + "]" : host)
        + ":"
        + bound.getPort()
        + "/"
        + (token == null ? "" : "#" + token);
  }

  private static String localName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Returns how many look on. */
  int viewers() {
    return viewers.count();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        answer(exchange);
      } catch (Rejection e) {
        reject(exchange, e);
      } catch (IOException e) {
        // Of this disk; where the peer has gone, saying so fails in the same way.
        reject(exchange, new Rejection(500, "the system says: " + e.getMessage(), e));
      } catch (RuntimeException e) {
        e.printStackTrace(err);
        reject(exchange, new Rejection(500, "internal error; the lab has printed it", e));
      }
    }
  }

  private static void reject(HttpExchange exchange, Rejection e) throws IOException {
    if (exchange.getResponseCode() < 0) {
      exchange.getResponseHeaders().set("Connection", "close");
      send(exchange, e.status(), TEXT, (e.getMessage() + "\n").getBytes(UTF_8));
    }
  }

  private void answer(HttpExchange exchange) throws IOException, Rejection {
    Headers headers = exchange.getRequestHeaders();
    gate.requireOwn(headers);
    String path = exchange.getRequestURI().getPath();
    boolean isPost = exchange.getRequestMethod().equals("POST");
    if (!isPost && !exchange.getRequestMethod().equals("GET")) {
      throw new Rejection(405, "GET or POST expected");
    }
    PageFile file = page.get(PageFile.name(path));
    if (file != null && !isPost) {
      send(exchange, file);
      return;
    }
    String pageName = isPost ? Gate.page(headers) : "";
    if (path.equals("/token") && isPost) {
      String given = new String(body(exchange, MAX_COMMAND_BYTES), UTF_8);
      exchange.getResponseHeaders().set("Set-Cookie", gate.trade(given));
      send(exchange, 200, TEXT, new byte[0]);
      return;
    }
    gate.requireCookie(headers);
    switch ((isPost ? "POST " : "GET ") + path) {
      case "GET /events" -> events(exchange);
      case "POST /smp" -> {
        LabPacket packet = new LabPacket(pageName, body(exchange, LabPacket.MAX_BYTES));
        send(exchange, 200, BYTES, line.pass(packet));
      }
      case "POST /image" -> {
        WeightUpload made = weights(exchange);
        WeightImage image = made.image();
        send(exchange, image, made.warnings());
      }
      case "POST /answers" ->
          send(exchange, 200, JSON, weights(exchange).answers().getBytes(UTF_8));
      case "POST /try" -> {
        tries.carryOut(TryCommand.parse(body(exchange, MAX_COMMAND_BYTES)));
        send(exchange, 200, TEXT, new byte[0]);
      }
      case "GET /try.img" -> send(exchange, tries.image(), "");
      default -> throw new Rejection(404, "nothing is at " + PrintableText.of(path, 100));
    }
  }

  private void events(HttpExchange exchange) throws IOException, Rejection {
    viewers.requirePlace();
    Headers headers = common(exchange, "text/event-stream");
    headers.set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    viewers.serve(exchange.getResponseBody(), line::look);
  }

  private static void send(HttpExchange exchange, WeightImage image, String warnings)
      throws IOException {
    if (!warnings.isEmpty()) {
      exchange.getResponseHeaders().set("X-Warnings", warnings);
    }
    exchange.getResponseHeaders().set("X-Image-Hash", image.hashText());
    send(exchange, 200, BYTES, image.bytes());
  }

  private WeightUpload weights(HttpExchange exchange) throws IOException, Rejection {
    Map<String, String> options = options(exchange);
    requireLength(exchange, WeightUpload.MAX_BYTES);
    if (!uploads.tryAcquire()) {
      throw new Rejection(503, "another file is being read; try again");
    }
    try {
      return WeightUpload.read(exchange.getRequestBody(), options);
    } finally {
      uploads.release();
    }
  }

  private static Map<String, String> options(HttpExchange exchange) throws Rejection {
    Map<String, String> options = new HashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    for (String part : query == null ? new String[0] : query.split("&", -1)) {
      int equals = part.indexOf('=');
      try {
        options.put(
            equals < 0 ? part : part.substring(0, equals),
            URLDecoder.decode(part.substring(equals + 1), UTF_8));
      } catch (IllegalArgumentException e) {
        throw new Rejection(400, "the query is not well formed", e);
      }
    }
    return options;
  }

  private static void requireLength(HttpExchange exchange, int maxBytes) throws Rejection {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null && Long.parseLong(length) > maxBytes) {
      throw tooLong(maxBytes);
    }
  }

  private static byte[] body(HttpExchange exchange, int maxBytes) throws IOException, Rejection {
    requireLength(exchange, maxBytes);
    try (InputStream in = exchange.getRequestBody()) {
      byte[] body = in.readNBytes(maxBytes + 1);
      if (body.length > maxBytes) {
        throw tooLong(maxBytes);
      }
      return body;
    }
  }

  private static Rejection tooLong(int maxBytes) {
    return new Rejection(413, "at most " + maxBytes + " bytes expected");
  }

  private static void send(HttpExchange exchange, PageFile file) throws IOException {
    exchange.getResponseHeaders().set("ETag", file.tag());
    String known = exchange.getRequestHeaders().getFirst("If-None-Match");
    if (file.tag().equals(known)) {
      common(exchange, file.type());
      exchange.sendResponseHeaders(304, -1);
    } else {
      send(exchange, 200, file.type(), file.bytes());
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    common(exchange, type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static Headers common(HttpExchange exchange, String type) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cache-Control", "no-cache");
    return headers;
  }

  /** Ends all that goes on. */
  @Override
  public void close() {
    line.close();
    tries.close();
    http.stop(0);
    threads.shutdownNow();
  }
}
