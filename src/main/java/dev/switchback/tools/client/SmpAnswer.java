package dev.switchback.tools.client;

import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;

/** What a server sent back to one request. */
record SmpAnswer(SmpHeader header, SmpMap map) {}
