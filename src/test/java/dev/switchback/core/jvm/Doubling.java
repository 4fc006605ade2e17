package dev.switchback.core.jvm;

/** Interface of a class to specialise. */
interface Doubling {
  int doubled();
}
