/** The device's end of the cable: shell, SMP groups and YMODEM over one line. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.cable;
