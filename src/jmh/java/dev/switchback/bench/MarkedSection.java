package dev.switchback.bench;

/** A generated section of a page, between two marker comments. */
record MarkedSection(String name) {
  static final MarkedSection PEERS = new MarkedSection("peers");

  /**
   * Returns the page with another text between the markers.
   *
   * @throws BenchException if the page lacks the markers, or they are out of order
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
