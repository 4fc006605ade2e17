/** Serial ports; no other package uses jSerialComm. */
@org.jspecify.annotations.NullMarked
package dev.switchback.wire.serial;
