/** The device put together: what its configuration file says, and what it makes of it. */
@org.jspecify.annotations.NullMarked
package dev.switchback.node;
