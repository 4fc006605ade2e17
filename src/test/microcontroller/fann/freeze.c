/* Prints a float network of FANN's in fixed point as C:
     freeze-float NETWORK.net FIXED.net
     freeze-fixed FIXED.net >network.inc
   The first is built with -DFLOAT and libfloatfann, the second with libfixedfann. */

#include <stdio.h>
#ifdef FLOAT
#include <floatfann.h>

int main(int count, char **files)
{
    struct fann *net = count == 3 ? fann_create_from_file(files[1]) : NULL;
    return net == NULL || fann_save_to_fixed(net, files[2]) < 0;
}
#else
#include <fixedfann.h>

static void print(const char *name, const fann_type *six)
{
    printf("    .%s = {%d, %d, %d, %d, %d, %d},\n",
           name, six[0], six[1], six[2], six[3], six[4], six[5]);
}

int main(int count, char **files)
{
    struct fann *net = count == 2 ? fann_create_from_file(files[1]) : NULL;
    if (net == NULL) {
        return 1;
    }
    struct fann_neuron *first = net->first_layer->first_neuron;
    printf("#define INPUTS %u\n#define OUTPUTS %u\n#define POINT %u\n",
           net->num_input, net->num_output, net->decimal_point);
    printf("static fann_type weights[] = {");
    for (unsigned i = 0; i < net->total_connections; i++) {
        printf("%d, ", net->weights[i]);
    }
    printf("};\nstatic struct fann_neuron neurons[] = {\n");
    for (unsigned i = 0; i < net->total_neurons; i++) {
        printf("    {%u, %u, 0, 0, %d, %d},\n", first[i].first_con, first[i].last_con,
               first[i].activation_steepness, (int)first[i].activation_function);
    }
    printf("};\nstatic struct fann_layer layers[] = {\n");
    for (struct fann_layer *layer = net->first_layer; layer != net->last_layer; layer++) {
        printf("    {neurons + %d, neurons + %d},\n", (int)(layer->first_neuron - first),
               (int)(layer->last_neuron - first));
    }
    printf("};\nstatic fann_type outputs[OUTPUTS];\nstatic struct fann net = {\n"
           "    .connection_rate = 1, .network_type = FANN_NETTYPE_LAYER,\n"
           "    .first_layer = layers, .last_layer = layers + %d,\n"
           "    .num_input = INPUTS, .num_output = OUTPUTS, .weights = weights,\n"
           "    .output = outputs, .decimal_point = POINT, .multiplier = %u,\n",
           (int)(net->last_layer - net->first_layer), net->multiplier);
    print("sigmoid_results", net->sigmoid_results);
    print("sigmoid_values", net->sigmoid_values);
    print("sigmoid_symmetric_results", net->sigmoid_symmetric_results);
    print("sigmoid_symmetric_values", net->sigmoid_symmetric_values);
    printf("};\n");
    return 0;
}
#endif
