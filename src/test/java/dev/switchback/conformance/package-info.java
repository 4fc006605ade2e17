/** Requirements on every engine, in either arithmetic: each test runs over all engines. */
@org.jspecify.annotations.NullMarked
package dev.switchback.conformance;
