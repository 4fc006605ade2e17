/* Makes the files beside it with libfann: networks, and in NAME.txt what fann_run answers.

   cc make.c -lfloatfann -lm -o /tmp/make && /tmp/make
   cc make_fixed.c -lfixedfann -lm -o /tmp/make_fixed && /tmp/make_fixed */
#include <floatfann.h>
#include <stdio.h>

static float draw(unsigned *state, float range)
{
    *state = *state * 1664525u + 1013904223u;
    return ((float)(*state >> 8) / 8388608.0f - 1.0f) * range;
}

static void randomize(struct fann *net, unsigned seed, float range)
{
    struct fann_connection connections[1000];
    unsigned count = fann_get_total_connections(net);
    fann_get_connection_array(net, connections);
    for (unsigned k = 0; k < count; k++) {
        connections[k].weight = draw(&seed, range);
    }
    fann_set_weight_array(net, connections, count);
}

/* One line per point: the inputs, then the outputs. */
static void save(struct fann *net, const char *name)
{
    char file[100];
    unsigned inputs = fann_get_num_input(net), seed = 7;
    snprintf(file, sizeof file, "%s.net", name);
    fann_save(net, file);
    snprintf(file, sizeof file, "%s.txt", name);
    FILE *text = fopen(file, "w");
    for (int point = 0; point < 40; point++) {
        float in[8];
        for (unsigned i = 0; i < inputs; i++) {
            in[i] = point < 1 << inputs ? (float)(point >> (inputs - 1 - i) & 1) : 0.5f + draw(&seed, 1);
            fprintf(text, "%.9g ", in[i]);
        }
        float *out = fann_run(net, in);
        for (unsigned j = 0; j < fann_get_num_output(net); j++) {
            fprintf(text, "%s%.9g", j ? " " : "", out[j]);
        }
        fprintf(text, "\n");
    }
    fclose(text);
    fann_destroy(net);
}

static void refuse(struct fann *net, const char *file)
{
    fann_save(net, file);
    fann_destroy(net);
}

static struct fann *made(struct fann *net, int hidden, int output, float steepness, unsigned seed)
{
    fann_set_activation_function_hidden(net, hidden);
    fann_set_activation_function_output(net, output);
    fann_set_activation_steepness_hidden(net, steepness);
    randomize(net, seed, 2);
    return net;
}

int main(void)
{
    float xor[8] = {0, 0, 0, 1, 1, 0, 1, 1}, answers[4] = {0, 1, 1, 0};
    struct fann *net = made(fann_create_standard(3, 2, 3, 1), FANN_SIGMOID, FANN_SIGMOID, 0.5f, 3);
    struct fann_train_data *data = fann_create_train(4, 2, 1);
    for (int row = 0; row < 4; row++) {
        data->input[row][0] = xor[2 * row];
        data->input[row][1] = xor[2 * row + 1];
        data->output[row][0] = answers[row];
    }
    fann_set_training_algorithm(net, FANN_TRAIN_RPROP);
    fann_train_on_data(net, data, 5000, 0, 0.0001f);
    save(net, "xor");

    net = made(fann_create_standard(4, 3, 5, 4, 2), FANN_SIGMOID_SYMMETRIC, FANN_LINEAR, 0.7f, 1);
    fann_set_activation_steepness(net, 0.25f, 1, 2);
    fann_set_activation_steepness_output(net, 1.5f);
    save(net, "tanh");
    save(made(fann_create_standard(2, 4, 1), FANN_SIGMOID, FANN_SIGMOID, 0.5f, 5), "layer");

    /* Stepwise, by default and by choice, and mixed with other layers: */
    net = fann_create_standard(3, 2, 3, 1);
    randomize(net, 9, 2);
    save(net, "stepwise");
    net = made(fann_create_standard(3, 2, 3, 1), FANN_SIGMOID_SYMMETRIC_STEPWISE,
               FANN_SIGMOID_SYMMETRIC_STEPWISE, 0.5f, 9);
    save(net, "symmetric_stepwise");
    net = made(fann_create_standard(4, 3, 4, 3, 2), FANN_SIGMOID_STEPWISE, FANN_LINEAR, 0.8f, 4);
    fann_set_activation_function_layer(net, FANN_SIGMOID_SYMMETRIC, 2);
    save(net, "partly_stepwise");
    /* make_fixed.c runs these in the fixed library: */
    net = made(fann_create_standard(3, 2, 3, 1), FANN_SIGMOID, FANN_SIGMOID, 0.5f, 2);
    fann_save_to_fixed(net, "fixed.net");
    fann_destroy(net);
    net = made(fann_create_standard(3, 3, 4, 2), FANN_SIGMOID_SYMMETRIC, FANN_LINEAR, 0.3f, 6);
    fann_set_activation_steepness_output(net, 1);
    fann_save_to_fixed(net, "fixed_tanh.net");
    fann_destroy(net);

    /* Refused: */
    refuse(made(fann_create_shortcut(3, 2, 3, 1), FANN_SIGMOID, FANN_SIGMOID, 0.5f, 2), "shortcut.net");
    refuse(made(fann_create_sparse(0.5f, 3, 2, 6, 1), FANN_SIGMOID, FANN_SIGMOID, 0.5f, 2), "sparse.net");
    refuse(made(fann_create_standard(3, 2, 3, 1), FANN_GAUSSIAN, FANN_SIGMOID, 0.5f, 2), "gaussian.net");
    net = made(fann_create_standard(3, 2, 3, 1), FANN_SIGMOID, FANN_SIGMOID, 0.5f, 2);
    fann_set_activation_function(net, FANN_SIGMOID_SYMMETRIC, 1, 1);
    refuse(net, "mixed.net");
    net = made(fann_create_standard(3, 2, 3, 1), FANN_SIGMOID, FANN_SIGMOID, 0.5f, 2);
    fann_set_scaling_params(net, data, 0, 1, 0, 1);
    refuse(net, "scaled.net");
    fann_destroy_train(data);
    return 0;
}
