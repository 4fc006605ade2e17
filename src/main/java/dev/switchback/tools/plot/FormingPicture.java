package dev.switchback.tools.plot;

import dev.switchback.core.nn.TruthTable;
import java.util.List;

/**
 * Draws a training as one animated SVG: decision map and loss, epoch by epoch. It shows at least
 * ten frames per second, so that a loop takes at most 20 s; the last frame stays for 2 s. Viewers
 * without animation show the last frame. Pure; any thread.
 */
public final class FormingPicture {
  private static final Bands BANDS = new Bands(0, 1, 10);
  private static final double FRAME_SECONDS = 0.1;
  private static final double HOLD_SECONDS = 2;
  private static final double MOST_SECONDS = 20;

  /**
   * One moment of a training.
   *
   * @param epoch counted over all attempts
   */
  public record Frame(int epoch, double loss, DecisionMap map) {}

  private final List<Frame> frames;
  private final double frameSeconds;
  private final double seconds;

  private FormingPicture(List<Frame> frames) {
    this.frames = List.copyOf(frames);
    int changes = frames.size() - 1;
    this.frameSeconds =
        Math.min(FRAME_SECONDS, (MOST_SECONDS - HOLD_SECONDS) / Math.max(1, changes));
    this.seconds = changes * frameSeconds + HOLD_SECONDS;
  }

  /**
   * Returns the SVG document.
   *
   * @param frames at least one, oldest first
   * @param corners truth table of the maps' switches and LED, at the levels of the other switches
   * @throws IllegalArgumentException unless the table has one or two switches
   */
  public static String svg(List<Frame> frames, TruthTable corners, String title) {
    return new FormingPicture(frames).draw(corners, title);
  }

  private String draw(TruthTable corners, String title) {
    Frame last = frames.getLast();
    String description =
        "The decision map while the network learns, in "
            + frames.size()
            + " frames. At the end: "
            + caption(last);
    Svg svg = Sheet.begin(MapSheet.WIDTH, MapSheet.HEIGHT, title, "", description);
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    boolean hasUnknown = false;
    for (int k = 0; k < frames.size(); k++) {
      Grid grid = Grid.of(frames.get(k).map());
      frame(svg, k, grid);
      min = Math.min(min, grid.min());
      max = Math.max(max, grid.max());
      hasUnknown |= grid.hasUnknown();
    }
    MapSheet.axes(svg, corners.inputs() == 2);
    MapSheet.corners(svg, corners);
    MapPicture.legend(svg, BANDS, min, max, hasUnknown);
    return svg.document();
  }

  private static String caption(Frame frame) {
    return "epoch " + Numeral.count(frame.epoch()) + ", loss " + Numeral.threeDigits(frame.loss());
  }

  private void frame(Svg svg, int index, Grid grid) {
    boolean isLast = index == frames.size() - 1;
    svg.begin("g", "display=" + (isLast ? "inline" : "none"));
    animate(svg, index);
    BANDS.paint(svg, MapSheet.MAP, grid);
    MapSheet.contour(svg, grid, MapPicture.CONTOUR);
    Sheet.subtitle(svg, MapSheet.WIDTH, caption(frames.get(index)));
    svg.end();
  }

  private void animate(Svg svg, int index) {
    boolean isFirst = index == 0;
    boolean isLast = index == frames.size() - 1;
    if (isFirst && isLast) {
      return;
    }
    String values = (isFirst ? "" : "none;") + "inline" + (isLast ? "" : ";none");
    String times =
        "0" + (isFirst ? "" : ";" + keyTime(index)) + (isLast ? "" : ";" + keyTime(index + 1));
    svg.add(
        "animate",
        "attributeName=display",
        "values=" + values,
        "keyTimes=" + times,
        "dur=" + Svg.decimal(Math.round(seconds * 1000), 3) + "s",
        "calcMode=discrete",
        "repeatCount=indefinite");
  }

  /** Returns the start of a frame as a fraction of the loop. */
  private String keyTime(int index) {
    return Svg.decimal(Math.round(index * frameSeconds / seconds * 1_000_000), 6);
  }
}
