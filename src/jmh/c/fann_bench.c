/*
 * Times FANN, as installed on the system, on the work of bench.Workload.
 *
 *   fann_bench [--quick] DIRECTORY
 *
 * Built with -DFLOATFANN or -DDOUBLEFANN, it infers, trains, and saves its networks to DIRECTORY by
 * fann_save_to_fixed; built with -DFIXEDFANN, it reads those files and infers.
 * Prints ROW<TAB>NANOS and check<TAB>ROW<TAB>VALUE.
 */
#if defined(FIXEDFANN)
#include <fixedfann.h>
#define ENGINE "fixed"
#elif defined(DOUBLEFANN)
#include <doublefann.h>
#define ENGINE "float"
#else
#include <floatfann.h>
#define ENGINE "float"
#endif

#include "workload.h"

struct net {
  const char *name;
  struct fann *ann;
  fann_type *inputs;
  double one;
};

static const char *directory;

static void refuse(const char *what) {
  fprintf(stderr, "fann_bench: %s\n", what);
  exit(1);
}

static inline void path(char *text, size_t size, const char *name) {
  snprintf(text, size, "%s/%s.net", directory, name);
}

#ifdef FIXEDFANN
static struct net open_net(const char *name, int layers, const unsigned *widths, uint64_t seed) {
  (void)layers;
  (void)widths;
  (void)seed;
  char file[4096];
  path(file, sizeof file, name);
  struct net net = {name, fann_create_from_file(file), NULL, 0};
  if (net.ann == NULL) refuse("no network of the float build to read");
  net.one = fann_get_multiplier(net.ann);
  return net;
}
#else
/* The stream is row by row; FANN stores weights neuron by neuron, the bias last. */
static void set_weights(struct fann *ann, const unsigned *widths, int layers, uint64_t seed) {
  fann_type *block = ann->weights;
  for (int l = 0; l + 1 < layers; l++) {
    int in = (int)widths[l], out = (int)widths[l + 1];
    for (int i = 0; i <= in; i++) {
      for (int j = 0; j < out; j++) {
        block[j * (in + 1) + i] = signed_weight(&seed, in, out);
      }
    }
    block += (in + 1) * out;
  }
}

static struct net open_net(const char *name, int layers, const unsigned *widths, uint64_t seed) {
  struct net net = {name, fann_create_standard_array((unsigned)layers, widths), NULL, 1};
  if (net.ann == NULL) refuse("no network");
  /* FANN's sigmoid is 1 / (1 + exp(-2 steepness x)). */
  fann_set_activation_function_hidden(net.ann, FANN_SIGMOID);
  fann_set_activation_function_output(net.ann, FANN_SIGMOID);
  fann_set_activation_steepness_hidden(net.ann, 0.5);
  fann_set_activation_steepness_output(net.ann, 0.5);
  fann_set_training_algorithm(net.ann, FANN_TRAIN_INCREMENTAL);
  fann_set_train_error_function(net.ann, FANN_ERRORFUNC_LINEAR);
  set_weights(net.ann, widths, layers, seed);
  return net;
}
#endif

static double outputs_sum(struct net *net) {
  fann_type *outputs = fann_run(net->ann, net->inputs);
  double sum = 0;
  for (unsigned j = 0; j < fann_get_num_output(net->ann); j++) {
    sum += (double)outputs[j] / net->one;
  }
  return sum;
}

static volatile double sink;

static void independent(void *context, long calls) {
  struct net *net = context;
  double sum = 0;
  for (long c = 0; c < calls; c++) {
    sum += (double)fann_run(net->ann, net->inputs)[0];
  }
  sink = sum;
}

/* Each input depends on the previous output. */
static void dependent(void *context, long calls) {
  struct net *net = context;
  fann_type base = net->inputs[0];
  fann_type inputs[2] = {base, net->inputs[1]};
  for (long c = 0; c < calls; c++) {
    fann_type out = fann_run(net->ann, inputs)[0];
#ifdef FIXEDFANN
    inputs[0] = base + (out >> 30);
#else
    inputs[0] = base + (fann_type)1e-9 * out;
#endif
  }
  sink = (double)inputs[0];
}

