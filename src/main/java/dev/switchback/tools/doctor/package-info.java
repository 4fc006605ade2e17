/** Looks for what is wrong with a device and the machine it runs on, and changes nothing. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.doctor;
