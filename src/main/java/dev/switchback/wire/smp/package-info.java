/**
 * The Simple Management Protocol: packets of a header and a CBOR map, and the server with its
 * groups.
 */
@org.jspecify.annotations.NullMarked
package dev.switchback.wire.smp;
