/* The firmware of the folder above, for a fixed network of FANN's. Inputs and outputs are Q11.16 outside,
   and have FANN's decimal point inside. */

#include "fixedfann.h"
#include "network.inc"
#include "board.h"

static int32_t inputs[INPUTS];
static int32_t results[OUTPUTS + 2];

int main(void)
{
    while (board_read(inputs, sizeof inputs)) {
        fann_type in[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            in[i] = (fann_type)(inputs[i] >> (16 - POINT));
        }
        board_start();
        fann_type *out = fann_run(&net, in);
        int answer = out[0] > 1 << (POINT - 1);
        board_stop();
        for (int j = 0; j < OUTPUTS; j++) {
            results[j] = (int32_t)out[j] * ((int32_t)1 << (16 - POINT));
        }
        results[OUTPUTS + 1] = answer;
        board_write(results, sizeof results);
    }
    board_end();
    return 0;
}
