package dev.switchback.tools.client;

import dev.switchback.wire.smp.CborWriter;
import java.io.IOException;

/** Writes the map of a request, from {@link CborWriter#begin(int)} to the last field. */
@FunctionalInterface
interface Fields {
  Fields NONE = writer -> writer.begin(0);

  void write(CborWriter writer) throws IOException;
}
