/** Rivals from Maven Central, a program each. */
@org.jspecify.annotations.NullMarked
package dev.switchback.bench.peers;
