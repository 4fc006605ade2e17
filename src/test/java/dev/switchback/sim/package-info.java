/** Strict simulators, with their own tests: misuse that a device would tolerate fails a test. */
@org.jspecify.annotations.NullMarked
package dev.switchback.sim;
