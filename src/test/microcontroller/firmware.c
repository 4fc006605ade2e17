/* Asks a network about the inputs that the board gives, until there are none. */

#include "network.h"
#include "board.h"

static int32_t inputs[SWITCHBACK_INPUTS];

/* What infer and predict return follows the outputs. */
static int32_t results[SWITCHBACK_OUTPUTS + 2];

int main(void)
{
    while (board_read(inputs, sizeof inputs)) {
        board_start();
        int answer = predict(inputs);
        board_stop();
        results[SWITCHBACK_OUTPUTS] = switchback_infer(inputs, results);
        results[SWITCHBACK_OUTPUTS + 1] = answer;
        board_write(results, sizeof results);
    }
    board_end();
    return 0;
}
