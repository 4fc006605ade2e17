/** The laptop's end of the cable: asks a device by SMP, deploys to it, finds it among the ports. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.client;
