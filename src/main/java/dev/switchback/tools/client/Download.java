package dev.switchback.tools.client;

import dev.switchback.format.WeightImage;
import dev.switchback.wire.smp.SmpMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Downloads the image that answers by group 8, piece by piece. One thread. */
final class Download {
  private static final int FS = 8;
  private static final int FILE = 0;
  private static final String NAME = "/weights/slot0.img";

  private final DeviceClient device;
  private final Progress progress;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private int length;

  /** Creates a download; {@code run} starts it. */
  Download(DeviceClient device, Progress progress) {
    this.device = device;
    this.progress = progress;
  }

  byte[] run() throws LaptopException {
    do {
      SmpMap piece =
          device.read(
              FS,
              FILE,
              writer -> {
                writer.begin(2);
                writer.number("off", content.size());
                writer.text("name", NAME);
              });
      DeviceClient.parsed(() -> take(piece));
      progress.moved(content.size(), length);
    } while (content.size() < length);
    return content.toByteArray();
  }

  /** Appends a piece and returns the number of bytes received so far. */
  private int take(SmpMap piece) throws IOException {
    int offset = content.size();
    require("offset", piece.number("off"), offset, offset);
    if (offset == 0) {
      length = (int) require("length", piece.number("len"), 0, WeightImage.MAX_BYTES);
    }
    byte[] data = piece.bytes("data");
    require("bytes of a piece", data.length, Math.min(1, length), length - offset);
    content.writeBytes(data);
    return content.size();
  }

  /** Reads a number of an answer and checks its range. */
  static long require(String what, long found, long least, long most) throws IOException {
    if (found < least || found > most) {
      throw new IOException(what + ": found " + found + ", expected " + least + " to " + most);
    }
    return found;
  }
}
