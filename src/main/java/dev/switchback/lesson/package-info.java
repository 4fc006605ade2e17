/** Named truth tables, what a topology can learn, and advice if training fails. */
@org.jspecify.annotations.NullMarked
package dev.switchback.lesson;
