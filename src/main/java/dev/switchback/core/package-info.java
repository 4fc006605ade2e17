/** Entry point of the core: trains and runs a network in float or fixed point. */
@org.jspecify.annotations.NullMarked
package dev.switchback.core;
