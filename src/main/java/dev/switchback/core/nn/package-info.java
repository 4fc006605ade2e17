/** The float network core: one dense kernel per layer shape, training that always finishes. */
@org.jspecify.annotations.NullMarked
package dev.switchback.core.nn;
