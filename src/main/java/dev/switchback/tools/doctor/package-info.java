/** Finds problems of a device and its machine, without changing anything. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.doctor;
