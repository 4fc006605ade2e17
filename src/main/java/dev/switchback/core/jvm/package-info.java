/** What the core asks of the virtual machine it runs on. */
@org.jspecify.annotations.NullMarked
package dev.switchback.core.jvm;
