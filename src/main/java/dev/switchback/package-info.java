/** Classes that the board and laptop programs share: time, exit codes, progress, safe text. */
@org.jspecify.annotations.NullMarked
package dev.switchback;
