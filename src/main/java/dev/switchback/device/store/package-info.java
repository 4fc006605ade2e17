/** The life of the weights: two slots, a state record, and no way to lose both. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.store;
