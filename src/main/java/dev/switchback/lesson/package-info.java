/** What can be learnt: truth tables by name, what no network of a shape answers, what to try. */
@org.jspecify.annotations.NullMarked
package dev.switchback.lesson;
