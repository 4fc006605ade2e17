package dev.switchback.jvm;

/** Something to specialise. */
interface Doubling {
  int doubled();
}
