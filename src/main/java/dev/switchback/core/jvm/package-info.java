/** Support for the core that depends on the virtual machine. */
@org.jspecify.annotations.NullMarked
package dev.switchback.core.jvm;
