/* Says how well a network answers on a square of inputs:
     compare NETWORK.net                     writes the inputs, a grid of 100 by 100 from 0 to 1
     compare NETWORK.net RESULTS OUTPUTS     the largest error, and how many answers are wrong
   against FANN's own float arithmetic. */

#include <floatfann.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>

enum { SIDE = 100 };

int main(int count, char **files)
{
    struct fann *net = count > 1 ? fann_create_from_file(files[1]) : NULL;
    FILE *results = count > 2 ? fopen(files[2], "rb") : NULL;
    double largest = 0;
    int wrong = 0;
    if (net == NULL || (count > 2 && results == NULL)) {
        return 1;
    }
    for (int k = 0; k < SIDE * SIDE; k++) {
        int32_t raw[2] = {k / SIDE * 65536 / (SIDE - 1), k % SIDE * 65536 / (SIDE - 1)};
        if (results == NULL) {
            fwrite(raw, sizeof raw, 1, stdout);
            continue;
        }
        fann_type in[2] = {raw[0] / 65536.0f, raw[1] / 65536.0f};
        int32_t found[3];
        double right = fann_run(net, in)[0];
        if (fread(found, sizeof found, 1, results) != 1) {
            return 1;
        }
        largest = fmax(largest, fabs(found[0] / 65536.0 - right));
        wrong += found[2] != (right > 0.5);
    }
    if (results != NULL) {
        printf("error %.1e, %d of %d answers wrong\n", largest, wrong, SIDE * SIDE);
    }
    return 0;
}
