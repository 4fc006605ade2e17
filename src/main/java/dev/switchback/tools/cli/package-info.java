/** What commands share: files they take and write, progress, JSON. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.cli;
