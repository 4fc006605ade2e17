/** The program around a device: as a service of systemd, or driven by lines on standard input. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.service;
