/** The device put together: its two threads, and what others see of them. */
@org.jspecify.annotations.NullMarked
package dev.switchback.device.node;
