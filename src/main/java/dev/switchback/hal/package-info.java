/** The ports of the hardware, a handful of methods each; what stands behind them is the board's. */
@org.jspecify.annotations.NullMarked
package dev.switchback.hal;
