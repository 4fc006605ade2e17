/** What every engine must do, whatever its arithmetic: each test runs over all of them. */
@org.jspecify.annotations.NullMarked
package dev.switchback.conformance;
