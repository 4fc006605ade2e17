/** The network core in float: dense layers, losses, optimisers, and training that always ends. */
@org.jspecify.annotations.NullMarked
package dev.switchback.core.nn;
