/** What the configuration file says: keys, their values, and what is wrong with them. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.config;
