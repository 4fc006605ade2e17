/** The Simple Management Protocol: packets of a header and one CBOR map, and who answers them. */
@org.jspecify.annotations.NullMarked
package dev.switchback.wire.smp;
