package dev.switchback.device.node;

/**
 * A snapshot of the cable.
 *
 * @param state {@code open}, or why it is not
 * @param opened how often the port was opened
 * @param frames SMP packets received whole
 * @param dropped frames that were not
 */
public record CableStatus(
    String port,
    int baud,
    String state,
    long opened,
    long bytesIn,
    long bytesOut,
    long frames,
    long dropped) {}
