/** Strict simulators: what a device would let pass fails a test. They have tests of their own. */
@org.jspecify.annotations.NullMarked
package dev.switchback.sim;
