/** One network trained and asked in either arithmetic: the face of the core. */
@org.jspecify.annotations.NullMarked
package dev.switchback.core;
