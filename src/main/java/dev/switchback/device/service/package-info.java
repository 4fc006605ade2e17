/** Runs a device: as a systemd service, or driven by lines on standard input. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.service;
