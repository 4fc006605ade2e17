/** Storage of the weights: two slots and the record of their state, safe against power cuts. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.store;
