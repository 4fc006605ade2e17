/* The numbers of bench.Workload, with the same seeds, order and rates, and the timing in C. */
#ifndef WORKLOAD_H
#define WORKLOAD_H

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SAMPLES 1000
#define MOST_BLOCKS 101

static int quick;

/* 24 bits, in [0, 1). */
static double lcg_next(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (double)(*state >> 40) / 16777216.0;
}

static inline float signed_weight(uint64_t *state, int fan_in, int fan_out) {
  return (float)((2 * lcg_next(state) - 1) * sqrt(6.0 / (fan_in + fan_out)));
}

static double thread_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double block_nanos(void (*work)(void *, long), void *context, long calls) {
  double start = thread_nanos();
  work(context, calls);
  return (thread_nanos() - start) / (double)calls;
}

/* Prints the median of the blocks; work repeats itself the given number of times. */
static void measure(const char *row, void (*work)(void *, long), void *context) {
  const double block = 1e7, warm_up = quick ? 5e7 : 2e8, longest = quick ? 5e8 : 2e9;
  double nanos[MOST_BLOCKS];
  long calls = 1;
  double once = block_nanos(work, context, calls);
  while (once * (double)calls < block / 4) {
    calls *= 4;
    once = block_nanos(work, context, calls);
  }
  calls = (long)(block / once) < 1 ? 1 : (long)(block / once);
  for (double spent = 0; spent < warm_up; spent += once * (double)calls) {
    once = block_nanos(work, context, calls);
  }
  int blocks = (int)fmax(3, fmin(quick ? 11 : 41, longest / (once * (double)calls)));
  for (int b = 0; b < blocks; b++) {
    nanos[b] = block_nanos(work, context, calls);
  }
  qsort(nanos, (size_t)blocks, sizeof *nanos, ascending);
  printf("%s\t%.3f\n", row, nanos[blocks / 2]);
  fflush(stdout);
}

static void check(const char *row, double value) { printf("check\t%s\t%.9g\n", row, value); }

static inline void *memory(size_t count, size_t size) {
  void *block = calloc(count, size);
  if (block == NULL) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  return block;
}

#endif
