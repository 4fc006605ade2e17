package dev.switchback.tools.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps foreign pages and foreign machines out. A page of another site can make a browser send
 * requests, but not with its headers, and it names itself in them. Immutable; any thread.
 */
final class Gate {
  private static final String COOKIE = "switchback-lab";
  private static final int SECRET_BYTES = 32;
  private static final Pattern PAGE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** Names of this machine that no name server decides. */
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

  private final @Nullable String token;
  private final String secret;

  /**
   * @param token what opens the gate to other machines; null if only this one may come
   */
  Gate(@Nullable String token) {
    this.token = token;
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    this.secret = HexFormat.of().formatHex(random);
  }

  /**
   * Requires that a request comes from a page of this server, or from no page at all. Without a
   * token the host must be this machine by a name that cannot be made to mean it.
   */
  void requireOwn(Headers headers) throws Rejection {
    String host = headers.getFirst("Host");
    if (host == null || (token == null && !LOOPBACK.contains(host.replaceFirst(":[0-9]+$", "")))) {
      throw new Rejection(403, "this lab is at 127.0.0.1, not at " + host);
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.equals("http://" + host)) {
      throw foreign();
    }
    String site = headers.getFirst("Sec-Fetch-Site");
    if (site != null
        && !site.equals("same-origin")
        && !site.equals("none")
        && !followsLink(headers)) {
      throw foreign();
    }
  }

  /** Whether a person has followed a link to this place, which the page of the link cannot read. */
  private static boolean followsLink(Headers headers) {
    return "navigate".equals(headers.getFirst("Sec-Fetch-Mode"))
        && "document".equals(headers.getFirst("Sec-Fetch-Dest"));
  }

  private static Rejection foreign() {
    return new Rejection(403, "the request comes from another site");
  }

  /** Returns the name that the page has given itself. */
  static String page(Headers headers) throws Rejection {
    String page = headers.getFirst("X-Page");
    if (page == null || !PAGE.matcher(page).matches()) {
      throw new Rejection(403, "the header X-Page is missing: 1 to 64 letters or digits");
    }
    return page;
  }

  /** Requires the cookie, if there is a token. */
  void requireCookie(Headers headers) throws Rejection {
    if (token != null && !hasCookie(headers)) {
      throw new Rejection(401, "open the address that the lab has printed, with all after its #");
    }
  }

  private boolean hasCookie(Headers headers) {
    for (String line : headers.getOrDefault("Cookie", List.of())) {
      for (String cookie : line.split(";", -1)) {
        if (isSame(COOKIE + "=" + secret, cookie.strip())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns the cookie for the token, as a header. */
  String trade(String given) throws Rejection {
    if (token == null || !isSame(token, given)) {
      throw new Rejection(401, "that is not the token of this lab");
    }
    return COOKIE + "=" + secret + "; Path=/; HttpOnly; SameSite=Strict";
  }

  private static boolean isSame(String expected, String found) {
    return MessageDigest.isEqual(expected.getBytes(UTF_8), found.getBytes(UTF_8));
  }
}