static void infer(struct net net, uint64_t seed, void (*work)(void *, long)) {
  char row[64];
  unsigned count = fann_get_num_input(net.ann);
  net.inputs = memory(count, sizeof *net.inputs);
  for (unsigned i = 0; i < count; i++) {
    double value = lcg_next(&seed);
    net.inputs[i] = (fann_type)(net.one == 1 ? value : floor(value * net.one + 0.5));
  }
  snprintf(row, sizeof row, "infer %s " ENGINE, net.name);
  check(row, outputs_sum(&net));
  measure(row, work, &net);
}

#ifndef FIXEDFANN
struct training {
  struct fann *ann;
  fann_type *start;
  size_t bytes;
  fann_type *inputs;
  fann_type *targets;
  int samples;
  int epochs;
};

static void train(void *context, long calls) {
  struct training *t = context;
  unsigned in = fann_get_num_input(t->ann), out = fann_get_num_output(t->ann);
  for (long c = 0; c < calls; c++) {
    memcpy(t->ann->weights, t->start, t->bytes);
    for (int e = 0; e < t->epochs; e++) {
      for (int s = 0; s < t->samples; s++) {
        fann_train(t->ann, t->inputs + (size_t)s * in, t->targets + (size_t)s * out);
      }
    }
  }
}

static double mean_squared_error(struct training *t) {
  unsigned in = fann_get_num_input(t->ann), out = fann_get_num_output(t->ann);
  double sum = 0;
  for (int s = 0; s < t->samples; s++) {
    fann_type *outputs = fann_run(t->ann, t->inputs + (size_t)s * in);
    for (unsigned j = 0; j < out; j++) {
      double error = (double)outputs[j] - (double)t->targets[(size_t)s * out + j];
      sum += error * error;
    }
  }
  return sum / t->samples;
}

static void train_row(const char *row, struct training *t, float rate) {
  fann_set_learning_rate(t->ann, rate);
  t->bytes = fann_get_total_connections(t->ann) * sizeof *t->start;
  t->start = memory(1, t->bytes);
  memcpy(t->start, t->ann->weights, t->bytes);
  train(t, 1);
  check(row, mean_squared_error(t));
  measure(row, train, t);
}

static void train_xor(struct net net) {
  fann_type inputs[] = {0, 0, 0, 1, 1, 0, 1, 1}, targets[] = {0, 1, 1, 0};
  struct training t = {net.ann, NULL, 0, inputs, targets, 4, 4000};
  train_row("train XOR", &t, 1.0f);
}

static void train_wide(struct net net) {
  uint64_t stream = 13;
  fann_type *inputs = memory(SAMPLES * 784, sizeof *inputs);
  fann_type *targets = memory(SAMPLES * 10, sizeof *targets);
  for (int s = 0; s < SAMPLES; s++) {
    for (int i = 0; i < 784; i++) {
      inputs[s * 784 + i] = (fann_type)lcg_next(&stream);
    }
    targets[s * 10 + (int)(10 * lcg_next(&stream))] = 1;
  }
  struct training t = {net.ann, NULL, 0, inputs, targets, SAMPLES, 1};
  train_row("train 784-128-10", &t, 0.05f);
}
#endif

#ifdef FLOATFANN
static void save(struct net net) {
  char file[4096];
  path(file, sizeof file, net.name);
  if (fann_save_to_fixed(net.ann, file) < 0) refuse("fann_save_to_fixed failed");
}
#endif

int main(int count, char **words) {
  quick = count == 3 && strcmp(words[1], "--quick") == 0;
  if (count != 2 && !quick) refuse("[--quick] DIRECTORY expected");
  directory = words[count - 1];
  static const unsigned tiny[] = {2, 2, 1}, square[] = {64, 64, 64, 10}, wide[] = {784, 128, 10};
  struct net tiny_net = open_net("2-2-1", 3, tiny, 1);
  struct net square_net = open_net("64-64-64-10", 4, square, 2);
  struct net wide_net = open_net("784-128-10", 3, wide, 3);
#ifdef FLOATFANN
  save(tiny_net);
  save(square_net);
  save(wide_net);
#endif
  infer(tiny_net, 10, dependent);
  infer(square_net, 11, independent);
  infer(wide_net, 12, independent);
#ifndef FIXEDFANN
  train_xor(tiny_net);
  train_wide(wide_net);
#endif
  return 0;
}
