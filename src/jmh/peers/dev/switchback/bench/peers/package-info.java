/** Rivals from Maven Central, each as a program. */
@org.jspecify.annotations.NullMarked
package dev.switchback.bench.peers;
