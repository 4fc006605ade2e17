/** The tick: read levels, debounce, ask the model, drive the LED. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.control;
