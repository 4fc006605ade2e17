package dev.switchback.device.node;

/**
 * A snapshot of the socket.
 *
 * @param path of the socket
 * @param guests connected now
 * @param state {@code open}, or why it is not
 */
public record LineStatus(String path, int guests, String state) {}
