/** The network core in integers: forward and backward pass, bit-exact on every machine. */
@org.jspecify.annotations.NullMarked
package dev.switchback.core.fixed;
