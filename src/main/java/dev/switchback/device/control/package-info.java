/** The tick: reads levels, debounces, runs the model, drives the LED. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.control;
