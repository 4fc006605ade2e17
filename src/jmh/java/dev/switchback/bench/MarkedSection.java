package dev.switchback.bench;

/** A part of a page that programs write, between two comments that stay. */
record MarkedSection(String name) {
  static final MarkedSection PEERS = new MarkedSection("peers");

  /**
   * The page with another text between the comments.
   *
   * @throws BenchException if the page has not both of them, in order
   */
  String replace(String page, String text) {
    String begin = "<!-- " + name + ": begin -->\n";
    String end = "<!-- " + name + ": end -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      throw new BenchException("the page lacks '" + begin.strip() + "' and '" + end + "'");
    }
    return page.substring(0, from + begin.length()) + text + page.substring(to);
  }
}
