/* Trains XOR with libfann 2.2 (Debian's libfann-dev) and saves it: cc fann.c -lfloatfann -lm. */
#include <floatfann.h>
#include <stdio.h>

static fann_type in[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}}, want[4] = {0, 1, 1, 0};

static void FANN_API set(unsigned row, unsigned inputs, unsigned outputs, fann_type *x, fann_type *y)
{
    (void)inputs, (void)outputs;
    x[0] = in[row][0], x[1] = in[row][1], y[0] = want[row];
}

int main(void)
{
    struct fann *ann = fann_create_standard(3, 2, 4, 1); /* seeded by the clock */
    struct fann_train_data *data = fann_create_train_from_callback(4, 2, 1, set);
    fann_set_activation_function_hidden(ann, FANN_SIGMOID_SYMMETRIC);
    fann_set_activation_function_output(ann, FANN_SIGMOID);
    fann_train_on_data(ann, data, 5000, 0, 0.0001f);
    fann_save(ann, "fann.net");
    printf("fann");
    for (int row = 0; row < 4; row++) {
        printf(" %.7f", fann_run(ann, in[row])[0]);
    }
    printf("\n");
    return 0;
}
