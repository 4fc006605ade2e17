/** Serial ports: the only package that sees jSerialComm. */
@org.jspecify.annotations.NullMarked
package dev.switchback.wire.serial;
