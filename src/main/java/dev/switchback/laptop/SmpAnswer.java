package dev.switchback.laptop;

import dev.switchback.link.smp.SmpHeader;
import dev.switchback.link.smp.SmpMap;

/** What a server sent back to one request. */
record SmpAnswer(SmpHeader header, SmpMap map) {}
