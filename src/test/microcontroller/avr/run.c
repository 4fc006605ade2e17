/* Runs firmware in simavr:
     run FIRMWARE.elf INPUTS RESULTS INPUT_BYTES RESULT_BYTES
   Prints how often it asked the network, the mean and the most cycles of an answer, and the deepest
   stack of one in bytes. Exits 1 if the firmware crashes. */

#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>
#include <simavr/sim_io.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GPIOR0 = 0x3e, GPIOR1 = 0x4a, GPIOR2 = 0x4b, SPL = 0x5d, SPH = 0x5e };
enum { READ = 1, START, STOP, WRITE, END };

static FILE *inputs, *results;
static size_t input_bytes, result_bytes;
static int is_asked, has_ended;
static avr_cycle_count_t start;
static unsigned long long answers, total, most;
static int top, deepest;

static int stack(const avr_t *avr)
{
    return avr->data[SPL] | avr->data[SPH] << 8;
}

static void told(avr_t *avr, avr_io_addr_t address, uint8_t what, void *unused)
{
    uint8_t *memory = avr->data + (avr->data[GPIOR1] | avr->data[GPIOR2] << 8);
    unsigned long long cycles = avr->cycle - start;
    (void)unused;
    avr->data[address] = what;
    switch (what) {
    case READ:
        avr->data[address] = fread(memory, input_bytes, 1, inputs) == 1;
        break;
    case START:
        is_asked = 1;
        top = stack(avr);
        start = avr->cycle;
        break;
    case STOP:
        is_asked = 0;
        answers++;
        total += cycles;
        most = cycles > most ? cycles : most;
        break;
    case WRITE:
        fwrite(memory, result_bytes, 1, results);
        break;
    default:
        has_ended = 1;
    }
}

int main(int count, char **arguments)
{
    elf_firmware_t firmware;
    avr_t *avr = avr_make_mcu_by_name("atmega328p");
    memset(&firmware, 0, sizeof firmware);
    if (count != 6 || avr == NULL || elf_read_firmware(arguments[1], &firmware) != 0) {
        return 2;
    }
    inputs = fopen(arguments[2], "rb");
    results = fopen(arguments[3], "wb");
    input_bytes = strtoul(arguments[4], NULL, 10);
    result_bytes = strtoul(arguments[5], NULL, 10);
    if (inputs == NULL || results == NULL) {
        return 2;
    }
    avr_init(avr);
    avr->frequency = 16000000;
    avr->log = LOG_NONE;
    avr_load_firmware(avr, &firmware);
    avr_register_io_write(avr, GPIOR0, told, NULL);
    while (!has_ended) {
        int state = avr_run(avr);
        if (state == cpu_Done || state == cpu_Crashed) {
            return 1;
        }
        if (is_asked && top - stack(avr) > deepest) {
            deepest = top - stack(avr);
        }
    }
    fclose(results);
    printf("%llu answers, %llu cycles on average, %llu at most, %d bytes of stack\n",
           answers, answers ? total / answers : 0, most, deepest);
    return 0;
}
