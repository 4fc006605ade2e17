package dev.switchback.core.jvm;

/** Something to specialise. */
interface Doubling {
  int doubled();
}
