/*
 * Lower bounds of this machine for bench.Workload's networks: reading the weights of 784 inputs to
 * 128 neurons and only adding them; multiplying with them, each sum in a register; the same with an
 * update of every weight per sample; and the chain of multiply-adds and sigmoids of 2-2-1 written
 * out, each input depending on the previous output.
 *
 *   limits [--quick]
 */
#include "workload.h"

#define IN 784
#define OUT 128
#define WIDTH 16
#define VECTORS (OUT / WIDTH)

/* gcc splits vectors that are wider than the machine's. */
typedef float vector __attribute__((vector_size(4 * WIDTH), aligned(64)));

static vector weights[IN][VECTORS];
static float inputs[IN];
static volatile float sink;

/* Keeps the compiler from merging the work of many calls. */
static inline void read_again(void) { __asm__ volatile("" ::: "memory"); }

static float sum(const vector *v) {
  float total = 0;
  for (int k = 0; k < VECTORS; k++) {
    for (int j = 0; j < WIDTH; j++) {
      total += v[k][j];
    }
  }
  return total;
}

static void read_weights(void *context, long calls) {
  (void)context;
  for (long c = 0; c < calls; c++) {
    vector h[VECTORS] = {{0}};
    read_again();
    for (int i = 0; i < IN; i++) {
      for (int k = 0; k < VECTORS; k++) {
        h[k] += weights[i][k];
      }
    }
    sink = sum(h);
  }
}

static inline void gemv(vector *h) {
  vector sums[VECTORS] = {{0}};
  for (int i = 0; i < IN; i++) {
    float x = inputs[i];
    for (int k = 0; k < VECTORS; k++) {
      sums[k] += x * weights[i][k];
    }
  }
  memcpy(h, sums, sizeof sums);
}

static void multiply(void *context, long calls) {
  (void)context;
  vector h[VECTORS];
  for (long c = 0; c < calls; c++) {
    read_again();
    gemv(h);
    sink = sum(h);
  }
}

static void multiply_and_update(void *context, long calls) {
  (void)context;
  for (long c = 0; c < calls; c++) {
    for (int s = 0; s < SAMPLES; s++) {
      vector h[VECTORS];
      gemv(h);
      for (int i = 0; i < IN; i++) {
        float rate = -1e-9f * inputs[i];
        for (int k = 0; k < VECTORS; k++) {
          weights[i][k] += rate * h[k];
        }
      }
      sink = h[0][0];
    }
  }
}

/* w[0->0] w[0->1] w[1->0] w[1->1] b[0] b[1], then v[0] v[1] c. */
static float chain[9];

/*
 * 1 / (1 + 2^t) with t = -x log2(e), split into an integer part, which becomes the exponent, and a
 * rest in [-1/2, 1/2], whose power is a polynomial with an error of at most 1.1e-7 before rounding.
 */
static inline float sigmoid(float x) {
  const float whole_bits = 12582912.0f; /* 1.5 * 2^23 */
  float t = -1.44269504f * x;
  float shifted = t + whole_bits;
  float f = t - (shifted - whole_bits);
  float f2 = f * f;
  float low = fmaf(0.693147f, f, 1.0f);
  float middle = fmaf(0.055507336f, f, 0.24022242f);
  float high = fmaf(0.0013264727f, f, 0.009671513f);
  float power = fmaf(fmaf(high, f2, middle), f2, low);
  uint32_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  bits = (bits << 23) + 0x3f800000;
  float scale;
  memcpy(&scale, &bits, sizeof scale);
  return 1.0f / fmaf(power, scale, 1.0f);
}

static inline float answer(float a, float b) {
  float h0 = sigmoid(fmaf(b, chain[2], fmaf(a, chain[0], chain[4])));
  float h1 = sigmoid(fmaf(b, chain[3], fmaf(a, chain[1], chain[5])));
  return sigmoid(fmaf(h1, chain[7], fmaf(h0, chain[6], chain[8])));
}

static void dependent(void *context, long calls) {
  (void)context;
  float base = inputs[0], a = base, b = inputs[1];
  for (long c = 0; c < calls; c++) {
    a = fmaf(1e-9f, answer(a, b), base);
  }
  sink = a;
}

int main(int count, char **words) {
  quick = count == 2 && strcmp(words[1], "--quick") == 0;
  if (count != 1 && !quick) {
    fputs("limits: [--quick] expected\n", stderr);
    return 1;
  }
  uint64_t stream = 1;
  for (int k = 0; k < 9; k++) {
    chain[k] = k < 6 ? signed_weight(&stream, 2, 2) : signed_weight(&stream, 2, 1);
  }
  stream = 10;
  inputs[0] = (float)lcg_next(&stream);
  inputs[1] = (float)lcg_next(&stream);
  check("chain 2-2-1", answer(inputs[0], inputs[1]));
  measure("chain 2-2-1", dependent, NULL);
  stream = 12;
  for (int i = 0; i < IN; i++) {
    inputs[i] = (float)lcg_next(&stream);
  }
  stream = 3;
  for (int i = 0; i < IN; i++) {
    for (int j = 0; j < OUT; j++) {
      weights[i][j / WIDTH][j % WIDTH] = signed_weight(&stream, IN, OUT);
    }
  }
  measure("read 784x128", read_weights, NULL);
  measure("gemv 784x128", multiply, NULL);
  measure("gemv and update 784x128", multiply_and_update, NULL);
  return 0;
}
