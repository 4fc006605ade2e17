/** Commands for networks and their files. */
@org.jspecify.annotations.NullMarked
package dev.switchback.tools.cli.files;
