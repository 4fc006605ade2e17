/* Writes in NAME.txt what fann_run of the fixed library answers to the networks that make.c saved. */
#include <fixedfann.h>
#include <stdio.h>

/* One line per switch position: the inputs, then the outputs. */
static void run(const char *name)
{
    char file[100];
    snprintf(file, sizeof file, "%s.net", name);
    struct fann *net = fann_create_from_file(file);
    snprintf(file, sizeof file, "%s.txt", name);
    FILE *text = fopen(file, "w");
    unsigned inputs = fann_get_num_input(net), one = fann_get_multiplier(net);
    for (unsigned row = 0; row < 1u << inputs; row++) {
        fann_type in[8];
        for (unsigned i = 0; i < inputs; i++) {
            in[i] = (row >> (inputs - 1 - i) & 1) * one;
            fprintf(text, "%g ", (double)in[i] / one);
        }
        fann_type *out = fann_run(net, in);
        for (unsigned j = 0; j < fann_get_num_output(net); j++) {
            fprintf(text, "%s%.9g", j ? " " : "", (double)out[j] / one);
        }
        fprintf(text, "\n");
    }
    fclose(text);
    fann_destroy(net);
}

int main(void)
{
    run("fixed");
    run("fixed_tanh");
    return 0;
}
