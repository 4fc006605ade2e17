package dev.switchback.tools.cli;

import dev.switchback.tools.foreign.WeightFormat;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** File patterns, such as {@code *.img}, that shells offer as completions. */
public final class FileNames {
  private FileNames() {}

  /** A list of patterns. */
  public abstract static class Patterns extends AbstractList<String> {
    private final List<String> patterns;

    Patterns(String... patterns) {
      this.patterns = List.of(patterns);
    }

    @Override
    public String get(int index) {
      return patterns.get(index);
    }

    @Override
    public int size() {
      return patterns.size();
    }
  }

  private static Stream<String> weights(Predicate<WeightFormat> which) {
    return Arrays.stream(WeightFormat.values()).filter(which).map(format -> "*." + format.label());
  }

  /** Weights to read. */
  public static final class Weights extends Patterns {
    public Weights() {
      super(weights(WeightFormat::isRead).toArray(String[]::new));
    }
  }

  /** Weights to write. */
  public static final class NewWeights extends Patterns {
    public NewWeights() {
      super(weights(WeightFormat::isWritten).toArray(String[]::new));
    }
  }

  public static final class Images extends Patterns {
    public Images() {
      super("*." + WeightFormat.IMAGE.label());
    }
  }

  /** Files that {@code plot} can draw. */
  public static final class Drawn extends Patterns {
    public Drawn() {
      super(
          Stream.concat(weights(WeightFormat::isRead), Stream.of("*.csv")).toArray(String[]::new));
    }
  }

  public static final class Pictures extends Patterns {
    public Pictures() {
      super("*.svg", "*.png");
    }
  }

  public static final class Keys extends Patterns {
    public Keys() {
      super("*.pem");
    }
  }

  public static final class Configurations extends Patterns {
    public Configurations() {
      super("*.properties");
    }
  }

  public static final class Zips extends Patterns {
    public Zips() {
      super("*.zip");
    }
  }

  public static final class Directories extends Patterns {
    public Directories() {
      super("*/");
    }
  }

  /** The socket of the installed service. */
  public static final class Sockets extends Patterns {
    public Sockets() {
      super("/run/switchback/line");
    }
  }

  /** Serial ports by their Linux and macOS names, and those named in the environment. */
  public static final class Ports extends Patterns {
    public Ports() {
      super(
          "/dev/ttyUSB*",
          "/dev/ttyACM*",
          "/dev/ttyAMA*",
          "/dev/serial[0-9]*",
          "/dev/serial/by-id/*",
          "/dev/cu.*",
          "$SWITCHBACK_PORTS");
    }
  }
}
