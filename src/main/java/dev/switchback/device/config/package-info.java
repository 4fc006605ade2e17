/** The configuration file: keys, their values and problems. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.config;
